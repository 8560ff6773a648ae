"""Numbers that only name."""

import pytest

from accord.analyze.lookalikes import is_label
from accord.analyze.quantities import find_quantities


@pytest.mark.parametrize(
    "text",
    [
        "on May 12 it rained",
        "12 June",
        "at 12:30",
        "at 12 p.m.",
        "No. 12 on the list",
        "Flight 12 left",
        "the 12th time",
        "#12",
    ],
)
def test_dates_times_and_labels(text: str) -> None:
    assert all(is_label(text, quantity) for quantity in find_quantities(text))


@pytest.mark.parametrize(
    "text", ["last week 12 people left", "a group of 12 left", "it may be 12", "the 12 Sept. 11 plotters"]
)
def test_counts_are_no_labels(text: str) -> None:
    assert not is_label(text, find_quantities(text)[0])
