"""Words as search compares them: lower case, without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from accord.stores import terms
from accord.stores.folding import fold

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

folded = lru_cache(maxsize=50_000)(fold)
_words = lru_cache(maxsize=50_000)(terms.words_of)


def holds(text: str | None, words: str) -> bool:
    """Tell whether all of `words` stand in `text`, as whole words or parts of them."""
    within = folded(text or "")
    return all(word in within for word in folded(words).split())


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Return the folded words of `text`, with where they stand."""
    return [(word, found.start(), found.end()) for found in _WORD.finditer(text) for word in _words(found[0])]


def places(term: terms.Term, words: list[tuple[str, int, int]]) -> Iterator[int]:
    """Yield at which of `words` a term begins."""
    size = len(term.words)
    for at in range(len(words) - size + 1):
        run = [word for word, _, _ in words[at : at + size]]
        last = run[-1].startswith(term.words[-1]) if term.begun else run[-1] == term.words[-1]
        if last and run[:-1] == list(term.words[:-1]):
            yield at
