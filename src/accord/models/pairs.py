"""The pair encoder: MiniLM fine-tuned to tell whether two clauses of two sentences assert the same fact.

Both sentences go in at once, so that each is read in the light of the other; each clause is the mean of its tokens.
Training: `eval/train_pairs.py`; card: `pairs/README.md`.
"""

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
Question = tuple[str, str, Sequence[tuple[Range, Range]]]

MODEL = Path(__file__).parent / "pairs" / "model.onnx"
SHA256 = "e1c874bff45dc86aca09fee58b0b90f906a482568b6a8a920994e7f5e760950c"
MOST_TOKENS = 96
_BATCH = 16
_MOST_VECTORS = 40_000  # of 384 numbers: 61 MB


def load() -> InferenceSession:
    """Return the model, loaded on first use."""
    return session(MODEL, SHA256)


def score(
    questions: Sequence[Question], *, threads: int = 2, model: Path = MODEL, sha256: str = SHA256
) -> list[list[float]]:
    """Return, for each (sentence a, sentence b, clause pairs), a logit for each clause pair.

    Clauses are character ranges of their sentences. A logit does not depend on the other questions or their order. A
    clause beyond the first 96 tokens of its sentence gets -8.
    """
    run = session(model, sha256)
    prepared = [_prepare(question) for question in questions]
    answers: list[list[float]] = [[-8.0] * len(question[2]) for question in questions]
    order = sorted((i for i in range(len(questions)) if prepared[i][2]), key=lambda i: (len(prepared[i][0]), i))
    batches = _batches(order, prepared)
    found = run_batches(run, [_collate([prepared[i] for i in batch]) for batch in batches], threads)
    for batch, logits in zip(batches, found, strict=True):
        places = [(i, number) for i in batch for number, _, _ in prepared[i][2]]
        for (i, number), logit in zip(places, logits.tolist(), strict=True):
            answers[i][number] = logit
    return answers


def _batches(order: Sequence[int], prepared: Sequence[_Prepared]) -> list[list[int]]:
    """Return the numbers of `order`, by length, in batches: the model holds a vector for each token and clause pair."""
    batches: list[list[int]] = []
    held = 0
    for number in order:
        ids, _, spans = prepared[number]
        held += len(spans)
        if not batches or len(batches[-1]) == _BATCH or held * len(ids) > _MOST_VECTORS:
            batches.append([])
            held = len(spans)
        batches[-1].append(number)
    return batches


_Prepared = tuple[list[int], list[int], list[tuple[int, Range, Range]]]


def _prepare(question: Question) -> _Prepared:
    """Return token ids, segment ids, and (number, token range in a, token range in b) of each clause pair."""
    a, b, clauses = question
    first, second = tokenizer().encode_batch([a, b], add_special_tokens=False)
    ids_a, ids_b = first.ids[:MOST_TOKENS], second.ids[:MOST_TOKENS]
    ids = [101, *ids_a, 102, *ids_b, 102]
    segments = [0] * (len(ids_a) + 2) + [1] * (len(ids_b) + 1)
    spans = []
    for number, (in_a, in_b) in enumerate(clauses):
        tokens_a = _tokens(first.offsets[:MOST_TOKENS], in_a, 1)
        tokens_b = _tokens(second.offsets[:MOST_TOKENS], in_b, 2 + len(ids_a))
        if tokens_a and tokens_b:
            spans.append((number, tokens_a, tokens_b))
    return ids, segments, spans


def _tokens(offsets: Sequence[Range], clause: Range, base: int) -> Range | None:
    """Return the token range that covers the characters `clause`, shifted by `base`."""
    inside = [number for number, (start, end) in enumerate(offsets) if start < clause[1] and end > clause[0]]
    return (base + inside[0], base + inside[-1] + 1) if inside else None


def _collate(batch: Sequence[_Prepared]) -> dict[str, NDArray[np.generic]]:
    """Return the inputs of the model: tokens (batch, length), and per clause pair its row and two pooling weights."""
    length = max(len(ids) for ids, _, _ in batch)
    total = sum(len(spans) for _, _, spans in batch)
    ids = np.zeros((len(batch), length), dtype=np.int64)
    types = np.zeros_like(ids)
    rows = np.zeros(total, dtype=np.int64)
    pools = np.zeros((2, total, length), dtype=np.float32)
    at = 0
    for row, (tokens, segments, spans) in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        types[row, : len(tokens)] = segments
        for _, (a0, a1), (b0, b1) in spans:
            rows[at] = row
            pools[0, at, a0:a1] = 1 / (a1 - a0)
            pools[1, at, b0:b1] = 1 / (b1 - b0)
            at += 1
    mask = (ids != 0).astype(np.int64)
    return {"ids": ids, "types": types, "mask": mask, "row": rows, "pool_a": pools[0], "pool_b": pools[1]}
