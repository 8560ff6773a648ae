"""Finds what two clauses in nearly the same words say differently in one slot ("from Ardmore on", "from Linton on")."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"[\w'’.&-]*\w")
_MOST_WORDS = 5


def substitutions(a: str, b: str) -> list[tuple[str, str, float]]:
    """Return (words of a, words of b, how firmly the slot is held) for each run of words replaced by another.

    1.0 when the words before and after are the same in both, 0.6 when only one side is held.
    """
    first, second = ([match.group() for match in _WORD.finditer(text)] for text in (a, b))
    plain_a, plain_b = [word.lower() for word in first], [word.lower() for word in second]
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, plain_a, plain_b, autojunk=False).get_opcodes():
        if tag == "replace" and j - i <= _MOST_WORDS and m - k <= _MOST_WORDS:
            before = i > 0 and k > 0
            after = j < len(first) and m < len(second)
            found.append((" ".join(first[i:j]), " ".join(second[k:m]), 1.0 if before and after else 0.6))
    return found


def firmness(a: str, b: str, text_a: str, text_b: str) -> float:
    """Return how firmly `a` in `text_a` stands in the slot of `b` in `text_b`: 0 when it does not."""
    words_a, words_b = set(_fold(a)), set(_fold(b))
    return max(
        (held for x, y, held in substitutions(text_a, text_b) if words_a & set(_fold(x)) and words_b & set(_fold(y))),
        default=0.0,
    )


def _fold(text: str) -> list[str]:
    return [word.lower().rstrip(".") for word in _WORD.findall(text)]
