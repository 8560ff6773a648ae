"""Names as a store remembers them while nothing changes in it: which of them hold some words, without looking at each.

A part of a name is in no index: to find it, every row of names is looked at. Who types is answered letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.stores.sql import schema
from accord.stores.sql.base import pulse_in

_MOST_NAMES = 100_000
_MOST_CHARACTERS = 8_000_000
_MOST_FOUND = 300
"""So many names are looked up one by one; of more, all rows are looked at."""
_BETWEEN = "\0"


class Recall:
    """The names of a store, in one text; it is made where names are asked for again and nothing has changed between."""

    def __init__(self) -> None:
        self._asked: str | None = None
        self._held: str | None = None
        self._all: str | None = None

    def holding(self, connection: Connection, words: Sequence[str]) -> list[str] | None:
        """Return the names (folded, with their other forms, one a line) that hold all of `words`, which are folded.

        None where they are not remembered, or too many.
        """
        longest = max(words, key=len, default="")
        if not longest:
            return None
        pulse = pulse_in(connection)
        again, self._asked = pulse == self._asked, pulse
        if not again:
            self._held = self._all = None
            return None
        if self._held != pulse:
            self._held, self._all = pulse, _all_names(connection)
        found: list[str] = []
        for name in _lines(self._all, longest) if self._all is not None else ():
            if all(word in name for word in words):
                found.append(name)
            if len(found) > _MOST_FOUND:
                return None
        return None if self._all is None else found


def _all_names(connection: Connection) -> str | None:
    """Return all names in one text; None where they are too many."""
    query = sql.select(schema.names.c.folded).distinct().limit(_MOST_NAMES + 1)
    names = list(connection.scalars(query))
    if len(names) > _MOST_NAMES or sum(map(len, names)) > _MOST_CHARACTERS:
        return None
    return _BETWEEN.join(names)


def _lines(names: str, word: str) -> Iterator[str]:
    """Yield each of `names` that holds a word."""
    at = names.find(word)
    while at >= 0:
        end = names.find(_BETWEEN, at)
        end = len(names) if end < 0 else end
        yield names[names.rfind(_BETWEEN, 0, at) + 1 : end]
        at = names.find(word, end)
