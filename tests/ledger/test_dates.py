from datetime import date

import pytest

from accord.ledger.dates import first_day, last_day, same_time, term_of


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2031-06-08", date(2031, 6, 8), date(2031, 6, 8)),
        ("2032-02", date(2032, 2, 1), date(2032, 2, 29)),
        ("2031-12", date(2031, 12, 1), date(2031, 12, 31)),
        ("2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("soon", None, None),
        ("2031-13", None, None),
        (None, None, None),
    ],
)
def test_a_date_spans_from_its_first_day_to_its_last(when: str | None, first: date | None, last: date | None) -> None:
    assert (first_day(when), last_day(when)) == (first, last)


def test_the_less_exact_date_may_stand_for_the_more_exact() -> None:
    assert same_time("2031-06", "2031-06-30")
    assert not same_time("2031-06", "2031-07-01")
    assert not same_time(None, "2031")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("will be paid within a year", ("within a year", "2032-02")),
        ("made public within 60 days", ("within 60 days", "2031-04-02")),
        ("over the next three years", ("over the next three years", "2034-02")),
        ("in the end", None),
        ("within walking distance", None),
    ],
)
def test_a_term_counts_from_the_day_of_the_report(text: str, found: tuple[str, str] | None) -> None:
    assert term_of(text, "2031-02-01") == found
