"""What the words of a sentence mean in it: MiniLM with its products in int8, in a third of the time of float32.

Vectors differ from those by about a hundredth, so nothing should compare the two. A sentence is read by itself: the
scales of int8 would depend on what stands beside it. Made by `eval/export_meanings.py`; card: `minilm/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from accord.models import run_batches, session, tokenizer
from accord.models.vectors import SIZE, Read

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["SIZE", "Read", "load", "read"]

MODEL = Path(__file__).parent / "minilm" / "meanings.onnx"
SHA256 = "b89e0bffa3952781b9fcb2fe6fd4c404a5bc1cfa2a2ac647fdf95034f1909b19"
_MOST_PIECES = 126
_FIRST, _LAST = 101, 102


def load() -> InferenceSession:
    """Return the model, loaded on first use."""
    return session(MODEL, SHA256)


def read(texts: Sequence[str], *, threads: int = 2) -> list[Read]:
    """Return, for each text, the vectors of its first 126 word pieces, and the characters of each.

    The vectors have the shape (pieces + 2, 384): the marks for start and end stand around.
    """
    if not texts:
        return []
    items = [tokenizer().encode(text, add_special_tokens=False) for text in texts]  # a batch would start threads
    inputs = [{"pieces": np.array([[_FIRST, *item.ids[:_MOST_PIECES], _LAST]], dtype=np.int64)} for item in items]
    states = run_batches(load(), inputs, threads)
    return [(found[0], item.offsets[:_MOST_PIECES]) for found, item in zip(states, items, strict=True)]
