"""Numbers and dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.corrections.values import as_field, as_words, day, number
from accord.errors import CorrectionError


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("1400000", "1400000"),
        ("1,400,000", "1400000"),
        ("1.4 million", "1400000"),
        ("1.4m", "1400000"),
        ("2.5bn", "2500000000"),
        ("3 Trillion", "3000000000000"),
        ("12k", "12000"),
        (" 12.50 ", "12.5"),
        (".5", "0.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("0.1", "0.1"),
        ("1.005 million", "1005000"),
    ],
)
def test_numbers_are_read(given: str, read: str) -> None:
    assert number(given) == read


@pytest.mark.parametrize(
    "given", ["", "1,4", "12 or 14", "a dozen", "1e400", "nan", "inf", "12 parsecs", "1.2.3", "٣", "9" * 40, "1_000"]
)
def test_what_is_no_number_is_refused(given: str) -> None:
    with pytest.raises(CorrectionError, match="number"):
        number(given)


@given(st.floats(-1e15, 1e15, allow_nan=False).map(lambda value: float(f"{value:.12g}")))
def test_a_number_survives_being_kept(value: float) -> None:
    words = as_words(value)
    assert words is not None
    kept = as_field("value", words)
    assert isinstance(kept, float)
    assert kept == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("given", ["2031", "2031-06", "2031-06-08", " 2031-06-08 "])
def test_days_months_and_years_are_dates(given: str) -> None:
    assert day(given) == given.strip()


@pytest.mark.parametrize("given", ["31", "2031-13", "2031-6-8", "0000", "2031-02-29", "tomorrow", "٢٠٣١"])
def test_what_is_no_date_is_refused(given: str) -> None:
    with pytest.raises(CorrectionError, match="is no date"):
        day(given)
