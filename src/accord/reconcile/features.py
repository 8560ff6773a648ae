"""Readable features of a pair of claims: how likely is it that both assert the same thing?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from accord.reconcile.candidates import Corpus
from accord.reconcile.claims import Claim
from accord.reconcile.compare.date import same_day
from accord.reconcile.compare.figure import compare as compare_figures
from accord.reconcile.compare.figure import same_quantity
from accord.reconcile.interaction import Meeting

FEATURES = (
    "pieces of the poorer clause met in the other",
    "pieces of the richer clause met in the other",
    "share of the pieces of the poorer clause that are the same",
    "share of the pieces of the richer clause that are the same",
    "pieces of the poorer sentence met in the other",
    "pieces of the richer sentence met in the other",
    "best other clause pair of these sentences",
    "clause cosine",
    "sentence cosine",
    "share of rarer words of the poorer clause in the other",
    "share of rarer words of the richer clause in the other",
    "share of rarer words of the poorer sentence in the other",
    "summed rarity of shared words",
    "share of names of the clauses shared",
    "names on one side only",
    "a figure with the same value and unit",
    "figures of one quantity that differ",
    "the same date",
    "two dates",
    "the same verb",
    "the same actor",
    "two actors",
    "shared words inside quotes",
    "both quoted",
    "one quoted",
    "length of the shorter clause against the longer",
    "words in the shorter clause",
    "distance of positions in the articles",
    "nearer to the head of both articles",
    "better of the ranks among each clause's pairs",
    "worse of the ranks among each clause's pairs",
    "better of the ranks by cosine",
    "worse of the ranks by cosine",
    "likeness of the sentences around",
    "one negated",
    "the same speaker",
    "two speakers",
)

# Clauses of which less than this is met, both ways together (0..2), are no pair: they would never be one fact.
LEAST_MET = 0.66


@dataclass(frozen=True)
class Pairing:
    """Two claims, by number (a < b), that stand in a candidate pair of sentences, and how far they meet.

    Of `clauses` and `sentences` how much is met in the other (the poorer first); of `same` pieces the share.
    """

    a: int
    b: int
    clauses: tuple[float, float]
    same: tuple[float, float]
    sentences: tuple[float, float]
    best_other: float
    cosine: float

    @property
    def met(self) -> float:
        """How much of the clauses is met, both ways together: 0..2."""
        return sum(self.clauses)


def pair_up(corpus: Corpus, candidates: Sequence[tuple[int, int]], meetings: Iterable[Meeting]) -> list[Pairing]:
    """Return a pairing for each likely pair of claims; `meetings` are those of `candidates`."""
    found = []
    for (i, j), meeting in zip(candidates, meetings, strict=True):
        met = meeting.one + meeting.other
        within = met[1:, 1:]
        if within.max() < LEAST_MET:
            continue
        ordered = np.sort(within, axis=None)[::-1][:2].tolist()
        sentences = _poorer_first(meeting.one, meeting.other, 0, 0)
        for x, y in np.argwhere(within >= LEAST_MET).tolist():
            other = 0.0 if len(ordered) < 2 else ordered[1] if within[x, y] == ordered[0] else ordered[0]
            found.append(
                Pairing(
                    corpus.units[i].claims[x],
                    corpus.units[j].claims[y],
                    _poorer_first(meeting.one, meeting.other, x + 1, y + 1),
                    _poorer_first(meeting.one_met, meeting.other_met, x + 1, y + 1),
                    sentences,
                    other,
                    float(meeting.cosines[x + 1, y + 1]),
                )
            )
    return found


def _poorer_first(one: NDArray[np.float32], other: NDArray[np.float32], x: int, y: int) -> tuple[float, float]:
    first, second = float(one[x, y]), float(other[x, y])
    return max(first, second), min(first, second)


def describe(corpus: Corpus, pairings: Sequence[Pairing]) -> NDArray[np.float64]:
    """Return the features of each pairing, shape (len(pairings), len(FEATURES))."""
    ranks = _ranks(corpus, pairings, lambda p: p.met), _ranks(corpus, pairings, lambda p: p.cosine)
    likeness = {(corpus.unit_of[p.a], corpus.unit_of[p.b]): sum(p.sentences) for p in pairings}
    return np.array([_row(corpus, p, ranks, likeness) for p in pairings], dtype=np.float64).reshape(-1, len(FEATURES))


_Ranks = Mapping[tuple[int, int], int]


def _ranks(corpus: Corpus, pairings: Sequence[Pairing], score: Callable[[Pairing], float]) -> _Ranks:
    """Return, for (claim, other claim), how many pairs of that claim within the other's article score higher."""
    of_claim: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for p in pairings:
        of_claim[p.a, corpus.claims[p.b].article].append((-score(p), p.b))
        of_claim[p.b, corpus.claims[p.a].article].append((-score(p), p.a))
    return {
        (claim, other): rank
        for (claim, _), scored in of_claim.items()
        for rank, (_, other) in enumerate(sorted(scored))
    }


def _row(
    corpus: Corpus,
    p: Pairing,
    ranks: tuple[_Ranks, _Ranks],
    likeness: Mapping[tuple[int, int], float],
) -> list[float]:
    a, b = corpus.claims[p.a], corpus.claims[p.b]
    i, j = corpus.unit_of[p.a], corpus.unit_of[p.b]
    words_a, words_b = frozenset(a.words), frozenset(b.words)
    shared = corpus.weight(words_a & words_b)
    shares = sorted(shared / (corpus.weight(words) + 1e-9) for words in (words_a, words_b))
    sentence_shared = corpus.weight(corpus.units[i].words & corpus.units[j].words)
    sentence_poorer = min(corpus.weight(corpus.units[i].words), corpus.weight(corpus.units[j].words))
    names = a.names & b.names
    either = a.names | b.names
    same_value, differs = _figures(a, b)
    same_date, two_dates = _dates(a, b)
    lengths = sorted((len(a.words), len(b.words)))
    around = [
        likeness.get((i + step, j + step2), 0.0)
        for step, step2 in ((-1, -1), (1, 1), (-1, 0), (0, -1), (1, 0), (0, 1))
        if _beside(corpus, i, i + step) and _beside(corpus, j, j + step2)
    ]
    return [
        *p.clauses,
        *p.same,
        *p.sentences,
        p.best_other,
        p.cosine,
        float(corpus.vectors[i] @ corpus.vectors[j]),
        shares[1],
        shares[0],
        sentence_shared / (sentence_poorer + 1e-9),
        min(shared, 25.0) / 10,
        len(names) / len(either) if either else 0.0,
        float(min(len(either - names), 4)),
        same_value,
        differs,
        same_date,
        two_dates,
        float(a.statement.head == b.statement.head),
        float(a.actor is not None and a.actor == b.actor),
        float(a.actor is not None and b.actor is not None and a.actor != b.actor),
        _quoted(a, b),
        float(a.kind == "quote" and b.kind == "quote"),
        float((a.kind == "quote") != (b.kind == "quote")),
        lengths[0] / (lengths[1] or 1),
        min(lengths[0], 12) / 10,
        abs(a.position - b.position),
        1 - max(a.position, b.position),
        *(1 / (1 + place) for by in ranks for place in sorted((by[p.a, p.b], by[p.b, p.a]))),
        max(around, default=0.0),
        float(a.statement.negated != b.statement.negated),
        float(a.statement.speaker is not None and a.statement.speaker == b.statement.speaker),
        float(None not in (a.statement.speaker, b.statement.speaker) and a.statement.speaker != b.statement.speaker),
    ]


def _beside(corpus: Corpus, unit: int, other: int) -> bool:
    """Whether `other` is a unit of the same article."""
    return 0 <= other < len(corpus.units) and corpus.units[other].article == corpus.units[unit].article


def _figures(a: Claim, b: Claim) -> tuple[float, float]:
    """Return whether a figure of `a` holds with one of `b`, and whether figures of one quantity do not."""
    same = differs = 0.0
    for x in a.figures:
        for y in b.figures:
            likely = same_quantity(x, y)
            if likely > 0 and x.value is not None and y.value is not None:
                if x.value == y.value:
                    same = max(same, 0.5 + likely / 2)
                elif not compare_figures(x, y)[0]:
                    differs = max(differs, likely)
    return same, differs if not same else 0.0


def _dates(a: Claim, b: Claim) -> tuple[float, float]:
    """Return whether the claims give dates that agree, and whether they give dates that do not."""
    first, second = a.statement.date, b.statement.date
    if first is None or second is None:
        return 0.0, 0.0
    agree = same_day(first, second)
    return float(agree), float(not agree)


def _quoted(a: Claim, b: Claim) -> float:
    """Return the share of the shorter quote's words that stand in the other's, in order (0 when one is not quoted)."""
    if a.quote is None or b.quote is None:
        return 0.0
    return _in_order(a.quote.text, b.quote.text)


@lru_cache(maxsize=16_384)
def _in_order(one: str, other: str) -> float:
    """Return what share of the shorter text stands in the other; a quote is in several clauses, and so asked again."""
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(one.lower(), other.lower()) / 100
