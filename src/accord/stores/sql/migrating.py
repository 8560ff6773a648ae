"""Brings the tables of a store to the version that this accord knows, by Alembic, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.errors import StoreError

if TYPE_CHECKING:
    from accord.stores.sql.base import Dialect

HEAD = "0004"
"""The newest migration (a test compares it with the folder `migrations`)."""
TABLE = "accord_version"


def migrate(dialect: Dialect, name: str, first: Callable[[Connection], None], to: str = HEAD) -> None:
    """Upgrade the tables to the version `to`; `first` is run before, in the same transaction.

    Only one process upgrades at a time; the others wait, and find it done. Raises StoreError where the store was made
    by a later accord.
    """
    with dialect.reading.connect() as connection, connection.begin():
        held = version(connection)
    if held != to:
        with dialect.engine.connect() as connection, connection.begin():
            held = version(connection)
            _known(name, held)
            first(connection)
            _upgrade(connection, to)


def version(connection: Connection) -> str | None:
    """Return the version of the tables; None where there are none."""
    if not sql.inspect(connection).has_table(TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {TABLE}").scalar()
    return None if found is None else str(found)


def _known(name: str, held: str | None) -> None:
    if held is not None and held > HEAD:
        raise StoreError(
            f"{name}: it is a store of version {held} and this accord knows version {HEAD}; use the accord that wrote "
            "it, or a newer one"
        )


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", os.path.join(os.path.dirname(__file__), "migrations").replace("%", "%%"))
    command.upgrade(config, to)
