"""What was fetched and read before: what servers said of pages, marks of articles, and what was left out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sql

from accord.records import Rejected
from accord.stores.sql import schema
from accord.stores.sql.base import Base, digest
from accord.stores.sql.schema import sound

if TYPE_CHECKING:
    from accord.history import Known
    from accord.readers.web.memory import Validators
    from accord.stores.sql.base import Dialect

_MOST_KNOWN = 4


class Fetching(Base):
    """What a store does with pages that were fetched and articles that were read before.

    What fetcher threads tell waits in memory until `finish`, so that they never wait for a transaction.
    """

    def __init__(self, url: str, dialect: Dialect) -> None:
        super().__init__(url, dialect)
        self._lock = threading.Lock()
        self._told: dict[str, Validators | None] = {}
        self._finished: dict[str, Validators | None] = {}

    # pages (`readers.web.memory.Memory`) ------------------------------------------------------------------------------

    def validators(self, url: str) -> Validators | None:
        from accord.readers.web.memory import Validators

        with self._lock:
            if url in self._told and self._told[url] is None:
                return None
        table = schema.fetches
        with self._aside() as connection:
            query = sql.select(table.c.etag, table.c.last_modified, table.c.fetched).where(table.c.url == url)
            row = connection.execute(query).one_or_none()
        return Validators(*row) if row else None

    def remember(self, url: str, validators: Validators) -> None:
        with self._lock:
            self._told[url] = validators

    def forget(self, url: str) -> None:
        with self._lock:
            self._told[url] = None

    def finish(self) -> None:
        if self._open is None:
            with self.transaction():
                return self.finish()
        with self._lock:
            self._finished = dict(self._told)
        table = schema.fetches
        rows = [
            {"url": url, "etag": said.etag, "last_modified": said.last_modified, "fetched": said.fetched}
            for url, said in sorted(self._finished.items())
            if said is not None
        ]
        gone = [{"gone": url} for url, said in sorted(self._finished.items()) if said is None]
        with self._write(shown=False) as connection:
            self._dialect.upsert(connection, table, rows, change=True)
            if gone:
                connection.execute(table.delete().where(table.c.url == sql.bindparam("gone")), gone)
        return None

    def _committed(self) -> None:
        with self._lock:
            for url, said in self._finished.items():
                if url in self._told and self._told[url] is said:
                    del self._told[url]
            self._finished = {}

    def _undone(self) -> None:
        super()._undone()
        self._finished = {}

    # articles that were read before (`revisions.History`) -------------------------------------------------------------

    def known(self, key: str) -> Iterator[Known]:
        from accord.history import Known

        a, m, t = schema.articles.c, schema.marks.c, schema.texts.c
        query = (
            sql.select(a.number, a.id, a.mark, a.fetched, t.blob)
            .join_from(schema.marks, schema.articles, m.number == a.number)
            .join(schema.texts, t.number == a.number)
            .where(m.key == digest(key))
            .order_by(a.number.desc())
            .limit(_MOST_KNOWN)
        )
        with self._read() as connection:
            found = [
                Known(row.number, self._article(row.id, row.blob)[0], row.mark, row.fetched)
                for row in connection.execute(query)
            ]
        yield from found

    def seen(self, mark: str) -> bool:
        with self._read() as connection:
            query = sql.select(schema.prints.c.mark).where(schema.prints.c.mark == mark)
            return connection.execute(query).first() is not None

    def given(self, identity: str) -> bool:
        with self._read() as connection:
            query = sql.select(schema.articles.c.number).where(schema.articles.c.id == identity)
            return connection.execute(query).first() is not None

    def replaced(self, identity: str) -> bool:
        a = schema.articles.c
        with self._read() as connection:
            told = connection.execute(sql.select(a.number).where(a.replaces == identity).limit(1)).first() is not None
        return told and not self.given(identity)

    def note(self, mark: str) -> None:
        with self._write(shown=False) as connection:
            self._dialect.upsert(connection, schema.prints, [{"mark": mark}], change=False)

    # what was left out ------------------------------------------------------------------------------------------------

    def reject(self, rejected: Iterable[Rejected], at: str) -> None:
        table = schema.rejects
        told = [Rejected(sound(one.what), one.stage, sound(one.reason)) for one in rejected]
        items = {digest(one.what, one.stage, one.reason): one for one in told}
        with self._write() as connection:
            held = set(self._held_in(connection, table.c.digest, list(items)))
            first = self._next(connection, table)
            new = [(key, item) for key, item in items.items() if key not in held]
            rows = [(n, key, at, self._codec.pack(item)) for n, (key, item) in enumerate(new, first)]
            self._dialect.insert(connection, table, rows)

    def rejects(self, limit: int = 100, offset: int = 0) -> list[tuple[str, Rejected]]:
        r = schema.rejects.c
        query = sql.select(r.at, r.blob).order_by(r.at.desc(), r.number.desc()).limit(limit).offset(offset)
        with self._read() as connection:
            return [(at, self._codec.unpack(blob, Rejected)) for at, blob in connection.execute(query)]
