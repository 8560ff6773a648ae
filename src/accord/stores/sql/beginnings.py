"""Short beginnings of words, as people type them: the frequent words that they stand for.

An index answers `b*` by joining what it holds of each word that begins so, which takes longer than anybody waits who is
typing. In a store of many articles it is asked for the most frequent of these words in the latest articles instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from accord.stores.terms import Term, words_of

SHORT = 2
"""Beginnings of so many letters are spelled out; an index of three letters answers those that are longer."""
FROM = 5_000
"""Stores of fewer articles answer from the index alone."""
_MANY = 50_000
"""So many words of all articles, each counted once for an article, the index joins without anybody waiting for it."""
_SAMPLE = 200
_OFTEN = 500
"""After so many more articles the latest ones are looked at again."""
_MOST = 16
_SHARE = 0.2
"""Where the most frequent words are less than this share, as in writing without spaces, they stand for nothing."""


class Beginnings:
    """What short beginnings of words stand for in a store."""

    def __init__(self) -> None:
        self._at: int | None = None
        self._words: dict[str, tuple[str, ...]] = {}

    def spelled_out(
        self, terms: Sequence[Term], newest: int, latest: Callable[[int], Iterable[str]]
    ) -> tuple[Term, ...]:
        """Return `terms`, short beginnings of frequent words with the words that they stand for.

        `newest` is the last article's number, and `latest` gives the texts of so many articles. What must not occur
        stays as it is.
        """
        if newest < FROM or not any(map(is_short, terms)):
            return tuple(terms)
        if self._at is None or not 0 <= newest - self._at < _OFTEN:
            self._at, self._words = newest, frequent_words(latest(_SAMPLE), newest)
        return tuple(
            replace(term, instead=self._words.get(term.words[0], ())) if is_short(term) else term for term in terms
        )


def is_short(term: Term) -> bool:
    """Tell whether a term is a beginning that is to be spelled out."""
    return term.begun and not term.excluded and len(term.words) == 1 and len(term.words[0]) <= SHORT


def frequent_words(texts: Iterable[str], articles: int) -> dict[str, tuple[str, ...]]:
    """Return the words that most of `texts` have, by their first letters: of what is frequent in so many `articles`.

    frequent_words(["the tide", "the town"], 100_000) -> {"t": ("the", "tide", "town"), "th": ("the",), ...}
    """
    times: Counter[str] = Counter()
    number = 0
    for number, text in enumerate(texts, 1):  # noqa: B007
        times.update(set(words_of(text)))
    words: dict[str, list[str]] = {}
    for word in sorted(times, key=lambda word: (-times[word], word)):
        for size in range(1, min(SHORT, len(word)) + 1):
            words.setdefault(word[:size], []).append(word)
    found = {}
    for begun, some in words.items():
        whole, most = (sum(times[word] for word in given) for given in (some, some[:_MOST]))
        if whole * articles > _MANY * number and most >= _SHARE * whole:
            found[begun] = tuple(some[:_MOST])
    return found
