"""Finds which of very many articles carry one text, without an analysis and in near-linear time."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from accord.cluster.candidates import likely_pairs, twins_in
from accord.cluster.lines import ENOUGH, SHINGLE
from accord.cluster.order import sort_key
from accord.cluster.overlaps import COPIED, EXACT, IN_RUNS, NEAR_IDENTICAL, PLENTY, SHORTEST, WHOLE
from accord.cluster.sketches import FLAG, sheaves, shingles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from accord.cluster.sketches import Hashes, Sheaf, Words
    from accord.records import Article

    Numbers = NDArray[np.int64]
    Coded = tuple[Words, Hashes, Numbers, Numbers]
    """A text: its words, their shingles, the sentence of each word, the number of words of each sentence."""

_OFTEN, _DIFFERENT, _NO_OUTLET = 5, 0.8, -1
_EMPTY = (1 << 64) - 1


def find_copies(articles: Sequence[Article]) -> list[tuple[int, ...]]:
    """Return the groups of two or more articles that carry one text, as sorted indexes into `articles`.

    Articles are joined when most of the shorter one's words outside quotes stand in sentences that the other has too
    (`overlaps.WHOLE`), directly or over others. Candidates share MinHash values of sentences; each carrier of a value
    is paired with the carrier before it and with the first one only, so that a sentence which thousands carry makes
    thousands of pairs, not millions. Sentences that one outlet prints under many different titles do not count.
    The order of the input does not matter: articles are taken by publication, outlet, id and text.

    [report, other report, copy of the first] -> [(0, 2)]
    """
    order = sorted(range(len(articles)), key=lambda n: sort_key(articles[n]))
    ordered = [articles[n] for n in order]
    bound = list(sheaves(ordered))
    _drop_boilerplate(bound, ordered)
    root = list(range(len(order)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    twins = twins_in(bound)
    for number, twin in enumerate(twins):
        root[number] = twin
    whole = _comparer(bound)
    for first, second in likely_pairs(bound, twins):
        low, high = sorted((find(first), find(second)))
        if low != high and whole(first, second):
            root[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(order):
        groups[find(number)].append(place)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def _drop_boilerplate(bound: list[Sheaf], articles: Sequence[Article]) -> None:
    """Blank the sentences that one outlet prints in many articles whose titles (or first sentences) differ."""
    import numpy as np

    carried = _by_outlet(bound, articles)
    row = np.concatenate(carried) if carried else np.zeros(0, dtype=np.int64)
    values, counts = np.unique(row[row != _NO_OUTLET], return_counts=True)
    often = values[counts >= _OFTEN]
    if not len(often):
        return
    total = dict(zip(often.tolist(), counts[counts >= _OFTEN].tolist(), strict=True))
    titles: dict[int, set[int]] = defaultdict(set)
    base = 0
    for sheaf, own in zip(bound, carried, strict=True):
        marked = np.flatnonzero(np.isin(own, often))
        batch = articles[base : base + len(sheaf.digests)]
        for n in marked.tolist():
            text = int(sheaf.owner[n])
            lead = int(sheaf.lines[np.searchsorted(sheaf.owner, text)])
            titles[int(own[n])].add(hash(batch[text].title) if batch[text].title else lead)
        base += len(sheaf.digests)
    boilerplate = np.array([v for v, known in titles.items() if len(known) >= _DIFFERENT * total[v]], dtype=np.int64)
    for sheaf, own in zip(bound, carried, strict=True):
        for n in np.flatnonzero(np.isin(own, boilerplate)).tolist():
            end = sheaf.places[n + 1] if n + 1 < len(sheaf.places) else len(sheaf.words)
            sheaf.words[sheaf.places[n] + 1 : end] = 0
            sheaf.sketch[n] = _EMPTY


def _by_outlet(bound: list[Sheaf], articles: Sequence[Article]) -> list[Numbers]:
    """Return, for each batch, a number for each of its sentences: the same for the same sentence in the same outlet."""
    import numpy as np

    outlets: dict[str, int] = {}
    found: list[Numbers] = []
    base = 0
    for sheaf in bound:
        batch = articles[base : base + len(sheaf.digests)]
        known = np.array(
            [outlets.setdefault(a.outlet, len(outlets)) if a.outlet else -1 for a in batch], dtype=np.int64
        )
        outlet = known[sheaf.owner]
        numbers = (sheaf.lines.astype(np.int64) << 20) ^ outlet
        found.append(np.where((outlet < 0) | (sheaf.sizes < SHORTEST), _NO_OUTLET, numbers))
        base += len(sheaf.digests)
    return found


def _comparer(bound: list[Sheaf]) -> Callable[[int, int], bool]:
    """Return a function that tells whether one of two texts is copied whole from the other."""
    import numpy as np

    size = len(bound[0].digests) if bound else 1

    @lru_cache(maxsize=4096)
    def read(number: int) -> Coded:
        sheaf = bound[number // size]
        start, end = sheaf.starts[number % size], sheaf.starts[number % size + 1]
        words = sheaf.words[start:end]
        line = np.cumsum(words == 1) - 1
        sizes = np.bincount(np.maximum(line, 0), weights=words > 1, minlength=1).astype(np.int64)
        return words, shingles(words), line, sizes

    def whole(first: int, second: int) -> bool:
        short, long = sorted((read(first), read(second)), key=lambda text: int(text[3].sum()))
        copied, runs = _copied_words(short, long)
        size = int(short[3].sum())
        return copied > WHOLE * size and copied >= ENOUGH and (copied >= PLENTY or runs >= IN_RUNS * size)

    return whole


def _copied_words(short: Coded, long: Coded) -> tuple[int, int]:
    """Count the words of `short` in sentences copied from `long`, and those of them in shared runs (`Overlap`)."""
    import numpy as np

    words, hashes, line, sizes = short
    shared = np.isin(hashes, long[1]) & (hashes != _EMPTY)
    if not shared.any():
        return 0, 0
    covered = np.zeros(len(words), dtype=bool)
    for step in range(SHINGLE):
        covered[step : step + len(shared)] |= shared
    per_line = np.bincount(line[covered], minlength=len(sizes))
    exact = words >= FLAG
    kept = np.bincount(line[exact], weights=np.isin(words[exact], long[0]), minlength=len(sizes))
    there = (per_line > 0) & (sizes >= SHORTEST) & (kept >= EXACT * np.bincount(line[exact], minlength=len(sizes)))
    copied = there & (per_line >= COPIED * sizes)
    total, runs = int(sizes[copied].sum()), int(per_line[copied].sum())
    for n in np.flatnonzero(there & ~copied):
        if _near_identical(words[(line == n) & (words > 1)], hashes[shared & (line[: len(hashes)] == n)], long):
            total += int(sizes[n])
            runs += int(sizes[n])
    return total, runs


def _near_identical(words: Words, common: Hashes, other: Coded) -> bool:
    """Tell whether light edits lead from a sentence to the one of `other` that it shares most with."""
    import numpy as np
    from rapidfuzz.distance import Indel

    lines = other[2][: len(other[1])][np.isin(other[1], common)]
    partner = int(np.bincount(lines).argmax())
    against = other[0][(other[2] == partner) & (other[0] > 1)]
    return Indel.normalized_similarity(words.tolist(), against.tolist(), score_cutoff=NEAR_IDENTICAL) > 0
