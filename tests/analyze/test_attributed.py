"""The model's attributions on the tokens of an article."""

from accord.analyze.attributed import Attributed, place, running_paragraphs
from accord.analyze.language import parse
from accord.analyze.sentences import find_sentences
from accord.models.attribution import Attribution
from accord.models.attribution_windows import Range
from accord.records import Article, Sentence


def at(text: str, words: str) -> Range:
    start = text.index(words)
    return start, start + len(words)


def placed(text: str, cue: str, source: str | None, *content: str) -> tuple[list[Attributed], list[str]]:
    doc = parse(text, find_sentences(Article(id="a", text=text, outlet="")))
    given = Attribution(at(text, cue), at(text, source) if source else None, tuple(at(text, c) for c in content), 0.9)
    return place(doc, [given]), [token.text for token in doc]


def test_source_and_cue_get_their_heads() -> None:
    text = "Ruth Abelard, the mayor of Calder, has also said the pier was safe."
    (found,), tokens = placed(text, "has also said", "Ruth Abelard, the mayor of Calder,", "the pier was safe")
    assert (tokens[found.head], tokens[found.verb]) == ("Abelard", "said")


def test_a_participle_heads_no_cue() -> None:
    text = "Ruth Abelard said in a written statement that the pier was safe."
    (found,), tokens = placed(text, "said in a written statement", "Ruth Abelard", "that the pier was safe")
    assert tokens[found.verb] == "said"


def test_what_stands_before_the_first_comma_heads_a_source() -> None:
    text = "Harbour Watch, a small group in Calder that counts boats, called the plan a gift."
    (found,), tokens = placed(text, "called", "Harbour Watch, a small group in Calder that", "the plan a gift")
    assert tokens[found.head] == "Watch"


def test_a_source_of_another_sentence_gives_way_to_the_subject() -> None:
    text = "Tom Reed left early. Ruth Abelard said the pier was safe."
    (found,), tokens = placed(text, "said", "Tom Reed", "the pier was safe")
    assert tokens[found.head] == "Abelard"
    assert found.source == at(text, "Ruth Abelard")


def test_pieces_of_other_paragraphs_are_dropped() -> None:
    text = "Ruth Abelard said the pier was safe.\n\nThe pier fell on Sunday morning."
    (found,), _ = placed(text, "said", "Ruth Abelard", "the pier was safe", "The pier fell on Sunday morning")
    assert found.content == (at(text, "the pier was safe"),)


def test_a_colon_leads_over_a_paragraph() -> None:
    text = "Ruth Abelard said:\n\n“We shall rebuild the old pier.”"
    (found,), _ = placed(text, "said", "Ruth Abelard", "“We shall rebuild the old pier.”")
    assert len(found.content) == 1


def test_an_attribution_without_content_is_none() -> None:
    text = "Ruth Abelard spoke."
    assert placed(text, "spoke", "Ruth Abelard")[0] == []


def test_share_is_how_much_of_a_stretch_the_content_covers() -> None:
    found = Attributed(None, None, ((0, 10), (20, 30)), 0.9)
    assert found.share(0, 10) == 1
    assert found.share(5, 25) == 0.5
    assert found.share(12, 18) == 0


def test_the_main_piece_stands_by_the_cue() -> None:
    found = Attributed(None, (50, 54), ((0, 20), (55, 80), (100, 200)), 0.9)
    assert found.main() == (55, 80)


def test_running_paragraphs_leave_furniture_out() -> None:
    sentences = (
        Sentence(0, 5, "Title", 0, "title"),
        Sentence(7, 12, "One a", 1),
        Sentence(13, 18, "One b", 1),
        Sentence(20, 25, "Photo", 2, "caption"),
        Sentence(27, 32, "Two a", 3),
    )
    assert running_paragraphs(sentences) == ((7, 18), (27, 32))


def test_a_verb_keeps_its_own_subject() -> None:
    text = "Ruth Abelard raised her voice after the miners urged Tom Reed to step aside."
    (found,), tokens = placed(text, "urged", "Ruth Abelard", "Tom Reed to step aside")
    assert (tokens[found.head], found.source) == ("miners", at(text, "the miners"))


def test_a_source_nearer_to_the_verb_stays() -> None:
    text = "With the clerk opening the talks, Ruth Abelard criticized the board for waiting a week."
    (found,), tokens = placed(text, "criticized", "Ruth Abelard", "the board for waiting a week")
    assert tokens[found.head] == "Abelard"
