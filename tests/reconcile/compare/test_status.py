"""Planned and done: a difference that is kept and never a dispute."""

from __future__ import annotations

import pytest

from accord.reconcile.compare import Comparison
from accord.reconcile.compare.status import compare
from reconcile.stories import Said, pair

PLANNED = Said("Divers will search the wreck", "search", status="planned")
DONE = Said("Divers searched the wreck", "search", status="done")


def statuses(first: Said, second: Said) -> list[Comparison]:
    return list(compare(*pair(first, second)))


@pytest.mark.parametrize(("a", "b"), [(PLANNED, DONE), (DONE, PLANNED)])
def test_planned_and_done_are_a_compatible_difference(a: Said, b: Said) -> None:
    (found,) = statuses(a, b)
    assert (found.field, found.a, found.b, found.compatible) == ("status", a.status, b.status, True)


@pytest.mark.parametrize(
    "other", [PLANNED, Said("Divers dream", "dream"), Said("Divers may search", "search", status="state")]
)
def test_anything_else_is_no_difference(other: Said) -> None:
    assert statuses(PLANNED, other) == []
