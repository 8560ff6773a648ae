"""Quotes from the model's attributions and the rules together."""

from dataclasses import replace

import pytest

from accord.analyze.attributed import running_paragraphs
from accord.analyze.language import parse
from accord.analyze.names import find_names
from accord.analyze.quotes import find_quotes
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.models.attribution import Attribution, attribute
from accord.models.attribution_windows import Range
from accord.records import Article, Quote


def at(text: str, words: str) -> Range:
    start = text.index(words)
    return start, start + len(words)


def said(text: str, cue: str, source: str | None, *content: str) -> Attribution:
    return Attribution(at(text, cue), at(text, source) if source else None, tuple(at(text, c) for c in content), 0.9)


def quotes_of(text: str, *given: Attribution) -> list[Quote]:
    article = Article(id="a", text=text, outlet="")
    sentences = find_sentences(article)
    reading = Reading(article, sentences, parse(text, sentences))
    return list(find_quotes(reading, find_names(reading), given))


def indirect(text: str, *given: Attribution) -> list[tuple[str, str | None, str | None, str]]:
    found = quotes_of(text, *given)
    return [(q.text, q.speaker, q.cue, q.found_by) for q in found if q.kind == "indirect"]


def test_a_report_of_the_model_is_an_indirect_quote() -> None:
    text = "Repairs would take until May, according to a release from the Harbour Board."
    given = said(text, "according to", "a release from the Harbour Board", "Repairs would take until May")
    assert indirect(text, given) == [("Repairs would take until May", "Harbour Board", "according to", "model")]


def test_both_may_find_a_report() -> None:
    text = "Ruth Abelard said that the pier was safe."
    given = said(text, "said", "Ruth Abelard", "that the pier was safe")
    assert indirect(text, given) == [("the pier was safe", "Ruth Abelard", "said", "both")]
    assert indirect(text) == [("the pier was safe", "Ruth Abelard", "said", "rules")]


def test_content_that_the_model_gives_no_cue_gets_the_one_of_the_rules() -> None:
    text = "Ruth Abelard said on Monday that the pier was safe."
    given = Attribution(None, None, (at(text, "that the pier was safe"),), 0.9)
    assert indirect(text, given) == [("the pier was safe", "Ruth Abelard", "said", "both")]


def test_the_rules_speak_where_the_model_is_silent() -> None:
    text = "Ruth Abelard said that the pier was safe. Tom Reed said that nobody was hurt."
    given = said(text, "said", "Ruth Abelard", "that the pier was safe")
    assert [found[3] for found in indirect(text, given)] == ["both", "rules"]


def test_a_piece_that_another_verb_reports_goes_to_that_verb() -> None:
    text = "Despite promises by Tom Reed that owners would pay, Ruth Abelard vowed that it would never happen."
    given = said(text, "promises", "Tom Reed", "that owners would pay", "that it would never happen")
    found = indirect(text, given)
    assert ("it would never happen", "Ruth Abelard", "vowed", "rules") in found


def test_marked_words_of_a_report_are_mixed_quotes_with_the_whole_as_content() -> None:
    text = "Ruth Abelard said the plan was “far too little” and would fail."
    given = said(text, "said", "Ruth Abelard", "the plan was “far too little” and would fail")
    (quote,) = quotes_of(text, given)
    assert (quote.text, quote.kind, quote.found_by) == ("far too little", "mixed", "both")
    assert [piece.text for piece in quote.content] == ["the plan was “far too little” and would fail"]


def test_scare_quotes_leave_a_report_indirect() -> None:
    text = "Ruth Abelard said the so-called “harbor rule” had failed."
    given = said(text, "said", "Ruth Abelard", "the so-called “harbor rule” had failed")
    assert indirect(text, given) == [("the so-called “harbor rule” had failed", "Ruth Abelard", "said", "both")]


def test_the_model_names_the_speaker_where_no_rule_does() -> None:
    text = (
        "Tom Reed said the works were late.\n\n"
        "The harbour report recommended trained wardens to give boats “a first line of defence in a storm.”"
    )
    content = "trained wardens to give boats “a first line of defence in a storm.”"
    given = said(text, "recommended", "The harbour report", content)
    (quote,) = [q for q in quotes_of(text, given) if q.kind == "mixed"]
    assert quote.speaker == "The harbour report"
    assert quote.cue == "recommended"


def test_a_direct_quote_keeps_its_marks_whatever_the_model_cuts() -> None:
    text = "“We shall rebuild the old pier in May,” Ruth Abelard said."
    given = said(text, "said", "Ruth Abelard", "“We shall rebuild the old pier")
    (quote,) = quotes_of(text, given)
    assert quote.text == "We shall rebuild the old pier in May,"
    assert [piece.text for piece in quote.content] == ["“We shall rebuild the old pier in May,”"]
    assert quote.kind == "direct"


def test_a_wrong_link_does_not_move_the_speaker() -> None:
    text = "“I have never met Tom Reed,” said Ruth Abelard, the mayor."
    given = said(text, "said", "Tom Reed", "“I have never met Tom Reed,”")
    (quote,) = quotes_of(text, given)
    assert quote.speaker == "Ruth Abelard"
    assert quote.source is not None
    assert quote.source.text.startswith("Ruth Abelard")


def test_reports_of_pronouns_look_back_not_ahead() -> None:
    text = "Ruth Abelard spoke on Monday. She said that the pier was safe.\n\n“It was long closed,” Maria Holt said."
    given = said(text, "said", "She", "that the pier was safe")
    assert indirect(text, given)[0][1] == "Ruth Abelard"


def test_a_name_after_the_comma_tells_who_a_description_is() -> None:
    text = "The pier will open, according to one of the builders, Ruth Abelard, on Monday."
    given = said(text, "according to", "one of the builders, Ruth Abelard,", "The pier will open")
    assert indirect(text, given)[0][1] == "Ruth Abelard"


def test_the_shipped_model_and_the_rules_agree_on_plain_news() -> None:
    text = (
        "Ruth Abelard, the mayor of Calder, said on Friday that the pier would stay closed until May. "
        "“It is not safe,” she told reporters. “We have to think of the children.”\n\n"
        "Repairs would cost 2 million pounds, according to a release from the Harbour Board."
    )
    article = Article(id="a", text=text, outlet="")
    sentences = find_sentences(article)
    reading = Reading(article, sentences, parse(text, sentences))
    given = attribute(text, running_paragraphs(sentences), threads=1)
    found = find_quotes(reading, find_names(reading), given)
    assert [(q.kind, q.text, q.speaker) for q in found] == [
        ("indirect", "the pier would stay closed until May", "Ruth Abelard"),
        ("direct", "It is not safe,", "Ruth Abelard"),
        ("direct", "We have to think of the children.", "Ruth Abelard"),
        ("indirect", "Repairs would cost 2 million pounds", "Harbour Board"),
    ]
    assert found[1].content == found[2].content
    assert [q.found_by for q in found[1:]] == ["both", "both", "model"]


def test_captions_are_quoted_by_the_rules_alone() -> None:
    text = "The pier fell.\n\nRuth Abelard said on Monday: “One pier fell in the storm.”"
    article = Article(id="a", text=text, outlet="")
    body, caption = find_sentences(article)
    sentences = (body, replace(caption, furniture="caption"))
    reading = Reading(article, sentences, parse(text, sentences))
    given = attribute(text, running_paragraphs(sentences), threads=1)
    (quote,) = find_quotes(reading, find_names(reading), given)
    assert (quote.speaker, quote.found_by) == ("Ruth Abelard", "rules")


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("A number of the miners issued notes on Friday saying the pier was safe.", "saying", "A number of the miners"),
        ("The leaflet ran a piece on Friday claiming the pier was safe.", "claiming", "The leaflet"),
    ],
)
def test_a_source_that_no_list_knows_speaks_where_both_find_it(text: str, cue: str, source: str) -> None:
    ((words, speaker, _, found_by),) = indirect(text, said(text, cue, source, "the pier was safe"))
    assert (words, speaker, found_by) == ("the pier was safe", source, "both")


def test_what_is_only_implied_takes_somebody_who_can_speak() -> None:
    text = "The removal suggests the pier was safe."
    assert indirect(text, said(text, "suggests", "The removal", "the pier was safe")) == []


def test_whoever_is_named_after_according_to_speaks() -> None:
    text = "The pier was safe, according to aerial photographs of the bay."
    ((_, speaker, _, _),) = indirect(text, said(text, "according to", "aerial photographs", "The pier was safe"))
    assert speaker == "aerial photographs of the bay"


def test_the_words_before_the_cue_come_before_those_that_go_on() -> None:
    text = "The pier was safe, the Harbour Board reported, and has not been closed since."
    given = said(text, "reported", "the Harbour Board", "The pier was safe", "and has not been closed since")
    assert [found[0] for found in indirect(text, given)] == ["The pier was safe"]


def test_a_subject_through_other_verbs_gives_way_to_the_source() -> None:
    text = (
        "Ruth Abelard spoke on Monday. She called the closing of the company that allows the board to collect fees "
        'from boat owners "reprehensible" and said the leak could harm the pier.'
    )
    said_at = text.index("said the leak")
    given = Attribution((said_at, said_at + 4), at(text, "She"), (at(text, "the leak could harm the pier"),), 0.9)
    assert ("the leak could harm the pier", "Ruth Abelard", "said") in [found[:3] for found in indirect(text, given)]


def test_a_subject_inside_the_source_gives_way_to_its_head() -> None:
    text = "A blogger on the Web site Freedom’s Lantern said, “Can anyone really say that the pier is not closed?”"
    (quote,) = quotes_of(
        text,
        said(
            text,
            "said",
            "A blogger on the Web site Freedom’s Lantern",
            "“Can anyone really say that the pier is not closed?”",
        ),
    )
    assert quote.speaker == "A blogger"
