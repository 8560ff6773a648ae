"""Compares planned with done: reports filed at different hours may both be right, so it is no dispute."""

from __future__ import annotations

from collections.abc import Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context


def compare(a: Claim, b: Claim, context: Context) -> Iterator[Comparison]:
    """Yield a compatible comparison when one claim tells as planned what the other tells as done."""
    first, second = a.statement.status, b.statement.status
    if {first, second} == {"planned", "done"} and a.statement.head == b.statement.head:
        yield Comparison("status", first, second, True, 0.5, f"{first} in one report, {second} in the other")
