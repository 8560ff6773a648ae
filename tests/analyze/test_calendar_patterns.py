"""The forms of time expressions: a glance at the letters leaves none out that stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.analyze.calendar_patterns import PATTERNS, patterns_for

EXPRESSIONS = (
    "on Monday, June 7, 2021",
    "early Tuesday at noon ET",
    "6/8/2021",
    "the Sept. 11 attacks",
    "September 11 victims",
    "8 June",
    "in May of last year",
    "late November",
    "mid-March",
    "two weeks ago",
    "an hour earlier",
    "days later",
    "the following morning",
    "that same summer",
    "later in the day",
    "by nightfall",
    "TONIGHT",
    "the day before yesterday",
    "tomorrow",
    "this century",
    "the past quarter",
    "spring of 2019",
    "next Fall",
    "last spring",
    "in late March 2021",
    "over the coming weekend",
    "year-end",
    "New Year's Eve",
    "Christmas, ",
    "Fourth of July",
    "Halloween",
    "Thanksgiving",
    "fiscal 2022",
    "2016-17",
    "the third quarter",
    "since 1999",
    "in recent decades",
    "within ten minutes",
    "at midnight",
    "9:30 a.m.",
)
OTHERS = ("a ferry sank", "decided", "the Maple inn", "Mr. Augur", "it may", "£3 m", "seconds", "—", "\n")


def matches(text: str, names: set[str]) -> list[tuple[str, int, int]]:
    return [(name, *m.span()) for name in PATTERNS if name in names for m in PATTERNS[name].finditer(text)]


@pytest.mark.parametrize("text", [*EXPRESSIONS, *OTHERS])
def test_no_form_that_stands_in_a_text_is_left_out(text: str) -> None:
    assert matches(text, {name for _, name, _ in patterns_for(text)}) == matches(text, set(PATTERNS))


@given(st.lists(st.sampled_from([*EXPRESSIONS, *OTHERS]), max_size=4), st.sampled_from([" ", "", ", ", "-"]))
def test_nor_is_one_where_several_stand_together(parts: list[str], between: str) -> None:
    text = between.join(parts)
    assert matches(text, {name for _, name, _ in patterns_for(text)}) == matches(text, set(PATTERNS))


def test_every_form_is_tried_in_the_order_of_the_table() -> None:
    text = " ".join(EXPRESSIONS)
    assert [(number, name) for number, name, _ in patterns_for(text)] == list(enumerate(PATTERNS))


def test_every_form_stands_in_one_of_the_expressions() -> None:
    assert {name for text in EXPRESSIONS for name, _, _ in matches(text, set(PATTERNS))} == set(PATTERNS)


def test_a_text_without_a_word_of_time_is_not_searched() -> None:
    assert not list(patterns_for("A ferry sank off the coast."))
