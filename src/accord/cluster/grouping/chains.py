"""Joins stories that follow one another: an event, and what came of it in the days and weeks after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.keys import leading
from accord.cluster.grouping.piles import Pile, alike, pile_of, ranges, starts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.keys import Leading
    from accord.cluster.grouping.likeness import Measure
    from accord.cluster.grouping.sketches import Sketch

    Ints = NDArray[np.int64]
    Doubles = NDArray[np.float64]

_NAMED, _COMMON = 12, 2
_ROUND = 5
_CHUNK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Centres:
    """What groups are on the mean of their articles, and their most telling terms: `sizes` of them in rows of 12."""

    pile: Pile
    terms: NDArray[np.uint64]
    sizes: Ints


def chains_of(groups: Sequence[Sequence[Sketch]], near: Sequence[tuple[int, int]], measure: Measure) -> list[list[int]]:
    """Return the chains of `groups` (numbers of them, which are in the order of their days), two groups or more each.

    A story follows the one before it that is most like it, among those that are `near` it and at most
    `measure.follow_days` older; they share some of their most telling terms. Stories without a day are in no chain.
    """
    pairs = np.array(near, dtype=np.int64).reshape(-1, 2)
    days = np.array([min((s.day for s in group if s.day is not None), default=-1) for group in groups], np.int64)
    pairs = pairs[within(days[pairs[:, 0]], days[pairs[:, 1]], measure)]
    numbers, places = np.unique(pairs, return_inverse=True)
    places = places.reshape(-1, 2)
    chunks = [numbers[at : at + _CHUNK] for at in range(0, len(numbers), _CHUNK)]
    centres = [_centres([groups[n] for n in chunk.tolist()]) for chunk in chunks]
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    home = places // _CHUNK
    for later, early in np.unique(home[:, ::-1], axis=0).tolist():
        rows = np.flatnonzero((home[:, 1] == later) & (home[:, 0] == early))
        a, b = pairs[rows].T
        value = following(
            centres[later], places[rows, 1] - later * _CHUNK, centres[early], places[rows, 0] - early * _CHUNK, measure
        )
        found.append((b[value > 0], a[value > 0], value[value > 0]))
    later, early = most_like(*(np.concatenate(part) for part in zip(*found, strict=True)))
    members, sizes = walked(later, early)
    return [part.tolist() for part in np.split(members, np.cumsum(sizes)[:-1])] if len(sizes) else []


def within(early: Ints, later: Ints, measure: Measure) -> NDArray[np.bool_]:
    """Return which of pairs of days, -1 for none, are near enough for a chain."""
    near: NDArray[np.bool_] = (early >= 0) & (later >= 0) & (np.abs(later - early) <= measure.follow_days)
    return near


def centres_of(articles: Pile, named: Leading, sizes: Ints) -> Centres:
    """Return the centres of groups, whose articles stand one after another, so many for each."""
    count = len(sizes)
    group = np.repeat(np.arange(count), sizes)
    owner = np.repeat(group, np.diff(articles.starts))
    order = np.lexsort((articles.terms, owner))
    owner, terms, weights = owner[order], articles.terms[order], articles.weights[order]
    owner, terms, total = _summed(owner, terms, weights)
    vectors = np.zeros((count, articles.vectors.shape[1]), np.float32)
    bounds = starts_of(sizes)
    for number in range(count):
        members = articles.vectors[bounds[number] : bounds[number + 1]]
        vectors[number] = members.sum(axis=0, dtype=np.float64) / len(members)
    starts = starts_of(np.bincount(owner, minlength=count))
    pile = Pile(starts, terms, (total / sizes[owner]).astype(np.float32), vectors)
    return Centres(pile, *_named(named, group, count))


def following(own: Centres, later: Ints, other: Centres, early: Ints, measure: Measure) -> Doubles:
    """Return how alike groups `later` of `own` and groups `early` of `other` are, 0 where that is no sequel."""
    found = alike(own.pile, later, other.pile, early, measure).round(_ROUND)
    for at in range(0, len(later), _CHUNK):
        a, b = later[at : at + _CHUNK], early[at : at + _CHUNK]
        held = (np.arange(_NAMED) < own.sizes[a][:, None])[:, :, None] & (np.arange(_NAMED) < other.sizes[b][:, None])[
            :, None, :
        ]
        common = ((own.terms[a][:, :, None] == other.terms[b][:, None, :]) & held).sum(axis=(1, 2))
        found[at : at + _CHUNK][common < _COMMON] = 0
    found[found < measure.follow] = 0
    return found


def most_like(later: Ints, early: Ints, value: Doubles) -> tuple[Ints, Ints]:
    """Return each of `later` once, ascending, with the one of `early` that is most like it; of two, the first."""
    order = np.lexsort((early, -value, later))
    later, early = later[order], early[order]
    first = np.flatnonzero(np.diff(later, prepend=-1))
    return later[first], early[first]


def walked(later: Ints, early: Ints) -> tuple[Ints, Ints]:
    """Return the chains of groups of which each of `later`, ascending, follows one that is `early`: members, sizes.

    [3, 5, 7], [1, 3, 2] -> [1, 3, 5, 2, 7], [3, 2]
    """
    numbers, places = np.unique(np.concatenate([later, early]), return_inverse=True)
    head = np.arange(len(numbers))
    head[places[: len(later)]] = places[len(later) :]
    while len(head) and (head != head[head]).any():
        head = head[head]
    order = np.lexsort((np.arange(len(head)), head))
    starts = np.flatnonzero(np.diff(head[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    by_second = np.argsort(order[starts + 1], kind="stable") if len(starts) else starts
    return numbers[order[ranges(starts[by_second], sizes[by_second])]], sizes[by_second]


def _centres(groups: Sequence[Sequence[Sketch]]) -> Centres:
    members = [item for group in groups for item in group]
    return centres_of(pile_of(members), leading(members), np.array([len(group) for group in groups], np.int64))


def _named(named: Leading, group: Ints, count: int) -> tuple[NDArray[np.uint64], Ints]:
    """Return the most telling terms of each group, 12 at most, and how many these are."""
    sizes = np.minimum(np.diff(named.starts), _NAMED)
    places = ranges(named.starts[:-1], sizes)
    owner, terms, weights = np.repeat(group, sizes), named.terms[places], named.weights[places]
    order = np.lexsort((terms, owner))
    owner, terms, total = _summed(owner[order], terms[order], weights[order])
    order = np.lexsort((terms, -total, owner))
    owner, terms = owner[order], terms[order]
    starts = starts_of(np.bincount(owner, minlength=count))
    rank = np.arange(len(owner)) - starts[owner]
    found = np.zeros((count, _NAMED), np.uint64)
    kept = rank < _NAMED
    found[owner[kept], rank[kept]] = terms[kept]
    return found, np.minimum(np.diff(starts), _NAMED)


def _summed(
    owner: Ints, terms: NDArray[np.uint64], weights: NDArray[np.floating]
) -> tuple[Ints, NDArray[np.uint64], Doubles]:
    """Return each term of each owner once, with the sum of its weights; they are sorted."""
    if not len(owner):
        return owner, terms, np.zeros(0)
    fresh = np.ones(len(owner), bool)
    fresh[1:] = (owner[1:] != owner[:-1]) | (terms[1:] != terms[:-1])
    starts = np.flatnonzero(fresh)
    return owner[starts], terms[starts], np.add.reduceat(weights.astype(np.float64), starts)
