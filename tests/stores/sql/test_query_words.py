"""Words as people type them (`stores.sql.words`)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.stores.folding import fold
from accord.stores.sql.words import days, marks_of, months, passage
from accord.stores.terms import terms_of

TEXT = (
    "Rain fell all night. " * 30 + "The flood burst the sluice at Ostrel and drowned the mill. " + "Sheep grazed. " * 40
)


@given(st.text())
def test_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2024-05-03", "2024-06-30", ("m2024", "m202405", "m202406")),
        ("2023-12-31", "2024-01-01", ("m2023", "m2024", "m202312", "m202401")),
        ("2024-05-03", None, ()),
        ("1990-01-01", "2024-01-01", ()),
        ("never", "ever", ()),
    ],
)
def test_days_have_the_months_that_they_are_in(since: str, until: str | None, found: tuple[str, ...]) -> None:
    assert months(since, until) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2024-05-03", "2024-05-03", ("d2024", "d202405", "d20240503")),
        ("2023-12-31", "2024-01-01", ("d2023", "d2024", "d202312", "d202401", "d20231231", "d20240101")),
        ("2024-05-03", "2024-05-02", ()),
        ("2024-05-03", "2024-09-03", ()),
        ("2024-05-03", None, ()),
        ("never", "ever", ()),
    ],
)
def test_days_have_marks_of_their_own_where_they_are_few(since: str, until: str | None, found: tuple[str, ...]) -> None:
    assert days(since, until) == found


@given(st.dates(), st.integers(0, 31), st.sampled_from([4, 7, 10]))
def test_what_was_published_within_days_has_one_of_their_marks(first: date, more: int, known: int) -> None:
    since, until = first.isoformat(), date.fromordinal(min(first.toordinal() + more, date.max.toordinal())).isoformat()
    for published in {since[:known], until[:known]}:
        assert {*marks_of(1, published).split()} & {*days(since, until)}


def test_a_passage_shows_the_words() -> None:
    start, end = passage(TEXT, terms_of("flooding mills"))
    assert "flood burst" in TEXT[start:end]
    assert "mill." in TEXT[start:end]
    assert end - start <= 240


def test_without_its_words_a_passage_is_the_beginning() -> None:
    start, end = passage(TEXT, terms_of("submarine"))
    assert (start, TEXT[start:end][:9]) == (0, "Rain fell")


@given(st.text(max_size=600), st.text(max_size=12))
def test_a_passage_is_within_the_text(text: str, words: str) -> None:
    start, end = passage(text, terms_of(words))
    assert 0 <= start <= end <= len(text)
