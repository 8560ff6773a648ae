"""Figures of two claims: each finds its counterpart, and both hold within their precision."""

from __future__ import annotations

from accord.reconcile.compare import Comparison
from accord.reconcile.compare.value import compare
from reconcile.stories import Said, pair


def values(first: Said, second: Said) -> list[Comparison]:
    return list(compare(*pair(first, second)))


def missing(words: str, value: float | None) -> Said:
    return Said(f"The storm left {words} sailors missing", "leave", figures=((f"{words} sailors", value, "person"),))


def test_equal_figures_hold_together() -> None:
    (found,) = values(missing("three", 3), missing("3", 3))
    assert (found.field, found.a, found.b, found.compatible) == ("value", "three sailors", "3 sailors", True)


def test_other_figures_of_one_quantity_do_not() -> None:
    (found,) = values(missing("three", 3), missing("five", 5))
    assert not found.compatible
    assert found.sure > 0.5


def test_words_without_a_number_contradict_nothing() -> None:
    assert all(found.compatible for found in values(missing("dozens of", None), missing("36", 36)))


def test_figures_of_other_things_are_not_compared() -> None:
    load = Said("The barge carried 40 tonnes", "carry", figures=(("40 tonnes", 40, "tonne"),))
    assert values(load, missing("three", 3)) == []


def test_equal_figures_find_each_other_first() -> None:
    a = Said("Of 12 people 3 people swam", "swim", figures=(("12 people", 12, "person"), ("3 people", 3, "person")))
    b = Said(
        "Some 3 people swam of 12 people", "swim", figures=(("3 people", 3, "person"), ("12 people", 12, "person"))
    )
    assert {(found.a, found.b, found.compatible) for found in values(a, b)} == {
        ("12 people", "12 people", True),
        ("3 people", "3 people", True),
    }


def test_claims_without_figures_are_not_compared() -> None:
    assert values(Said("The barge sank", "sink"), missing("three", 3)) == []
