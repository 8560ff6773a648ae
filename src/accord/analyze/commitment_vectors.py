"""Says in numbers what a candidate means where it stands: MiniLM's and the parser's vectors of its words in context.

Readable features name what a grammar can say; whether "will face" is a plan or a fate is in the meaning of the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from accord.analyze.reading import Reading
from accord.models import meanings
from accord.records import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from accord.analyze.commitment_candidates import Candidate

Vector = NDArray[np.float32]
# What MiniLM makes of sentences, by where they start.
Sense = Mapping[int, meanings.Read]

_WIDTH, _PARSE_WIDTH = meanings.SIZE, 96
BLOCKS = (_WIDTH, _WIDTH, _WIDTH, _PARSE_WIDTH, _PARSE_WIDTH, _PARSE_WIDTH, _PARSE_WIDTH)
SIZE = sum(BLOCKS)


def read(sentences: Iterable[Sentence], *, threads: int = 2) -> Sense:
    """Return what MiniLM makes of `sentences`, each read by itself."""
    texts = {sentence.start: sentence.text for sentence in sentences}
    return dict(zip(texts, meanings.read(list(texts.values()), threads=threads), strict=True))


def meaning(reading: Reading, candidate: Candidate, sentence: Sentence, sense: Sense) -> Vector:
    """Return the `SIZE` numbers of a candidate that stands in `sentence`.

    Seven blocks, each of length one, or zero where there is nothing: MiniLM's of the cue, the act and the span; the
    parser's of the act, the actor, the span and the verb that governs the clause.
    """
    blocks = _blocks(reading, candidate, sentence.start, sense[sentence.start])
    return np.concatenate([_unit(block) for block in blocks])


def _blocks(reading: Reading, candidate: Candidate, shift: int, read: meanings.Read) -> list[Vector]:
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


def _mean(read: meanings.Read, start: int, end: int) -> Vector:
    """Return the mean vector of the word pieces that touch `[start, end)` of their sentence."""
    states, offsets = read
    inside = [number for number, (first, last) in enumerate(offsets, 1) if first < end and last > start]
    return np.asarray(states[inside].mean(axis=0)) if inside else np.zeros(_WIDTH, dtype=np.float32)


def _unit(vector: Vector) -> Vector:
    """Return `vector` at length one; zero stays zero."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), dtype=np.float32)
