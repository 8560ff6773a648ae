"""Finds and names damage: every blob is unpacked, every span held against its text, every name looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import sqlalchemy as sql
from sqlalchemy import Connection, Table

from accord.errors import StoreError
from accord.records import Chain, Correction, LedgerEntry, LedgerLine, Spanned, Update
from accord.stores.evidence import named_in
from accord.stores.sql import schema
from accord.stores.sql.articles import FEW
from accord.stores.sql.base import select_in
from accord.stores.sql.codec import Damaged
from accord.stores.sql.faults import problem
from accord.stores.sql.stories import Stories
from accord.stores.store import Damage

if TYPE_CHECKING:
    from accord.stores.sql.base import Row

_AGAIN = "run `accord add` on it again, or put a backup in place"


_AMISS = (
    ("SELECT 'article ' || a.id FROM articles a LEFT JOIN prints p ON p.mark = a.mark WHERE p.mark IS NULL LIMIT 1000",
     "that it was read is not held"),
    ("SELECT 'article ' || a.id FROM links l JOIN articles a ON a.number = l.number LEFT JOIN links r"
     " ON r.number = l.other AND r.other = l.number WHERE r.number IS NULL ORDER BY a.number LIMIT 1000",
     "it is linked with an article that is not linked with it"),
    ("SELECT 'story ' || s.id FROM stories s WHERE s.tallied = 0 AND s.agreed + s.disputed + s.single !="
     " (SELECT count(*) FROM findings f WHERE f.story = s.number) ORDER BY s.number LIMIT 1000",
     "some of its findings are not held"),
    ("SELECT 'story ' || s.id FROM stories s WHERE s.tallied = 0 AND s.origins !="
     " (SELECT count(*) FROM origins o WHERE o.story = s.number) ORDER BY s.number LIMIT 1000",
     "some of its origins are not held"),
)  # fmt: skip
"""Queries that name what is not as it should be over several tables, and what is wrong with it."""


class Checking(Stories):
    """What a store can find wrong with itself, and the copy that is put in its place then."""

    def backup(self, path: str) -> None:
        self._dialect.backup(path)

    def check(self) -> Iterator[Damage]:
        found: list[Damage] = []
        for look_over in (*self._dialect.damage(), _amiss, self._grouping_damage):
            new = [one for one in self._looked(look_over) if one not in found]
            yield from new
            found += new
        for table, look in (
            (schema.pages, self._page_damage),
            (schema.articles, self._article_damage),
            (schema.stories, self._story_damage),
            (schema.chains, self._chain_damage),
            (schema.lines, self._line_damage),
            (schema.entries, self._entry_damage),
            (schema.updates, self._update_damage),
            (schema.former, self._former_damage),
            (schema.corrections, self._correction_damage),
        ):
            yield from self._each_row(table, look)

    def _problem(self, error: Exception) -> str:
        return problem(self._url, error)

    def _looked(self, look: Callable[[Connection], Iterable[Damage]]) -> list[Damage]:
        """Return what `look` finds before it cannot read on, and that it cannot."""
        found: list[Damage] = []
        try:
            with self._read() as connection:
                for one in look(connection):
                    found.append(one)
        except StoreError as error:
            found.append(Damage(self._url, self._problem(error)))
        return found

    def _each_row(self, table: Table, look: Callable[[Connection, list[Row]], Iterable[Damage]]) -> Iterator[Damage]:
        """Yield what `look` finds wrong in the rows of a table, which are read a few at a time.

        Where these cannot be read together, each is read by itself, and those that cannot be are named.
        """
        (key,) = table.primary_key
        after: sql.ColumnElement[bool] = sql.true()
        while True:
            try:
                with self._read() as connection:
                    rows = list(connection.execute(sql.select(table).where(after).order_by(key).limit(FEW)))
                    found = list(look(connection, rows))
                    keys = [getattr(row, key.name) for row in rows]
            except StoreError:
                keys, found = self._one_by_one(table, after, look)
            yield from found
            if len(keys) < FEW:
                return
            after = key > keys[-1]

    def _one_by_one(
        self, table: Table, after: sql.ColumnElement[bool], look: Callable[[Connection, list[Row]], Iterable[Damage]]
    ) -> tuple[list[Any], list[Damage]]:
        """Return the keys of the next few rows of a table, and what is wrong with each row."""
        (key,) = table.primary_key
        try:
            with self._read() as connection:
                keys = list(connection.scalars(sql.select(key).where(after).order_by(key).limit(FEW)))
        except StoreError as error:
            return [], [Damage(f"the table {table.name}", self._problem(error))]
        found: list[Damage] = []
        for one in keys:
            try:
                with self._read() as connection:
                    found += look(connection, list(connection.execute(sql.select(table).where(key == one))))
            except StoreError as error:
                found.append(Damage(self._row(table, one), self._problem(error)))
        return keys, found

    def _row(self, table: Table, key: Any) -> str:
        """Return what names a row of a table that cannot be read: its id, if that can be."""
        (column,) = table.primary_key
        with suppress(StoreError), self._read() as connection:
            if "id" in table.c:
                key = connection.scalar(sql.select(table.c.id).where(column == key)) or key
        return f"{table.name}, row {key.hex() if isinstance(key, bytes) else key}"

    # what each table holds --------------------------------------------------------------------------------------------

    def _page_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        for row in rows:
            key = bytes(row.digest)
            try:
                sound = hashlib.sha256(self._codec.stretch(row.content)).digest() == key
                problem = "its bytes are not those that were read"
            except Damaged as error:
                sound, problem = False, str(error)
            if not sound:
                a = schema.articles.c
                ids = connection.scalars(sql.select(a.id).where(a.page == row.number).order_by(a.number)).all()
                yield Damage(f"page {key.hex()} of {', '.join(ids) or 'no article'}", f"{problem}; {_AGAIN}")

    def _article_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        numbers = [row.number for row in rows]
        t, n = schema.texts.c, schema.analyses.c
        texts = {r.number: r.blob for r in select_in(connection, sql.select(t.number, t.blob), t.number, numbers)}
        made = {r.number: r.blob for r in select_in(connection, sql.select(n.number, n.blob), n.number, numbers)}
        for row in rows:
            where = f"article {row.id}"
            if row.number not in texts:
                yield Damage(where, f"its text is not held; {_AGAIN}")
                continue
            try:
                article, _ = self._article(row.id, texts[row.number])
            except Damaged as error:
                yield Damage(where, f"{error}; {_AGAIN}")
                continue
            if article.id != row.id:
                yield Damage(where, f"what is held under its name is article {article.id}; {_AGAIN}")
            elif row.number not in made:
                yield Damage(where, f"its analysis is not held; {_AGAIN}")
            else:
                try:
                    self._analysis(row.id, article.text, made[row.number])
                except Damaged as error:
                    yield Damage(where, f"{error}; {_AGAIN}")

    def _story_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        for row in rows:
            where = f"story {row.id}"
            a, s, b = schema.articles.c, schema.stories.c, schema.briefings.c
            count = sql.select(sql.func.count()).select_from(schema.articles).where(a.story == row.number)
            held = connection.scalar(count) or 0
            if held != row.articles:
                yield Damage(
                    where, f"its list names {row.articles} articles and {held} are in it; put a backup in place"
                )
            if row.into is not None and connection.scalar(sql.select(s.id).where(s.id == row.into)) is None:
                yield Damage(where, f"it was merged into story {row.into}, which is not held; put a backup in place")
            try:
                ids = connection.scalar(sql.select(b.articles).where(b.story == row.number))
                self.briefing(row.id)
                named = () if ids is None else self._codec.unpack(ids, tuple[str, ...])
            except (StoreError, Damaged) as error:
                yield Damage(where, f"{self._problem(error)}; brief it again with `accord add` on one of its articles")
                continue
            if ids is None and row.updated is not None and not row.gone:
                yield Damage(where, "its briefing is not held; put a backup in place")
            for one in sorted(set(named) - set(self._held_in(connection, a.id, named))):
                yield Damage(where, f"its briefing names article {one}, which is not held; {_AGAIN}")

    def _grouping_damage(self, connection: Connection) -> Iterator[Damage]:
        """Yield the articles whose sketch and postings do not belong together."""
        s, p, a = schema.sketches.c, schema.postings.c, schema.articles.c
        counts = sql.select(p.number, sql.func.count().label("terms")).group_by(p.number).subquery()
        there = sql.func.coalesce(counts.c.terms, 0) * 8
        fewer = sql.select(s.number).outerjoin(counts, counts.c.number == s.number).where(
            there != sql.func.length(s.terms)
        )  # fmt: skip
        without = sql.select(counts.c.number).where(counts.c.number.not_in(sql.select(s.number)))
        for query, amiss in (
            (fewer, "grouping finds it by other terms than it was kept with"),
            (without, "what grouping knows of it is not held"),
        ):
            ids = connection.scalars(sql.select(a.id).where(a.number.in_(query)).order_by(a.number).limit(1000)).all()
            yield from (Damage(f"article {one}", f"{amiss}; put a backup in place") for one in ids)

    def _chain_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        return self._blob_damage([(f"chain {row.id}", row.blob, Chain) for row in rows], lambda chain: [])

    def _line_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        lines = [(f"line {row.id} of the ledger", row.blob, LedgerLine) for row in rows]
        return self._blob_damage(lines, lambda line: [line])

    def _entry_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        entries = [(f"entry {row.id} of the ledger", row.blob, LedgerEntry) for row in rows]
        return self._blob_damage(entries, lambda entry: [*entry.lines, *entry.rests_on])

    def _update_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        updates = [(f"update {row.id}", row.blob, Update) for row in rows]
        return self._blob_damage(updates, lambda update: list(update.evidence))

    def _former_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        for row in rows:
            try:
                self._former(connection, row.id, row.blob)
            except Damaged as error:
                yield Damage(f"former finding {row.id}", f"{error}; put a backup in place")

    def _correction_damage(self, connection: Connection, rows: list[Row]) -> Iterator[Damage]:
        blobs = [(f"correction {row.id}", row.blob, Correction) for row in rows]
        yield from self._blob_damage(blobs, lambda one: [*one.passages, *one.other_passages])
        n = schema.corrected.c
        for row in rows:
            try:
                named = set(named_in(self._codec.unpack(row.blob, Correction)))
            except Damaged:
                continue
            where = f"correction {row.id}"
            if named != set(connection.scalars(sql.select(n.article).where(n.correction == row.number))):
                yield Damage(where, "it is found by other articles than it names; put a backup in place")
            for one in sorted(named - set(self._held_in(connection, schema.articles.c.id, sorted(named)))):
                yield Damage(where, f"it names article {one}, which is not held; {_AGAIN}")

    def _blob_damage(
        self, blobs: Iterable[tuple[str, bytes, type[Any]]], spans: Callable[[Any], list[Any]]
    ) -> Iterator[Damage]:
        """Yield blobs that do not unpack, and those with spans that do not stand in their articles."""
        sound = []
        for where, blob, kind in blobs:
            try:
                sound.append((where, spans(self._codec.unpack(blob, kind))))
            except Damaged as error:
                yield Damage(where, f"{error}; put a backup in place")
        ids = list(dict.fromkeys(span.article for _, found in sound for span in found))
        texts = {held.article.id: held.article.text for held in self.held(ids)}
        for where, found in sound:
            for span in found:
                if span.article not in texts:
                    yield Damage(where, f"it names article {span.article}, which is not held; {_AGAIN}")
                elif not _stands(span, texts[span.article]):
                    yield Damage(where, f"its words do not stand in article {span.article}; {_AGAIN}")


def _amiss(connection: Connection) -> Iterator[Damage]:
    for query, missing in _AMISS:
        for (where,) in connection.exec_driver_sql(query):
            yield Damage(where, f"{missing}; put a backup in its place")


def _stands(span: Spanned, text: str) -> bool:
    return text[span.start : span.end] == span.text
