"""Dates: the less exact stands for the more exact; two days cannot both be the day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.reconcile.compare import Comparison
from accord.reconcile.compare.date import compare, same_day
from reconcile.stories import Said, pair

DAYS = st.dates().map(lambda day: day.isoformat())
DATES = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))


def sank(words: str, date: str) -> Said:
    return Said(f"The barge sank off Varlund {words}", "sink", times=((words, date),))


def dates(first: Said, second: Said) -> list[Comparison]:
    return list(compare(*pair(first, second)))


@pytest.mark.parametrize(
    ("a", "b"),
    [("2031-05-05", "2031-05-05"), ("2031-05-05", "2031-05"), ("2031", "2031-05-05"), ("2031-05", "2031-05")],
)
def test_the_same_time_is_compatible_however_exact(a: str, b: str) -> None:
    (found,) = dates(sank("that night", a), sank("late that day", b))
    assert (found.field, found.compatible) == ("date", True)


@pytest.mark.parametrize(("a", "b"), [("2031-05-05", "2031-05-06"), ("2031-05-05", "2031-06"), ("2030", "2031-05")])
def test_two_times_are_not_compatible(a: str, b: str) -> None:
    (found,) = dates(sank("on Monday", a), sank("on Tuesday", b))
    assert (found.a, found.b, found.compatible) == ("on Monday", "on Tuesday", False)
    assert a in found.why
    assert b in found.why


def test_a_claim_without_a_date_or_with_several_is_not_compared() -> None:
    undated = Said("The barge sank off Varlund", "sink")
    both = Said(
        "It sank on Monday and rose on Friday", "sink", times=(("Monday", "2031-05-05"), ("Friday", "2031-05-09"))
    )
    assert dates(undated, sank("on Monday", "2031-05-05")) == []
    assert dates(both, sank("on Tuesday", "2031-05-06")) == []


@given(DATES, DATES)
def test_order_does_not_matter(a: str, b: str) -> None:
    assert same_day(a, b) == same_day(b, a)


@given(DATES)
def test_a_date_agrees_with_itself_and_with_its_year(a: str) -> None:
    assert same_day(a, a)
    assert same_day(a, a[:4])
