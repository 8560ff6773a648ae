"""What people type to search: the words and phrases that must occur, or must not, as every store understands them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.stores.folding import fold

MOST_TERMS = 32
"""So many words and phrases of a query are looked at."""

_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


def words_of(text: str) -> list[str]:
    """Return the folded words of `text`: "Pier 4-B's" -> ["pier", "4", "b", "s"]"""
    return _WORD.findall(fold(text))


@dataclass(frozen=True, slots=True)
class Term:
    """What a query asks for: words in a row, the last of them perhaps only begun; or that they do not occur.

    `instead` are the words that stand for a beginning which too many words have.
    """

    words: tuple[str, ...]
    begun: bool = False
    excluded: bool = False
    instead: tuple[str, ...] = ()


def terms_of(query: str) -> tuple[Term, ...]:
    """Return what `query` asks for: 'dam "burst open" -rain wat*' has four terms. Other signs only part words."""
    found = []
    for excluded, phrase, word in _PARTS.findall(query):
        words = tuple(words_of(phrase or word))
        if words:
            found.append(Term(words, begun=word.endswith("*"), excluded=bool(excluded)))
    return tuple(found[:MOST_TERMS])
