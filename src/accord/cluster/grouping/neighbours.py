"""Finds the articles that may tell of one event, near-linearly: over an index of rare terms, never over all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.keys import (
    leading,
    most_shared,
    pair_carriers,
    pair_postings,
    term_carriers,
    term_postings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from accord.cluster.grouping.keys import Carriers
    from accord.cluster.grouping.sketches import Sketch

    Ints = NDArray[np.int64]

_BLOCK = 1024


def candidates(sketches: Sequence[Sketch], rows: Ints) -> tuple[Ints, Ints]:
    """Return the pairs (row, other) of articles that share rare terms, for each of `rows` the 32 that share most.

    A key is a term that few articles carry, a term in a stretch of days, or two terms together; one that more than
    `MOST_CARRIERS` articles carry is left out, so the cost grows with the number of articles, not with its square. Two
    terms that more articles carry count among those of them that follow one another in time: a story that hundreds
    report is found by these.
    """
    articles, numbers = leading(sketches), np.arange(len(sketches))
    terms, common = term_carriers(*term_postings(articles, numbers))
    pairs = pair_carriers(pair_postings(articles, numbers, common))
    return sharing((terms, pairs), rows, len(sketches))


def sharing(keys: Sequence[Carriers], rows: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the pairs (row, other) of the articles `rows` with the 32 of all `count` that share most over `keys`."""
    from scipy.sparse import hstack, vstack

    parts = [_matrix(part, count) for part in keys]
    by_article, by_key = hstack([part.T for part in parts]).tocsr(), vstack(parts).tocsr()
    found: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for at in range(0, len(rows), _BLOCK):
        block = rows[at : at + _BLOCK]
        shared = (by_article[block] @ by_key).tocsr()
        row = np.repeat(np.arange(len(block)), np.diff(shared.indptr))
        column, value = shared.indices.astype(np.int64), shared.data
        other = column != block[row]
        row, column = most_shared(row[other], column[other], value[other])
        found.append((block[row], column))
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def _matrix(keys: Carriers, count: int) -> csr_matrix:
    """Return who carries which key, shape (keys, articles)."""
    from scipy.sparse import csr_matrix

    from accord.cluster.grouping.piles import starts_of

    return csr_matrix((keys.weights, keys.owners, starts_of(keys.sizes)), shape=(len(keys.sizes), count))
