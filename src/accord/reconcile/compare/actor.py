"""Compares who: two claims of one act by different people or bodies cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context
from accord.reconcile.compare.names import differing


def compare(a: Claim, b: Claim, context: Context) -> Iterator[Comparison]:
    """Yield comparisons of the people, then of the bodies, that the claims name."""
    if a.actor and a.actor == b.actor and a.actor in context.names:
        name = context.names[a.actor].name
        yield Comparison("actor", name, name, True, 1.0, f"both of {name}")
    yield from differing(a, b, "person", "actor", context)
    yield from differing(a, b, "organisation", "actor", context)
