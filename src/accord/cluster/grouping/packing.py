"""A sketch as bytes, for a store, and back: half precision, so that the same sketch is compared before and after."""

from __future__ import annotations

import struct

import numpy as np

from accord.cluster.grouping.keys import TERMS
from accord.cluster.grouping.sketches import Sketch

_HEAD = struct.Struct("<iHHH")
_NO_DAY = -1


def pack(item: Sketch) -> bytes:
    """Return `item` as about 2 kB: its day, article id, terms (8 bytes each), weights and vector (2 bytes a number)."""
    name = item.article.encode("utf-8", "surrogatepass")
    head = _HEAD.pack(_NO_DAY if item.day is None else item.day, len(name), len(item.terms), len(item.vector))
    half = (array.astype("<f2").tobytes() for array in (item.weights, item.vector))
    return b"".join((head, name, item.terms.astype("<u8").tobytes(), *half))


def unpack(content: bytes) -> Sketch:
    """Return the sketch in `content`, as `pack` gives it. Raises ValueError where it is none."""
    try:
        day, name, terms, size = _HEAD.unpack_from(content)
        at = _HEAD.size
        article = content[at : at + name].decode("utf-8", "surrogatepass")
        at += name
        hashes = np.frombuffer(content, "<u8", terms, at).astype(np.uint64)
        at += terms * 8
        weights = np.frombuffer(content, "<f2", terms, at).astype(np.float32)
        vector = np.frombuffer(content, "<f2", size, at + terms * 2).astype(np.float32)
    except (struct.error, ValueError) as error:
        raise ValueError(f"these {len(content)} bytes are no sketch: {error}") from error
    return Sketch(article, None if day == _NO_DAY else day, hashes, weights, vector)


def postings(item: Sketch) -> tuple[tuple[int, float], ...]:
    """Return the most telling terms of `item` with their weights, as an index keeps them: terms as signed 64 bits."""
    leading = item.terms[:TERMS].astype(np.uint64).view(np.int64).tolist()
    return tuple(zip(leading, item.weights[:TERMS].tolist(), strict=True))
