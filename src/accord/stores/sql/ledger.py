"""The ledger: lines, the keys by which they find each other, and the entries that they form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sql
from sqlalchemy import Connection, Select

from accord.records import LedgerEntry, LedgerLine, Status
from accord.stores.folding import fold
from accord.stores.sql import schema
from accord.stores.sql.base import Base, delete_in, digest, holds_all, select_in

if TYPE_CHECKING:
    from accord.stores.sql.base import Row

_FEW = 100
"""So many entries are read at a time."""
_KEYS = 64
"""Keys of lines that are asked for at a time."""
_RUNNING: tuple[Status, ...] = ("open", "changed")
"""What becomes overdue by the calendar alone."""


class Ledger(Base):
    """What a store does with the lines and entries of the ledger."""

    def keep_lines(self, articles: Sequence[str], lines: Sequence[LedgerLine]) -> None:
        table, keys = schema.lines, schema.line_keys
        with self._write() as connection:
            query = sql.select(table.c.number)
            gone = [row.number for row in select_in(connection, query, table.c.article, articles)]
            gone += [row.number for row in select_in(connection, query, table.c.id, [line.id for line in lines])]
            delete_in(connection, keys, keys.c.line, gone)
            delete_in(connection, table, table.c.number, gone)
            first = self._next(connection, table)
            numbered = list(enumerate({line.id: line for line in lines}.values(), first))
            rows = [(number, line.id, line.article, None, self._codec.pack(line)) for number, line in numbered]
            self._dialect.insert(connection, table, rows)
            marked = {(digest(key), number) for number, line in numbered for key in line.keys}
            self._dialect.insert(connection, keys, sorted(marked))

    def lines(self, articles: Sequence[str]) -> list[tuple[LedgerLine, str | None]]:
        with self._read() as connection:
            return self._lines(select_in(connection, _lines_query(), schema.lines.c.article, articles))

    def lines_near(self, keys: Sequence[str], most: int = 200) -> list[tuple[LedgerLine, str | None]]:
        wanted = [digest(key) for key in dict.fromkeys(keys)]
        numbers: dict[int, None] = {}
        with self._read() as connection:
            for at in range(0, len(wanted), _KEYS):
                some = wanted[at : at + _KEYS]
                some += some[-1:] * (_KEYS - len(some))  # one statement for any number of keys: it is prepared once
                found: dict[bytes, list[int]] = {}
                given = {f"k{n}": key for n, key in enumerate(some)} | {"most": most + 1}
                for key, line in connection.execute(_near_query(), given):
                    found.setdefault(bytes(key), []).append(line)
                for lines in found.values():
                    if len(set(lines)) <= most:
                        numbers.update(dict.fromkeys(lines))
            return self._lines(select_in(connection, _lines_query(), schema.lines.c.number, list(numbers)))

    def _lines(self, rows: Iterable[Row]) -> list[tuple[LedgerLine, str | None]]:
        """Return lines with the entry of each, in the order in which they were kept."""
        ordered = sorted(rows, key=lambda row: int(row.number))
        return [(self._codec.unpack(row.blob, LedgerLine), row.entry) for row in ordered]

    def entries(self, ids: Sequence[str]) -> list[LedgerEntry]:
        e = schema.entries.c
        with self._read() as connection:
            rows = select_in(connection, sql.select(e.id, e.blob), e.id, ids)
            found = {row.id: self._codec.unpack(row.blob, LedgerEntry) for row in rows}
        return [found[identity] for identity in ids if identity in found]

    def keep_entries(self, entries: Sequence[LedgerEntry], gone: Iterable[str] = ()) -> None:
        e, lines = schema.entries, schema.lines
        kept = {entry.id: entry for entry in entries}
        with self._write() as connection:
            query = sql.select(e.c.number, e.c.id)
            dropped = [
                row.number for row in select_in(connection, query, e.c.id, list({**kept, **dict.fromkeys(gone)}))
            ]
            for at in range(0, len(dropped), 500):
                within = lines.c.entry.in_(dropped[at : at + 500])
                connection.execute(lines.update().where(within).values(entry=None))
            delete_in(connection, e, e.c.number, dropped)
            numbered = list(enumerate(kept.values(), self._next(connection, e)))
            self._dialect.insert(connection, e, [self._entry_row(number, entry) for number, entry in numbered])
            self._join(connection, [(number, line.id) for number, entry in numbered for line in entry.lines])

    def _join(self, connection: Connection, joined: Sequence[tuple[int, str]]) -> None:
        if joined:
            lines = schema.lines
            statement = lines.update().where(lines.c.id == sql.bindparam("of")).values(entry=sql.bindparam("to"))
            connection.execute(statement, [{"of": line, "to": number} for number, line in joined])

    def _entry_row(self, number: int, entry: LedgerEntry) -> tuple[Any, ...]:
        topic = fold(" ".join((entry.what, *(line.text for line in entry.lines))))
        return (
            number, entry.id, entry.made or "", fold(entry.who or ""), fold(entry.to_whom or ""), topic,
            entry.due_date, entry.status, self._codec.pack(entry),
        )  # fmt: skip

    def ledger(
        self,
        *,
        who: str | None = None,
        to_whom: str | None = None,
        topic: str | None = None,
        due: tuple[str | None, str | None] | None = None,
        status: Status | None = None,
        story: str | None = None,
        order: Literal["made", "latest", "due", "lately due"] = "made",
        today: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[LedgerEntry]:
        e = schema.entries.c
        dated, backwards = order in ("due", "lately due"), order in ("latest", "lately due")
        day = e.due if dated else e.made
        query = sql.select(day.label("day"), e.id, e.blob).where(*_told(who, to_whom, topic, due))
        if status is not None:
            query = query.where(_stands(status, today))
        if story is not None:
            query = query.where(e.number.in_(_entries_of(story)))
        if dated:
            query = query.where(e.due > "")
        key = sql.tuple_(day, e.id)
        query = query.order_by(day.desc(), e.id.desc()) if backwards else query.order_by(day, e.id)
        last: tuple[str, str] | None = None
        while limit is None or limit > 0:
            rest = query.offset(offset)
            if last is not None:
                rest = query.where(key < sql.tuple_(*last) if backwards else key > sql.tuple_(*last))
            few = _FEW if limit is None else min(limit, _FEW)
            with self._read() as connection:
                rows = connection.execute(rest.limit(few)).all()
                found = [self._codec.unpack(row.blob, LedgerEntry) for row in rows]
            yield from found
            if len(rows) < few:
                return
            last = (rows[-1].day, rows[-1].id)
            limit = None if limit is None else limit - len(rows)

    def statuses(
        self,
        *,
        who: str | None = None,
        to_whom: str | None = None,
        topic: str | None = None,
        due: tuple[str | None, str | None] | None = None,
        today: str | None = None,
    ) -> dict[Status, int]:
        e = schema.entries.c
        status = e.status if today is None else sql.case((_past(today), "overdue"), else_=e.status)
        told = sql.select(status.label("status")).where(*_told(who, to_whom, topic, due)).subquery()
        with self._read() as connection:
            rows = connection.execute(sql.select(told.c.status, sql.func.count()).group_by(told.c.status))
            return {row[0]: row[1] for row in rows}


@cache
def _near_query() -> sql.TextClause:
    """Return what selects the lines of `_KEYS` keys, k0 and so on, with the key of each, at most `most` of a key."""
    one = "SELECT * FROM (SELECT key, line FROM line_keys WHERE key = :k{} LIMIT :most) AS s{}"
    return sql.text(" UNION ALL ".join(one.format(n, n) for n in range(_KEYS)))


def _told(
    who: str | None, to_whom: str | None, topic: str | None, due: tuple[str | None, str | None] | None
) -> list[sql.ColumnElement[bool]]:
    """Return the conditions on the words of entries and on their due dates."""
    e = schema.entries.c
    asked = ((e.who, who), (e.to_whom, to_whom), (e.topic, topic))
    where = [holds_all(column, words) for column, words in asked if words is not None]
    return where if due is None else [*where, _due(*due)]


def _stands(status: Status, today: str | None) -> sql.ColumnElement[bool]:
    """Return the condition that an entry has a status, on the day `today` if one is given."""
    e = schema.entries.c
    if today is None or status not in ("overdue", *_RUNNING):
        return e.status == status
    if status == "overdue":
        return sql.or_(e.status == status, _past(today))
    return sql.and_(e.status == status, sql.or_(e.due.is_(None), e.due == "", sql.not_(_over(today))))


def _past(today: str) -> sql.ColumnElement[bool]:
    """Return the condition that an entry runs, and all days of its due date are over."""
    e = schema.entries.c
    return sql.and_(e.status.in_(_RUNNING), e.due > "", _over(today))


def _over(today: str) -> sql.ColumnElement[bool]:
    due = schema.entries.c.due
    return due < sql.func.substr(today, 1, sql.func.length(due))


def _entries_of(story: str) -> Select[Any]:
    """Return what selects the numbers of the entries with a line of one of a story's articles."""
    a, n, s = schema.articles.c, schema.lines.c, schema.stories.c
    number = sql.select(s.number).where(s.id == story).scalar_subquery()
    joined = sql.select(n.entry).join_from(schema.articles, schema.lines, n.article == a.id)
    return joined.where(a.story == number, n.entry.is_not(None))


def _lines_query() -> Select[Any]:
    n, e = schema.lines.c, schema.entries.c
    return sql.select(n.number, n.blob, e.id.label("entry")).outerjoin_from(
        schema.lines, schema.entries, n.entry == e.number
    )


def _due(first: str | None, last: str | None) -> sql.ColumnElement[bool]:
    """Return the condition that some day of the due date (a day, a month or a year) is from `first` to `last`."""
    due = schema.entries.c.due
    where: list[sql.ColumnElement[bool]] = [due.is_not(None)]
    if first:
        where.append(due >= sql.func.substr(first, 1, sql.func.length(due)))
    if last:
        where.append(due <= sql.func.substr(last, 1, sql.func.length(due)))
    return sql.and_(*where)
