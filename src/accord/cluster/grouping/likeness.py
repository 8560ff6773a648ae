"""How alike two articles, or two groups of articles, are: what their words share, what their leads mean, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.piles import alike, pile_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.sketches import Sketch

    Ints = NDArray[np.int64]
    Doubles = NDArray[np.float64]

_CHUNK = 256
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
    No more than `most` articles are merged at a time (see `components`).
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
    most: int = 4096
    follow: float = 0.3
    follow_days: int = 60


def likeness(sketches: Sequence[Sketch], first: Ints, second: Ints, measure: Measure) -> Doubles:
    """Return the likeness of each pair of articles, shape (pairs,), from 0 to 1."""
    pile = pile_of(sketches)
    return alike(pile, first, pile, second, measure)


def folded(sketches: Sequence[Sketch], measure: Measure) -> Doubles:
    """Return one vector per article, shape (articles, 4096 + 384), whose inner products are their likeness.

    Terms are folded into 4,096 places by their hashes, with signs (Charikar et al., 2002; Weinberger et al., 2009): the
    inner product is right to about .008. The sum over a group stands for the group.
    """
    pile = pile_of(sketches)
    count, size = pile.vectors.shape
    vectors = np.zeros((count, _FOLDED + size))
    vectors[:, _FOLDED:] = pile.vectors * np.sqrt(measure.sense)
    weights = pile.weights.astype(np.float64) * (np.sqrt(1 - measure.sense) / np.sqrt(_PLACES))
    for at in range(0, count, _CHUNK):
        rows = np.arange(at, min(at + _CHUNK, count))
        inside = slice(int(pile.starts[at]), int(pile.starts[rows[-1] + 1]))
        row = np.repeat(rows - at, np.diff(pile.starts[at : rows[-1] + 2]))
        total = np.zeros(len(rows) * _FOLDED)
        for part in range(_PLACES):
            bits = pile.terms[inside] >> np.uint64(part * 14)
            places = row * _FOLDED + (bits & np.uint64(_FOLDED - 1)).astype(np.int64)
            signs = np.where(bits & np.uint64(1 << 12), 1.0, -1.0)
            total += np.bincount(places, signs * weights[inside], len(total))
        vectors[rows, :_FOLDED] = total.reshape(len(rows), _FOLDED)
    return vectors


def late(days: Doubles, measure: Measure) -> Doubles:
    """Return what so many days between two groups take off their likeness: 0 up to two days, `far` more at a year."""
    soon = measure.apart * np.log2(1 + np.maximum(days - 2, 0)) / 6
    far = measure.far * np.minimum(np.maximum((days - _QUARTER) / (_YEAR - _QUARTER), 0), 1)
    taken: Doubles = soon + far
    taken[np.isnan(taken)] = 0
    return taken
