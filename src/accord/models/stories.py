"""Story vectors: MiniLM fine-tuned so that the leads of reports of one event lie near each other.

Trained by supervised contrastive learning (Khosla et al., 2020) on leads of reports of one event, against those of
neighbouring events and of look-alikes with other names and figures. Texts run one at a time, so that a vector depends
on nothing but its text, whatever the threads. Training: `eval/train_story_vectors.py`; card: `stories/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from accord.models import run_batches, session, tokenizer

MODEL = Path(__file__).parent / "stories" / "model.onnx"
SHA256 = "8532571c406497306ed508174d9db9e79548d189b397ffb1784db620ebcc1158"
SIZE = 384
_MOST_TOKENS = 126
_BATCH = 1024


def encode(texts: Sequence[str], *, threads: int = 2) -> NDArray[np.float32]:
    """Return one unit vector per text, shape (len(texts), 384), of its first 126 word pieces."""
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    run = session(MODEL, SHA256)
    for at in range(0, len(texts), _BATCH):
        items = tokenizer().encode_batch(list(texts[at : at + _BATCH]), add_special_tokens=False)
        inputs = [{"pieces": np.array([[101, *item.ids[:_MOST_TOKENS], 102]], dtype=np.int64)} for item in items]
        vectors[at : at + len(items)] = np.concatenate(run_batches(run, inputs, threads))
    return vectors
