"""Search in SQLite: FTS5 indexes without content, over the words of current articles and of their claims.

What is typed reaches FTS5 as words in quotes. Where a word is so common that more than `MOST_RANKED` rows match, the
latest of them are ranked (bm25), and the rest is not looked at. Words that are only begun (`bar*`) do not count for the
rank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection

from accord.stores.sql.words import MOST_MARKS, MOST_RANKED, Facet, Found, Wanted
from accord.stores.store import Damage
from accord.stores.terms import MOST_TERMS, Term

TOKENS = "prefix = 3, tokenize = 'porter unicode61 remove_diacritics 2'"
"""The index of the first three letters answers queries for two or three (`ba*`), which would go through too much."""
TABLES = {
    "articles": f"CREATE VIRTUAL TABLE article_words USING fts5(title, text, marks, content = '', {TOKENS})",
    "claims": f"CREATE VIRTUAL TABLE claim_words USING fts5(text, marks, content = '', {TOKENS})",
}
_NAMES = {"articles": "article_words", "claims": "claim_words"}
_COLUMNS = {"articles": ("title", "text", "marks"), "claims": ("text", "marks")}
_MOST_PHRASES = 8_000
"""So many rows have a phrase that is ranked as one, about: it is told from how far back the latest ones reach."""
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


def found(connection: Connection, wanted: Wanted) -> tuple[list[Found], list[Facet], bool]:
    """Return what `search` and `facets` do: words are looked up once for both."""
    terms = [term for term in wanted.terms if not term.excluded]
    if not terms:
        return search(connection, wanted), *facets(connection, wanted)
    simple = all(len(term.words) == 1 and not term.begun for term in wanted.terms)
    name = _NAMES[wanted.of]
    score = f"-bm25({name}, {_WEIGHTS[wanted.of]})" if simple else "0.0"
    rows = _raw(connection, *_matching(wanted, f"{_FACETS[wanted.of]}, f.rowid, {score}"))
    looked = rows[:MOST_RANKED]
    scores = {row[4]: row[5] for row in looked}
    if not simple:
        scores |= _scores(connection, wanted, list(scores))
    return _best(connection, wanted, scores), [row[:4] for row in looked], len(rows) > MOST_RANKED


def _ranked(connection: Connection, wanted: Wanted) -> list[Found]:
    numbers = _latest(connection, wanted)
    return _best(connection, wanted, dict.fromkeys(numbers, 0.0) | _scores(connection, wanted, numbers))


def _best(connection: Connection, wanted: Wanted, scores: dict[int, float]) -> list[Found]:
    """Return the best of rows by their scores, best first, then the latest, then by id and place."""
    best = sorted(scores, key=lambda number: -scores[number])
    if 0 < wanted.limit < len(best):  # those that are as good as the last one are told apart by their days
        least = scores[best[wanted.limit - 1]]
        best = [number for number in best if scores[number] >= least]
    source = "articles a" if wanted.of == "articles" else "claims c CROSS JOIN articles a ON a.number = c.article"
    number = _NUMBERS[wanted.of]
    rows = _raw(connection, f"SELECT {number}, a.published, a.id FROM {source} WHERE {number} IN ({_list(best)})")
    rows.sort(key=lambda row: (row[2], row[0]))
    rows.sort(key=lambda row: row[1] or "", reverse=True)
    rows.sort(key=lambda row: -scores[row[0]])
    return [Found(wanted.of, row[0], scores[row[0]], row[1], row[2]) for row in rows[: wanted.limit]]


def _latest(connection: Connection, wanted: Wanted) -> list[int]:
    """Return the numbers of the latest rows that match, as many as are ranked, the latest first."""
    name = _NAMES[wanted.of]
    rows, where, values = f"{name} f", f"{name} MATCH ?", (expression(wanted), *_values(wanted))
    if not _is_marked(wanted):
        rows, where = f"{rows} CROSS JOIN {_JOINED[wanted.of]}", f"{where} AND {_conditions(wanted)}"
    query = f"SELECT f.rowid FROM {rows} WHERE {where} ORDER BY f.rowid DESC LIMIT ?"
    return [row[0] for row in _raw(connection, query, (*values, MOST_RANKED))]


def _scores(connection: Connection, wanted: Wanted, numbers: Sequence[int]) -> dict[int, float]:
    """Return how well rows fit: by bm25 of the words; where words are only begun, whether they begin one in the title.

    Of each word or phrase, bm25 goes through all rows that have it. Of many phrases that takes as long as all the rest:
    one in more than some `_MOST_PHRASES` rows is ranked by its words.
    """
    if not numbers:
        return {}
    name = _NAMES[wanted.of]
    whole = [term for term in wanted.terms if not term.excluded and not term.begun]
    if whole:
        last = _raw(connection, f"SELECT max(number) FROM {wanted.of}")[0][0]
        if len(numbers) == MOST_RANKED and MOST_RANKED * last > _MOST_PHRASES * (last - numbers[-1] + 1):
            words = dict.fromkeys(word for term in whole for word in term.words)
            whole = [Term((word,)) for word in list(words)[:MOST_TERMS]]
        match, score = _needed(whole, wanted), f"-bm25({name}, {_WEIGHTS[wanted.of]})"
    elif wanted.of == "articles":
        begun = [term for term in wanted.terms if not term.excluded]
        match, score = " AND ".join(f"title : {_term(term)}" for term in begun), "1.0"
    else:
        return {}
    query = f"SELECT rowid, {score} FROM {name} WHERE {name} MATCH ? AND rowid BETWEEN ? AND ?"
    if f"({match})" != expression(wanted) or not _is_marked(wanted):
        query += f" AND +rowid IN ({_list(numbers)})"
    return {row[0]: row[1] for row in _raw(connection, query, (match, numbers[-1], numbers[0]))}


def facets(connection: Connection, wanted: Wanted) -> tuple[list[Facet], bool]:
    """Return what is to be counted of the latest matches, those that are ranked, and whether there are more."""
    columns = _FACETS[wanted.of]
    if any(not term.excluded for term in wanted.terms):
        query, values = _matching(wanted, columns)
    else:
        source, where, values = _unworded(wanted)
        query = f"SELECT {columns} FROM {source} WHERE {where} ORDER BY a.published DESC LIMIT ?"
        values = (*values, MOST_RANKED + 1)
    rows = _raw(connection, query, values)
    return rows[:MOST_RANKED], len(rows) > MOST_RANKED


def _matching(wanted: Wanted, columns: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for `columns` of the latest rows that match, one more than are ranked, and its values."""
    name = _NAMES[wanted.of]
    rows = f"{name} f CROSS JOIN {_JOINED[wanted.of]} WHERE {name} MATCH ?"
    rows += "" if _is_marked(wanted) else f" AND {_conditions(wanted)}"
    query = f"SELECT {columns} FROM {rows} ORDER BY f.rowid DESC LIMIT ?"
    return query, (expression(wanted), *_values(wanted), MOST_RANKED + 1)


_FACETS = {"articles": "0, a.outlet, NULL, a.published", "claims": "c.kind, a.outlet, c.speaker, a.published"}
_NUMBERS = {"articles": "a.number", "claims": "c.number"}
_WITHIN = {"articles": "", "claims": ", c.number"}
_JOINED = {
    "articles": "articles a ON a.number = f.rowid",
    "claims": "claims c ON c.number = f.rowid CROSS JOIN articles a ON a.number = c.article",
}


def _raw(connection: Connection, query: str, values: Sequence[Any] = ()) -> list[Any]:
    """Return rows as plain tuples: of thousands that is the quickest."""
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _is_marked(wanted: Wanted) -> bool:
    """Tell whether marks in the index say all that the filters ask for, and rows of other tables nothing more."""
    choices = (wanted.kinds, wanted.speakers, wanted.outlets)
    return wanted.days == (None, None) and all(choice is None or len(choice) <= MOST_MARKS for choice in choices)


def _values(wanted: Wanted) -> tuple[str, ...]:
    """Return the values of `_conditions`."""
    return tuple(day for day in wanted.days if day is not None)


def _conditions(wanted: Wanted) -> str:
    """Return what filters ask of rows."""
    where = ["a.superseded = 0"]
    for column, choice in (("c.kind", wanted.kinds), ("c.speaker", wanted.speakers), ("a.outlet", wanted.outlets)):
        if choice is not None:
            where.append(f"{column} IN ({_list(choice)})")
    where += [f"a.published {sign} ?" for sign, day in zip((">=", "<="), wanted.days, strict=True) if day is not None]
    return " AND ".join(where)


def _listed(connection: Connection, wanted: Wanted) -> list[Found]:
    """Return what filters admit, the latest first."""
    number = _NUMBERS[wanted.of]
    source, where, values = _unworded(wanted)
    found = connection.exec_driver_sql(
        f"SELECT {number}, 0.0, a.published, a.id FROM {source} WHERE {where}"
        f" ORDER BY a.published DESC, a.id{_WITHIN[wanted.of]} LIMIT ?",
        (*values, wanted.limit),
    )
    return [Found(wanted.of, *row) for row in found]


def _unworded(wanted: Wanted) -> tuple[str, str, tuple[Any, ...]]:
    """Return the tables and the condition of a search without words that must occur, and its values."""
    where, values = _conditions(wanted), _values(wanted)
    number = _NUMBERS[wanted.of]
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
    return source, where, values


def expression(wanted: Wanted) -> str:
    """Return a search as an FTS5 expression: words in quotes, marks in their own column."""
    needed = _needed([term for term in wanted.terms if not term.excluded], wanted)
    excluded = [f"{_COLUMN[wanted.of]}{_term(term)}" for term in wanted.terms if term.excluded]
    return " NOT ".join([f"({needed})", *excluded])


_COLUMN = {"articles": "{title text} : ", "claims": "text : "}


def _needed(terms: Sequence[Term], wanted: Wanted) -> str:
    """Return the expression of rows that have all of `terms`, and the marks that are asked for."""
    needed = [f"{_COLUMN[wanted.of]}{_term(term)}" for term in terms]
    needed += [f"marks : ({' OR '.join(choice)})" for choice in wanted.marks]
    return " AND ".join(needed)


def _term(term: Term) -> str:
    if term.instead:
        words = " OR ".join(f'"{word}"' for word in term.instead)
        return f"({words})"
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
