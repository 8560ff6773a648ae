"""Copies a store from one database into another, table by table, on one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.stores.sql import schema
from accord.stores.sql.faults import told
from accord.stores.sql.sqlite import Sqlite, set_aside

if TYPE_CHECKING:
    from accord.stores.sql.postgres import Postgresql

_FEW = 200


def copy_to_sqlite(source: Postgresql, path: str) -> None:
    """Write all that is committed in a PostgreSQL store to a new SQLite store at `path`, whole or not at all."""
    from accord.stores.sql import SqlStore

    def copy(beside: str) -> None:
        target = Sqlite(beside, True)
        store = SqlStore(beside, target)
        try:
            with (
                told(source.url),
                source.reading.connect() as reading,
                reading.begin(),
                target.engine.connect() as writing,
                writing.begin(),
            ):
                for table in schema.tables.sorted_tables:
                    _copy_rows(reading, writing, target, table)
            with store.transaction():
                store.reindex()
        finally:
            store.close()

    set_aside(path, copy)


def _copy_rows(reading: Connection, writing: Connection, target: Sqlite, table: sql.Table) -> None:
    rows = reading.execution_options(stream_results=True, yield_per=_FEW).execute(sql.select(table))
    for some in rows.partitions():
        target.insert(writing, table, [tuple(row) for row in some])
