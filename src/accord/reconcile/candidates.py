"""Chooses the pairs of sentences that are worth reading side by side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from accord.models.vectors import Read
from accord.reconcile.claims import Claim

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PER_SENTENCE = 5
AT_LEAST = 200
AT_MOST = 6000


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
    """All claims of a story, sentence by sentence, with what weighs words, and what each sentence and piece means.

    `vectors` has one unit vector a sentence, `reads` the word pieces of each; both are empty where none were read.
    """

    claims: tuple[Claim, ...]
    units: tuple[Unit, ...]
    vectors: NDArray[np.float32]
    reads: tuple[Read, ...] = ()

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

    @cached_property
    def _weights(self) -> dict[frozenset[str], float]:
        return {}

    def weight(self, words: frozenset[str]) -> float:
        """Return the summed idf of `words`."""
        known = self._weights.get(words)
        if known is None:
            idf = self.idf
            known = self._weights[words] = sum(idf.get(word, 0.0) for word in sorted(words))
        return known


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
    places = {article: place for place, article in enumerate(dict.fromkeys(unit.article for unit in units))}
    if len(places) < 2:
        return []
    article = np.array([places[unit.article] for unit in units])
    words = _weighed_words(corpus)
    shared = (words @ words.T).toarray()
    totals = shared.diagonal()
    cosines = (corpus.vectors @ corpus.vectors.T).astype(np.float64)
    likeness = cosines + shared / (np.minimum(totals[:, None], totals[None, :]) + 1e-9) + 0.03 * shared
    first, second = np.nonzero(np.triu(article[:, None] != article[None, :]))
    most = min(AT_MOST, max(AT_LEAST, PER_SENTENCE * len(units) * (len(places) - 1) // 2))
    order = np.argsort(-likeness[first, second].round(5), kind="stable")[:most]
    return list(zip(first[order].tolist(), second[order].tolist(), strict=True))


def _weighed_words(corpus: Corpus) -> csr_array:
    """Return the words and names of each unit, shape (units, words), so that a product is the summed idf shared."""
    from scipy.sparse import csr_array

    columns = {word: column for column, word in enumerate(corpus.idf)}
    rows = [sorted(columns[word] for word in unit.words | unit.names) for unit in corpus.units]
    roots = np.sqrt(np.array(list(corpus.idf.values())))
    places = np.array([column for row in rows for column in row], dtype=np.int64)
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return csr_array((roots[places], places, starts), shape=(len(rows), len(columns)))
