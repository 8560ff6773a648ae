"""How the word lists of the analyzers are written."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the white-space separated words of `text`.

    >>> sorted(words("say tell add"))
    ['add', 'say', 'tell']
    """
    return frozenset(text.split())
