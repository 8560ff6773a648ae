"""What a later run needs to know of earlier ones: what servers said of pages, and the last version of each article.

One SQLite file (schema 1), or an unnamed temporary one that SQLite keeps on disk where it grows large.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accord.errors import ReadError
from accord.records import Article

if TYPE_CHECKING:
    from accord.readers.web.memory import Validators

_APPLICATION = 0x61636364  # "accd"
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE pages (url TEXT, done INTEGER, etag TEXT, last_modified TEXT, fetched TEXT, PRIMARY KEY (url, done))
    WITHOUT ROWID;
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, version INTEGER, outlet TEXT, title TEXT, published TEXT,
    modified TEXT, fetched TEXT, print TEXT, text BLOB);
CREATE TABLE keys (key BLOB, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE prints (print TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE ids (id TEXT PRIMARY KEY, given INTEGER) WITHOUT ROWID;
"""
_MOST_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Known:
    """The last version of an article, with what `versions.print_of` gives for it and when it was fetched."""

    number: int
    article: Article
    print: str
    fetched: str | None


class History:
    """Keeps what was read in the file `path`, for one run at a time; without a path, for this run only.

    An article is `keep`t once it was handed on, so that a run that breaks off gives it again rather than loses it;
    for the same reason what servers said of pages counts from `finish` on. `unchanged` counts articles that came again
    as they were. Raises ReadError where `path` is no such file, or another run has it open.

        with History("desk.db") as history: list(read(["feeds.opml"], history=history))
    """

    def __init__(self, path: str | None = None) -> None:
        self.unchanged = 0
        self._path = path
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(path or "", isolation_level=None, check_same_thread=False, timeout=0.5)
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error
        try:
            self._open()
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    # pages (`readers.web.memory.Memory`) ------------------------------------------------------------------------------

    def validators(self, url: str) -> Validators | None:
        """Return what a server said of the page at `url` in an earlier run that was finished."""
        from accord.readers.web.memory import Validators

        found = self._rows("SELECT etag, last_modified, fetched FROM pages WHERE url = ? AND done = 1", url)
        return Validators(*found[0]) if found else None

    def remember(self, url: str, validators: Validators) -> None:
        """Keep what a server said of the page at `url`; it counts once this run is finished."""
        values = (url, validators.etag, validators.last_modified, validators.fetched)
        self._rows("REPLACE INTO pages (url, done, etag, last_modified, fetched) VALUES (?, 0, ?, ?, ?)", *values)

    def forget(self, url: str) -> None:
        """Drop what is known of the page at `url`: it is sent again in the next run."""
        self._rows("DELETE FROM pages WHERE url = ?", url)

    def finish(self) -> None:
        """Say that all that was read in this run was handed on."""
        with self._transaction():
            self._rows("DELETE FROM pages WHERE done = 1 AND url IN (SELECT url FROM pages WHERE done = 0)")
            self._rows("UPDATE pages SET done = 1 WHERE done = 0")

    # articles ---------------------------------------------------------------------------------------------------------

    def known(self, key: str) -> Iterator[Known]:
        """Yield the last versions of articles under `key`, the latest first; of many, the latest four."""
        rows = self._rows(
            "SELECT number, print, fetched, id, text, outlet, title, published, modified, version FROM articles"
            " WHERE number IN (SELECT number FROM keys WHERE key = ? ORDER BY number DESC LIMIT ?)"
            " ORDER BY number DESC",
            _digest(key),
            _MOST_CANDIDATES,
        )
        for number, mark, fetched, identity, text, outlet, title, published, modified, version in rows:
            article = Article(
                identity,
                zlib.decompress(text).decode(),
                outlet,
                title,
                published=published,
                modified=modified,
                version=version,
            )
            yield Known(number, article, mark, fetched)

    def seen(self, mark: str) -> bool:
        """Tell whether an article with this print was read before, in any of its versions."""
        return bool(self._rows("SELECT 1 FROM prints WHERE print = ?", mark))

    def given(self, identity: str) -> bool:
        """Tell whether an article was handed on under this id."""
        return bool(self._rows("SELECT 1 FROM ids WHERE id = ? AND given", identity))

    def replaced(self, identity: str) -> bool:
        """Tell whether an article that was handed on says that it replaces the one with this id, not read so far."""
        return bool(self._rows("SELECT 1 FROM ids WHERE id = ? AND NOT given", identity))

    def note(self, mark: str) -> None:
        """Keep that an article with this print was read, and is no last version."""
        self._rows("INSERT OR IGNORE INTO prints VALUES (?)", mark)

    def keep(
        self, article: Article, mark: str, keys: Sequence[str], fetched: str | None, before: Known | None, latest: bool
    ) -> None:
        """Keep the id and the print of an article that was handed on; the `latest` stands in `before`'s place."""
        with self._transaction():
            self.note(mark)
            self._rows("REPLACE INTO ids VALUES (?, 1)", article.id)
            if article.replaces:
                self._rows("INSERT OR IGNORE INTO ids VALUES (?, 0)", article.replaces)
            if not latest:
                return
            text = zlib.compress(article.text.encode(), 1)
            values = (article.id, article.version, article.outlet, article.title, article.published, article.modified)
            self._rows(
                "REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(before.number if before else None, *values, fetched, mark, text),
            )
            number = before.number if before else self._rows("SELECT last_insert_rowid()")[0][0]
            for key in keys:
                self._rows("INSERT OR IGNORE INTO keys VALUES (?, ?)", _digest(key), number)

    # the file ---------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Take the file for this run, with its tables made where it is new."""
        self._rows("PRAGMA locking_mode = EXCLUSIVE")
        with self._transaction():
            ((application,),) = self._rows("PRAGMA application_id")
            ((version,),) = self._rows("PRAGMA user_version")
            if (application, version) == (0, 0) and not self._rows("SELECT 1 FROM sqlite_master"):
                for statement in _SCHEMA.split(";"):
                    self._rows(statement)
                self._rows(f"PRAGMA application_id = {_APPLICATION}")
                self._rows(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            elif application != _APPLICATION:
                raise ReadError(f"{self._path}: it is a database of another program; name another file for the history")
            elif version != _SCHEMA_VERSION:
                raise ReadError(
                    f"{self._path}: it is a history of version {version} and this accord knows version "
                    f"{_SCHEMA_VERSION}; use the accord that made it, or name another file"
                )
            self._rows("DELETE FROM pages WHERE done = 0")  # of a run that broke off
        self._rows(f"PRAGMA journal_mode = {'WAL' if self._path else 'MEMORY'}")
        self._rows(f"PRAGMA synchronous = {'NORMAL' if self._path else 'OFF'}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.rollback()
            raise
        self._rows("COMMIT")

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._base.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.DatabaseError) -> ReadError:
        """Return what to tell of a fault of the file."""
        name = self._path or "the temporary history"
        if "locked" in str(error):
            return ReadError(f"{name}: another run is using it; wait for its end, or name another file")
        if "not a database" in str(error) or "malformed" in str(error):
            return ReadError(f"{name}: it is no history of accord; name another file")
        return ReadError(f"{name}: it cannot be used ({error}); check the path and the disk")


def _digest(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()
