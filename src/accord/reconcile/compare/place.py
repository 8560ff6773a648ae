"""Compares where: two claims of one fact at two places that are not known to lie in each other cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context
from accord.reconcile.compare.names import differing
from accord.reconcile.names import fold


def compare(a: Claim, b: Claim, context: Context) -> Iterator[Comparison]:
    """Yield comparisons of the places of both claims; a country and a place that may lie in it hold together."""
    if a.place and a.place == b.place and a.place in context.names:
        name = context.names[a.place].name
        yield Comparison("place", name, name, True, 1.0, f"both at {name}")
    for comparison in differing(a, b, "place", "place", context):
        if _is_country(comparison.a) == _is_country(comparison.b):
            yield comparison


def _is_country(name: str) -> bool:
    return fold(name) in _countries()


@cache
def _countries() -> frozenset[str]:
    """Return the English names of all territories and continents (CLDR, by Babel)."""
    from babel import Locale

    names = {fold(str(name)) for name in Locale("en").territories.values()}
    return frozenset(names | {"us", "usa", "uk", "america", "britain", "eu"})
