"""How alike two articles, or two groups of articles, are: what their words share, what their leads mean, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.sketches import Sketch

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

_CHUNK = 50_000
_FOLDED = 4096
_PLACES = 4
_QUARTER, _YEAR = 90, 365


@dataclass(frozen=True, slots=True)
class Measure:
    """The numbers of grouping, in the order of their use; `eval/stories.py` chooses them.

    Likeness of two articles: `sense` times the cosine of their leads plus (1 - `sense`) times that of their terms.
    Over `copy` they are copies and count once; under `edge` they are not compared further. Between groups it is the
    mean over all pairs, less `apart` per six doublings of the days between them, and after a quarter up to `far` at a
    year: what is like an event of last year is not that event. Two groups are merged while it is at least `merge` times
    what they are like inside (the geometric mean of both, to the power of `cohesion`): what is much alike inside takes
    in only what is much alike. `prior` is the likeness inside a group of one, and weighs as much as `weight` pairs.
    `follow` is that of stories that follow one another, at most `follow_days` apart.
    """

    sense: float = 0.5
    copy: float = 0.9
    edge: float = 0.34
    apart: float = 0.05
    far: float = 0.3
    cohesion: float = 0.7
    prior: float = 0.35
    weight: float = 3.0
    merge: float = 0.76
    follow: float = 0.3
    follow_days: int = 60


def likeness(sketches: Sequence[Sketch], first: Ints, second: Ints, measure: Measure) -> Floats:
    """Return the likeness of each pair of articles, shape (pairs,), from 0 to 1."""
    from accord.cluster.grouping.neighbours import term_matrix

    terms = term_matrix(sketches)
    vectors = np.stack([s.vector for s in sketches]) if sketches else np.zeros((0, 1), np.float32)
    found = np.zeros(len(first), np.float32)
    for at in range(0, len(first), _CHUNK):
        a, b = first[at : at + _CHUNK], second[at : at + _CHUNK]
        words = np.asarray(terms[a].multiply(terms[b]).sum(axis=1)).ravel()
        sense = np.einsum("ij,ij->i", vectors[a].astype(np.float32), vectors[b].astype(np.float32))
        found[at : at + _CHUNK] = measure.sense * sense + (1 - measure.sense) * words
    return found


def folded(sketches: Sequence[Sketch], measure: Measure) -> Floats:
    """Return one vector per article, shape (articles, 4096 + 384), whose inner products are their likeness.

    Terms are folded into 4,096 places by their hashes, with signs (Charikar et al., 2002; Weinberger et al., 2009): the
    inner product is right to about .008. The sum over a group stands for the group.
    """
    size = len(sketches[0].vector)
    vectors = np.zeros((len(sketches), _FOLDED + size), np.float32)
    scale = np.float32(np.sqrt(1 - measure.sense) / np.sqrt(_PLACES))
    for row, item in enumerate(sketches):
        for part in range(_PLACES):
            bits = item.terms >> np.uint64(part * 14)
            places = (bits & np.uint64(_FOLDED - 1)).astype(np.int64)
            signs = np.where(bits & np.uint64(1 << 12), np.float32(1), np.float32(-1))
            np.add.at(vectors[row], places, signs * item.weights * scale)
        vectors[row, _FOLDED:] = item.vector * np.float32(np.sqrt(measure.sense))
    return vectors


def late(days: Floats, measure: Measure) -> Floats:
    """Return what so many days between two groups take off their likeness: 0 up to two days, `far` more at a year."""
    soon = measure.apart * np.log2(1 + np.maximum(days - 2, 0)) / 6
    far = measure.far * np.clip((days - _QUARTER) / (_YEAR - _QUARTER), 0, 1)
    taken: Floats = soon + far
    return np.nan_to_num(taken)
