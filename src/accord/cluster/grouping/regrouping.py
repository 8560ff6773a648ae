"""Groups articles that are linked with one another anew; groups that were there before keep their ids."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.components import parts
from accord.cluster.grouping.linkage import merged
from accord.records import content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure
    from accord.cluster.grouping.sketches import Sketch

_ROUND = 5
_TOLD = 20


def in_time(item: Sketch) -> tuple[bool, int, str]:
    """Return what sorts articles by their days, those without one last."""
    return item.day is None, item.day or 0, item.article


def regrouped(
    sketches: Sequence[Sketch],
    near: Sequence[Mapping[int, float]],
    before: Sequence[str | None],
    measure: Measure,
    in_use: Callable[[str], bool] = lambda _: False,
) -> list[tuple[str, list[int]]]:
    """Return the groups of `sketches` (numbers of them, which are in the order of `in_time`), each with its id.

    `near[n]` says how alike article n is to others among them, `before[n]` in which group it was. A group keeps the id
    of the one from which it has most articles; a new one gets none that is `in_use` elsewhere.
    """
    found = _grouped(sketches, near, measure)
    old_sizes = Counter(name for name in before if name is not None)
    claims = []
    for at, members in enumerate(found):
        for name, shared in Counter(b for n in members if (b := before[n]) is not None).items():
            claims.append((-shared, -old_sizes[name], name, at))
    named: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, name, at in sorted(claims):
        if at not in named and name not in taken:
            named[at] = name
            taken.add(name)
    for at, members in enumerate(found):
        if at not in named:
            named[at] = _fresh_id([sketches[n] for n in members], taken, in_use)
            taken.add(named[at])
    return [(named[at], members) for at, members in enumerate(found)]


def central(vectors: NDArray[np.floating]) -> int:
    """Return which of some articles is the one whose lead is most like those of the others; of two, the first."""
    if len(vectors) < 3:
        return 0
    leads = vectors.astype(np.float64)
    return int((leads @ leads.sum(axis=0)).round(_ROUND).argmax())


def _grouped(sketches: Sequence[Sketch], near: Sequence[Mapping[int, float]], measure: Measure) -> list[list[int]]:
    """Return the groups: copies first, then what is left of them by their likeness."""
    if len(sketches) == 1:
        return [[0]]
    copies = _copies(near, measure)
    if len(copies) <= measure.most:
        return _merged(sketches, near, copies, measure)
    links = [(n, other, alike) for n, others in enumerate(near) for other, alike in others.items()]
    first, second = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    arrays = first, second, np.array([link[2] for link in links])
    part_of = parts(lambda: [arrays], len(sketches), measure).tolist()
    by_part: dict[int, list[list[int]]] = {}
    for members in copies:
        by_part.setdefault(part_of[members[0]], []).append(members)
    return [group for held in by_part.values() for group in _merged(sketches, near, held, measure)]


def _merged(
    sketches: Sequence[Sketch], near: Sequence[Mapping[int, float]], copies: Sequence[list[int]], measure: Measure
) -> list[list[int]]:
    """Return the groups that `copies`, the articles of a part, form; links with others do not count."""
    place = {n: at for at, members in enumerate(copies) for n in members}
    pairs = {
        (min(a, b), max(a, b))
        for n, a in place.items()
        for other in near[n]
        if (b := place.get(other)) is not None and a != b
    }
    if not pairs:
        return [sorted(members) for members in copies]
    groups = merged([sketches[members[0]] for members in copies], sorted(pairs), measure)
    return [sorted(n for at in group for n in copies[at]) for group in groups]


def _copies(near: Sequence[Mapping[int, float]], measure: Measure) -> list[list[int]]:
    """Return the articles, those together that carry nearly the same text."""
    left = dict.fromkeys(range(len(near)))
    found = []
    for n in range(len(near)):
        if n not in left:
            continue
        del left[n]
        group, edge = [n], [n]
        while edge:
            for other, alike in sorted(near[edge.pop()].items()):
                if alike >= measure.copy and other in left:
                    del left[other]
                    group.append(other)
                    edge.append(other)
        found.append(group)
    return found


def _fresh_id(members: Sequence[Sketch], taken: set[str], in_use: Callable[[str], bool]) -> str:
    """Return the id of a new group: that of its first article, or of the next where the id is in use."""
    for item in members:
        name = content_id("story", item.article, item.day, *item.terms[:_TOLD].tolist())
        if name not in taken and not in_use(name):
            return name
    return content_id("story", *(item.article for item in members), *sorted(taken))
