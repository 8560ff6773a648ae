"""Picks the pairs of articles worth comparing: all of few, by MinHash of many."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.cluster.lines import Text

FEW = 200
"""Up to so many articles every pair is compared."""

_PERMUTATIONS, _BANDS, _SEED = 128, 32, 1
_SHORTEST = 6


def candidate_pairs(texts: Sequence[Text]) -> list[tuple[int, int]]:
    """Return index pairs (i < j) of texts that may share wording.

    Many texts are paired by MinHash with locality-sensitive hashing (Broder 1997) over their sentences, not over whole
    texts: a brief inside a long report has a low Jaccard similarity with it, its sentences do not.
    """
    if len(texts) <= FEW:
        return list(combinations(range(len(texts)), 2))
    carriers: dict[frozenset[tuple[str, ...]], set[int]] = {}
    for number, text in enumerate(texts):
        for line in text.lines:
            if len(line.words) >= _SHORTEST and line.shingles:
                carriers.setdefault(line.shingles, set()).add(number)
    pairs: set[tuple[int, int]] = set()
    members = [carriers[shingles] for shingles in carriers]
    for near in _near(list(carriers)):
        together = sorted(set().union(*(members[i] for i in near)))
        pairs.update(combinations(together, 2))
    return sorted(pairs)


def _near(sentences: list[frozenset[tuple[str, ...]]]) -> list[list[int]]:
    """Return, for each sentence (a set of shingles), the indexes of itself and the ones that hash like it."""
    from rensa import RMinHash, RMinHashLSH

    table = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    signatures = []
    for number, shingles in enumerate(sentences):
        signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        signature.update([" ".join(shingle) for shingle in shingles])
        table.insert(number, signature)
        signatures.append(signature)
    return [[number, *(n for n in table.query(s) if n > number)] for number, s in enumerate(signatures)]
