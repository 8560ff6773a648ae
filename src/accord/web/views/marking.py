"""Marks in passages what a search found, by the rules of the search itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

_OPEN, _CLOSE = "\x01", "\x02"
Piece = tuple[str, bool]


def marked(texts: Sequence[str], query: str) -> list[tuple[Piece, ...]]:
    """Return each text in pieces, with whether the words of `query` match there.

    An index of these texts alone, with the rules of the store's own (endings and diacritics left out), says where.

        marked(["The dam burst"], "dams") -> [(("The ", False), ("dam", True), (" burst", False))]
    """
    from accord.stores.sql.fts5 import TOKENS
    from accord.stores.terms import terms_of

    wanted = [term for term in terms_of(query) if not term.excluded]
    if not wanted or not texts:
        return [((text, False),) if text else () for text in texts]
    asked = " OR ".join(f'"{" ".join(term.words)}"' + (" *" if term.begun else "") for term in wanted)
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute(f"CREATE VIRTUAL TABLE passages USING fts5(text, {TOKENS})")
        clean = [(at, text.replace(_OPEN, " ").replace(_CLOSE, " ")) for at, text in enumerate(texts)]
        index.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", clean)
        found = "SELECT rowid, highlight(passages, 0, ?, ?) FROM passages WHERE passages MATCH ?"
        hits = dict(index.execute(found, (_OPEN, _CLOSE, asked)).fetchall())
    return [_pieces(hits.get(at, text)) for at, text in clean]


def _pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a text whose matches stand between two control characters."""
    pieces: list[Piece] = []
    for part in text.split(_OPEN):
        inside, closed, rest = part.partition(_CLOSE)
        if closed:
            pieces += [(inside, True), (rest, False)]
        else:
            pieces.append((part, False))
    return tuple(piece for piece in pieces if piece[0])
