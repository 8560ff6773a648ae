"""Merges articles into stories, the most alike first, until what is left is less alike than stories are inside."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.likeness import folded, late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure
    from accord.cluster.grouping.sketches import Sketch

_DIGITS = 5
_LOOSEST = 0.01


class _Groups:
    """The groups of one component: the sum of their members' vectors, their sizes, days and neighbours."""

    def __init__(self, sketches: Sequence[Sketch], near: Iterable[tuple[int, int]], measure: Measure) -> None:
        self.measure = measure
        self.sums = folded(sketches, measure)
        self.sizes = np.ones(len(sketches))
        self.inside = np.full(len(sketches), measure.prior)
        self.days = np.array([np.nan if s.day is None else s.day for s in sketches])
        self.dated = np.isfinite(self.days).astype(float)
        self.near: list[set[int]] = [set() for _ in sketches]
        self.changes = [0] * len(sketches)
        self.members = [[number] for number in range(len(sketches))]
        for a, b in near:
            self.near[a].add(b)
            self.near[b].add(a)

    def scores(self, group: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how well `group` would merge with each of `others`."""
        alike = (self.sums[others] @ self.sums[group]) / (self.sizes[others] * self.sizes[group])
        dated = self.dated[others] * self.dated[group] / (self.sizes[others] * self.sizes[group])
        alike -= dated * late(np.abs(self.days[others] - self.days[group]), self.measure)
        inside = np.maximum(self.inside[others] * self.inside[group], _LOOSEST)
        return np.asarray(alike / inside ** (self.measure.cohesion / 2)).round(_DIGITS)

    def merge(self, a: int, b: int) -> None:
        """Put the members of `b` into `a`."""
        self.sums[a] += self.sums[b]
        self.sizes[a] += self.sizes[b]
        if self.dated[b]:
            days = self.days[b] * self.dated[b] + (self.days[a] * self.dated[a] if self.dated[a] else 0)
            self.dated[a] += self.dated[b]
            self.days[a] = days / self.dated[a]
        pairs = self.sizes[a] * (self.sizes[a] - 1) / 2
        alike = (float(self.sums[a] @ self.sums[a]) - self.sizes[a]) / 2
        weight = self.measure.weight
        self.inside[a] = (alike + weight * self.measure.prior) / (pairs + weight)
        self.near[a] |= self.near[b]
        for other in self.near[b]:
            self.near[other].discard(b)
            self.near[other].add(a)
        self.near[a] -= {a, b}
        self.near[b] = set()
        self.members[a] += self.members[b]
        self.members[b] = []
        self.changes[a] += 1
        self.changes[b] += 1


def merged(sketches: Sequence[Sketch], near: Sequence[tuple[int, int]], measure: Measure) -> list[list[int]]:
    """Return the groups of `sketches` (numbers of them), of which only those that are `near` each other are compared.

    Average linkage (Sokal and Michener, 1958) that stops by the cohesion of the groups: a group whose members are much
    alike takes in only what is much alike. The same for the same sketches in the same order.
    """
    groups = _Groups(sketches, near, measure)
    queue: list[tuple[float, int, int, int, int]] = []

    def offer(group: int, others: list[int]) -> None:
        if not others:
            return
        for other, score in zip(others, groups.scores(group, np.array(others)).tolist(), strict=True):
            if score >= measure.merge:
                a, b = min(group, other), max(group, other)
                heapq.heappush(queue, (-score, a, b, groups.changes[a], groups.changes[b]))

    for group in range(len(sketches)):
        offer(group, sorted(other for other in groups.near[group] if other > group))
    while queue:
        _, a, b, seen_a, seen_b = heapq.heappop(queue)
        if (seen_a, seen_b) != (groups.changes[a], groups.changes[b]):
            continue
        groups.merge(a, b)
        offer(a, sorted(groups.near[a]))
    return [members for members in groups.members if members]
