"""What to tell of a database's faults: one table from what drivers say to what failed and what can be done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import exc

from accord.errors import StoreError
from accord.stores.sql.codec import Damaged

LOOK = "run `accord check` on it, and "
INSTEAD = "put a backup in its place"
FAULTS: tuple[tuple[str, str], ...] = (
    ("database is locked", "another process has been writing to it for too long; wait for its end, and try again"),
    ("due to lock timeout", "another process has been writing to it for too long; wait for its end, and try again"),
    ("database or disk is full", "the disk is full; make room, and run the same again"),
    ("no space left on device", "the disk is full; make room, and run the same again"),
    ("readonly database", "it cannot be written to; check the permissions of the file and its folder"),
    ("read-only transaction", "it cannot be written to; check the permissions of its user"),
    ("permission denied", "it may not be used; check the permissions of its user"),
    ("unable to open database file", "it cannot be opened; check that its folder is there and may be written to"),
    ("file is not a database", "it is no store of accord, or it was damaged; name another file, or put a backup in its "
     "place"),
    ("malformed", f"it is damaged; {LOOK}{INSTEAD}"),
    ("disk i/o error", "the disk failed, or the file was taken away; check the disk, and try again"),
    ("password authentication failed", "its user or password is wrong; check the address"),
    ("no password supplied", "it asks for a password; put one into the address, or into ~/.pgpass"),
    ("does not exist", "there is no such database, user or table; check the address"),
    ("connection refused", "no database answers there; check the address, and that the server runs"),
    ("could not translate host name", "there is no such host; check the address"),
    ("failed to resolve host", "there is no such host; check the address"),
    ("connection timeout", "no database answers there; check the address, and that the server runs"),
    ("the database system is starting up", "the server is starting; try again in a moment"),
    ("the database system is shutting down", "the server is shutting down; try again when it runs"),
    ("too many clients", "the server takes no more connections; try again later"),
    ("consuming input failed", "the connection was lost; what was committed is kept, run the same again"),
    ("server closed the connection", "the connection was lost; what was committed is kept, run the same again"),
    ("terminating connection", "the connection was lost; what was committed is kept, run the same again"),
    ("connection is lost", "the connection was lost; what was committed is kept, run the same again"),
    ("connection is closed", "the connection was lost; what was committed is kept, run the same again"),
    ("connection already closed", "the connection was lost; what was committed is kept, run the same again"),
)  # fmt: skip
"""What a driver's message holds (in lower case), and what to tell; the first that fits is told."""

_DRIVERS = (sqlite3.Error, psycopg.Error, exc.SQLAlchemyError)


def fault(url: str, error: BaseException) -> StoreError:
    """Return what to tell of a fault of the store at `url`."""
    told = str(getattr(error, "orig", None) or error).strip()
    for sign, meaning in FAULTS:
        if sign in told.lower():
            return StoreError(f"{url}: {meaning}")
    return StoreError(f"{url}: it cannot be used ({told}); check it, and try again")


def problem(url: str, error: Exception) -> str:
    """Return what `error` says of the store at `url`, to those who are looking for damage in it already."""
    return str(error).removeprefix(f"{url}: ").replace(LOOK, "")


@contextmanager
def told(url: str) -> Iterator[None]:
    """Raise what a driver, the codec or the file system says of the store at `url` as StoreError."""
    try:
        yield
    except Damaged as error:
        raise StoreError(f"{url}: {error}; {LOOK}{INSTEAD}") from error
    except (*_DRIVERS, OSError, MemoryError, UnicodeEncodeError) as error:
        raise fault(url, error) from error
