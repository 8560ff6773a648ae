"""Compares two articles sentence by sentence: which sentences of one stand in the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.cluster.candidates import candidate_pairs
from accord.cluster.lines import ENOUGH, SHINGLE

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from accord.cluster.lines import Line, Text

COPIED = 0.5
"""A sentence is copied when this share of its words outside quotes stands in runs that the other article has too."""

WHOLE = 0.5
"""An article is copied whole when more than this share of its words outside quotes stands in copied sentences."""

SHORTEST = 5
"""Lines of fewer words outside quotes are never copied."""

EXACT = 0.5
"""Of the numbers and months of a copied sentence this share stands in the other article: last week's report of the same
kind shares the words, but not the figures."""

PLENTY, IN_RUNS = 60, 0.6
"""Of fewer copied words than this the shared runs themselves must be this share of the text: in a lead of one or two
sentences, the long titles and names that all reports use are half of a sentence."""

_SAME = 0.7
"""Two sentences are one when this share of the shorter one's words outside quotes stands in runs of the longer one."""

NEAR_IDENTICAL = 0.8
"""Two sentences are one when this share of their words stands in both in the same order."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. `links` are pairs of line numbers that are the same sentence.

    The other numbers are those of the shorter text:
    `share` (0..1) is the part of the shorter text's words that stands in copied sentences, `words` how many these are,
    `runs` how many of them stand in shared runs, `copied` how many sentences, `exact` how many of those word for word,
    `sentences` how many there are.
    """

    first: int
    second: int
    share: float
    words: int
    runs: int
    copied: int
    exact: int
    sentences: int
    links: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> bool:
        """Whether most of the shorter text is copied."""
        enough = self.share > WHOLE and self.words >= ENOUGH
        return enough and (self.words >= PLENTY or self.runs * self.share >= IN_RUNS * self.words)


def find_overlaps(texts: Sequence[Text]) -> list[Overlap]:
    """Return the overlap of every two texts that share wording."""
    found = (_compare(texts, i, j) for i, j in candidate_pairs(texts))
    return [overlap for overlap in found if overlap is not None]


def _compare(texts: Sequence[Text], i: int, j: int) -> Overlap | None:
    if min(texts[i].size, texts[j].size) < ENOUGH and texts[i].key == texts[j].key:
        return _twins(texts, i, j)
    shared = texts[i].index.keys() & texts[j].index.keys()
    if not shared:
        return None
    forward = _copied_lines(texts[i], texts[j], shared)
    backward = _copied_lines(texts[j], texts[i], shared)
    if not forward and not backward:
        return None
    links = {(m, n) for m, n in forward.items() if _same(texts[i].lines[m], texts[j].lines[n])}
    links |= {(m, n) for n, m in backward.items() if _same(texts[i].lines[m], texts[j].lines[n])}
    short, long, copied = (
        (texts[i], texts[j], forward) if texts[i].size <= texts[j].size else (texts[j], texts[i], backward)
    )
    words = sum(len(short.lines[n].words) for n in copied)
    return Overlap(
        first=i,
        second=j,
        share=words / max(short.size, 1),
        words=words,
        runs=sum(_in_runs(short.lines[n], shared) for n in copied),
        copied=len(copied),
        exact=sum(short.lines[n].full == long.lines[m].full for n, m in copied.items()),
        sentences=sum(len(line.words) >= SHORTEST for line in short.lines),
        links=tuple(sorted(_extended(links, texts[i], texts[j]))),
    )


def _twins(texts: Sequence[Text], i: int, j: int) -> Overlap | None:
    """Return the overlap of two texts that are the same word for word and stand all but whole between quotes."""
    words, count = sum(len(line.full) for line in texts[i].lines), len(texts[i].lines)
    links = tuple((n, n) for n in range(count))
    return Overlap(i, j, 1.0, words, words, count, count, count, links) if words >= ENOUGH else None


def _copied_lines(text: Text, other: Text, shared: Set[tuple[str, ...]]) -> dict[int, int]:
    """Return, for each copied line of `text`, the line of `other` that it shares most with."""
    copied = {}
    for number, line in enumerate(text.lines):
        common = line.shingles & shared
        if not common or len(line.words) < SHORTEST:
            continue
        if sum(word in other.exact for word in line.exact) < EXACT * len(line.exact):
            continue
        partner = _partner(common, other)
        if _covered(line, common) >= COPIED * len(line.words) or _near_identical(
            line.words, other.lines[partner].words
        ):
            copied[number] = partner
    return copied


def _same(line: Line, other: Line) -> bool:
    """Tell whether one sentence is the other, lightly edited or cut."""
    short, long = (line, other) if len(line.words) <= len(other.words) else (other, line)
    return _covered(short, short.shingles & long.shingles) >= _SAME * len(short.words) or _near_identical(
        short.words, long.words
    )


def _partner(common: Set[tuple[str, ...]], other: Text) -> int:
    votes = Counter(number for shingle in common for number in other.index[shingle])
    return min(votes, key=lambda number: (-votes[number], number))


def _covered(line: Line, common: Set[tuple[str, ...]]) -> int:
    """Count the words of `line` that stand in a `common` shingle."""
    count = 0
    for run in line.runs:
        reach = 0
        for i in range(len(run) - SHINGLE + 1):
            if run[i : i + SHINGLE] in common:
                count += i + SHINGLE - max(i, reach)
                reach = i + SHINGLE
    return count


def _in_runs(line: Line, shared: Set[tuple[str, ...]]) -> int:
    """Count the words of a copied line that stand in shared runs; all of them where it is copied by its likeness."""
    covered = _covered(line, line.shingles & shared)
    return covered if covered >= COPIED * len(line.words) else len(line.words)


def _near_identical(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether light edits lead from one sentence to the other (word-level indel similarity)."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(words, other, score_cutoff=NEAR_IDENTICAL) > 0


def _extended(links: set[tuple[int, int]], first: Text, second: Text) -> set[tuple[int, int]]:
    """Add the neighbours of linked lines that are the same with their quoted words: a copied run keeps its quotes."""
    grown, edge = set(links), sorted(links)
    seen = ({m for m, _ in links}, {n for _, n in links})
    while edge:
        m, n = edge.pop()
        for step in (-1, 1):
            pair = (m + step, n + step)
            if not (0 <= pair[0] < len(first.lines) and 0 <= pair[1] < len(second.lines)):
                continue
            if pair[0] in seen[0] or pair[1] in seen[1]:
                continue
            if _near_identical(first.lines[pair[0]].full, second.lines[pair[1]].full):
                grown.add(pair)
                edge.append(pair)
                seen[0].add(pair[0])
                seen[1].add(pair[1])
    return grown
