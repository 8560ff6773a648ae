"""The second step of a run: articles that came before are told from new ones, and all are put in the order of time.

It runs in one process, on files, so that memory does not grow: what a feed gives once more is not analyzed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.records import Article, Change, Rejected
from accord.runs.columns import read_part
from accord.runs.parts import UNDATED, WORK
from accord.runs.reading import read_file, write_rejected
from accord.runs.rows import ReadRow, RejectedRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from accord.runs.steps import Receipt

SETTLE = "settle"
_SCHEMA = """
CREATE TABLE articles (batch TEXT, place INTEGER, id TEXT UNIQUE, day INTEGER, month TEXT, size INTEGER,
    version INTEGER, replaces TEXT, changes BLOB);
CREATE TABLE superseded (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_NOTES = 10_000


@dataclass(frozen=True, slots=True)
class Pick:
    """An article to take on: where it was parsed, and under which id and as which version it goes on.

    `number` counts the last versions, in the order of time; an older version has none. `size` is in characters.
    """

    batch: str
    place: int
    id: str
    month: str
    size: int
    number: int | None
    version: int = 1
    replaces: str | None = None
    changes: bytes | None = None


def settle(output: Path, batches: Sequence[str], progress: Callable[[int], None]) -> Receipt:
    """Place all articles of `batches` (keys, in the order of the input) among those before; write their order.

    Most articles share neither an address, an id nor their words with another: these are new whatever came before, and
    only the others are compared.
    """
    try:
        return _settle(output, batches, progress, _shared(output, batches))
    except sqlite3.IntegrityError:  # an id that was made up for one of the others is that of one that was alone
        return _settle(output, batches, progress, None)


def _settle(output: Path, batches: Sequence[str], progress: Callable[[int], None], shared: set[int] | None) -> Receipt:
    from accord.history import History
    from accord.parse import Parsed
    from accord.revisions import placed

    path = _order(output)
    path.unlink(missing_ok=True)
    done = articles = rejected = 0
    notes = _Notes(output)
    with History() as known, closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        base.execute("BEGIN")
        for batch in batches:
            light = _light(output, batch)
            beside = [
                row.place for row in light if shared is None or not row.is_new or not shared.isdisjoint(row.marks)
            ]
            alone = [row for row in light if row.place not in set(beside)]
            _keep(
                base, [(batch, row.place, row.id, *_in_time(row.published), row.size, 1, None, None) for row in alone]
            )
            articles += len(alone)
            for row in read_part(read_file(output, batch), ReadRow, beside):
                for found in placed(Parsed(row.article, row.what, row.own_id, row.fetched), known):
                    if isinstance(found, Rejected):
                        notes.add(RejectedRow(found.what, found.stage, found.reason))
                        rejected += 1
                    else:
                        _keep(base, [_fate(batch, row, found)])
                        articles += 1
            done += len(light)
            progress(done)
        base.execute("COMMIT")
        base.execute("PRAGMA synchronous = FULL")
        base.execute("CREATE INDEX in_time ON articles (day IS NULL, day, id)")
    notes.write()
    return {"articles": articles, "unchanged": known.unchanged, "rejected": rejected}


class _Notes:
    """What is left out here, written ten thousand at a time."""

    def __init__(self, output: Path) -> None:
        self._output = str(output)
        self._rows: list[RejectedRow] = []
        self._parts = 0

    def add(self, row: RejectedRow) -> None:
        self._rows.append(row)
        if len(self._rows) >= _NOTES:
            self.write()

    def write(self) -> None:
        write_rejected(self._output, SETTLE, f"{self._parts:07}", self._rows)
        self._parts += 1
        self._rows = []


@dataclass(frozen=True, slots=True)
class _Light:
    """An article without its text. `marks` are what it can share with others that tell of each other, as numbers."""

    place: int
    size: int
    id: str
    published: str | None
    is_new: bool
    marks: frozenset[int]


def _light(output: Path, batch: str) -> list[_Light]:
    from pyarrow import parquet

    names = ["place", "size", "id", "published", "version", "replaces", "mark", "keys"]
    found = parquet.read_table(read_file(output, batch), columns=names).to_pylist()
    return [
        _Light(
            place=row["place"],
            size=row["size"],
            id=row["id"],
            published=row["published"],
            is_new=row["version"] == 1 and row["replaces"] is None,
            marks=frozenset(map(_number, _marks(row))),
        )
        for row in found
    ]


def _marks(row: Mapping[str, Any]) -> Iterator[str]:
    yield f"print {row['mark']}"
    yield f"id {row['id']}"
    yield from (f"key {key}" for key in row["keys"])
    if row["replaces"]:
        yield f"id {row['replaces']}"


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "little", signed=True)


def _shared(output: Path, batches: Iterable[str]) -> set[int]:
    """Return what more than one article has: prints, keys and ids, as numbers of 64 bits."""
    import numpy as np

    found = [np.zeros(0, np.int64)]
    for batch in batches:
        found.append(np.array([mark for row in _light(output, batch) for mark in row.marks], np.int64))
    values, counts = np.unique(np.concatenate(found), return_counts=True)
    return set(values[counts > 1].tolist())


def _fate(batch: str, row: ReadRow, article: Article) -> tuple[object, ...]:
    import msgspec

    changes = msgspec.msgpack.encode(article.changes) if article.changes else None
    where = (batch, row.place, article.id, *_in_time(article.published), row.size)
    return (*where, article.version, article.replaces, changes)


def _keep(base: sqlite3.Connection, fates: Sequence[tuple[object, ...]]) -> None:
    base.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", fates)
    base.executemany("INSERT OR IGNORE INTO superseded VALUES (?)", [(fate[7],) for fate in fates if fate[7]])


def picks(output: Path) -> Iterator[Pick]:
    """Yield the articles in the order of time (`cluster.grouping.in_time`), those without a day last."""
    with closing(sqlite3.connect(f"{_order(output).absolute().as_uri()}?mode=ro", uri=True)) as base:
        rows: Iterable[tuple[str, int, str, str, int, int, int, str | None, bytes | None]] = base.execute(
            "SELECT batch, place, id, month, size, id IN superseded, version, replaces, changes FROM articles"
            " ORDER BY day IS NULL, day, id"
        )
        number = 0
        for batch, place, identity, month, size, superseded, version, replaces, changes in rows:
            pick = (batch, place, identity, month, size, None if superseded else number)
            yield Pick(*pick, version, replaces, changes)
            number += not superseded


def changes_of(pick: Pick) -> tuple[Change, ...]:
    """Return what an article changes in the version before it."""
    import msgspec

    return msgspec.msgpack.decode(pick.changes, type=tuple[Change, ...]) if pick.changes else ()


def _order(output: Path) -> Path:
    return output / WORK / "order.db"


def _in_time(published: str | None) -> tuple[int | None, str]:
    """Return the number of an article's day, as its sketch has it, and its month."""
    try:
        day = date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        day = None
    return (day.toordinal(), day.isoformat()[:7]) if day else (None, UNDATED)
