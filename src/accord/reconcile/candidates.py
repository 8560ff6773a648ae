"""Chooses the pairs of sentences that are worth reading side by side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accord.reconcile.claims import Claim

PER_SENTENCE = 5
AT_LEAST = 200
AT_MOST = 2600


@dataclass(frozen=True)
class Unit:
    """One sentence and its claims."""

    article: str
    start: int
    text: str
    claims: tuple[int, ...]
    words: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """All claims of a story, sentence by sentence, with what weighs words and vectors."""

    claims: tuple[Claim, ...]
    units: tuple[Unit, ...]
    vectors: NDArray[np.float32]

    @cached_property
    def idf(self) -> dict[str, float]:
        """How telling a word or a name is in this story: log(1 + sentences / sentences with it)."""
        counts = Counter(word for unit in self.units for word in unit.words | unit.names)
        return {word: math.log(1 + len(self.units) / count) for word, count in counts.items()}

    @cached_property
    def unit_of(self) -> tuple[int, ...]:
        """The unit of each claim."""
        places = {claim: number for number, unit in enumerate(self.units) for claim in unit.claims}
        return tuple(places[number] for number in range(len(self.claims)))

    def weight(self, words: frozenset[str]) -> float:
        """Return the summed idf of `words`."""
        return sum(self.idf.get(word, 0.0) for word in sorted(words))


def gather(claims: Sequence[Claim]) -> tuple[Unit, ...]:
    """Return the sentences of `claims` in order."""
    by_sentence: dict[tuple[str, int], list[int]] = {}
    for number, claim in enumerate(claims):
        by_sentence.setdefault((claim.article, claim.sentence.start), []).append(number)
    return tuple(
        Unit(
            article=article,
            start=start,
            text=claims[numbers[0]].sentence.text,
            claims=tuple(numbers),
            words=frozenset(word for number in numbers for word in claims[number].words),
            names=frozenset(name for number in numbers for name in claims[number].names),
        )
        for (article, start), numbers in by_sentence.items()
    )


def find_candidates(corpus: Corpus) -> list[tuple[int, int]]:
    """Return pairs of units from different articles, the most alike first, as many as are worth the time."""
    units = corpus.units
    cosines = corpus.vectors @ corpus.vectors.T
    totals = [corpus.weight(unit.words | unit.names) for unit in units]
    scored = []
    for i, a in enumerate(units):
        for j in range(i + 1, len(units)):
            b = units[j]
            if a.article == b.article:
                continue
            shared = corpus.weight((a.words & b.words) | (a.names & b.names))
            likeness = float(cosines[i, j]) + shared / (min(totals[i], totals[j]) + 1e-9) + 0.03 * shared
            scored.append((-round(likeness, 5), i, j))
    scored.sort()
    articles = len({unit.article for unit in units})
    most = min(AT_MOST, max(AT_LEAST, PER_SENTENCE * len(units) * max(1, articles - 1) // 2))
    return [(i, j) for _, i, j in scored[:most]]
