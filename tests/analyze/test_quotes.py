"""Quotes and their speakers."""

from dataclasses import replace

import pytest

from accord.analyze.language import parse
from accord.analyze.names import find_names
from accord.analyze.quotes import find_quotes
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.records import Article, Quote, Sentence


def quotes_of(text: str, *, furniture: dict[int, str] | None = None) -> list[Quote]:
    article = Article(id="a", text=text, outlet="The Harbour Post")
    sentences = tuple(
        Sentence(s.start, s.end, s.text, s.paragraph, (furniture or {}).get(s.paragraph, s.furniture))
        for s in find_sentences(article)
    )
    reading = Reading(article, sentences, parse(text, sentences))
    return list(find_quotes(reading, find_names(reading)))


def spoken(text: str) -> list[tuple[str, str | None]]:
    return [(quote.text, quote.speaker) for quote in quotes_of(text) if quote.kind != "indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "“We shall rebuild the old pier,” Ruth Abelard said on Friday.",
        "“We shall rebuild the old pier,” said Ruth Abelard, a harbor engineer.",
        "Ruth Abelard said: “We shall rebuild the old pier,”",
        "“We shall rebuild the old pier,” according to Ruth Abelard.",
        "“We shall rebuild the old pier,” Ruth Abelard, D-Ohio, told reporters.",
        "Ruth Abelard spoke for an hour.\n\n“We shall rebuild the old pier,” she said.",
        "Mayor Ruth Abelard spoke for an hour.\n\n“We shall rebuild the old pier,” the mayor said.",
        "Ruth Abelard had one answer.\n\nShe said:\n\n“We shall rebuild the old pier,”",
    ],
)
def test_full_quotes_get_the_fullest_name(text: str) -> None:
    assert spoken(text) == [("We shall rebuild the old pier,", "Ruth Abelard")]


def test_an_interrupted_quote_keeps_its_speaker() -> None:
    assert spoken("“The pier is gone,” Ruth Abelard said. “We shall build another one.”") == [
        ("The pier is gone,", "Ruth Abelard"),
        ("We shall build another one.", "Ruth Abelard"),
    ]


def test_part_quotes_belong_to_the_verb_that_governs_them() -> None:
    text = "Ruth Abelard called the plan “a gift to owners” and Tom Reed said it was “long overdue.”"
    assert spoken(text) == [("a gift to owners", "Ruth Abelard"), ("long overdue.", "Tom Reed")]


def test_a_spokeswoman_without_a_name_is_her_role() -> None:
    assert spoken("“No comment at this hour,” a spokeswoman for the port said.") == [
        ("No comment at this hour,", "a spokeswoman for the port")
    ]


def test_a_statement_has_an_issuer() -> None:
    text = "The Fisheries Department closed the bay. “Nobody may fish there,” the department said in a statement."
    assert spoken(text) == [("Nobody may fish there,", "Fisheries Department")]


def test_two_speakers_of_one_statement_are_both_named() -> None:
    text = "“We will vote against it,” Ruth Abelard and Tom Reed said in a joint statement."
    assert spoken(text) == [("We will vote against it,", "Ruth Abelard and Tom Reed")]


def test_scare_quotes_titles_and_single_words_are_left_out() -> None:
    text = (
        "The so-called “harbor rule” is old. Ruth Abelard appeared on “Good Evening Ohio” on Monday. "
        "The “floating hotels” opened in May. Tom Reed said the talks were “candid.”"
    )
    assert spoken(text) == []


def test_cross_links_hold_no_quotes() -> None:
    text = "The pier fell.\n\nREAD MORE: “We shall rebuild it,” mayor says"
    assert [q for q in quotes_of(text, furniture={1: "cross-link"}) if q.kind != "indirect"] == []


def test_reported_speech_is_an_indirect_quote() -> None:
    indirect = [q for q in quotes_of("Ruth Abelard said that the pier would open in May.") if q.kind == "indirect"]
    assert [(q.text, q.speaker, q.cue) for q in indirect] == [("the pier would open in May", "Ruth Abelard", "said")]


def test_what_was_not_said_is_no_reported_speech() -> None:
    assert quotes_of("Ruth Abelard declined to say whether the pier would open in May.") == []


def test_quotes_are_verbatim_and_in_order() -> None:
    text = "“One pier fell,” Tom Reed said. He said nobody was hurt.\n\nRuth Abelard called it “a bad day for all.”"
    found = quotes_of(text)
    assert [text[q.start : q.end] for q in found] == [q.text for q in found]
    assert [q.start for q in found] == sorted(q.start for q in found)


def test_speaker_id_is_the_name_behind_the_speaker() -> None:
    (quote,) = quotes_of("“We shall rebuild the old pier,” said Ruth Abelard.")
    assert quote.speaker_id is not None
    assert quote.kind == "direct"
    assert quote.cue == "said"


def test_a_caption_loses_to_the_running_text() -> None:
    text = "Ruth Abelard said: “One pier fell.”\n\nTom Reed smiled.\n\n“One pier fell,” said Ruth Abelard."
    assert [q.start for q in quotes_of(text, furniture={0: "caption"})] == [text.rindex("One pier")]


def test_seats_of_government_keep_their_own_word() -> None:
    (quote, *_) = quotes_of("Japan was calm. “We want no trouble at all,” Tokyo said in a statement.")
    assert quote.speaker == "Tokyo"


def test_a_conference_that_replies_is_a_body() -> None:
    text = "Ruth Abelard spoke first, but the conference replied that the pier was safe."
    assert ("the pier was safe", "the conference") in [(quote.text, quote.speaker) for quote in quotes_of(text)]


def test_a_user_announces_the_next_paragraph() -> None:
    text = "Many people shared pictures.\n\nOne user in Calder posted this note:\n\n“It was a sad and grey day for us.”"
    assert spoken(text) == [("It was a sad and grey day for us.", "One user in Calder")]


def test_a_headline_is_no_quote() -> None:
    text = (
        "“It is a shame,” wrote Ruth Abelard, under the headline “Board Sells the Old Pier to Its Own Worst Enemies.”"
    )
    assert spoken(text) == [("It is a shame,", "Ruth Abelard")]


def test_a_source_keeps_where_it_stands_and_no_bullet() -> None:
    text = "A source within the Harbour Board said: “We shall rebuild it.”\n\n- His clerk said the pier was safe."
    found = [quote.speaker for quote in quotes_of(text)]
    assert found[0] == "A source within the Harbour Board"
    assert not any(speaker is not None and speaker.startswith("-") for speaker in found)


def test_a_surname_that_was_read_as_no_name_is_its_person() -> None:
    text = "Ruth Abelard built the pier.\n\nAbelard said that the pier was safe."
    article = Article(id="a", text=text, outlet="")
    sentences = find_sentences(article)
    reading = Reading(article, sentences, parse(text, sentences))
    names = tuple(replace(name, mentions=name.mentions[:1]) for name in find_names(reading))
    assert [quote.speaker for quote in find_quotes(reading, names)] == ["Ruth Abelard"]


def test_what_follows_a_denied_that_is_no_report_of_the_denial() -> None:
    text = "The harbour board denies that: its chairwoman, Ruth Abelard, said the cracks were new."
    found = [(quote.speaker, quote.text, quote.relayed_by) for quote in quotes_of(text)]
    assert found == [("Ruth Abelard", "the cracks were new", None)]


def test_a_pull_quote_is_left_to_the_text() -> None:
    text = "Ruth Abelard spoke first.\n\n“The pier is not safe”\n\n“The pier is not safe and never was,” Ivo Lund said."
    assert spoken(text) == [("The pier is not safe and never was,", "Ivo Lund")]
