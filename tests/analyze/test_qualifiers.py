"""How exact a number is meant to be."""

import pytest

from accord.analyze.qualifiers import find_qualifier


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("12", "exact"),
        ("about 12", "about"),
        ("nearly 12", "about"),
        ("some 12", "about"),
        ("an estimated 12", "about"),
        ("more than 12", "more_than"),
        ("just over 12", "more_than"),
        ("fewer than 12", "less_than"),
        ("at least another 12", "at_least"),
        ("no fewer than 12", "at_least"),
        ("no more than 12", "at_most"),
        ("up to 12", "at_most"),
        ("as many as 12", "at_most"),
        ("12 or more", "at_least"),
        ("12 or so", "about"),
        ("12 and older", "at_least"),
    ],
)
def test_qualifier(text: str, qualifier: str) -> None:
    start = text.index("12")
    assert find_qualifier(text, start, start + 2, start + 2) == qualifier
