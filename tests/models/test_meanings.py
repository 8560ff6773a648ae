"""What words mean in their sentence: much as float MiniLM says, and whatever is read beside."""

from __future__ import annotations

import numpy as np

from accord.models import meanings, vectors

TEXTS = [
    "A barge sank.",
    "The freight barge went down near the port of Varlund late on Monday, leaving three sailors missing.",
    "",
    "Ølve " * 200,
]


def test_each_piece_has_a_vector_and_its_characters() -> None:
    for text, (states, places) in zip(TEXTS, meanings.read(TEXTS), strict=True):
        assert states.shape == (len(places) + 2, meanings.SIZE)
        assert all(text[first:last].strip() for first, last in places)
    assert len(meanings.read(TEXTS)[3][1]) == 126
    assert meanings.read([]) == []


def test_vectors_are_near_those_of_float_minilm() -> None:
    for (states, places), (exact, same_places) in zip(meanings.read(TEXTS), vectors.read(TEXTS), strict=True):
        lengths = np.linalg.norm(states, axis=1) * np.linalg.norm(exact, axis=1)
        assert places == same_places
        assert ((states * exact).sum(axis=1) / lengths).mean() > 0.95


def test_a_text_is_read_by_itself_whatever_the_threads() -> None:
    for text, (states, _) in zip(TEXTS, meanings.read(TEXTS, threads=2), strict=True):
        assert np.array_equal(states, meanings.read([text], threads=1)[0][0])
