"""Sketches as bytes: what comes back is what an index and a later comparison see."""

from __future__ import annotations

import numpy as np
import pytest
from piles import hashed, report

from accord.cluster.grouping import pack, postings, unpack


def test_a_sketch_comes_back_in_half_precision() -> None:
    item = report("härbour-1", "dam opens gates river", "dam", day=737_000)
    back = unpack(pack(item))
    assert (back.article, back.day) == ("härbour-1", 737_000)
    assert back.terms.tolist() == item.terms.tolist()
    assert np.allclose(back.weights, item.weights, atol=1e-3)
    assert np.allclose(back.vector, item.vector, atol=1e-3)
    assert pack(back) == pack(item)


def test_an_article_without_a_day_has_none_afterwards() -> None:
    assert unpack(pack(report("a", "dam", "dam", day=None))).day is None


def test_postings_are_signed_numbers_of_64_bits() -> None:
    item = report("a", "one two three four five six seven eight", "dam")
    assert [term % 2**64 for term, _ in postings(item)] == [hashed(word) for word in "one two three four".split()] + [
        hashed(word) for word in "five six seven eight".split()
    ]
    assert all(-(2**63) <= term < 2**63 for term, _ in postings(item))


@pytest.mark.parametrize("content", [b"", b"short", pack(report("a", "dam", "dam"))[:-1]])
def test_bytes_that_are_no_sketch_are_told(content: bytes) -> None:
    with pytest.raises(ValueError, match="no sketch"):
        unpack(content)
