"""Numbers in digits and words, and their last stated digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.analyze.numerals import find_numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,768 pages", 1768),
        ("12,34,567 rupees", 1234567),
        ("two and a half million", 2_500_000),
        ("six million and two thirds", 6_000_000 + 2_000_000 / 3),
        ("half a dozen", 6),
        ("half-dozen", 6),
        ("a dozen", 12),
        ("five dozen", 60),
        ("a couple of towns", 2),
        ("couple hundred", 200),
        ("three lakh crore", 3e12),
        ("one hundred and three", 103),
        ("two hundred and fifty thousand", 250_000),
        ("twenty-one trillion three hundred", 21_000_000_000_300),
        ("half a million", 500_000),
        ("three quarters of a million", 750_000),
        ("two-thirds", 2 / 3),
        ("a fifth of it", 0.2),
        ("4/5", 0.8),
        ("10 1/2", 10.5),
        ("2½", 2.5),
        ("20k", 20_000),
        ("1.2bn", 1_200_000_000),
        ("£3m", 3_000_000),
        ("1.2m people", 1_200_000),
        ("five point five", 5.5),
        ("zero", 0),
    ],
)
def test_value(text: str, value: float) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == pytest.approx([value])


@pytest.mark.parametrize("text", ["dozens", "tens of thousands", "hundreds of millions", "a handful", "several"])
def test_vague_words_have_no_value(text: str) -> None:
    numeral = find_numerals(text)[0]
    assert (numeral.value, numeral.start, numeral.end) == (None, 0, len(text))


@pytest.mark.parametrize(
    "text", ["a third attempt", "the half-life", "MH17", "F-16", "an eighth-grader", "192.", "the couple wed"]
)
def test_names_and_ordinals_are_no_fractions(text: str) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == ([192.0] if text == "192." else [])


@pytest.mark.parametrize(
    ("text", "step"),
    [("$1.4 billion", 1e8), ("91,000", 1000), ("126", 1), ("30", 1), ("5.25", 0.01), ("20 million", 1e6)],
)
def test_step_is_the_last_stated_digit(text: str, step: float) -> None:
    assert find_numerals(text)[0].step == pytest.approx(step)


def test_and_joins_only_one_number() -> None:
    assert [numeral.value for numeral in find_numerals("two and three, 1 million and 2 million")] == [2, 3, 1e6, 2e6]


@given(st.integers(0, 10**12))
def test_grouped_digits_are_read_back(number: int) -> None:
    assert [numeral.value for numeral in find_numerals(f"there are {number:,} of them")] == [float(number)]


@given(st.text(max_size=60))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for numeral in find_numerals(text):
        assert at <= numeral.start < numeral.end <= len(text)
        at = numeral.end


def test_several_hundred_gives_no_number() -> None:
    assert [numeral.value for numeral in find_numerals("Several hundred weavers and a few thousand others left.")] == [
        None,
        None,
    ]
