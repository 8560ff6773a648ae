"""Search in SQLite: FTS5 indexes without content, over the words of current articles and of their claims.

What is typed reaches FTS5 as words in quotes. Where a word is so common that more than `MOST_RANKED` rows match, the
latest of them are ranked (bm25), and the rest is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection

from accord.stores.sql.words import MOST_RANKED, Found, Term, Wanted
from accord.stores.store import Damage

TOKENS = "prefix = 3, tokenize = 'porter unicode61 remove_diacritics 2'"
"""The index of the first three letters answers queries for two or three (`ba*`), which would go through too much."""
TABLES = {
    "articles": f"CREATE VIRTUAL TABLE article_words USING fts5(title, text, marks, content = '', {TOKENS})",
    "claims": f"CREATE VIRTUAL TABLE claim_words USING fts5(text, marks, content = '', {TOKENS})",
}
_NAMES = {"articles": "article_words", "claims": "claim_words"}
_COLUMNS = {"articles": ("title", "text", "marks"), "claims": ("text", "marks")}
_WEIGHTS = {"articles": "5.0, 1.0, 0.0", "claims": "1.0, 0.0"}


def index(connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows (number, words of each column) to an index."""
    if rows:
        columns = ", ".join(("rowid", *_COLUMNS[of]))
        places = ", ".join("?" * (len(_COLUMNS[of]) + 1))
        with closing(connection.connection.cursor()) as cursor:
            cursor.executemany(f"INSERT INTO {_NAMES[of]} ({columns}) VALUES ({places})", rows)


def unindex(connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Take rows out of an index; their words are as they were added."""
    if rows:
        name = _NAMES[of]
        columns = ", ".join((name, "rowid", *_COLUMNS[of]))
        places = ", ".join("?" * (len(_COLUMNS[of]) + 1))
        connection.exec_driver_sql(f"INSERT INTO {name} ({columns}) VALUES ('delete', {places})", list(rows))


def search(connection: Connection, wanted: Wanted) -> list[Found]:
    """Return what is found for words (or for none), best first, then the latest, then by id and place."""
    positive = [term for term in wanted.terms if not term.excluded]
    return _ranked(connection, wanted) if positive else _listed(connection, wanted)


def _ranked(connection: Connection, wanted: Wanted) -> list[Found]:
    name, match = _NAMES[wanted.of], expression(wanted)
    source, where, values = _filtered(wanted)
    rows = f"FROM {name} f CROSS JOIN {source} WHERE {name} MATCH ? AND {where}"
    last = connection.exec_driver_sql(
        f"SELECT f.rowid {rows} ORDER BY f.rowid DESC LIMIT 1 OFFSET ?", (match, *values, MOST_RANKED - 1)
    ).scalar()
    found = connection.exec_driver_sql(
        f"SELECT f.rowid, -bm25({name}, {_WEIGHTS[wanted.of]}) AS score, a.published, a.id {rows} AND f.rowid >= ?"
        f" ORDER BY score DESC, a.published DESC, a.id{_WITHIN[wanted.of]} LIMIT ?",
        (match, *values, last or 0, wanted.limit),
    )
    return [Found(wanted.of, *row) for row in found]


_WITHIN = {"articles": "", "claims": ", c.start, c.end, c.kind, c.number"}


def _filtered(wanted: Wanted) -> tuple[str, str, tuple[Any, ...]]:
    """Return the tables that hold what filters go by, the condition on them, and its values."""
    where, values = _conditions(wanted)
    if wanted.of == "articles":
        return "articles a ON a.number = f.rowid", where, values
    return "claims c ON c.number = f.rowid CROSS JOIN articles a ON a.number = c.article", where, values


def _conditions(wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    where, values = ["a.superseded = 0"], []
    for column, choice in (("c.kind", wanted.kinds), ("c.speaker", wanted.speakers), ("a.outlet", wanted.outlets)):
        if choice is not None:
            where.append(f"{column} IN ({', '.join(map(str, choice))})")
    for sign, day in zip((">=", "<="), wanted.days, strict=True):
        if day is not None:
            where.append(f"a.published {sign} ?")
            values.append(day)
    return " AND ".join(where), tuple(values)


def _listed(connection: Connection, wanted: Wanted) -> list[Found]:
    """Return what filters admit, the latest first."""
    where, values = _conditions(wanted)
    number = "a.number" if wanted.of == "articles" else "c.number"
    excluded = [term for term in wanted.terms if term.excluded]
    if excluded:
        name = _NAMES[wanted.of]
        where += f" AND {number} NOT IN (SELECT rowid FROM {name} WHERE {name} MATCH ?)"
        values = (*values, " OR ".join(map(_term, excluded)))
    if wanted.of == "articles":
        source = "articles a"
    elif wanted.speakers is not None:
        source = "claims c CROSS JOIN articles a ON a.number = c.article"
    else:
        source = "articles a CROSS JOIN claims c ON c.article = a.number"
    found = connection.exec_driver_sql(
        f"SELECT {number}, 0.0, a.published, a.id FROM {source} WHERE {where}"
        f" ORDER BY a.published DESC, a.id{_WITHIN[wanted.of]} LIMIT ?",
        (*values, wanted.limit),
    )
    return [Found(wanted.of, *row) for row in found]


def expression(wanted: Wanted) -> str:
    """Return a search as an FTS5 expression: words in quotes, marks in their own column."""
    of = "{title text} : " if wanted.of == "articles" else "text : "
    needed = [f"{of}{_term(term)}" for term in wanted.terms if not term.excluded]
    needed += [f"marks : ({' OR '.join(choice)})" for choice in wanted.marks]
    excluded = [f"{of}{_term(term)}" for term in wanted.terms if term.excluded]
    return " NOT ".join([f"({' AND '.join(needed)})", *excluded])


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.begun else "")


def damage(connection: Connection) -> Iterator[Damage]:
    """Yield where an index does not hold as many rows as what it indexes."""
    for of, query in (
        ("articles", "SELECT count(*) FROM articles WHERE superseded = 0"),
        ("claims", "SELECT count(*) FROM claims"),
    ):
        held = connection.exec_driver_sql(query).scalar()
        indexed = connection.exec_driver_sql(f"SELECT count(*) FROM {_NAMES[of]}_docsize").scalar()
        if held != indexed:
            yield Damage(f"the search index of {of}", f"it holds {indexed} of {held}; put a backup in its place")
