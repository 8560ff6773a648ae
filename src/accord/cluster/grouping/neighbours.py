"""Finds the articles that may tell of one event, near-linearly: over an index of rare terms, never over all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

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

_BLOCK = 4096
_MIX = np.uint64(0x9E3779B97F4A7C15)


def candidates(sketches: Sequence[Sketch], rows: Ints) -> tuple[Ints, Ints]:
    """Return the pairs (row, other) of articles that share rare terms, for each of `rows` the 32 that share most.

    A key is a term that few articles carry, a term in a stretch of days, or two terms together; one that more than
    `MOST_CARRIERS` articles carry is left out, so the cost grows with the number of articles, not with its square.
    """
    index = _index(sketches)
    found: list[tuple[Ints, Ints]] = []
    transposed = index.T.tocsr()
    for at in range(0, len(rows), _BLOCK):
        block = rows[at : at + _BLOCK]
        shared = (index[block] @ transposed).tocsr()
        found.append(_most_shared(shared, block))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def term_matrix(sketches: Sequence[Sketch]) -> csr_matrix:
    """Return the weights of terms, shape (articles, terms), rows of unit length."""
    from scipy.sparse import csr_matrix

    terms = np.concatenate([s.terms for s in sketches]) if sketches else np.zeros(0, np.uint64)
    weights = np.concatenate([s.weights for s in sketches]) if sketches else np.zeros(0, np.float32)
    starts = np.concatenate([[0], np.cumsum([len(s.terms) for s in sketches])])
    distinct, columns = np.unique(terms, return_inverse=True)
    return csr_matrix((weights, columns, starts), shape=(len(sketches), max(len(distinct), 1)))


def _index(sketches: Sequence[Sketch]) -> csr_matrix:
    """Return which keys each article carries, shape (articles, keys), weighed by how telling they are."""
    from scipy.sparse import csr_matrix

    lengths = np.array([min(len(s.terms), TERMS) for s in sketches])
    owners = np.repeat(np.arange(len(sketches)), lengths)
    terms = np.concatenate([s.terms[:TERMS] for s in sketches])
    weights = np.concatenate([s.weights[:TERMS] for s in sketches])
    days = np.repeat(np.array([-1 if s.day is None else s.day for s in sketches]), lengths)
    _, numbers, carriers = np.unique(terms, return_inverse=True, return_counts=True)
    common = carriers[numbers] > MOST_CARRIERS
    parts = [(terms, owners, weights)]
    dated = common & (days >= 0)
    for grid in (0, BUCKET // 2):
        bucket = ((days[dated] + grid) // BUCKET * 2 + (grid > 0)).astype(np.uint64)
        parts.append((_joined(terms[dated], bucket), owners[dated], weights[dated]))
    parts.append(_pairs(sketches, set(terms[common].tolist())))
    keys = np.concatenate([part[0] for part in parts])
    rows = np.concatenate([part[1] for part in parts])
    values = np.concatenate([part[2] for part in parts])
    _, columns, counts = np.unique(keys, return_inverse=True, return_counts=True)
    kept = (counts[columns] > 1) & (counts[columns] <= MOST_CARRIERS)
    return csr_matrix(
        (values[kept] ** 2, (rows[kept], columns[kept])), shape=(len(sketches), len(counts)), dtype=np.float32
    )


def _pairs(sketches: Sequence[Sketch], common: set[int]) -> tuple[Hashes, Ints, Floats]:
    """Return, for articles whose leading terms are common ones, the pairs of those terms."""
    keys, owners, values = [], [], []
    for number, item in enumerate(sketches):
        leading = item.terms[:PAIRED]
        if not any(term in common for term in leading.tolist()):
            continue
        order = np.argsort(leading)
        first, second = np.triu_indices(len(leading), 1)
        keys.append(_joined(leading[order][first], leading[order][second]))
        owners.append(np.full(len(first), number))
        both = item.weights[:PAIRED][order]
        values.append((both[first] + both[second]).astype(np.float32) / 2)
    if not keys:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.float32)
    return np.concatenate(keys), np.concatenate(owners), np.concatenate(values)


def _joined(first: Hashes, second: Hashes) -> Hashes:
    """Return a hash of each two numbers."""
    mixed = (first ^ (second + _MIX)) * _MIX
    joined: Hashes = mixed ^ (mixed >> np.uint64(29)) ^ np.uint64(1)
    return joined


def _most_shared(shared: csr_matrix, rows: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of each row with the articles that share most with it."""
    sizes = np.diff(shared.indptr)
    row = np.repeat(np.arange(len(rows)), sizes)
    column, value = shared.indices.astype(np.int64), shared.data
    other = column != rows[row]
    row, column, value = row[other], column[other], value[other]
    order = np.lexsort((column, -value.round(6), row))
    row, column = row[order], column[order]
    firsts = np.searchsorted(row, np.arange(len(rows)))
    rank = np.arange(len(row)) - firsts[row]
    kept = rank < MOST_NEIGHBOURS
    return rows[row[kept]], column[kept]
