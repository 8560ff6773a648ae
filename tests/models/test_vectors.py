"""Sentence vectors: of unit length, and the same for a text whatever stands beside it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.models.vectors import encode, even_batches

TEXTS = (
    "A barge sank.",
    "The freight barge went down near the port of Varlund late on Monday, leaving three sailors missing.",
    "A bakery in Ardley sold its last cake.",
    "",
    "…",
    "Ølve " * 40,
)
ALONE: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = {}


def alone(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    if text not in ALONE:
        ALONE[text] = encode([text], threads=1)[0]
    return ALONE[text]


def test_no_texts_give_no_vectors() -> None:
    assert encode([]).shape == (0, 384)


def test_vectors_have_unit_length() -> None:
    vectors = encode(TEXTS, threads=1)
    assert vectors.shape == (len(TEXTS), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_is_nearer_to_its_like() -> None:
    sank, again, cake = encode(TEXTS[:3], threads=1)
    assert sank @ again > sank @ cake + 0.2


def test_what_lies_beyond_the_longest_input_changes_nothing() -> None:
    long = "barge " * 200
    assert np.array_equal(encode([long], threads=1), encode([long + "cake"], threads=1))


@settings(deadline=None, max_examples=12)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=20))
def test_a_vector_does_not_depend_on_the_other_texts(texts: list[str]) -> None:
    assert all(
        np.array_equal(vector, alone(text)) for vector, text in zip(encode(texts, threads=1), texts, strict=True)
    )


@given(st.lists(st.integers(2, 128), max_size=60))
def test_batches_hold_each_text_once_and_little_padding(lengths: list[int]) -> None:
    batches = even_batches(lengths)
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= 16
        assert sum(max(lengths[i] for i in batch) - lengths[i] for i in batch) <= 12
