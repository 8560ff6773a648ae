"""SQLite: one file with a write-ahead log, made or migrated when it is opened; search by FTS5.

A commit is on the disk before it is acknowledged (synchronous FULL). Who writes holds the write lock from the start of
its transaction on; reading goes on beside it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy import Connection, Table, event, exc
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.pool import QueuePool

from accord.errors import StoreError
from accord.stores.sql import fts5
from accord.stores.sql.base import upsert
from accord.stores.sql.faults import LOOK, told
from accord.stores.sql.migrating import migrate
from accord.stores.sql.words import Facet, Found, Wanted
from accord.stores.store import Damage

APPLICATION = 0x61636373
"""What the file's header calls its program: "accs"."""
PATIENCE = 30.0
"""So many seconds a process waits for another one that writes."""

_OPENING = threading.RLock()
_IN_USE: Counter[tuple[int, int]] = Counter()
"""How many stores this process has open on a file. None of these is opened here beside SQLite: whoever closes a file
gives up all locks that its process has on it (POSIX; sqlite.org/howtocorrupt.html, 2.2), and another process would then
take the log away from under an open store."""

_HEADER = b"SQLite format 3\x00"
_PRAGMAS = (
    "PRAGMA page_size = 8192",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -4000",
    "PRAGMA journal_size_limit = 67108864",
)


class Sqlite:
    """What SQLite does in ways of its own (`base.Dialect`)."""

    spells_out = True

    def __init__(self, path: str, make: bool) -> None:
        self.path = path
        with _OPENING:
            self._open(make)

    def _open(self, make: bool) -> None:
        self._look(make)
        self.engine = sql.create_engine(
            "sqlite://", creator=self._connect, poolclass=QueuePool, pool_size=2, max_overflow=8, hide_parameters=True,
            execution_options={"begin": "BEGIN IMMEDIATE"},
        )  # fmt: skip
        self.reading = self.engine.execution_options(begin="BEGIN")
        event.listen(self.engine, "begin", _begin)
        try:
            self._take()
        except BaseException:
            self.engine.dispose()
            raise
        inode = _inode(self.path)
        _IN_USE[inode] += 1
        event.listen(self.engine, "engine_disposed", lambda _: _left(inode), once=True)

    def _look(self, make: bool) -> None:
        """Raise StoreError where `path` cannot be a store, before SQLite touches it."""
        path = Path(self.path)
        if not self.path or self.path == ":memory:":
            raise StoreError(f"sqlite:///{self.path}: it names no file; name one, or use memory:")
        if path.is_dir():
            raise StoreError(f"{path}: it is a folder; name a file in it, such as {path / 'accord.db'}")
        if not path.exists():
            if not make:
                raise StoreError(f"{path}: there is no store; make one with `accord add`, or check the path")
            if not path.absolute().parent.is_dir():
                raise StoreError(f"{path}: there is no folder {path.absolute().parent}; make it first")
            return
        if _IN_USE[_inode(self.path)]:
            return
        with told(self.path), path.open("rb") as file:
            header = file.read(len(_HEADER))
        if header and header != _HEADER:
            raise StoreError(f"{path}: it is no store of accord; name another file")
        if not header and not make:
            raise StoreError(f"{path}: it is empty; make a store with `accord add`, or check the path")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    def _take(self) -> None:
        """Check whose file it is, and bring its tables to the version that this accord knows."""
        with self._opening(), told(self.path):
            with self.reading.connect() as connection, connection.begin():
                new = self._is_new(connection)
            migrate(self, self.path, lambda connection: self._sign(connection) if new else None)
            self.engine.dispose()  # a connection that was open before goes on with the journal that it saw
            self._log_ahead()

    @contextmanager
    def _opening(self) -> Iterator[None]:
        """Say of a damaged file that it cannot be opened: no command could look at it."""
        try:
            yield
        except StoreError as error:
            if LOOK not in str(error):
                raise
            there, whole = os.path.getsize(self.path), _whole(self.path)
            how = f"cut off: {there:,} of {whole:,} bytes are there" if there < whole else "damaged at its beginning"
            what = "it cannot be opened; put a backup in its place, or add the same input to a new store"
            raise StoreError(f"{self.path}: it is {how}, and {what}") from error

    def _is_new(self, connection: Connection) -> bool:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if application == APPLICATION:
            return False
        if application or connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
            raise StoreError(f"{self.path}: it is a database of another program; name another file for the store")
        return True

    def _sign(self, connection: Connection) -> None:
        self._is_new(connection)  # another process may have made something of it meanwhile
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def _log_ahead(self) -> None:
        """Switch to the write-ahead log; SQLite does not wait by itself where another process is doing the same."""
        end = time.monotonic() + PATIENCE
        with closing(self._connect()) as connection:
            while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                except sqlite3.OperationalError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.02)

    # statements -------------------------------------------------------------------------------------------------------

    def insert(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{column.name}"' for column in table.c)
        places = ", ".join("?" * len(table.c))
        raw: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        with closing(raw.cursor()) as cursor:
            cursor.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", rows)

    def upsert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, change: bool) -> None:
        upsert(connection, table, dialect.insert(table), rows, change=change)

    def index(self, connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
        fts5.index(connection, of, rows)

    def unindex(self, connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
        fts5.unindex(connection, of, rows)

    def search(self, connection: Connection, wanted: Wanted) -> list[Found]:
        return fts5.search(connection, wanted)

    def facets(self, connection: Connection, wanted: Wanted) -> tuple[Sequence[Facet], bool]:
        return fts5.facets(connection, wanted)

    def found(self, connection: Connection, wanted: Wanted) -> tuple[list[Found], Sequence[Facet], bool]:
        return fts5.found(connection, wanted)

    def postings(
        self, connection: Connection, terms: Sequence[int], days: tuple[int, int] | None, most: int
    ) -> Iterator[tuple[int, int, int, float]]:
        within = "" if days is None else "AND day BETWEEN ? AND ?"
        query = f"SELECT term, day, number, weight FROM postings WHERE term = ? {within} ORDER BY number DESC LIMIT ?"
        with closing(connection.connection.cursor()) as cursor:
            for term in terms:
                cursor.execute(query, (term, *(days or ()), most))
                yield from cursor.fetchall()

    def backup(self, path: str) -> None:
        def copy(beside: str) -> None:
            """Write the copy, and look at it: that of a damaged store would be as damaged."""
            with closing(self._connect()) as source, closing(sqlite3.connect(beside)) as target:
                try:
                    source.backup(target)
                    (found,) = target.execute("PRAGMA quick_check(1)").fetchone()
                except sqlite3.DatabaseError as error:
                    if isinstance(error, sqlite3.OperationalError):
                        raise
                    found = str(error)
            if found != "ok":
                raise StoreError(f"{self.path}: it is damaged, and no copy was made; `accord check` names what")

        set_aside(path, copy)

    def damage(self) -> Sequence[Callable[[Connection], Iterator[Damage]]]:
        return self._structure, _orphans, fts5.damage

    def _structure(self, connection: Connection) -> Iterator[Damage]:
        """Yield what SQLite finds wrong; where it gives up over the whole file, table by table."""
        try:
            for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check(100)").fetchall():
                if problem != "ok":
                    yield Damage(self.path, f"{problem}; put a backup in its place")
            return
        except exc.DatabaseError:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        yield Damage(self.path, "its structure is damaged; put a backup in its place")
        for table in tables:
            try:
                sound = connection.exec_driver_sql(f'PRAGMA quick_check("{table}")').scalar() == "ok"
            except exc.DatabaseError:
                sound = False
            if not sound:
                yield Damage(f"the table {table}", "it cannot be read whole; put a backup in its place")


def _orphans(connection: Connection) -> Iterator[Damage]:
    for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(1000):
        yield Damage(f"{table}, row {row}", f"it names what is not held in {target}; put a backup in its place")


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options()["begin"]
    if begin != "BEGIN":
        connection.exec_driver_sql("PRAGMA cache_size = -32000")  # what writes goes through all indexes
    connection.exec_driver_sql(begin)


def set_aside(path: str, write: Any) -> None:
    """Write a file beside `path`, bring it to the disk, and give it its name, unless something has that already."""
    if os.path.lexists(path):
        raise StoreError(f"{path}: it is there already; name a new file for the copy")
    beside = f"{path}.{os.getpid()}.part"
    try:
        write(beside)
        _sync(beside)
        try:
            os.link(beside, path)
        except FileExistsError as error:
            raise StoreError(f"{path}: it is there already; name a new file for the copy") from error
        except OSError:  # a file system without links
            os.replace(beside, path)
        _sync(os.path.dirname(os.path.abspath(path)))
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: the copy cannot be written ({error}); check the folder and the disk") from error
    finally:
        for left in (beside, f"{beside}-journal", f"{beside}-wal", f"{beside}-shm"):
            with suppress(OSError):
                os.unlink(left)


def _inode(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _left(inode: tuple[int, int]) -> None:
    with _OPENING:
        _IN_USE[inode] -= 1
        if _IN_USE[inode] <= 0:
            del _IN_USE[inode]


def _whole(path: str) -> int:
    """Return how many bytes a database file has by its own header: the page size and the number of pages."""
    with open(path, "rb") as file:
        header = file.read(32)
    size, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    return (65_536 if size == 1 else size) * pages


def _sync(path: str) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
