"""Reported speech: what counts as a report, and its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.analyze.attributed import place
from accord.analyze.language import parse
from accord.analyze.reported_speech import is_report, told
from accord.analyze.sentences import find_sentences
from accord.models.attribution import Attribution
from accord.models.attribution_windows import Range
from accord.records import Article


def at(text: str, words: str) -> Range:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("Ruth Abelard said the pier was safe.", "said", "the pier was safe", True),
        ("The pier was safe, according to Ruth Abelard.", "according to", "The pier was safe", True),
        ("Ruth Abelard hopes that the pier will open.", "hopes", "that the pier will open", True),
        ("Ruth Abelard urged owners to move the boats.", "urged", "owners to move the boats", True),
        ("Ruth Abelard called the plan a gift to owners.", "called", "the plan a gift to owners", True),
        ("Ruth Abelard made clear the pier was safe.", "made clear", "the pier was safe", True),
        (
            "Ruth Abelard found no evidence that the pier was safe.",
            "found no evidence",
            "that the pier was safe",
            False,
        ),
        ("Ruth Abelard called up Tom Reed, a builder.", "called", "Tom Reed, a builder", False),
        ("Ruth Abelard plans to open the pier.", "plans", "to open the pier", False),
        ("Ruth Abelard agreed to open the pier.", "agreed", "to open the pier", False),
        ("Ruth Abelard hopes to open what was a pier.", "hopes", "to open what was a pier", False),
        ("It is an effort by Ruth Abelard to say the pier was safe.", "say", "the pier was safe", False),
        ("Ruth Abelard announced the end of the works.", "announced", "the end of the works", False),
        ("Ruth Abelard did not say the pier was safe.", "did not say", "the pier was safe", False),
        ("Ruth Abelard declined to say if the pier was safe.", "say", "if the pier was safe", False),
        (
            "Ruth Abelard rejected claims that the pier was unsafe.",
            "rejected",
            "claims that the pier was unsafe",
            False,
        ),
    ],
)
def test_a_report_is_a_clause_that_somebody_says_or_thinks(text: str, cue: str, content: str, expected: bool) -> None:
    doc = parse(text, find_sentences(Article(id="a", text=text, outlet="")))
    attribution = Attribution(at(text, cue), at(text, "Ruth Abelard"), (at(text, content),), 0.9)
    (found,) = place(doc, [attribution])
    assert is_report(doc, found) is expected


def test_an_unlikely_attribution_is_no_report() -> None:
    text = "Ruth Abelard said the pier was safe."
    doc = parse(text, find_sentences(Article(id="a", text=text, outlet="")))
    attribution = Attribution(at(text, "said"), at(text, "Ruth Abelard"), (at(text, "the pier was safe"),), 0.1)
    (found,) = place(doc, [attribution])
    assert not is_report(doc, found)
    assert is_report(doc, found, least=0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("that the pier was safe,", "the pier was safe"),
        ("whether the pier was safe.", "the pier was safe"),
        ("that if it rained, the pier would close", "if it rained, the pier would close"),
        ("if the pier was safe", "the pier was safe"),
        ("Thatcher Pier was safe", "Thatcher Pier was safe"),
        ("that is not enough", "that is not enough"),
        ("that was safe to cross", "that was safe to cross"),
    ],
)
def test_told_leaves_out_what_introduces_and_ends_a_report(content: str, words: str) -> None:
    start, end = told(content, (0, len(content)))
    assert content[start:end] == words


@given(st.text(min_size=1))
def test_told_stays_inside_and_keeps_something(text: str) -> None:
    start, end = told(text, (0, len(text)))
    assert 0 <= start < end <= len(text)
