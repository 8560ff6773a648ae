"""Candidates by an index that is kept: of very many that carry a pair of terms, the latest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from piles import report

from accord.cluster.grouping import nearest, postings
from accord.cluster.grouping.keys import MOST_CARRIERS, MOST_NEIGHBOURS


class Carrier(NamedTuple):
    number: int
    weight: float


def test_a_text_that_hundreds_carry_has_candidates() -> None:
    held = {number: report(f"a{number}", "dam oss gate", "dam", 100) for number in range(300)}

    def index(terms: Sequence[int], days: tuple[int, int] | None, most: int) -> Mapping[int, Sequence[Carrier]]:
        carried: dict[int, list[Carrier]] = {}
        for number in sorted(held, reverse=True):
            for term, weight in postings(held[number]):
                if term in terms and len(carried.setdefault(term, [])) < most:
                    carried[term].append(Carrier(number, weight))
        return carried

    found = nearest({299: held[299]}, index)
    assert len(found) == MOST_NEIGHBOURS
    assert all(299 - MOST_CARRIERS < other < 299 for _, other in found)
