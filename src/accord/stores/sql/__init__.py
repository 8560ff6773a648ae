"""An SQL store: SQLite in one file, or PostgreSQL. Loaded only where such a store is opened.

`base` holds connections and transactions, each other module one part of the store's methods; `sqlite` and `postgres`
what the two databases do in ways of their own.
"""

from __future__ import annotations

from accord.errors import StoreError
from accord.stores.sql.checking import Checking
from accord.stores.sql.correcting import Correcting
from accord.stores.sql.facets import Faceting
from accord.stores.sql.fetching import Fetching
from accord.stores.sql.ledger import Ledger
from accord.stores.sql.locating import Locating
from accord.stores.sql.naming import Naming
from accord.stores.sql.updating import Updating
from accord.stores.sql.watching import Watching
from accord.stores.store import Store

__all__ = ["SqlStore", "open_postgresql", "open_sqlite"]


class SqlStore(Fetching, Faceting, Naming, Checking, Locating, Correcting, Updating, Ledger, Watching):
    """Keeps everything in an SQL database; see `stores.store.Store` for what each method promises."""


def open_sqlite(url: str, make: bool = True) -> Store:
    """Return the store in the file of a URL "sqlite:///path"; one that is not there is made, unless `make` is false.

    Raises StoreError where the file is not a store, or cannot be opened.
    """
    from accord.stores.sql.sqlite import Sqlite

    prefix = "sqlite:///"
    if not url.startswith(prefix):
        raise StoreError(f"{url}: it names no file; write sqlite:///path")
    path = url.removeprefix(prefix)
    return SqlStore(path, Sqlite(path, make))


def open_postgresql(url: str, make: bool = True) -> Store:
    """Return the store in the PostgreSQL database of a URL; its tables are made, unless `make` is false.

    Raises StoreError where the database does not answer, or holds other tables.
    """
    from accord.stores.sql.postgres import Postgresql

    dialect = Postgresql(url, make)
    return SqlStore(dialect.url, dialect)
