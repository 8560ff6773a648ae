"""Two sentences side by side: what is told again is met, what is not is not, whichever stands first."""

from __future__ import annotations

import numpy as np
import pytest

from accord.reconcile.claims import find_claims
from accord.reconcile.interaction import Meeting, meet, read_sides
from accord.reconcile.likeness import build_corpus
from reconcile.stories import Said, report

SANK = Said("A freight barge sank off the port of Varlund late on Monday.", "sink")
AGAIN = Said("The freight barge went down near the port of Varlund on Monday night.", "go")
CAKE = Said("A bakery in Ardley sold its last cake before noon.", "sell")


def meetings(first: list[Said], other: list[Said], pairs: list[tuple[int, int]]) -> list[Meeting]:
    """Return how `pairs` of the sentences of two reports meet."""
    corpus = build_corpus(find_claims([report("a", *first)[1], report("b", *other)[1]], {}), threads=1)
    return list(meet(read_sides(corpus), pairs))


def test_a_sentence_meets_itself_whole() -> None:
    (made,) = meetings([SANK], [SANK], [(0, 1)])
    for found in (made.one, made.other, made.one_met, made.other_met, made.cosines):
        assert found.shape == (2, 2)
        assert found == pytest.approx(np.ones((2, 2)), abs=1e-4)


def test_a_fact_told_again_is_met_more_than_another() -> None:
    same, other = meetings([SANK], [AGAIN, CAKE], [(0, 1), (0, 2)])
    assert same.one[1, 1] > other.one[1, 1] + 0.2
    assert same.other[1, 1] > other.other[1, 1] + 0.2
    assert same.one_met[1, 1] > other.one_met[1, 1]


def test_sides_change_places_with_the_sentences() -> None:
    one, turned = meetings([SANK, CAKE], [AGAIN], [(0, 2), (2, 0)])
    assert one.one == pytest.approx(turned.other.T, abs=1e-5)
    assert one.one_met == pytest.approx(turned.other_met.T, abs=1e-5)


def test_a_pair_meets_the_same_whatever_else_is_asked() -> None:
    (alone,) = meetings([SANK, CAKE], [AGAIN, CAKE], [(0, 2)])
    among = meetings([SANK, CAKE], [AGAIN, CAKE], [(1, 3), (0, 2), (1, 2)])[1]
    assert np.array_equal(alone.one, among.one)
    assert np.array_equal(alone.other, among.other)
