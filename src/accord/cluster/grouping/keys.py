"""The keys of the index over which articles find one another, as arrays: who carries which, and who shares most.

Each function takes all carriers of the keys it is given, and of other keys none: so the keys may be dealt with at once,
or a part of them at a time. Sums are of whole numbers, so they do not depend on an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.piles import ranges, starts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.sketches import Sketch

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Hashes = NDArray[np.uint64]

TERMS = 32
"""So many of an article's most telling terms are in the index."""

PAIRED = 8
"""Terms that too many articles carry are joined in pairs, of so many terms an article."""

MOST_CARRIERS = 64
"""A key of the index that more articles carry says too little, and would cost the square of their number."""

MOST_NEIGHBOURS = 32
BUCKET = 8
"""Days in a stretch of time; two grids of stretches overlap by half, so that any four days stand in one."""

STRETCH = 32
"""Carriers in a stretch of those of a pair that too many carry, in the order of time; two grids overlap by half."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_SCALE = 1 << 14
_NO_DAY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """That the article `owners[n]` carries the key `keys[n]`, which says `weights[n]` of what it tells."""

    keys: Hashes
    owners: Ints
    weights: Ints

    def of(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Postings:
        return Postings(self.keys[rows], self.owners[rows], self.weights[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Carriers:
    """Keys with their carriers, one key after another: `sizes` of them, two or more and few, and their weights."""

    sizes: Ints
    owners: Ints
    weights: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Leading:
    """The most telling terms of articles: those of row n are `terms[starts[n]:starts[n + 1]]`, most weight first."""

    starts: Ints
    terms: Hashes
    weights: Floats
    days: Ints


def leading(sketches: Sequence[Sketch]) -> Leading:
    """Return the terms of `sketches` that are in the index, and their days, -1 for none."""
    return Leading(
        starts_of(np.array([min(len(s.terms), TERMS) for s in sketches], np.int64)),
        np.concatenate([np.zeros(0, np.uint64), *(s.terms[:TERMS] for s in sketches)]),
        np.concatenate([np.zeros(0, np.float32), *(s.weights[:TERMS] for s in sketches)]),
        np.array([_NO_DAY if s.day is None else s.day for s in sketches], np.int64),
    )


def term_postings(articles: Leading, owners: Ints) -> tuple[Postings, Ints]:
    """Return which terms each of `articles`, whose numbers are `owners`, carries; and the day of each posting."""
    sizes = np.diff(articles.starts)
    return Postings(articles.terms, np.repeat(owners, sizes), told(articles.weights)), np.repeat(articles.days, sizes)


def pair_postings(articles: Leading, owners: Ints, common: Hashes) -> Postings:
    """Return, for articles with a leading term among `common` (ascending), the pairs of leading terms they carry."""
    count = len(owners)
    sizes = np.minimum(np.diff(articles.starts), PAIRED)
    held = np.arange(PAIRED) < sizes[:, None]
    places = ranges(articles.starts[:-1], sizes)
    terms, weights = np.zeros((count, PAIRED), np.uint64), np.zeros((count, PAIRED))
    terms[held], weights[held] = articles.terms[places], articles.weights[places]
    rows = np.flatnonzero((_is_in(terms, common) & held).any(axis=1))
    terms, weights, held = terms[rows], weights[rows], held[rows]
    first, second = np.triu_indices(PAIRED, 1)
    both = held[:, first] & held[:, second]
    a, b = terms[:, first], terms[:, second]
    keys = _joined(np.minimum(a, b), np.maximum(a, b))
    mean = (weights[:, first] + weights[:, second]) / 2
    return Postings(keys[both], np.repeat(owners[rows], both.sum(axis=1)), told(mean[both]))


def told(weights: NDArray[np.floating]) -> Ints:
    """Return the squares of weights, in whole numbers up to 16,384."""
    squares: Ints = np.maximum(np.rint(np.square(weights.astype(np.float64)) * _SCALE), 1).astype(np.int64)
    return squares


def term_carriers(postings: Postings, days: Ints) -> tuple[Carriers, Hashes]:
    """Return the carriers of terms, and the terms, ascending, that too many carry: these count in a stretch of days."""
    order = np.lexsort((postings.owners, postings.keys))
    postings, days = postings.of(order), days[order]
    starts = _starts(postings.keys)
    sizes = np.diff(starts)
    common = sizes > MOST_CARRIERS
    rows = np.repeat(common, sizes) & (days != _NO_DAY)
    dated, days = postings.of(np.flatnonzero(rows)), days[rows]
    found = [_few(postings, starts)]
    for grid in (0, BUCKET // 2):
        stretch = (days + grid) // BUCKET
        order = np.lexsort((dated.owners, stretch, dated.keys))
        inside = dated.of(order)
        found.append(_few(inside, _starts(inside.keys, stretch[order])))
    return _all(found), postings.keys[starts[:-1][common]]


def pair_carriers(postings: Postings) -> Carriers:
    """Return the carriers of pairs; a pair that too many carry counts in stretches of carriers, by time."""
    postings = postings.of(np.lexsort((postings.owners, postings.keys)))
    starts = _starts(postings.keys)
    sizes = np.diff(starts)
    rows = np.repeat(sizes > MOST_CARRIERS, sizes)
    many = postings.of(np.flatnonzero(rows))
    rank = (np.arange(len(postings.keys)) - np.repeat(starts[:-1], sizes))[rows]
    grids = ((rank + grid) // STRETCH for grid in (0, STRETCH // 2))
    return _all([_few(postings, starts), *(_few(many, _starts(many.keys, stretch)) for stretch in grids)])


def most_shared(rows: Ints, columns: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Return (row, column) of the 32 largest of `values` in each row; of two that are the same, the first column."""
    bits = [max(int(part.max(initial=0)), 1).bit_length() for part in (rows, values, columns)]
    if sum(bits) < 64:  # sorted as whole numbers, which is many times faster
        most = (1 << bits[1]) - 1
        packed = (rows << (bits[1] + bits[2])) | ((most - values) << bits[2]) | columns
        packed.sort()
        rows, columns = packed >> (bits[1] + bits[2]), packed & ((1 << bits[2]) - 1)
    else:
        order = np.lexsort((columns, -values, rows))
        rows, columns = rows[order], columns[order]
    starts = _starts(rows)
    kept = np.arange(len(rows)) - np.repeat(starts[:-1], np.diff(starts)) < MOST_NEIGHBOURS
    return rows[kept], columns[kept]


def _few(postings: Postings, starts: Ints) -> Carriers:
    """Return those of the keys, which are one after another, that two articles or more carry, and not too many."""
    sizes = np.diff(starts)
    few = (sizes > 1) & (sizes <= MOST_CARRIERS)
    rows = np.repeat(few, sizes)
    return Carriers(sizes[few], postings.owners[rows], postings.weights[rows])


def _all(parts: Sequence[Carriers]) -> Carriers:
    return Carriers(
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.owners for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def _starts(*sorted_by: NDArray[np.integer]) -> Ints:
    """Return where something new begins in arrays that are sorted together, and where the last one ends."""
    size = len(sorted_by[0])
    fresh = np.zeros(size, bool)
    fresh[:1] = True
    for values in sorted_by:
        fresh[1:] |= values[1:] != values[:-1]
    return np.append(np.flatnonzero(fresh), size).astype(np.int64)


def _is_in(values: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Return which of `values` are among `known`, ascending."""
    if not len(known):
        return np.zeros(values.shape, bool)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found


def _joined(first: Hashes, second: Hashes) -> Hashes:
    """Return a hash of each two numbers."""
    mixed = (first ^ (second + _MIX)) * _MIX
    joined: Hashes = mixed ^ (mixed >> np.uint64(29)) ^ np.uint64(1)
    return joined
