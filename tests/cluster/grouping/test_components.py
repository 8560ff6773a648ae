"""Parts: what is linked stays together, unless that is too much."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from accord.cluster.grouping import Measure
from accord.cluster.grouping.components import parts

Links = list[tuple[int, int, float]]


def parted(links: Links, count: int, most: int = 4096, batch: int = 2) -> list[int]:
    def each() -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        return [
            tuple(np.array(side) for side in zip(*links[at : at + batch], strict=True))  # type: ignore[misc]
            for at in range(0, len(links), batch)
        ]

    return parts(each, count, Measure(most=most)).tolist()


def test_articles_that_are_linked_over_others_are_one_part() -> None:
    assert parted([(4, 2, 0.4), (2, 0, 0.5), (3, 5, 0.4)], 7) == [0, 1, 0, 3, 0, 3, 6]


def test_a_part_that_is_too_large_is_taken_apart_at_its_weakest_links() -> None:
    links = [(0, 1, 0.8), (1, 2, 0.4), (2, 3, 0.8), (4, 5, 0.36)]
    assert parted(links, 6, most=3) == [0, 0, 2, 2, 4, 4]
    assert parted(links, 6, most=1) == [0, 1, 2, 3, 4, 5]


def test_copies_count_as_one_and_stay_together() -> None:
    links = [(0, 3, 0.95), (3, 4, 0.95), (0, 1, 0.5), (4, 2, 0.5)]
    assert parted(links, 5, most=3) == [0, 0, 0, 0, 0]
    assert parted(links, 5, most=1) == [0, 1, 2, 0, 0]


def test_a_part_that_is_much_alike_is_cut_by_the_order_of_articles() -> None:
    links = [(n, n + 1, 0.89) for n in range(6)]
    assert parted(links, 7, most=3) == [0, 0, 0, 3, 3, 3, 6]


@given(
    st.integers(1, 30).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), st.floats(0.34, 1)), max_size=60),
        )
    ),
    st.integers(1, 8),
    st.integers(1, 60),
)
def test_the_division_of_links_does_not_matter(given: tuple[int, Links], most: int, batch: int) -> None:
    count, links = given
    found = parted(links, count, most, batch)
    assert found == parted(links[::-1], count, most, 60)
    assert all(found[part] == part <= n for n, part in enumerate(found))
