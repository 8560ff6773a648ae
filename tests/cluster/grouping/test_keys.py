"""The index's arrays: whoever asks for a part of the keys gets the same carriers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from piles import report

from accord.cluster.grouping import keys
from accord.cluster.grouping.likeness import Measure
from accord.cluster.grouping.piles import alike, pile_of, ranges


def test_the_largest_values_of_a_row_come_first_and_of_two_that_are_the_same_the_first_column() -> None:
    rows, columns = np.repeat([0, 2], 40), np.tile(np.arange(40), 2)
    values = np.where(columns == 39, 7, np.where(columns < 35, 5, 1))
    found = keys.most_shared(rows, columns, values)
    assert found[1].tolist() == [39, *range(31)] * 2
    assert found[0].tolist() == [0] * 32 + [2] * 32


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 9)), max_size=80))
def test_numbers_that_are_too_large_to_be_packed_are_ranked_alike(entries: list[tuple[int, int, int]]) -> None:
    rows, columns, values = (np.array([entry[side] for entry in entries], np.int64) for side in (0, 1, 2))
    small = keys.most_shared(rows, columns, values)
    large = keys.most_shared(rows, columns << 40, values << 20)
    assert [part.tolist() for part in small] == [large[0].tolist(), (large[1] >> 40).tolist()]


def test_a_pair_that_too_many_carry_counts_among_those_that_follow_one_another() -> None:
    owners = np.arange(100)
    postings = keys.Postings(np.full(100, 5, np.uint64), owners, np.ones(100, np.int64))
    found = keys.pair_carriers(postings)
    assert found.sizes.max() <= keys.STRETCH
    parts = np.split(found.owners, np.cumsum(found.sizes)[:-1])
    assert all((np.diff(part) == 1).all() for part in parts)
    linked = {(int(part[n]), int(part[n + 1])) for part in parts for n in range(len(part) - 1)}
    assert linked == {(n, n + 1) for n in range(99)}


def test_likeness_is_the_same_from_either_side_and_in_any_company() -> None:
    sketches = [report(f"a{n}", f"dam oss gate{n % 3} wall{n}", f"e{n % 2}", drift=0.5) for n in range(9)]
    first, second = np.triu_indices(9, 1)
    whole = alike(pile_of(sketches), first, pile_of(sketches), second, Measure())
    for a, b, value in zip(first.tolist(), second.tolist(), whole.tolist(), strict=True):
        one, other = pile_of([sketches[a]]), pile_of([sketches[b]])
        zero = np.zeros(1, np.int64)
        assert float(alike(other, zero, one, zero, Measure())[0]) == pytest.approx(value, abs=1e-12)


def test_ranges_follow_one_another() -> None:
    assert ranges(np.array([7, 2, 9]), np.array([2, 3, 0])).tolist() == [7, 8, 2, 3, 4]
    assert ranges(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []
