"""Parquet: a row a page, read in small batches, only the columns that can hold an article's fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input
from accord.readers.layers import seekable
from accord.readers.tables import check_columns
from accord.records import Page, Rejected

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

BATCH = 16
MOST_BLOWN_UP = 200
FREE = 64_000_000
LONGEST_FOOTER = 64_000_000

_RECORD = "application/json"
_TRAILER = 8


def rows(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield each row of `item` as a JSON object, times as ISO 8601, empty cells left out.

    A damaged row group is a `Rejected`, and the others go on. Raises ReadError where the file cannot be opened.
    """
    from pyarrow import ArrowException

    with seekable(item.file) as file:
        _check_footer(file)
        try:
            table = _table(file, ())
            table = _table(file, [name for name, kind in _top_level(table) if _is_text(kind)])
        except (ArrowException, OSError, ValueError, TypeError) as error:
            raise ReadError(f"it is no usable Parquet file ({_short(error)}); export it again") from error
        with table:
            names = _columns(table, {name for _, name in desk.config.columns})
            if not names:
                raise ReadError("none of its columns holds text; export the articles' texts with it")
            check_columns([name for name, _ in _top_level(table)], desk.config)
            if not table.metadata.num_rows:
                raise ReadError("it holds no rows; export it again")
            yield from _groups(table, names, item, desk.config.max_bytes)


def _groups(table: ParquetFile, names: list[str], item: Input, limit: int) -> Iterator[Page | Rejected]:
    from pyarrow import ArrowException

    first = 1
    for group in range(table.metadata.num_row_groups):
        number = first
        first += table.metadata.row_group(group).num_rows
        try:
            _check_size(table, group)
            for batch in table.iter_batches(BATCH, row_groups=[group], columns=names, use_threads=False):
                for at in range(batch.num_rows):  # one by one: rows may share one huge value
                    row = {name: batch.column(name)[at].as_py() for name in names}
                    yield _page(row, f"{item.name}, row {number}", item, limit)
                    number += 1
        except (ArrowException, OSError, ValueError, TypeError, OverflowError) as error:
            rest = f"{item.name}, rows {number} to {first - 1}"
            yield Rejected(rest, "read", f"they cannot be read ({_short(error)}); export the table again")


def _page(row: dict[str, Any], place: str, item: Input, limit: int) -> Page | Rejected:
    record = {name: value for name, value in row.items() if value is not None and value == value}
    content = json.dumps(record, ensure_ascii=False, default=_plain).encode("utf-8", "replace")
    if len(content) > limit:
        return Rejected(place, "read", f"it is longer than {limit:,} bytes; keep one report a row")
    return Page(content, place, _RECORD, item.fetched)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _table(file: Any, shared: Sequence[str]) -> ParquetFile:
    """Return the opened file; equal values of the columns `shared` are held once."""
    from pyarrow.parquet import ParquetFile

    return ParquetFile(
        file,
        read_dictionary=list(shared),
        pre_buffer=False,
        buffer_size=1 << 20,
        thrift_string_size_limit=LONGEST_FOOTER,
        thrift_container_size_limit=1_000_000,
    )


def _columns(table: ParquetFile, wanted: set[str]) -> list[str]:
    """Return the top-level columns with text, numbers, times, or lists and objects of these; bytes where `wanted`."""
    return [name for name, kind in _top_level(table) if _is_field(kind) or name in wanted]


def _top_level(table: ParquetFile) -> list[tuple[str, Any]]:
    return [(field.name, field.type) for field in table.schema_arrow]


def _is_field(kind: Any) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        return _is_field(kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind):  # numbers in lists are vectors
        return _is_text(kind.value_type) or types.is_struct(kind.value_type)
    return bool(
        _is_text(kind)
        or types.is_primitive(kind)
        or types.is_decimal(kind)
        or (types.is_struct(kind) and any(_is_field(field.type) for field in kind))
    )


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _check_footer(file: Any) -> None:
    """Raise ReadError where the file does not end as Parquet files do, or with a footer that would fill the memory."""
    try:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TRAILER))
        trailer = file.read(_TRAILER)
        file.seek(0)
    except (OSError, ValueError) as error:
        raise ReadError(f"it cannot be read ({error}); check the path and the disk") from error
    if trailer[4:] != b"PAR1":
        raise ReadError("the end of the Parquet file is missing; download or export it again")
    footer = int.from_bytes(trailer[:4], "little")
    if footer > min(size, LONGEST_FOOTER):
        raise ReadError(f"its footer claims {footer:,} bytes, more than there are or may be; export it again")


def _check_size(table: ParquetFile, group: int) -> None:
    """Raise ValueError where a row group claims to unpack to far more than it takes."""
    columns = (table.metadata.row_group(group).column(n) for n in range(table.metadata.num_columns))
    for column in columns:
        if column.total_uncompressed_size > FREE + MOST_BLOWN_UP * column.total_compressed_size:
            raise ValueError(f"{column.path_in_schema} unpacks to over {MOST_BLOWN_UP} times its size")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
