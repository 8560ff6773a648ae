"""One comparison a field: a function in a module named for what it compares; its docstring is its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare import actor, date, place, polarity, status, value
from accord.reconcile.compare.comparison import Comparison, Context

__all__ = ["COMPARISONS", "Comparison", "Context", "compare"]

COMPARISONS: dict[str, Callable[[Claim, Claim, Context], Iterator[Comparison]]] = {
    "value": value.compare,
    "date": date.compare,
    "place": place.compare,
    "actor": actor.compare,
    "polarity": polarity.compare,
    "status": status.compare,
}


def compare(a: Claim, b: Claim, context: Context) -> list[Comparison]:
    """Return the comparisons of every field that both claims speak of."""
    return [comparison for function in COMPARISONS.values() for comparison in function(a, b, context)]
