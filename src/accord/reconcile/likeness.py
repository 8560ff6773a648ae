"""How likely is it that two claims assert the same thing? A table of weights over readable features."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from accord.errors import ModelError
from accord.models import pairs, vectors
from accord.reconcile.candidates import Corpus, find_candidates, gather
from accord.reconcile.claims import Claim
from accord.reconcile.features import FEATURES, Pairing, describe, pair_up

TABLE = Path(pairs.MODEL).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight per feature, and the bias: log odds of "the same fact"."""

    bias: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The claims of a story, the pairs that were read side by side, and how likely each is the same fact."""

    corpus: Corpus
    pairings: tuple[Pairing, ...]
    probabilities: Mapping[tuple[int, int], float]


@cache
def load_weights(path: Path = TABLE) -> Weights:
    """Return the table at `path`; raise `ModelError` if it does not fit the features of this version."""
    table = json.loads(path.read_text(encoding="utf-8"))
    if tuple(table["weights"]) != FEATURES:
        raise ModelError(f"{path} was made for other features: run `make weights`")
    return Weights(bias=table["bias"], weights=table["weights"])


def build_corpus(claims: Sequence[Claim], *, threads: int) -> Corpus:
    """Return the claims with their sentences and sentence vectors."""
    units = gather(claims)
    return Corpus(tuple(claims), units, vectors.encode([unit.text for unit in units], threads=threads))


def read_pairs(corpus: Corpus, *, threads: int) -> list[Pairing]:
    """Return the pairs of claims worth comparing, with what the pair encoder says of them."""
    candidates = find_candidates(corpus)
    logits = pairs.score([question(corpus, i, j) for i, j in candidates], threads=threads)
    return pair_up(corpus, candidates, logits)


def question(corpus: Corpus, i: int, j: int) -> pairs.Question:
    """Return the two sentences, and as clause pairs first the whole sentences, then each claim with each."""
    a, b = corpus.units[i], corpus.units[j]
    spans = [((0, len(a.text)), (0, len(b.text)))]
    for x in a.claims:
        for y in b.claims:
            first, second = corpus.claims[x], corpus.claims[y]
            spans.append(((first.start - a.start, first.end - a.start), (second.start - b.start, second.end - b.start)))
    return a.text, b.text, spans


def weigh(corpus: Corpus, pairings: Sequence[Pairing], weights: Weights) -> dict[tuple[int, int], float]:
    """Return the probability of each pairing."""
    if not pairings:
        return {}
    table = describe(corpus, pairings)
    scores = table @ np.array([weights.weights[feature] for feature in FEATURES]) + weights.bias
    probabilities = 1 / (1 + np.exp(-scores))
    return {(p.a, p.b): round(float(value), 6) for p, value in zip(pairings, probabilities, strict=True)}


def likeness(claims: Sequence[Claim], *, threads: int, weights: Weights | None = None) -> Likeness:
    """Return how likely each pair of `claims` worth reading is the same fact."""
    corpus = build_corpus(claims, threads=threads)
    pairings = read_pairs(corpus, threads=threads) if len({claim.article for claim in claims}) > 1 else []
    return Likeness(corpus, tuple(pairings), weigh(corpus, pairings, weights or load_weights()))
