"""PostgreSQL: psycopg 3, COPY for bulk, search by tsvectors.

Who writes holds one advisory lock from the start of its transaction on, as SQLite's write lock; reading goes on beside
it, each method on one snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
import sqlalchemy as sql
from psycopg.adapt import Buffer, Loader
from psycopg.types.string import StrBinaryDumper, StrDumper, StrDumperUnknown
from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects import postgresql as dialect
from sqlalchemy.engine import URL, make_url

from accord.errors import StoreError
from accord.stores.sql import tsearch
from accord.stores.sql.base import upsert
from accord.stores.sql.faults import told
from accord.stores.sql.migrating import migrate, version
from accord.stores.sql.schema import Text, tables
from accord.stores.sql.words import Facet, Found, Wanted
from accord.stores.store import Damage

PATIENCE = 30
"""So many seconds a process waits for another one that writes."""

_TYPES = (
    (Text, "text"), (sql.LargeBinary, "bytea"), (sql.BigInteger, "int8"), (sql.SmallInteger, "int2"),
    (sql.Integer, "int4"), (sql.Float, "float8"),
)  # fmt: skip
_LOCK = 0x61636373
_CONNECT = 10


class Postgresql:
    """What PostgreSQL does in ways of its own (`base.Dialect`)."""

    spells_out = False

    def __init__(self, url: str, make: bool) -> None:
        try:
            target = make_url(url)
        except (sql.exc.ArgumentError, ValueError) as error:
            raise StoreError("the store's address is no URL; write postgresql://user@host/database") from error
        self.url = shown(target)
        self.engine = sql.create_engine(
            target.set(drivername="postgresql+psycopg"),
            pool_size=2, max_overflow=8, pool_pre_ping=True, hide_parameters=True, connect_args=_arguments(target),
        )  # fmt: skip
        self.reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        event.listen(self.engine, "begin", _begin)
        event.listen(self.engine, "connect", _connected)
        try:
            self._take(make)
        except BaseException:
            self.engine.dispose()
            raise

    def _take(self, make: bool) -> None:
        """Check whose database it is, and bring its tables to the version that this accord knows."""
        with told(self.url):
            with self.reading.connect() as connection, connection.begin():
                self._look(connection, make)
            migrate(self, self.url, lambda connection: None)

    def _look(self, connection: Connection, make: bool) -> None:
        if version(connection) is not None:
            return
        if not make:
            raise StoreError(f"{self.url}: there is no store; make one with `accord add`, or check the address")
        if sql.inspect(connection).get_table_names():
            raise StoreError(f"{self.url}: it holds tables of another program; name another database for the store")
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise StoreError(f"{self.url}: its encoding is {encoding}; make a database with the encoding UTF8")

    # statements -------------------------------------------------------------------------------------------------------

    def insert(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        names = ", ".join(f'"{column.name}"' for column in table.c)
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([_type(column) for column in table.c])
            for row in rows:
                copy.write_row(row)

    def upsert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, change: bool) -> None:
        upsert(connection, table, dialect.insert(table), rows, change=change)

    def index(self, connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
        tsearch.index(connection, of, rows)

    def unindex(self, connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
        tsearch.unindex(connection, of, rows)

    def search(self, connection: Connection, wanted: Wanted) -> list[Found]:
        return tsearch.search(connection, wanted)

    def facets(self, connection: Connection, wanted: Wanted) -> tuple[Sequence[Facet], bool]:
        return tsearch.facets(connection, wanted)

    def found(self, connection: Connection, wanted: Wanted) -> tuple[list[Found], Sequence[Facet], bool]:
        return tsearch.found(connection, wanted)

    def postings(
        self, connection: Connection, terms: Sequence[int], days: tuple[int, int] | None, most: int
    ) -> Iterator[tuple[int, int, int, float]]:
        within = "" if days is None else "AND p.day BETWEEN %s AND %s"
        query = (
            "SELECT q.* FROM unnest(%s::bigint[]) AS asked (term) CROSS JOIN LATERAL"
            f" (SELECT p.term, p.day, p.number, p.weight FROM postings p WHERE p.term = asked.term {within}"
            " ORDER BY p.number DESC LIMIT %s) AS q"
        )
        for row in connection.exec_driver_sql(query, (list(terms), *(days or ()), most)):
            yield row[0], row[1], row[2], row[3]

    def backup(self, path: str) -> None:
        from accord.stores.sql.copying import copy_to_sqlite

        copy_to_sqlite(self, path)

    def damage(self) -> Sequence[Callable[[Connection], Iterator[Damage]]]:
        return _orphans, tsearch.damage


def shown(url: URL) -> str:
    """Return a URL for messages, without its password: "postgresql://desk@db.example/accord"."""
    parts = (url.username, None, url.host, url.port, url.database, url.query)
    return URL.create("postgresql", *parts).difference_update_query(["password", "sslpassword"]).render_as_string()


def _type(column: sql.Column[Any]) -> str:
    """Return what psycopg calls the type of a column."""
    return next(name for kind, name in _TYPES if isinstance(column.type, kind))


def _arguments(url: URL) -> dict[str, Any]:
    return {"application_name": "accord"} | ({} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT})


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("postgresql_readonly"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _connected(raw: psycopg.Connection[Any], _: object) -> None:
    for dumper in (_BinaryDumper, _Dumper, _PlainDumper):  # the last is used where nothing says which
        raw.adapters.register_dumper(str, dumper)
    for name in ("text", "varchar"):
        raw.adapters.register_loader(name, _Loader)


# PostgreSQL keeps no NUL in a text: it is written as two other characters, and read as what it was.
_ESCAPE, _NUL = "\x1b", "\x00"


def _escaped(text: str) -> str:
    if _NUL in text or _ESCAPE in text:
        return text.replace(_ESCAPE, _ESCAPE + "e").replace(_NUL, _ESCAPE + "0")
    return text


class _Dumper(StrDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(_escaped(obj))


class _PlainDumper(StrDumperUnknown):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(_escaped(obj))


class _BinaryDumper(StrBinaryDumper):
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(_escaped(obj))


class _Loader(Loader):
    def load(self, data: Buffer) -> str:
        text = bytes(data).decode()
        if _ESCAPE in text:
            text = text.replace(_ESCAPE + "0", _NUL).replace(_ESCAPE + "e", _ESCAPE)
        return text


def _orphans(connection: Connection) -> Iterator[Damage]:
    """Yield which rows name what is not held: the server looks when it writes, not when its files are damaged."""
    for table in tables.sorted_tables:
        for key in table.foreign_keys:
            held = sql.select(key.column).where(key.column == key.parent).correlate(table).exists()
            query = sql.select(key.parent).where(key.parent.is_not(None), ~held).distinct().limit(100)
            for (named,) in connection.execute(query):
                target = key.column.table.name
                yield Damage(
                    f"table {table.name}", f"it names {target} {named}, which is not held; put a backup in its place"
                )
