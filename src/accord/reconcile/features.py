"""Readable features of a pair of claims: how likely is it that both assert the same thing?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.reconcile.candidates import Corpus
from accord.reconcile.claims import Claim
from accord.reconcile.compare.date import same_day
from accord.reconcile.compare.figure import compare as compare_figures
from accord.reconcile.compare.figure import same_quantity

FEATURES = (
    "encoder, clauses",
    "encoder, sentences",
    "encoder, best other clause pair of these sentences",
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
    "likeness of the sentences around",
    "one negated",
    "the same speaker",
    "two speakers",
)

# Pairs of clauses that the encoder likes less than this are no pairs: they would never be one fact.
LEAST_LOGIT = -4.5


@dataclass(frozen=True)
class Pairing:
    """Two claims, by number (a < b), that stand in a candidate pair of sentences."""

    a: int
    b: int
    clauses: float
    sentences: float
    best_other: float


def pair_up(corpus: Corpus, candidates: Sequence[tuple[int, int]], logits: Sequence[Sequence[float]]) -> list[Pairing]:
    """Return a pairing for each likely pair of claims; each list of `logits` is sentences first, then clauses."""
    found = []
    for (i, j), scores in zip(candidates, logits, strict=True):
        whole, clauses = scores[0], list(scores[1:])
        pairs = [(a, b) for a in corpus.units[i].claims for b in corpus.units[j].claims]
        ordered = sorted(clauses, reverse=True)
        for (a, b), logit in zip(pairs, clauses, strict=True):
            if logit < LEAST_LOGIT:
                continue
            other = ordered[1] if len(ordered) > 1 and logit == ordered[0] else ordered[0]
            found.append(Pairing(a, b, logit, whole, other if len(ordered) > 1 else -6.0))
    return found


def describe(corpus: Corpus, pairings: Sequence[Pairing]) -> NDArray[np.float64]:
    """Return the features of each pairing, shape (len(pairings), len(FEATURES))."""
    ranks = _ranks(corpus, pairings)
    likeness = {(corpus.unit_of[p.a], corpus.unit_of[p.b]): p.sentences for p in pairings}
    return np.array([_row(corpus, p, ranks, likeness) for p in pairings], dtype=np.float64).reshape(-1, len(FEATURES))


def _ranks(corpus: Corpus, pairings: Sequence[Pairing]) -> Mapping[tuple[int, int], int]:
    """Return, for (claim, other claim), how many pairs of that claim within the other's article score higher."""
    of_claim: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for p in pairings:
        of_claim[p.a, corpus.claims[p.b].article].append((-p.clauses, p.b))
        of_claim[p.b, corpus.claims[p.a].article].append((-p.clauses, p.a))
    return {
        (claim, other): rank
        for (claim, _), scored in of_claim.items()
        for rank, (_, other) in enumerate(sorted(scored))
    }


def _row(
    corpus: Corpus,
    p: Pairing,
    ranks: Mapping[tuple[int, int], int],
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
        likeness.get((i + step, j + step2), -6.0)
        for step, step2 in ((-1, -1), (1, 1), (-1, 0), (0, -1), (1, 0), (0, 1))
    ]
    return [
        p.clauses,
        p.sentences,
        p.best_other,
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
        1 / (1 + min(ranks[p.a, p.b], ranks[p.b, p.a])),
        1 / (1 + max(ranks[p.a, p.b], ranks[p.b, p.a])),
        max(around),
        float(a.statement.negated != b.statement.negated),
        float(a.statement.speaker is not None and a.statement.speaker == b.statement.speaker),
        float(None not in (a.statement.speaker, b.statement.speaker) and a.statement.speaker != b.statement.speaker),
    ]


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
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(a.quote.text.lower(), b.quote.text.lower()) / 100
