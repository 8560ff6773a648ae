"""What the parts of an SQL store share: connections, transactions, and the few statements that all of them use."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import sqlalchemy as sql
from sqlalchemy import Column, Connection, Engine, Select, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from accord.errors import StoreError
from accord.records import Article
from accord.stores.folding import fold
from accord.stores.sql import schema
from accord.stores.sql.codec import Codec, Damaged
from accord.stores.sql.faults import told
from accord.stores.terms import MOST_TERMS

if TYPE_CHECKING:
    from accord.stores.sql.words import Facet, Found, Wanted
    from accord.stores.store import Damage

    Row: TypeAlias = sql.Row[*tuple[Any, ...]]

T = TypeVar("T")
CHUNK = 500
"""So many values go into one statement: SQLite takes no more than 32,766."""

PULSE = "pulse"
"""The key of the stamp that is another after every transaction that changed what is shown."""

_OUTSIDE = "the store is written to outside a transaction; write inside `with store.transaction():`"


class Dialect(Protocol):
    """What SQLite and PostgreSQL do in ways of their own.

    `spells_out` says that short beginnings of words come to `search` and `facets` with what they stand for.
    """

    spells_out: bool

    @property
    def engine(self) -> Engine:
        """Connections that write: a transaction holds the write lock from its start on."""
        ...

    @property
    def reading(self) -> Engine:
        """Connections that only read, each transaction on one snapshot."""
        ...

    def insert(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows, each a value for every column of `table`, by the quickest way there is."""
        ...

    def upsert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, change: bool) -> None:
        """Insert rows; one whose primary key is there is changed, or left as it is."""
        ...

    def index(self, connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Let search find the words of articles (number, title, text, marks) or claims (number, text, marks)."""
        ...

    def unindex(self, connection: Connection, of: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Let search find the words of `rows` no longer; they are as they were when they were indexed."""
        ...

    def search(self, connection: Connection, wanted: Wanted) -> list[Found]:
        """Return what is found for words, best first."""
        ...

    def facets(self, connection: Connection, wanted: Wanted) -> tuple[Sequence[Facet], bool]:
        """Return what is to be counted of the latest matches, those that `search` ranks, and whether there are more."""
        ...

    def found(self, connection: Connection, wanted: Wanted) -> tuple[list[Found], Sequence[Facet], bool]:
        """Return what `search` and `facets` do, for less than both of them take."""
        ...

    def postings(
        self, connection: Connection, terms: Sequence[int], days: tuple[int, int] | None, most: int
    ) -> Iterable[tuple[int, int, int, float]]:
        """Return up to `most` postings (term, day, number, weight) of each term, those with the highest numbers."""
        ...

    def backup(self, path: str) -> None:
        """Write a copy of all that is committed to a new SQLite file."""
        ...

    def damage(self) -> Sequence[Callable[[Connection], Iterator[Damage]]]:
        """Return what finds what is wrong with the database itself, and with its search indexes."""
        ...


class Base:
    """The connections of a store, and its transaction.

    Reading outside a transaction takes a connection for as long as one method runs, so that no snapshot stays open.
    """

    def __init__(self, url: str, dialect: Dialect) -> None:
        self._url = url
        self._dialect = dialect
        self._codec = Codec()
        self._open: Connection | None = None
        self._failed = False
        self._shown = False
        self._numbers: dict[str, dict[str, int]] = {}

    @property
    def url(self) -> str:
        return self._url

    def close(self) -> None:
        with told(self._url):
            self._dialect.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it where it ends in an error."""
        if self._open is not None:
            raise RuntimeError("a transaction is open already; end it before the next one begins")
        with ExitStack() as stack:
            with told(self._url):
                connection = stack.enter_context(self._dialect.engine.connect())
                began = connection.begin()
            self._open, self._failed, self._shown = connection, False, False
            try:
                yield
                if self._failed:
                    raise StoreError(f"{self._url}: an earlier step failed, and nothing of this transaction is kept")
                with told(self._url):
                    if self._shown:
                        self._dialect.upsert(connection, schema.stamps, [_beat()], change=True)
                    began.commit()
            except BaseException:
                self._undone()
                with suppress(Exception):  # the connection is gone, and what was not committed with it
                    began.rollback()
                raise
            finally:
                self._open = None
        self._committed()

    def _committed(self) -> None:
        """Do what is left to do once a transaction is kept."""

    def _undone(self) -> None:
        """Forget what a transaction that failed would have kept."""
        self._numbers.clear()

    @contextmanager
    def _write(self, *, shown: bool = True) -> Iterator[Connection]:
        """Write inside the open transaction; what is `shown` to readers of the store changes its `pulse`."""
        if self._open is None:
            raise RuntimeError(_OUTSIDE)
        if self._failed:
            raise StoreError(f"{self._url}: an earlier step of this transaction failed; begin another one")
        self._shown = self._shown or shown
        try:
            with told(self._url):
                yield self._open
        except StoreError:
            self._failed = True
            raise

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        if self._open is None:
            with self._aside() as connection:
                yield connection
        else:
            with told(self._url):
                yield self._open

    @contextmanager
    def _aside(self) -> Iterator[Connection]:
        """Read what is committed, in any thread, whatever transaction is open in another."""
        with told(self._url), self._dialect.reading.connect() as connection, connection.begin():
            yield connection

    # statements that several parts use --------------------------------------------------------------------------------

    def _next(self, connection: Connection, table: Table) -> int:
        """Return the number of the next row of `table`."""
        return (connection.scalar(sql.select(sql.func.max(table.c.number))) or 0) + 1

    def _held_in(self, connection: Connection, column: Column[T], values: Sequence[T]) -> Iterator[T]:
        """Yield those of `values` that stand in `column`."""
        return (row[0] for row in select_in(connection, sql.select(column), column, values))

    def _article(self, identity: str, blob: bytes) -> tuple[Article, str]:
        """Return an article and its place from its blob."""
        try:
            return self._codec.unpack(blob, tuple[Article, str])
        except Damaged as error:
            raise Damaged(f"article {identity} is damaged: {error}") from error

    def _numbered_names(self, connection: Connection, table: Table, names: Iterable[str]) -> dict[str, int]:
        """Return the number of each of `names` in a table of names; those that are new are added, in their order."""
        known = self._numbers.setdefault(table.name, {})
        if len(known) > 100_000:
            known.clear()
        wanted = list(dict.fromkeys(names))
        missing = [name for name in wanted if name not in known]
        for row in select_in(connection, sql.select(table.c.name, table.c.number), table.c.name, missing):
            known[row.name] = row.number
        new = [name for name in missing if name not in known]
        if new:
            first = self._next(connection, table)
            rows = [(n, name, *self._folded(table, name)) for n, name in enumerate(new, first)]
            self._dialect.insert(connection, table, rows)
            known.update((name, n) for n, name in enumerate(new, first))
        return {name: known[name] for name in wanted}

    def _folded(self, table: Table, name: str) -> tuple[str, ...]:
        return (fold(name),) if "folded" in table.c else ()


def _beat() -> dict[str, str]:
    """Return another pulse, as a row of stamps: no number, so that a store put back never has one that it had."""
    return {"key": PULSE, "value": secrets.token_urlsafe(9)}


def select_in(connection: Connection, query: Select[Any], column: Column[Any], values: Sequence[Any]) -> Iterator[Row]:
    """Yield the rows of `query` whose `column` is one of `values`, however many these are."""
    for at in range(0, len(values), CHUNK):
        yield from connection.execute(query.where(column.in_(values[at : at + CHUNK]))).all()


def delete_in(connection: Connection, table: Table, column: Column[Any], values: Sequence[Any]) -> None:
    """Delete the rows of `table` whose `column` is one of `values`, however many these are."""
    for at in range(0, len(values), CHUNK):
        connection.execute(table.delete().where(column.in_(values[at : at + CHUNK])))


def upsert(
    connection: Connection, table: Table, statement: Any, rows: Sequence[Mapping[str, Any]], *, change: bool
) -> None:
    """Insert rows by a dialect's own insert `statement`; one whose primary key is there is changed or left."""
    if not rows:
        return
    if change:
        keys = [column.name for column in table.primary_key]
        others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), list(rows))
    else:
        connection.execute(statement.on_conflict_do_nothing(), list(rows))


def pulse_in(connection: Connection) -> str:
    """Return the mark that is another after every transaction that changed what is shown; "" before the first."""
    found = connection.exec_driver_sql(f"SELECT value FROM stamps WHERE key = '{PULSE}'").scalar()
    return str(found or "")


def holds_all(column: Column[str], words: str) -> sql.ColumnElement[bool]:
    """Return the condition that all of `words` stand in a folded column, as whole words or parts of them."""
    return sql.and_(sql.true(), *(_Holds(column, sql.literal(word)) for word in folded_words(words)))


def folded_words(words: str) -> list[str]:
    """Return the words that are looked for, folded, each once."""
    return list(dict.fromkeys(fold(words).split()))[:MOST_TERMS]


class _Holds(FunctionElement[bool]):
    """That a text holds another as it is: LIKE would refuse long ones."""

    type = sql.Boolean()
    inherit_cache = True


@compiles(_Holds)
def _strpos(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"


@compiles(_Holds, "sqlite")
def _instr(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"


def digest(*parts: str) -> bytes:
    """Return 16 bytes that stand for a long key."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
