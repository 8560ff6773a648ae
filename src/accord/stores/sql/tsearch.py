"""Search in PostgreSQL: tsvectors with GIN indexes, over the words of current articles and of their claims.

Words are stemmed as English without a list of stop words, so that the same queries find the same as in SQLite. Titles
have the weight A, texts B; marks stand beside them as "_o3", which no word can be. A single word is asked for without a
weight: of that the index alone can tell, and no vector is read. Where a word is so common that more than `_MOST_RANKED`
rows match, the latest of them are ranked (ts_rank_cd), and the rest is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from accord.stores.sql.words import MOST_MARKS, Facet, Found, Wanted
from accord.stores.store import Damage
from accord.stores.terms import Term, words_of

_MOST = 200_000
"""So many characters of a text are indexed: a tsvector takes no more than a megabyte of different words."""
_MOST_RANKED = 400
"""To rank a row is to read its whole vector."""
_RECENT = {"articles": 2 * _MOST_RANKED, "claims": 10 * _MOST_RANKED}
"""So many of the latest rows are looked at before the index is asked: for common words they will do."""
_WIDEST = {"articles": 20_000, "claims": 100_000}
"""Up to so many more, where the first ones say that these will do."""
_WAYS = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_bitmapscan")
_NAMES = {"articles": "article_words", "claims": "claim_words"}
_INDEX = {
    "articles": "INSERT INTO article_words SELECT number, setweight(to_tsvector('accord', title), 'A')"
    " || setweight(to_tsvector('accord', body), 'B') || array_to_tsvector(string_to_array(marks, ' '))"
    " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS row (number, title, body, marks)",
    "claims": "INSERT INTO claim_words SELECT number, setweight(to_tsvector('accord', body), 'B')"
    " || array_to_tsvector(string_to_array(marks, ' '))"
    " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS row (number, body, marks)",
}
_WITHIN = {"articles": "", "claims": ', c.start, c."end", c.kind, c.number'}
_JOINED = {
    "articles": "JOIN articles a ON a.number = w.number",
    "claims": "JOIN claims c ON c.number = w.number JOIN articles a ON a.number = c.article",
}


def index(connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows (number, words of each column) to an index."""
    if rows:
        number, *words, marks = zip(*rows, strict=True)
        columns = [[" ".join(words_of(text[:_MOST])) for text in column] for column in words]
        beside = [" ".join(f"_{mark}" for mark in text.split()) for text in marks]
        connection.exec_driver_sql(_INDEX[of], (list(number), *columns, beside))


def unindex(connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Take rows out of an index."""
    if rows:
        connection.exec_driver_sql(f"DELETE FROM {_NAMES[of]} WHERE number = ANY(%s)", ([row[0] for row in rows],))


def search(connection: Connection, wanted: Wanted) -> list[Found]:
    """Return what is found for words (or for none), best first, then the latest, then by id and place."""
    positive = [term for term in wanted.terms if not term.excluded]
    if not positive:
        return _listed(connection, wanted)
    with _by_row(connection):
        return _ranked(connection, wanted, positive, _latest(connection, wanted, max(_MOST_RANKED, wanted.limit)))


def found(connection: Connection, wanted: Wanted) -> tuple[list[Found], list[Facet], bool]:
    """Return what `search` and `facets` do: words are looked up once for both."""
    positive = [term for term in wanted.terms if not term.excluded]
    if not positive:
        return search(connection, wanted), *facets(connection, wanted)
    with _by_row(connection):
        numbers = _latest(connection, wanted, max(_MOST_RANKED + 1, wanted.limit))
        best = _ranked(connection, wanted, positive, numbers[: max(_MOST_RANKED, wanted.limit)])
    return best, *_counted(connection, wanted, numbers[: _MOST_RANKED + 1])


def facets(connection: Connection, wanted: Wanted) -> tuple[list[Facet], bool]:
    """Return what is to be counted of the latest matches, those that are ranked, and whether there are more."""
    if any(not term.excluded for term in wanted.terms):
        with _by_row(connection):
            numbers = _latest(connection, wanted, _MOST_RANKED + 1)
        return _counted(connection, wanted, numbers)
    source, where, values = _unworded(connection, replace(wanted, limit=_MOST_RANKED + 1))
    return _facets(connection, wanted, f"{source} WHERE {where} ORDER BY a.published DESC NULLS LAST", values)


def _counted(connection: Connection, wanted: Wanted, numbers: list[int]) -> tuple[list[Facet], bool]:
    """Return what is to be counted of the rows with these numbers, the latest first."""
    rows = f"{_NAMES[wanted.of]} w {_JOINED[wanted.of]} WHERE w.number = ANY(%s) ORDER BY w.number DESC"
    return _facets(connection, wanted, rows, (numbers,))


def _facets(connection: Connection, wanted: Wanted, rows: str, values: tuple[Any, ...]) -> tuple[list[Facet], bool]:
    columns = "c.kind, a.outlet, c.speaker, a.published"
    if wanted.of == "articles":
        columns = "0, a.outlet, NULL::bigint, a.published"
    told = connection.exec_driver_sql(f"SELECT {columns} FROM {rows} LIMIT %s", (*values, _MOST_RANKED + 1)).all()
    return [(row[0], row[1], row[2], row[3]) for row in told[:_MOST_RANKED]], len(told) > _MOST_RANKED


@contextmanager
def _by_row(connection: Connection) -> Iterator[None]:
    """Have rows looked up one by one.

    What matches is few, and of a table that just grew the planner knows no better; and without bitmaps rows are found
    by their numbers, not by their words.
    """
    connection.exec_driver_sql("; ".join(f"SET LOCAL {way} = off" for way in _WAYS))
    yield
    connection.exec_driver_sql("; ".join(f"SET LOCAL {way} = DEFAULT" for way in _WAYS))


def _ranked(connection: Connection, wanted: Wanted, positive: Sequence[Term], numbers: list[int]) -> list[Found]:
    words = " & ".join(f"({_term(term)})" for term in positive)
    ranked = connection.exec_driver_sql(
        "SELECT w.number, ts_rank_cd('{0, 0, 0.2, 1}', w.words, to_tsquery('accord', %s), 1) AS score,"
        f" a.published, a.id FROM {_NAMES[wanted.of]} w {_JOINED[wanted.of]} WHERE w.number = ANY(%s)"
        f" ORDER BY score DESC, a.published DESC NULLS LAST, a.id{_WITHIN[wanted.of]} LIMIT %s",
        (words, numbers, wanted.limit),
    )
    return [Found(wanted.of, *row) for row in ranked]


def _latest(connection: Connection, wanted: Wanted, most: int) -> list[int]:
    """Return the numbers of the latest rows that match, up to so many."""
    name, match, asked = _NAMES[wanted.of], *_query(wanted)
    where, values = _conditions(wanted, marked=True)
    # OFFSET 0: the words are looked up first, whatever the planner thinks of the order and the limit
    matched = f"SELECT number FROM {name} WHERE words @@ ({match})"
    joined = f"{_JOINED[wanted.of]} WHERE {where}" if where else ""
    rest = f"OFFSET 0) w {joined} ORDER BY w.number DESC LIMIT %s"
    newest = connection.exec_driver_sql(f"SELECT max(number) FROM {name}").scalar() or 0
    window = _RECENT[wanted.of]
    # the index gives articles with a word sooner than it gives claims, which are many, or leads to words in a row
    narrow = wanted.of == "claims" or any(len(term.words) > 1 for term in wanted.terms)
    for _ in range(2):
        if window >= newest:
            break
        query = f"SELECT w.number FROM ({matched} AND number > %s {rest}"
        numbers = list(connection.exec_driver_sql(query, (*asked, newest - window, *values, most)).scalars())
        if len(numbers) == most:
            return numbers
        window = window * most * 3 // (2 * len(numbers) + 1)
        if window > _WIDEST[wanted.of] or not narrow:
            break
    connection.exec_driver_sql("SET LOCAL enable_bitmapscan = on")
    return list(
        connection.exec_driver_sql(f"SELECT w.number FROM ({matched} {rest}", (*asked, *values, most)).scalars()
    )


def _conditions(wanted: Wanted, *, marked: bool = False) -> tuple[str, tuple[Any, ...]]:
    """Return the conditions on rows, and their values; where words are `marked`, what marks do not tell already."""
    where: list[str] = [] if marked else ["a.superseded = 0"]
    values: list[Any] = []
    for column, choice in (("c.kind", wanted.kinds), ("c.speaker", wanted.speakers), ("a.outlet", wanted.outlets)):
        if choice is not None and not (marked and len(choice) <= MOST_MARKS):
            where.append(f"{column} = ANY(%s)")
            values.append(list(choice))
    for sign, day in zip((">=", "<="), wanted.days, strict=True):
        if day is not None:
            where.append(f"a.published {sign} %s")
            values.append(day)
    return " AND ".join(where), tuple(values)


def _listed(connection: Connection, wanted: Wanted) -> list[Found]:
    """Return what filters admit, the latest first."""
    number = "a.number" if wanted.of == "articles" else "c.number"
    source, where, values = _unworded(connection, wanted)
    found = connection.exec_driver_sql(
        f"SELECT {number}, 0.0::float8, a.published, a.id FROM {source} WHERE {where}"
        f" ORDER BY a.published DESC NULLS LAST, a.id{_WITHIN[wanted.of]} LIMIT %s",
        (*values, wanted.limit),
    )
    return [Found(wanted.of, *row) for row in found]


def _unworded(connection: Connection, wanted: Wanted) -> tuple[str, str, tuple[Any, ...]]:
    """Return the tables and the condition of a search without words that must occur, and its values."""
    where, values = _conditions(wanted)
    excluded = [term for term in wanted.terms if term.excluded]
    number = "a.number" if wanted.of == "articles" else "c.number"
    if excluded:
        where += (
            f" AND NOT EXISTS (SELECT FROM {_NAMES[wanted.of]} w"
            f" WHERE w.number = {number} AND w.words @@ to_tsquery('accord', %s))"
        )
        values = (*values, " | ".join(map(_term, excluded)))
    source = "articles a" if wanted.of == "articles" else "articles a JOIN claims c ON c.article = a.number"
    if wanted.outlets is None and wanted.speakers is None and not excluded:
        last = connection.exec_driver_sql(  # by the index of days: only what is as late as this needs to be sorted
            f"SELECT a.published FROM {source} WHERE {where} AND a.published IS NOT NULL"
            " ORDER BY a.published DESC LIMIT 1 OFFSET %s",
            (*values, max(wanted.limit - 1, 0)),
        ).scalar()
        if last is not None:
            where, values = f"{where} AND a.published >= %s", (*values, last)
    return source, where, values


def _query(wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    """Return a search as an expression that gives a tsquery, and its values: words in quotes, and marks."""
    words = " & ".join(f"!({_term(term)})" if term.excluded else f"({_term(term)})" for term in wanted.terms)
    marks = " & ".join(f"({' | '.join(f'_{mark}' for mark in choice)})" for choice in wanted.marks)
    return (
        ("to_tsquery('accord', %s) && %s::tsquery", (words, marks)) if marks else ("to_tsquery('accord', %s)", (words,))
    )


def _term(term: Term) -> str:
    """Return a term as a tsquery; words in a row stand in the title, or in the text."""
    if len(term.words) > 1:
        return " | ".join(f"({_row(term, weight)})" for weight in "AB")
    return _row(term, "")


def _row(term: Term, weight: str) -> str:
    flags = [*([weight] * (len(term.words) - 1)), ("*" if term.begun else "") + weight]
    return " <-> ".join(
        f"'{word}'" + (f":{flag}" if flag else "") for word, flag in zip(term.words, flags, strict=True)
    )


def damage(connection: Connection) -> Iterator[Damage]:
    """Yield where an index does not hold as many rows as what it indexes."""
    for of, query in (
        ("articles", "SELECT count(*) FROM articles WHERE superseded = 0"),
        ("claims", "SELECT count(*) FROM claims"),
    ):
        held = connection.exec_driver_sql(query).scalar()
        indexed = connection.exec_driver_sql(f"SELECT count(*) FROM {_NAMES[of]}").scalar()
        if held != indexed:
            yield Damage(f"the search index of {of}", f"it holds {indexed} of {held}; put a backup in its place")
