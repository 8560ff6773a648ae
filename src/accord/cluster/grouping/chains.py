"""Joins stories that follow one another: an event, and what came of it in the days and weeks after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.likeness import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure
    from accord.cluster.grouping.sketches import Sketch

_NAMED, _COMMON = 12, 2


def chains_of(groups: Sequence[Sequence[Sketch]], near: Sequence[tuple[int, int]], measure: Measure) -> list[list[int]]:
    """Return the chains of `groups` (numbers of them, in the order of their days), two groups or more each.

    A story follows the one before it that is most like it, among those that are `near` it and at most
    `measure.follow_days` older; they share some of their most telling terms. Stories without a day are in no chain.
    """
    numbers = sorted({n for pair in near for n in pair})
    vectors = {n: _mean(groups[n], measure) for n in numbers}
    leading = {n: _leading(groups[n]) for n in numbers}
    days = {n: min((s.day for s in groups[n] if s.day is not None), default=None) for n in numbers}
    before: dict[int, tuple[float, int]] = {}
    for a, b in near:
        start, end = days[a], days[b]
        if start is None or end is None or abs(end - start) > measure.follow_days:
            continue
        early, later = (a, b) if (start, a) <= (end, b) else (b, a)
        alike = round(float(vectors[a] @ vectors[b]), 5)
        if alike >= measure.follow and len(leading[a] & leading[b]) >= _COMMON:
            before[later] = max(before.get(later, (-1.0, -1)), (alike, -early))
    chain_of: dict[int, int] = {}
    found: dict[int, list[int]] = {}
    for later in sorted(before, key=lambda n: (days[n] or 0, n)):
        early = -before[later][1]
        head = chain_of.setdefault(early, early)
        found.setdefault(head, [early]).append(later)
        chain_of[later] = head
    return [sorted(members, key=lambda n: (days[n] or 0, n)) for members in found.values()]


def _mean(members: Sequence[Sketch], measure: Measure) -> NDArray[np.float32]:
    total: NDArray[np.float32] = folded(members, measure).sum(axis=0)
    return total / np.float32(len(members))


def _leading(members: Sequence[Sketch]) -> set[int]:
    """Return the most telling terms of a group."""
    weights: dict[int, float] = {}
    for item in members:
        for term, weight in zip(item.terms[:_NAMED].tolist(), item.weights[:_NAMED].tolist(), strict=True):
            weights[term] = weights.get(term, 0.0) + weight
    return set(sorted(weights, key=lambda term: (-weights[term], term))[:_NAMED])
