"""What the watch knows of feeds and pages, and what else is kept by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sql

from accord.stores.sql import schema
from accord.stores.sql.base import Base, pulse_in, select_in
from accord.stores.store import Counts, Feed, Visit


class Watching(Base):
    """What a store does for the watch, and its counts."""

    def feeds(self, urls: Sequence[str] | None = None) -> list[Feed]:
        f = schema.feeds.c
        query = sql.select(f.url, f.next, f.failures, f.problem, f.read).order_by(f.url)
        with self._read() as connection:
            rows = connection.execute(query) if urls is None else select_in(connection, query, f.url, urls)
            return sorted((Feed(*row) for row in rows), key=lambda feed: feed.url)

    def keep_feed(self, feed: Feed) -> None:
        with self._write(shown=False) as connection:
            self._dialect.upsert(connection, schema.feeds, [asdict(feed)], change=True)

    def visits(self, before: str, limit: int = 100) -> list[Visit]:
        v = schema.visits
        query = sql.select(v).where(v.c.next != "", v.c.next < before).order_by(v.c.next, v.c.url).limit(limit)
        with self._read() as connection:
            return [Visit(*row) for row in connection.execute(query)]

    def keep_visit(self, visit: Visit) -> None:
        with self._write(shown=False) as connection:
            self._dialect.upsert(connection, schema.visits, [asdict(visit)], change=True)

    def visit(self, url: str) -> Visit | None:
        v = schema.visits
        with self._read() as connection:
            row = connection.execute(sql.select(v).where(v.c.url == url)).one_or_none()
        return Visit(*row) if row else None

    def stamp(self, key: str, value: str | None = None) -> str | None:
        table = schema.stamps
        if value is not None:
            with self._write(shown=False) as connection:
                self._dialect.upsert(connection, table, [{"key": key, "value": value}], change=True)
            return value
        with self._read() as connection:
            return connection.scalar(sql.select(table.c.value).where(table.c.key == key))

    def pulse(self) -> str:
        with self._read() as connection:
            return pulse_in(connection)

    def counts(self) -> Counts:
        a, s = schema.articles, schema.stories
        count = sql.func.count()
        with self._read() as connection:
            current = connection.scalar(sql.select(count).select_from(a).where(a.c.superseded == 0)) or 0
            every = connection.scalar(sql.select(count).select_from(a)) or 0
            living = connection.scalar(sql.select(count).select_from(s).where(s.c.gone == 0)) or 0
            rest = [
                connection.scalar(sql.select(count).select_from(table)) or 0
                for table in (schema.findings, schema.entries, schema.updates, schema.rejects)
            ]
        return Counts(current, every - current, living, *rest)
