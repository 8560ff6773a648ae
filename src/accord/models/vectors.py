"""Vectors of texts: all-MiniLM-L6-v2 (Reimers and Gurevych, 2019), weight-only int8 (card: `minilm/README.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from accord.models import run_batches, session, tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Range = tuple[int, int]
Read = tuple[NDArray[np.float32], list[Range]]

MODEL = Path(__file__).parent / "minilm" / "model.onnx"
SHA256 = "0b9839d1e360c014a6c883c4798e13d2107fd2d5f532c2241ae0ad25c32f198b"
SIZE = 384
_MOST_TOKENS = 126
_SLOW = ("SkipLayerNormFusion",)  # the sum and the norm apart take a fifth of what its kernel takes
_MOST_TEXTS = 16
# To start the model once more costs as much as to read about 12 word pieces.
_START = 12


def load() -> InferenceSession:
    """Return the model, loaded on first use."""
    return session(MODEL, SHA256, without=_SLOW)


def encode(texts: Sequence[str], *, threads: int = 2) -> NDArray[np.float32]:
    """Return one unit vector per text, shape (len(texts), 384); equal for a text whatever the others are."""
    return mean([states for states, _ in read(texts, threads=threads)])


def mean(read: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the unit vector of each text whose pieces were `read`, shape (len(read), 384)."""
    vectors = np.zeros((len(read), SIZE), dtype=np.float32)
    for row, states in enumerate(read):
        middle = states.sum(axis=0, dtype=np.float64) / len(states)
        vectors[row] = middle / np.linalg.norm(middle)
    return vectors


def read(texts: Sequence[str], *, threads: int = 2) -> list[Read]:
    """Return, for each text, what its word pieces mean in it, and the characters of each.

    The vectors, shape (pieces + 2, 384), are those of the first 126 pieces between the marks for start and end; they
    do not depend on the other texts.
    """
    if not texts:
        return []
    run = load()
    items = tokenizer().encode_batch(list(texts), add_special_tokens=False)
    pieces = [[101, *item.ids[:_MOST_TOKENS], 102] for item in items]
    batches = even_batches([len(ids) for ids in pieces])
    found: dict[int, Read] = {}
    inputs = [_collate([pieces[i] for i in batch]) for batch in batches]
    for batch, hidden in zip(batches, run_batches(run, inputs, threads), strict=True):
        for row, i in enumerate(batch):
            found[i] = hidden[row, : len(pieces[i])], items[i].offsets[:_MOST_TOKENS]
    return [found[i] for i in range(len(texts))]


def even_batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return the numbers of the texts in batches of like length: padding costs less than one more start would."""
    batches: list[list[int]] = []
    padding = 0
    for number in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        more = len(batches[-1]) * (lengths[number] - lengths[batches[-1][-1]]) if batches else 0
        if not batches or padding + more > _START or len(batches[-1]) == _MOST_TEXTS:
            batches.append([])
            padding = more = 0
        batches[-1].append(number)
        padding += more
    return batches


def _collate(pieces: Sequence[list[int]]) -> dict[str, NDArray[np.int64]]:
    """Return the inputs of the model for the token ids of some texts, padded to the longest."""
    ids = np.zeros((len(pieces), max(len(tokens) for tokens in pieces)), dtype=np.int64)
    for row, tokens in enumerate(pieces):
        ids[row, : len(tokens)] = tokens
    mask = (ids != 0).astype(np.int64)
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
