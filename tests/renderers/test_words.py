import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.records import Commitment, Figure
from accord.renderers import words


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(words).failed == 0


@given(st.text(), st.integers(2, 60))
def test_trim_keeps_whole_words_of_the_beginning(text: str, limit: int) -> None:
    whole = words.plain(text)
    cut = words.trim(text, limit)
    assert len(cut) <= limit
    if cut != whole:
        assert cut.endswith("…")
        assert whole.startswith(cut[:-1])
        if " " in whole[:limit]:
            assert whole[len(cut) - 1] in " ,;:–—-"


def test_plain_drops_escape_sequences_and_marks_that_turn_the_direction() -> None:
    assert words.plain("a\x1b[2J\u202eb\r\nc\x00d\u2028e") == "a [2Jb c d e"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1_500_000, "1.5 million"), (1_234_567, "1,234,567"), (1e9, "1 billion"), (999_999, "999,999"), (0.25, "0.25")],
)
def test_number_never_rounds(value: float, shown: str) -> None:
    assert words.number(value) == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("a", 0, 1, "x", 12e6, "EUR"), "€12 million"),
        (Figure("a", 0, 1, "x", 3, "NOK"), "NOK 3"),
        (Figure("a", 0, 1, "x", 2, "US"), "2 USs"),
        (Figure("a", 0, 1, "x", 41, "age"), "age 41"),
        (Figure("a", 0, 1, "x", 5, None, qualifier="about"), "about 5"),
        (Figure("a", 0, 1, "x", 1, "person", qualifier="at_least"), "at least 1 person"),
        (Figure("a", 0, 1, "x", 2, "km", high=3), "2–3 km"),
        (Figure("a", 0, 1, "dozens", None, "boat"), "dozens"),
        (Figure("a", 0, 1, "a fifth", 0.2, "fraction"), "a fifth"),
    ],
)
def test_figures_are_written_as_a_reader_writes_them(figure: Figure, shown: str) -> None:
    assert words.figure_words(figure) == shown


def test_terms_of_a_commitment_are_those_known() -> None:
    commitment = Commitment(
        "a", 0, 1, "x", "Ann", "pay", "promised", to_whom="the town", amount=5e6, unit="USD", due_date="2031-04"
    )
    assert words.commitment_terms(commitment) == ("to the town", "$5 million", "due: 2031-04")
