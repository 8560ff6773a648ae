"""How reports give the same words differently, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_PARTS = re.compile(r"\S+")
_BARE = re.compile(r"[^\w%$€£]+")
Piece = tuple[str, bool]
_MOST = 400


def differing(versions: Sequence[str]) -> list[tuple[Piece, ...]]:
    """Return each version in pieces, with whether the words of a piece differ from the other versions.

    Each is held against the version that is most like all of them; that one against the nearest other. Case and
    punctuation are no difference.

        differing(["we will pay all", "We will pay half"]) -> [(("we will pay", False), ("all", True)), ...]
    """
    split = [_PARTS.findall(version)[:_MOST] for version in versions]
    bare = [[_BARE.sub("", word).casefold() for word in words] for words in split]
    if len(versions) < 2:
        return [((version, False),) for version in versions]
    likeness = [[_ratio(one, other) for other in bare] for one in bare]
    base = max(range(len(bare)), key=lambda at: (sum(likeness[at]), -at))
    nearest = max((at for at in range(len(bare)) if at != base), key=lambda at: (likeness[base][at], -at))
    return [_pieces(split[at], bare[at], bare[base if at != base else nearest]) for at in range(len(versions))]


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _pieces(words: Sequence[str], bare: Sequence[str], against: Sequence[str]) -> tuple[Piece, ...]:
    same = [False] * len(words)
    for block in SequenceMatcher(None, bare, against, autojunk=False).get_matching_blocks():
        for at in range(block.a, block.a + block.size):
            same[at] = True
    same = [alike or not word for alike, word in zip(same, bare, strict=True)]
    pieces: list[Piece] = []
    for word, alike in zip(words, same, strict=True):
        if pieces and pieces[-1][1] == (not alike):
            pieces[-1] = (f"{pieces[-1][0]} {word}", not alike)
        else:
            pieces.append((word, not alike))
    return tuple(pieces)
