"""Windows of an article for the attribution model: word pieces of whole paragraphs, and what their spelling shows.

The tokenizer knows no capitals and the model reads at most 256 pieces at once, so each piece brings a feature: the
shape of its word, and whether it stands between quotation marks. A paragraph ends with a separator. The window after
one that is full begins with what that one ended with, so that every paragraph is read with what stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.models import tokenizer

if TYPE_CHECKING:
    from tokenizers import Encoding

Range = tuple[int, int]

MOST_PIECES = 256
CONTEXT = 64
FEATURES = 24
_FIRST, _BREAK = 101, 102
_OPEN, _CLOSE, _EITHER = "“„«", "”»", '"'
_NOBODY: Range = (-1, -1)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one paragraph or of a window: pieces, features, and per word its first piece and its characters."""

    pieces: list[int]
    features: list[int]
    firsts: list[int]
    ranges: list[Range]


@dataclass(frozen=True, slots=True)
class Window:
    """Words to read at once; `ranges` of a separator is (-1, -1). The words before `core` are context, read before."""

    words: Words
    core: int


def windows(text: str, paragraphs: Sequence[Range], *, most: int = MOST_PIECES, context: int = CONTEXT) -> list[Window]:
    """Return the windows that cover the `paragraphs` (character ranges) of `text`, in order.

    Each holds at most `most` pieces; up to `context` of them repeat the paragraphs before. A paragraph longer than a
    window is cut between words.
    """
    parts = [part for words in read_paragraphs(text, paragraphs) for part in _cut(words, most - 2 - context)]
    found: list[Window] = []
    at = 0
    while at < len(parts):
        first, room = at, context
        while first > 0 and len(parts[first - 1].pieces) + 1 <= room:
            first -= 1
            room -= len(parts[first].pieces) + 1
        end, size = at, 1 + sum(len(part.pieces) + 1 for part in parts[first:at])
        while end < len(parts) and (end == at or size + len(parts[end].pieces) + 1 <= most):
            size += len(parts[end].pieces) + 1
            end += 1
        found.append(Window(join(parts[first:end]), core=sum(len(part.ranges) + 1 for part in parts[first:at])))
        at = end
    return found


def read_paragraphs(text: str, paragraphs: Sequence[Range]) -> list[Words]:
    """Return the words of each of the `paragraphs`; ranges are offsets into `text`."""
    chunks = [text[start:end] for start, end in paragraphs]
    encodings = [tokenizer().encode(chunk, add_special_tokens=False) for chunk in chunks]  # a batch would start threads
    return [
        _read_paragraph(start, chunk, encoding)
        for (start, _), chunk, encoding in zip(paragraphs, chunks, encodings, strict=True)
    ]


def _read_paragraph(start: int, chunk: str, encoding: Encoding) -> Words:
    """Return the words of the paragraph `chunk` that begins at `start`."""
    firsts: list[int] = []
    ranges: list[Range] = []
    previous = None
    offsets = encoding.offsets  # the tokenizer makes the list anew each time that it is asked
    for number, (word, (a, b)) in enumerate(zip(encoding.word_ids, offsets, strict=True)):
        if word != previous:
            firsts.append(number)
            ranges.append((start + a, start + b))
        else:
            ranges[-1] = (ranges[-1][0], start + b)
        previous = word
    features: list[int] = []
    inside = False
    ends = [*firsts[1:], len(offsets)][: len(firsts)]
    for (a, b), first, end in zip(ranges, firsts, ends, strict=True):
        shape = _shape(chunk[a - start : b - start])
        for piece in range(first, end):
            mark, inside = _mark(chunk[slice(*offsets[piece])], inside)
            features.append(shape * 4 + mark)
    return Words(list(encoding.ids), features, firsts, ranges)


def join(parts: Sequence[Words]) -> Words:
    """Return the words of some paragraphs as the model reads them: a first piece, then each with its separator."""
    pieces, features, firsts, ranges = [_FIRST], [0], [], []
    for part in parts:
        firsts += [len(pieces) + first for first in part.firsts] + [len(pieces) + len(part.pieces)]
        ranges += [*part.ranges, _NOBODY]
        pieces += [*part.pieces, _BREAK]
        features += [*part.features, 0]
    return Words(pieces, features, firsts, ranges)


def _shape(word: str) -> int:
    """0 small letters, 1 a capital first, 2 capitals, 3 digits, 4 marks, 5 mixed."""
    if word[0].isdigit():
        return 3
    if not word[0].isalpha():
        return 4
    if word.islower():
        return 0
    if word[0].isupper() and word[1:].islower():
        return 1
    return 2 if word.isupper() else 5


def _mark(piece: str, inside: bool) -> tuple[int, bool]:
    """Return 0 outside marks, 1 inside, 2 an opening, 3 a closing mark; and whether what follows is inside."""
    if piece in _OPEN or (piece == _EITHER and not inside):
        return 2, True
    if piece in _CLOSE or piece == _EITHER:
        return 3, False
    return int(inside), inside


def _cut(words: Words, most: int) -> list[Words]:
    """Return `words`, in parts of at most `most` pieces."""
    stops = [*words.firsts[1:], len(words.pieces)]
    parts = []
    begin = 0
    while begin < len(words.firsts):
        base = words.firsts[begin]
        end = begin + 1
        while end < len(stops) and stops[end] - base <= most:
            end += 1
        stop = min(stops[end - 1], base + most)
        firsts = [first - base for first in words.firsts[begin:end]]
        parts.append(Words(words.pieces[base:stop], words.features[base:stop], firsts, words.ranges[begin:end]))
        begin = end
    return parts
