"""Tables as Parquet, with typed columns: days, times in UTC, lists of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.exports.source import Source
from accord.exports.tables import Kind, write_tables

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 10_000
CHARACTERS = 8_000_000
"""A group of rows ends with so many of them, or so many characters of text."""
_HALF = re.compile("[\ud800-\udfff]")


def write(source: Source, path: Path) -> Mapping[str, int]:
    """Write a file per table to the folder or zip file `path`; return how many rows each has."""
    return write_tables(source, path, "parquet", _opened)


def typed(value: Any, kind: Kind) -> Any:
    """Return `value` as its column holds it; None for a day or time that no calendar has.

    Half characters, which Parquet cannot hold, become U+FFFD: offsets stay what they are.
    """
    if value is None:
        return None
    if kind == "text":
        return _whole(value)
    if kind == "texts":
        return [_whole(item) for item in value]
    if kind == "number":
        return float(value)
    return _moment(value, kind) if kind in ("day", "time") else value


def _moment(value: str, kind: Kind) -> date | datetime | None:
    try:
        if kind == "day":
            return date.fromisoformat(value[:10])
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _whole(text: str) -> str:
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


@contextmanager
def _opened(path: Path, columns: Mapping[str, Kind]) -> Iterator[Callable[[dict[str, Any]], None]]:
    import pyarrow as pa
    from pyarrow import parquet

    schema = _schema(columns)
    waiting: list[dict[str, Any]] = []
    size = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:

        def flush() -> None:
            nonlocal size
            if waiting:
                writer.write_table(pa.Table.from_pylist(waiting, schema=schema))
                waiting.clear()
                size = 0

        def add(row: dict[str, Any]) -> None:
            nonlocal size
            waiting.append({name: typed(row[name], kind) for name, kind in columns.items()})
            size += sum(len(value) for value in row.values() if isinstance(value, str))
            if len(waiting) >= ROWS or size >= CHARACTERS:
                flush()

        yield add
        flush()


def _schema(columns: Mapping[str, Kind]) -> pa.Schema:
    import pyarrow as pa

    types: dict[Kind, pa.DataType] = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema([pa.field(name, types[kind]) for name, kind in columns.items()])
