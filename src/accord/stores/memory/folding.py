"""Words as search compares them: lower case, without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from accord.stores.folding import fold

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_PARTS = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


folded = lru_cache(maxsize=50_000)(fold)


def holds(text: str | None, words: str) -> bool:
    """Tell whether all of `words` stand in `text`, as whole words or parts of them."""
    within = folded(text or "")
    return all(word in within for word in folded(words).split())


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Return the folded words of `text`, with where they stand."""
    return [(folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Term:
    """What a query asks for: words in a row, the last of them perhaps only begun; or that they do not occur."""

    words: tuple[str, ...]
    begun: bool = False
    excluded: bool = False

    def places(self, words: list[tuple[str, int, int]]) -> Iterator[int]:
        """Yield at which of `words` the term begins."""
        size = len(self.words)
        for at in range(len(words) - size + 1):
            run = [word for word, _, _ in words[at : at + size]]
            last = run[-1].startswith(self.words[-1]) if self.begun else run[-1] == self.words[-1]
            if last and run[:-1] == list(self.words[:-1]):
                yield at


def terms_of(query: str) -> list[Term]:
    """Return what `query` asks for: 'dam "burst open" -rain wat*' has four terms. Other signs only part words."""
    found = []
    for excluded, phrase, word in _PARTS.findall(query):
        words = tuple(text for text, _, _ in words_of(phrase or word))
        if words:
            found.append(Term(words, begun=word.endswith("*"), excluded=bool(excluded)))
    return found
