"""Holds a growing set of articles and says which of them tell of one event; ids stay while a stream grows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.chains import chains_of
from accord.cluster.grouping.likeness import Measure, likeness
from accord.cluster.grouping.linkage import merged
from accord.cluster.grouping.neighbours import candidates
from accord.records import Chain, content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accord.cluster.grouping.sketches import Sketch

_ROUND = 5
_TOLD = 20


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
        fresh = sorted((s for s in sketches if s.article not in self._numbers), key=_in_time)
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
            Group(self._ids[key], self._articles(members), self._central(members))
            for key, members in self._members.items()
        ]
        first = {self._ids[key]: _in_time(self._sketches[members[0]]) for key, members in self._members.items()}
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
        return sorted(found, key=lambda n: _in_time(self._sketches[n]))

    def _regroup(self, component: Sequence[int]) -> list[int]:
        """Group the articles of `component` anew; a group keeps the id of the one from which it has most articles."""
        before = {n: self._group_of[n] for n in component if self._group_of[n] >= 0}
        old_ids = {key: self._ids[key] for key in set(before.values())}
        old_sizes = Counter(before.values())
        for key in old_ids:
            del self._members[key], self._ids[key]
        found = self._grouped(component)
        claims = []
        for at, members in enumerate(found):
            for key, shared in Counter(before[n] for n in members if n in before).items():
                claims.append((-shared, -old_sizes[key], old_ids[key], at))
        named: dict[int, str] = {}
        taken: set[str] = set()
        for _, _, name, at in sorted(claims):
            if at not in named and name not in taken:
                named[at] = name
                taken.add(name)
        keys = []
        for at, members in enumerate(found):
            key, self._next = self._next, self._next + 1
            self._members[key] = members
            self._ids[key] = named.get(at) or _fresh_id([self._sketches[n] for n in members], taken)
            for n in members:
                self._group_of[n] = key
            keys.append(key)
        return keys

    def _grouped(self, component: Sequence[int]) -> list[list[int]]:
        """Return the groups of `component`: copies first, then what is left of them by their likeness."""
        if len(component) == 1:
            return [list(component)]
        copies = self._copies(component)
        heads = [members[0] for members in copies]
        place = {n: at for at, members in enumerate(copies) for n in members}
        near = {
            (min(a, b), max(a, b))
            for n in component
            for other in self._near[n]
            if (a := place[n]) != (b := place[other])
        }
        if not near:
            return copies
        groups = merged([self._sketches[n] for n in heads], sorted(near), self._measure)
        order = {n: at for at, n in enumerate(component)}
        return [sorted((n for at in group for n in copies[at]), key=order.__getitem__) for group in groups]

    def _copies(self, component: Sequence[int]) -> list[list[int]]:
        """Return the articles of `component`, those together that carry nearly the same text."""
        left = dict.fromkeys(component)
        found = []
        for n in component:
            if n not in left:
                continue
            del left[n]
            group, edge = [n], [n]
            while edge:
                for other, alike in sorted(self._near[edge.pop()].items()):
                    if alike >= self._measure.copy and other in left:
                        del left[other]
                        group.append(other)
                        edge.append(other)
            found.append(group)
        return found

    def _central(self, members: Sequence[int]) -> str:
        """Return the article of `members` whose lead is most like those of the others; of two, the first."""
        if len(members) < 3:
            return self._sketches[members[0]].article
        vectors = np.stack([self._sketches[n].vector for n in members])
        return self._sketches[members[int((vectors @ vectors.sum(axis=0)).round(_ROUND).argmax())]].article

    def _articles(self, members: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._sketches[n].article for n in members)


def _in_time(item: Sketch) -> tuple[bool, int, str]:
    return item.day is None, item.day or 0, item.article


def _fresh_id(members: Sequence[Sketch], taken: set[str]) -> str:
    """Return the id of a new group: that of its first article, or of the next where the id is in use."""
    for item in members:
        name = content_id("story", item.article, item.day, *item.terms[:_TOLD].tolist())
        if name not in taken:
            return name
    return content_id("story", *(item.article for item in members), *sorted(taken))
