"""Sketches as arrays, and how alike the articles of many pairs are: exact sums, the same in whatever order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from accord.cluster.grouping.likeness import Measure
    from accord.cluster.grouping.sketches import Sketch

    Ints = NDArray[np.int64]
    Doubles = NDArray[np.float64]

_CHUNK = 4096
_COLUMNS = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Pile:
    """What articles, or groups of them, are compared by.

    The terms of row n are `terms[starts[n]:starts[n + 1]]`, ascending, with their `weights`; `vectors` has a row each.
    """

    starts: Ints
    terms: NDArray[np.uint64]
    weights: NDArray[np.floating]
    vectors: NDArray[np.floating]


def pile_of(sketches: Sequence[Sketch]) -> Pile:
    """Return `sketches` as arrays."""
    if not sketches:
        return Pile(
            np.zeros(1, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.float32), np.zeros((0, 1), np.float32)
        )
    starts = starts_of(np.array([len(s.terms) for s in sketches], np.int64))
    terms = np.concatenate([s.terms for s in sketches])
    weights = np.concatenate([s.weights for s in sketches])
    order = np.lexsort((terms, np.repeat(np.arange(len(sketches)), np.diff(starts))))
    return Pile(starts, terms[order], weights[order], np.stack([s.vector for s in sketches]))


def starts_of(sizes: Ints) -> Ints:
    """Return where pieces of such sizes start, and where the last one ends: [2, 3] -> [0, 2, 5]"""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return the numbers of ranges that start there and are so long: [7, 2], [2, 3] -> [7, 8, 2, 3, 4]"""
    ends = np.cumsum(sizes, dtype=np.int64)
    return np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)


def alike(own: Pile, first: Ints, other: Pile, second: Ints, measure: Measure) -> Doubles:
    """Return the likeness of rows `first` of `own` with rows `second` of `other`, shape (pairs,), from 0 to 1.

    Numbers of half precision, as a packed sketch has them, are added without an error: it is the same on any machine.
    """
    found = np.zeros(len(first))
    for at in range(0, len(first), _CHUNK):
        a, b = first[at : at + _CHUNK], second[at : at + _CHUNK]
        sense = np.einsum("ij,ij->i", own.vectors[a].astype(np.float64), other.vectors[b].astype(np.float64))
        found[at : at + _CHUNK] = measure.sense * sense + (1 - measure.sense) * _words(own, a, other, b)
    return found


def _words(own: Pile, first: Ints, other: Pile, second: Ints) -> Doubles:
    """Return the inner products of the terms of rows."""
    shared = _rows(own, first).multiply(_rows(other, second)).tocsr()
    row = np.repeat(np.arange(len(first)), np.diff(shared.indptr))
    summed: Doubles = np.bincount(row, shared.data, len(first)).astype(np.float64)
    return summed


def _rows(pile: Pile, rows: Ints) -> csr_matrix:
    """Return the terms of `rows` as a sparse matrix whose columns are the terms themselves, less their lowest bit."""
    from scipy.sparse import csr_matrix

    sizes = pile.starts[rows + 1] - pile.starts[rows]
    places = ranges(pile.starts[rows], sizes)
    columns = (pile.terms[places] >> np.uint64(1)).view(np.int64)
    return csr_matrix((pile.weights[places].astype(np.float64), columns, starts_of(sizes)), shape=(len(rows), _COLUMNS))
