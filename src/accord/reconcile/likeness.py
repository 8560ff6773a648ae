"""How likely is it that two claims assert the same thing? A table of weights over readable features."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from accord.errors import ModelError
from accord.models import vectors
from accord.reconcile.candidates import Corpus, find_candidates, gather
from accord.reconcile.claims import Claim
from accord.reconcile.features import FEATURES, Pairing, describe, pair_up
from accord.reconcile.interaction import meet, read_sides

TABLE = Path(vectors.__file__).parent / "pairs" / "weights.json"


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
    """Return the claims with their sentences, and what these and their pieces mean; each text is read once.

    One report alone is not read: it has nothing to be compared with.
    """
    units = gather(claims)
    if len({unit.article for unit in units}) < 2:
        return Corpus(tuple(claims), units, np.zeros((len(units), vectors.SIZE), dtype=np.float32))
    texts = list(dict.fromkeys(unit.text for unit in units))
    known = dict(zip(texts, vectors.read(texts, threads=threads), strict=True))
    reads = tuple(known[unit.text] for unit in units)
    return Corpus(tuple(claims), units, vectors.mean([states for states, _ in reads]), reads)


def read_pairs(corpus: Corpus) -> list[Pairing]:
    """Return the pairs of claims worth comparing, with how far they meet."""
    candidates = find_candidates(corpus)
    return pair_up(corpus, candidates, meet(read_sides(corpus), candidates)) if candidates else []


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
    pairings = read_pairs(corpus)
    return Likeness(corpus, tuple(pairings), weigh(corpus, pairings, weights or load_weights()))
