"""Light rewriting is seeded, of its kind and of the wanted size."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))

from copies import KINDS, all_sentences, rewrite

TEXT = "\n".join(
    (
        "The tug left Varlund on Monday with 12 men aboard. It carried 5 percent of the harbor's coal.",
        "Ana Merrick told Reuters that the crew was well. The owner said the trip had cost $1.5 million.",
        "Divers went down on June 8, after a storm that had battered the coast, to look at the keel.",
        "Nobody organized a search before dawn. The mayor said boats were ready. They were not.",
    )
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_text(kind: str) -> None:
    first, second = (rewrite(TEXT, kind, 0.3, random.Random(5)) for _ in range(2))
    assert first == second != TEXT


def test_dropping_leaves_the_rest_as_it_stands() -> None:
    left = all_sentences(rewrite(TEXT, "drop", 0.3, random.Random(1)))
    assert len(left) == 6
    assert set(left) < set(all_sentences(TEXT))


def test_swapping_keeps_every_sentence() -> None:
    swapped = all_sentences(rewrite(TEXT, "swap", 0.5, random.Random(2)))
    assert sorted(swapped) == sorted(all_sentences(TEXT))


@pytest.mark.parametrize("kind", ["shorten", "re-attribute", "respell"])
def test_as_many_sentences_change_as_asked(kind: str) -> None:
    changed = all_sentences(rewrite(TEXT, kind, 0.3, random.Random(3)))
    assert sum(a != b for a, b in zip(changed, all_sentences(TEXT), strict=True)) == 2
