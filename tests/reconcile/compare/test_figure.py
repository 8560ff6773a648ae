"""Two figures for one quantity: can both hold, and do they count the same thing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.reconcile.compare.figure import SCALES, compare, same_quantity
from accord.records import Figure


def figure(value: float | None, unit: str | None = "person", **more: Any) -> Figure:
    return Figure(article="a", start=0, end=1, text="x", value=value, unit=unit, **{"step": 1.0, **more})


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (figure(100, qualifier="more_than"), figure(126)),
        (figure(1.4e9, "USD", step=1e8), figure(1.375e9, "USD", step=1e6)),
        (figure(30, qualifier="about"), figure(28)),
        (figure(10, qualifier="at_least"), figure(12)),
        (figure(None), figure(36)),
        (figure(None), figure(4)),
        (figure(10, "mile"), figure(16, "km")),
        (figure(90, "minute"), figure(1.5, "hour", step=0.5)),
        (figure(0.3333, "fraction", step=1e-4), figure(34, "percent")),
        (figure(200, "pound", step=100), figure(91, "kg")),
        (figure(10, high=15), figure(12)),
        (figure(5, "USD"), figure(5, "EUR")),
        (figure(3000, qualifier="less_than", step=1000), figure(2977)),
        (figure(12, "age"), figure(12, "year")),
        (figure(91000, step=1000), figure(91240)),
        (figure(5, "km"), figure(2, "hour")),
        (figure(7, None), figure(7, "device")),
    ],
)
def test_less_exact_figures_are_compatible(a: Figure, b: Figure) -> None:
    assert compare(a, b)[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (figure(12), figure(10)),
        (figure(1.4e9, "USD", step=1e8), figure(1.5e9, "USD", step=1e8)),
        (figure(100, qualifier="more_than"), figure(80)),
        (figure(20, qualifier="at_most"), figure(31)),
        (figure(30, qualifier="about"), figure(60)),
        (figure(10, high=15), figure(18)),
        (figure(35, "day"), figure(34, "day")),
        (figure(10, "mile"), figure(10, "km")),
        (figure(20, "percent"), figure(0.5, "fraction", step=1e-4)),
        (figure(16, "age"), figure(17, "age")),
        (figure(100, step=100), figure(126)),
    ],
)
def test_values_that_cannot_both_hold_are_not_compatible(a: Figure, b: Figure) -> None:
    assert not compare(a, b)[0]


def test_reason_names_both_values() -> None:
    assert compare(figure(12), figure(10))[1] == "different values: 10 person, 12 person"


figures = st.builds(
    figure,
    st.one_of(st.none(), st.floats(0, 1e12)),
    st.sampled_from([None, "person", "USD", "EUR", "device", "age", *SCALES]),
    qualifier=st.sampled_from(["exact", "about", "at_least", "at_most", "more_than", "less_than"]),
    step=st.sampled_from([None, 0.1, 1.0, 100.0, 1e6]),
    of=st.sampled_from([None, "people killed", "passengers on the boat", "people hurt on the boat"]),
)


@given(figures, figures)
def test_order_does_not_matter(a: Figure, b: Figure) -> None:
    assert compare(a, b) == compare(b, a)
    assert same_quantity(a, b) == same_quantity(b, a)


@given(figures)
def test_a_figure_agrees_with_itself(a: Figure) -> None:
    assert compare(a, a)[0]


@given(figures, figures)
def test_likelihood_lies_between_zero_and_one(a: Figure, b: Figure) -> None:
    assert 0.0 <= same_quantity(a, b) <= 1.0


def test_same_words_and_unit_count_the_same_thing() -> None:
    same = same_quantity(figure(12, of="passengers killed"), figure(10, of="killed passengers on the ferry"))
    other = same_quantity(figure(12, of="passengers killed"), figure(10, of="officers searching the shore"))
    assert same > 0.8
    assert other < 0.2


def test_other_dimension_never_counts_the_same_thing() -> None:
    assert same_quantity(figure(3, "km", of="walk to the pier"), figure(3, "hour", of="walk to the pier")) == 0.0


def test_converted_units_may_count_the_same_thing() -> None:
    assert same_quantity(figure(10, "mile", of="walk to the pier"), figure(16, "km", of="walk to the pier")) == 0.9
