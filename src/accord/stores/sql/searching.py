"""Search: names in a query become numbers, the database finds words, and what is found becomes hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sql
from sqlalchemy import Connection, Table

from accord.stores.folding import fold
from accord.stores.quoting import quoted
from accord.stores.sql import schema
from accord.stores.sql.base import holds_all, select_in
from accord.stores.sql.beginnings import Beginnings, is_short
from accord.stores.sql.stories import Stories
from accord.stores.sql.words import HIT_KINDS, KINDS, MOST_MARKS, Found, Wanted, days, months, passage
from accord.stores.store import Hit, Query
from accord.stores.terms import Term, terms_of

if TYPE_CHECKING:
    from accord.stores.sql.base import Dialect


class Searching(Stories):
    """What a store finds by words.

    Where more than `words.MOST_RANKED` articles or claims match, the latest of them to come in are ranked: a word that
    is everywhere tells none of them apart, and the answer is there at once.
    """

    def __init__(self, url: str, dialect: Dialect) -> None:
        super().__init__(url, dialect)
        self._beginnings = Beginnings()

    def search(self, query: Query) -> list[Hit]:
        terms = terms_of(query.words)
        if query.words.strip() and not terms:
            return []
        with self._read() as connection:
            found: list[Found] = []
            for wanted in self._wanted(connection, query, terms):
                found += self._dialect.search(connection, wanted)
            return self._best(connection, found, query, terms)

    def _best(self, connection: Connection, found: list[Found], query: Query, terms: Sequence[Term]) -> list[Hit]:
        """Return the hits of a page: the best of what was found come first, then the latest."""
        found.sort(key=lambda one: (one.article, one.number))
        found.sort(key=lambda one: one.published or "", reverse=True)
        found.sort(key=lambda one: -one.score)
        return self._hits(connection, found[query.offset : query.offset + query.limit], terms)

    def _wanted(self, connection: Connection, query: Query, terms: tuple[Term, ...]) -> list[Wanted]:
        """Return what the database is asked: nothing, where no outlet or speaker has such a name."""
        terms = self._spelled_out(connection, terms)
        outlets = self._named_so(connection, schema.outlets, query.outlet, exactly=query.exactly)
        speakers = self._named_so(connection, schema.speakers, query.speaker, exactly=query.exactly)
        if outlets == () or speakers == ():
            return []
        kinds = None if query.kind in (None, "article") else (KINDS[query.kind],)
        marks = self._marks(connection, query, outlets)
        rest = (outlets, (query.since or None, query.until or None), query.offset + query.limit)
        asked: list[Wanted] = []
        if query.kind in (None, "article") and speakers is None:
            asked.append(Wanted("articles", terms, marks, None, None, *rest))
        if query.kind != "article":
            marks += (_choice("k", kinds), _choice("s", speakers))
            asked.append(Wanted("claims", terms, tuple(filter(None, marks)), kinds, speakers, *rest))
        return asked

    def _spelled_out(self, connection: Connection, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return `terms`, with the words that short beginnings stand for where the database asks for these."""
        if not self._dialect.spells_out or not any(map(is_short, terms)):
            return terms
        newest = connection.scalar(sql.select(sql.func.max(schema.articles.c.number))) or 0
        return self._beginnings.spelled_out(terms, newest, lambda most: self._latest_texts(connection, most))

    def _latest_texts(self, connection: Connection, most: int) -> Iterator[str]:
        a, t = schema.articles.c, schema.texts.c
        query = sql.select(a.id, t.blob).join_from(schema.texts, schema.articles, a.number == t.number)
        for row in connection.execute(query.order_by(t.number.desc()).limit(most)):
            article, _ = self._article(row.id, row.blob)
            yield f"{article.title or ''}\n{article.text}"

    def _named_so(
        self, connection: Connection, table: Table, words: str | None, *, exactly: bool
    ) -> tuple[int, ...] | None:
        if words is None:
            return None
        named = table.c.folded == fold(words) if exactly else holds_all(table.c.folded, words)
        return tuple(connection.scalars(sql.select(table.c.number).where(named).order_by(table.c.number)))

    def _marks(
        self, connection: Connection, query: Query, outlets: tuple[int, ...] | None
    ) -> tuple[tuple[str, ...], ...]:
        until = query.until
        if query.since and not until:
            until = connection.scalar(sql.select(sql.func.max(schema.articles.c.published)))
        return tuple(filter(None, (_choice("o", outlets), days(query.since, until) or months(query.since, until))))

    # hits -------------------------------------------------------------------------------------------------------------

    def _hits(self, connection: Connection, found: Sequence[Found], terms: Sequence[Term]) -> list[Hit]:
        c, p = schema.claims.c, schema.speakers.c
        query = sql.select(c.number, c.article, c.kind, c.start, c.end, p.name).outerjoin_from(
            schema.claims, schema.speakers, c.speaker == p.number
        )
        numbers = [one.number for one in found if one.of == "claims"]
        claims = {row.number: row for row in select_in(connection, query, c.number, numbers)}
        of = [claims[one.number].article if one.of == "claims" else one.number for one in found]
        held = {item.number: item for item in self.numbered(list(dict.fromkeys(of)))}
        hits = []
        for one, number in zip(found, of, strict=True):
            item, claim = held[number], claims[one.number] if one.of == "claims" else None
            article = item.article
            start, end = (claim.start, claim.end) if claim else passage(article.text, terms)
            hits.append(
                Hit(
                    HIT_KINDS[claim.kind if claim else 0], article.id, article.outlet, article.title,
                    article.published, start, end, article.text[start:end], claim.name if claim else None,
                    item.story, one.score,
                    claim is not None and claim.kind == KINDS["quote"] and quoted(article.text, start, end),
                )
            )  # fmt: skip
        return hits


def _choice(letter: Literal["o", "k", "s"], numbers: Sequence[Any] | None) -> tuple[str, ...]:
    """Return the marks of a few numbers; of many none, and the filter goes by the rows themselves."""
    return tuple(f"{letter}{n}" for n in numbers) if numbers and len(numbers) <= MOST_MARKS else ()
