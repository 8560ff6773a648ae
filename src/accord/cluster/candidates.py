"""Picks the pairs of articles worth comparing: all of few, by MinHash of many."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from accord.cluster.sketches import HASHES, sheaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from accord.cluster.lines import Text
    from accord.cluster.sketches import Hashes, Sheaf

    Numbers = NDArray[np.int64]

FEW = 200
"""Up to so many articles every pair is compared."""

PARTNERS = 8
"""Each of very many articles is compared with so many earlier ones at most: those that share most of its sketch."""

_LEAST_VOTES, _LEAST_SHARE, _BRIEF = 2, 0.1, 2 * HASHES
_EMPTY = (1 << 64) - 1


def candidate_pairs(texts: Sequence[Text]) -> list[tuple[int, int]]:
    """Return index pairs (i < j) of texts that may share wording.

    Many texts are paired by MinHash with locality-sensitive hashing (Broder 1997) over their sentences, not over whole
    texts: a brief inside a long report has a low Jaccard similarity with it, its sentences do not. Not every pair that
    shares a sentence is returned, but every two are linked by a chain of pairs that share it.
    """
    if len(texts) <= FEW:
        return list(combinations(range(len(texts)), 2))
    bound = list(sheaves(text.article for text in texts))
    twins = twins_in(bound)
    same = [(twin, number) for number, twin in enumerate(twins) if twin != number]
    return sorted({*same, *likely_pairs(bound, twins, partners=len(texts), least=0.0)})


def twins_in(bound: list[Sheaf]) -> list[int]:
    """Return, for each text, the first one that is the same word for word: itself or one before it."""
    seen: dict[int, int] = {}
    twins: list[int] = []
    for digest in chain.from_iterable(sheaf.digests for sheaf in bound):
        twins.append(seen.setdefault(digest, len(twins)) if digest else len(twins))
    return twins


def likely_pairs(
    bound: list[Sheaf], twins: list[int], partners: int = PARTNERS, least: float = _LEAST_SHARE
) -> list[tuple[int, int]]:
    """Return pairs (earlier, later) of texts that share sketch values, at most `partners` for each later one.

    Each carrier of a value is paired with the carrier before it and with the first, so that there are fewer pairs than
    twice the values. Pairs that share hardly anything are left out, and so are texts that are twins of earlier ones.
    The sketches are given up on the way, to save memory.
    """
    import numpy as np

    count = len(twins)
    first_of = np.array(twins, dtype=np.int64)
    held = np.zeros(count, dtype=np.int64)
    rows = [np.zeros(0, dtype=np.int64)]
    for row in range(HASHES):
        owner, value = _row(bound, row, first_of)
        held += np.bincount(owner, minlength=count)
        rows += _paired(owner, value, count)
    for sheaf in bound:
        sheaf.sketch = np.zeros((0, HASHES), dtype=np.uint64)
    pairs, votes = np.unique(np.concatenate(rows), return_counts=True)
    del rows
    first, second = pairs // count, pairs % count
    fewer = np.minimum(held[first], held[second])
    good = votes >= np.where(fewer <= _BRIEF, 1, np.maximum(_LEAST_VOTES, least * fewer))
    first, second, votes = first[good], second[good], votes[good]
    ranked = np.lexsort((first, -votes, second))
    first, second = first[ranked], second[ranked]
    starts = np.flatnonzero(np.diff(second, prepend=-1))
    rank = np.arange(len(second)) - np.repeat(starts, np.diff(starts, append=len(second)))
    best = rank < partners
    return list(zip(first[best].tolist(), second[best].tolist(), strict=True))


def _row(bound: list[Sheaf], row: int, twins: Numbers) -> tuple[Numbers, Hashes]:
    """Return (text, value) of one value of each sketched sentence, in the order of texts, twins of earlier ones out."""
    import numpy as np

    owners, values = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint64)]
    for sheaf, base in zip(bound, _bases(bound), strict=True):
        owner, value = sheaf.owner + base, sheaf.sketch[:, row]
        keep = (value != _EMPTY) & (twins[owner] == owner)
        owners.append(owner[keep])
        values.append(value[keep])
    return np.concatenate(owners), np.concatenate(values)


def _paired(owner: Numbers, value: Hashes, count: int) -> list[Numbers]:
    """Return the pairs (earlier * count + later) of each carrier of a value with the one before it and the first."""
    import numpy as np

    by_value = np.argsort(value, kind="stable")
    owner, value = owner[by_value], value[by_value]
    inner = np.zeros(len(value), dtype=bool)
    inner[1:] = value[1:] == value[:-1]
    starts = np.flatnonzero(~inner)
    head = np.repeat(owner[starts], np.diff(starts, append=len(owner)))
    before = np.roll(owner, 1)
    found = [(before * count + owner)[inner & (before != owner)]]
    return [*found, (head * count + owner)[inner & (head != before) & (head != owner)]]


def _bases(bound: list[Sheaf]) -> list[int]:
    """Return the number of the first text of each batch."""
    bases, base = [], 0
    for sheaf in bound:
        bases.append(base)
        base += len(sheaf.digests)
    return bases
