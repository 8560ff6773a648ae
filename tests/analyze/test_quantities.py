"""Units, ranges, scores and idioms on text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.analyze.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "value", "high", "unit"),
    [
        ("$800 to $1,000", 800, 1000, "USD"),
        ("$1 billion to $3 billion", 1e9, 3e9, "USD"),
        ("$5-6 billion", 5e9, 6e9, "USD"),
        ("40- to 60-hour", 40, 60, "hour"),
        ("nine to 12 months", 9, 12, "month"),
        ("5-6,000", 5000, 6000, None),
        ("30 or 40", 30, 40, None),
        ("40-70%", 40, 70, "percent"),
        ("one-half to two-thirds", 0.5, 2 / 3, None),
        ("13 metres", 13, None, "meter"),
        ("5-foot-11", 71, None, "inch"),
        ("98.6°F", 98.6, None, "fahrenheit"),
        ("-5 degrees", -5, None, "degree"),
        ("20 per cent", 20, None, "percent"),
        ("141,000 lb", 141_000, None, "pound"),
        ("40 hectares", 40, None, "hectare"),
        ("49-year-old", 49, None, "age"),
        ("two years old", 2, None, "age"),
        ("a year and a half", 1.5, None, "year"),
        ("half an hour", 0.5, None, "hour"),
        ("two years and a half", 2.5, None, "year"),
        ("a couple of months", 2, None, "month"),
        ("one in seven", 1 / 7, None, "fraction"),
        ("third-largest", 3, None, "rank"),
        ("weeks-long", None, None, "week"),
        ("a lone", 1, None, None),
    ],
)
def test_one_quantity(text: str, value: float | None, high: float | None, unit: str | None) -> None:
    sentence = f"{text} gunman" if text == "a lone" else text
    (quantity,) = find_quantities(sentence)
    assert (quantity.value, quantity.high, quantity.unit) == (pytest.approx(value), pytest.approx(high), unit)
    assert sentence[quantity.start : quantity.end] == text


@pytest.mark.parametrize("text", ["52-48", "134 to 63", "40-to-39"])
def test_falling_pairs_are_scores_with_a_side_each(text: str) -> None:
    sides = find_quantities(text)
    assert [side.kind for side in sides] == ["score", "score"]
    assert [text[side.start : side.end] for side in sides] == [text, text]
    assert (sides[0].value or 0) > (sides[1].value or 0)


def test_between_makes_a_range_of_and() -> None:
    assert find_quantities("between 8% and 15.5%")[0].high == 15.5
    assert [quantity.high for quantity in find_quantities("8% and 15.5%")] == [None, None]


def test_a_change_has_two_ends() -> None:
    assert [q.value for q in find_quantities("sales rose from 10 percent to 15 percent")] == [10, 15]
    assert [q.value for q in find_quantities("it fell 3 percent to 5 percent")] == [3, 5]


def test_her_fifties_are_an_age() -> None:
    assert [(q.value, q.high, q.unit) for q in find_quantities("a clerk in her 50s")] == [(50, 59, "age")]
    assert [(q.value, q.high) for q in find_quantities("he is in his mid-50s")] == [(55, None)]


def test_letters_behind_digits_are_units_only_where_they_are_written_so() -> None:
    assert find_quantities("5G")[0].unit is None
    assert find_quantities("6 in five")[0].unit is None
    assert find_quantities("5m from the pier")[0].unit == "meter"


@given(st.text(alphabet="0123456789-,.$%£ abtohrund/'", max_size=50))
def test_spans_lie_in_the_text(text: str) -> None:
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.high is None or quantity.value is None or quantity.high > quantity.value
