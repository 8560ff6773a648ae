"""Reads two sentences side by side, word piece by word piece: how much of each clause is met in the other?

Late interaction (Khattab and Zaharia, ColBERT, SIGIR 2020): each sentence is read once, alone; of each of its pieces
only the likest piece of the other text counts, rarer pieces for more. That costs a product of two matrices a pair,
where an encoder of both sentences costs a run of the model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.reconcile.candidates import Corpus

# Pieces this alike are met: the same word, or one for the same thing.
MET = 0.8

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence as it is read: its pieces as unit vectors, the weight of each, and its clauses.

    `pieces` has shape (pieces, size); `weights` (1 + clauses, pieces) has a row for the sentence and one for each
    clause, each of sum 1; `ranges` are the pieces of each clause; `means` (1 + clauses, size) unit vectors.
    """

    pieces: _Floats
    weights: _Floats
    ranges: tuple[tuple[int, int], ...]
    means: _Floats


@dataclass(frozen=True, slots=True)
class Meeting:
    """How much of two sentences and of each clause pair is met, shape (1 + clauses of one, 1 + clauses of the other).

    The first row and column stand for the sentences. `one`: the share of the first met in the second, by likeness;
    `other`: the reverse; `one_met`, `other_met`: the share of pieces that are as good as the same; `cosines`.
    """

    one: _Floats
    other: _Floats
    one_met: _Floats
    other_met: _Floats
    cosines: _Floats


def read_sides(corpus: Corpus) -> list[Side]:
    """Return each unit of `corpus` as it is read; pieces weigh log(1 + units / units with it)."""
    spelled = [
        [unit.text[start:end].lower() for start, end in offsets]
        for unit, (_, offsets) in zip(corpus.units, corpus.reads, strict=True)
    ]
    counts = Counter(piece for pieces in spelled for piece in set(pieces))
    rarity = {piece: math.log(1 + len(spelled) / count) for piece, count in counts.items()}
    return [_side(corpus, number, [rarity[piece] for piece in pieces]) for number, pieces in enumerate(spelled)]


def _side(corpus: Corpus, number: int, rarity: Sequence[float]) -> Side:
    unit, (states, offsets) = corpus.units[number], corpus.reads[number]
    inner = states[1:-1] if len(offsets) else states[:1]
    pieces = inner / np.linalg.norm(inner, axis=1, keepdims=True)
    ranges = [(0, len(pieces))]
    for place in unit.claims:
        claim = corpus.claims[place]
        start, end = claim.start - unit.start, claim.end - unit.start
        inside = [n for n, (first, last) in enumerate(offsets) if first < end and last > start]
        ranges.append((inside[0], inside[-1] + 1) if inside else (0, len(pieces)))
    weights = np.zeros((len(ranges), len(pieces)), dtype=np.float32)
    means = np.zeros((len(ranges), pieces.shape[1]), dtype=np.float32)
    weight = np.array(rarity or [1.0], dtype=np.float32)
    for row, (first, last) in enumerate(ranges):
        weights[row, first:last] = weight[first:last] / weight[first:last].sum()
        mean = pieces[first:last].mean(axis=0)
        means[row] = mean / np.linalg.norm(mean)
    return Side(pieces, weights, tuple(ranges), means)


def meet(sides: Sequence[Side], pairs: Sequence[tuple[int, int]]) -> Iterator[Meeting]:
    """Yield how much of the two sentences of each of `pairs`, and of their clauses, is met."""
    for i, j in pairs:
        a, b = sides[i], sides[j]
        likeness = a.pieces @ b.pieces.T
        best_a = np.stack([likeness[:, first:last].max(axis=1) for first, last in b.ranges], axis=1)
        best_b = np.stack([likeness[first:last].max(axis=0) for first, last in a.ranges])
        yield Meeting(
            a.weights @ best_a,
            best_b @ b.weights.T,
            a.weights @ (best_a > MET).astype(np.float32),
            (best_b > MET).astype(np.float32) @ b.weights.T,
            a.means @ b.means.T,
        )
