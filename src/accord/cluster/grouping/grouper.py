"""Holds a growing set of articles and says which of them tell of one event; ids stay while a stream grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.chains import chains_of
from accord.cluster.grouping.likeness import Measure, likeness
from accord.cluster.grouping.neighbours import candidates
from accord.cluster.grouping.regrouping import central, in_time, regrouped
from accord.records import Chain, content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accord.cluster.grouping.sketches import Sketch

_ROUND = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that tell of one event, by id, in the order of their days; `id` stays while the group lives.

    `central` is the article most like the others.
    """

    id: str
    articles: tuple[str, ...]
    central: str


class Grouper:
    """Groups articles as they come. Added at once, or to an empty grouper, they give the same whatever their order.

        grouper = Grouper(); grouper.add(sketch(articles)); grouper.groups() -> (Group("5b1c...", ("a", "b")), ...)

    `add` compares the new articles with those held and groups anew only what they touch: articles that are linked with
    a new one, directly or over others. The index is made anew over all that are held (about 10 ms a thousand), so
    articles had better come by the batch. A group that was merged into another is no longer among `groups`.
    """

    def __init__(self, measure: Measure | None = None) -> None:
        self._measure = measure or Measure()
        self._sketches: list[Sketch] = []
        self._numbers: dict[str, int] = {}
        self._near: list[dict[int, float]] = []
        self._group_of: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._ids: dict[int, str] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._sketches)

    def add(self, sketches: Iterable[Sketch]) -> tuple[str, ...]:
        """Take in `sketches` (an article that is held already is passed over); return the ids of the groups touched."""
        fresh = sorted((s for s in sketches if s.article not in self._numbers), key=in_time)
        start = len(self._sketches)
        for item in fresh:
            if item.article not in self._numbers:
                self._numbers[item.article] = len(self._sketches)
                self._sketches.append(item)
                self._near.append({})
                self._group_of.append(-1)
        rows = np.arange(start, len(self._sketches))
        if not len(rows):
            return ()
        self._link(rows)
        touched: list[int] = []
        seen: set[int] = set()
        for number in rows.tolist():
            if number not in seen:
                component = self._component(number)
                seen.update(component)
                touched.extend(self._regroup(component))
        return tuple(self._ids[group] for group in touched)

    def groups(self) -> tuple[Group, ...]:
        """Return the groups, in the order of their first days; each article is in exactly one."""
        found = [
            Group(self._ids[key], self._articles(members), self._sketches[self._central(members)].article)
            for key, members in self._members.items()
        ]
        first = {self._ids[key]: in_time(self._sketches[members[0]]) for key, members in self._members.items()}
        return tuple(sorted(found, key=lambda group: (*first[group.id], group.id)))

    def chains(self) -> tuple[Chain, ...]:
        """Return the groups that follow one another: an event and what came of it. Each has two groups or more."""
        groups = self.groups()
        members = [[self._sketches[self._numbers[article]] for article in group.articles] for group in groups]
        number = {article: n for n, group in enumerate(groups) for article in group.articles}
        near = {
            (min(a, b), max(a, b))
            for i, others in enumerate(self._near)
            for j in others
            if (a := number[self._sketches[i].article]) != (b := number[self._sketches[j].article])
        }
        found = chains_of(members, sorted(near), self._measure)
        return tuple(
            Chain(content_id("chain", groups[chain[0]].id), tuple(groups[number].id for number in chain))
            for chain in found
        )

    def _link(self, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        """Compare the articles `rows` with all that are held and keep who is near whom."""
        first, second = candidates(self._sketches, rows)
        low, high = np.minimum(first, second), np.maximum(first, second)
        pairs = np.unique(low * len(self._sketches) + high)
        first, second = pairs // len(self._sketches), pairs % len(self._sketches)
        alike = likeness(self._sketches, first, second, self._measure).round(_ROUND)
        kept = alike >= self._measure.edge
        for a, b, value in zip(first[kept].tolist(), second[kept].tolist(), alike[kept].tolist(), strict=True):
            self._near[a][b] = value
            self._near[b][a] = value

    def _component(self, number: int) -> list[int]:
        """Return the articles that are linked with the article `number`, directly or over others, in order."""
        found, edge = {number}, [number]
        while edge:
            for other in self._near[edge.pop()]:
                if other not in found:
                    found.add(other)
                    edge.append(other)
        return sorted(found, key=lambda n: in_time(self._sketches[n]))

    def _regroup(self, component: Sequence[int]) -> list[int]:
        """Group the articles of `component` anew; a group keeps the id of the one from which it has most articles."""
        old = {n: self._group_of[n] for n in component if self._group_of[n] >= 0}
        before = [self._ids[old[n]] if n in old else None for n in component]
        for key in set(old.values()):
            del self._members[key], self._ids[key]
        place = {n: at for at, n in enumerate(component)}
        near = [{place[other]: alike for other, alike in self._near[n].items()} for n in component]
        keys = []
        for name, members in regrouped([self._sketches[n] for n in component], near, before, self._measure):
            key, self._next = self._next, self._next + 1
            self._members[key] = [component[at] for at in members]
            self._ids[key] = name
            for n in self._members[key]:
                self._group_of[n] = key
            keys.append(key)
        return keys

    def _central(self, members: Sequence[int]) -> int:
        return members[central(np.stack([self._sketches[n].vector for n in members]))]

    def _articles(self, members: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._sketches[n].article for n in members)
