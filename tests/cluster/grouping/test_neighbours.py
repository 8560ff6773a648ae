"""Candidates: who may tell of one event, found over an index of rare terms."""

from __future__ import annotations

import numpy as np
from piles import pile, report

from accord.cluster.grouping.keys import MOST_CARRIERS, MOST_NEIGHBOURS
from accord.cluster.grouping.likeness import Measure, folded, likeness
from accord.cluster.grouping.neighbours import candidates


def pairs_of(sketches: list, rows: list[int] | None = None) -> set[tuple[int, int]]:
    first, second = candidates(sketches, np.arange(len(sketches)) if rows is None else np.array(rows))
    return set(zip(first.tolist(), second.tolist(), strict=True))


def test_articles_that_share_rare_terms_are_candidates() -> None:
    sketches = pile(4, 3)
    found = pairs_of(sketches)
    for event in range(4):
        own = range(event * 3, event * 3 + 3)
        assert {(a, b) for a in own for b in own if a != b} <= found


def test_a_term_that_too_many_carry_makes_no_candidates() -> None:
    sketches = [report(f"a{n}", f"everywhere only{n}", f"event {n}", None) for n in range(MOST_CARRIERS + 2)]
    assert pairs_of(sketches) == set()


def test_a_common_term_counts_within_a_stretch_of_days() -> None:
    sketches = [report(f"a{n}", f"everywhere only{n}", f"event {n}", 30 * (n // 2)) for n in range(2 * MOST_CARRIERS)]
    assert pairs_of(sketches, [0]) == {(0, 1)}


def test_two_common_terms_together_are_rare() -> None:
    crowd = [report(f"c{n}", f"{'flood' if n % 2 else 'quake'} only{n}", f"e{n}", None) for n in range(300)]
    both = [report(f"b{n}", f"flood quake own{n}", "both", None) for n in range(2)]
    assert pairs_of([*crowd, *both], [300]) == {(300, 301)}


def test_the_number_of_neighbours_is_bounded() -> None:
    sketches = [report(f"a{n}", f"dam oss only{n}", "dam") for n in range(60)]
    first, _ = candidates(sketches, np.arange(60))
    assert np.bincount(first).max() <= MOST_NEIGHBOURS


def test_likeness_is_the_mean_of_words_and_sense_and_folding_keeps_it() -> None:
    sketches = pile(3, 3)
    first, second = np.triu_indices(len(sketches), 1)
    exact = likeness(sketches, first, second, Measure())
    vectors = folded(sketches, Measure())
    assert float(np.abs((vectors[first] * vectors[second]).sum(axis=1) - exact).max()) < 0.15
    same = likeness(sketches, np.array([0]), np.array([0]), Measure())
    assert abs(float(same[0]) - 1) < 1e-4
