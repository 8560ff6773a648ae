"""Rows of records in Parquet files, and back; `runs.arrays` says what stands for what.

The same rows give the same bytes. Written with https://parquet.apache.org/docs/file-format/, for any program to read.
"""

from __future__ import annotations

import secrets
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate
from operator import is_not
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from accord.errors import RunError
from accord.runs.arrays import KEY, SCHEMA, plan_of, schema_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile, ParquetWriter

UNFINISHED = ".tmp"
"""How the name of a file ends that is being written; it begins with a dot."""
_GROUP_BYTES = 1 << 19
"""About so much of Arrow's memory is one row group: few rows of a kind that is big, so that some are read cheaply."""
_FEWEST, _MOST = 4, 1 << 13
_COLUMN_ROWS = 1 << 16
_GATHERED_ROWS, _GATHERED_BYTES = 1000, 8_000_000
"""A group of rows in a file made of many ends with so many rows, or so much of Arrow's memory."""

Row = TypeVar("Row")
Whole = TypeVar("Whole")


# files ----------------------------------------------------------------------------------------------------------------


def write_part(path: Path, kind: type[Row], rows: Iterable[Row]) -> int:
    """Write `rows` of a `kind` to the Parquet file `path`, whole or not at all; return how many they are.

    Folders that are missing are made. Half characters, which UTF-8 cannot hold, are written as U+FFFD.
    """
    import pyarrow as pa

    rows = list(rows)
    plan, schema = plan_of(cast("type", kind)), schema_of(cast("type", kind))
    try:
        arrays = plan.arrays(rows)
    except UnicodeEncodeError:
        arrays = plan.arrays([whole(row) for row in rows])
    table = pa.Table.from_arrays(arrays, schema=schema)
    group = min(max(_GROUP_BYTES * len(rows) // max(table.nbytes, 1), _FEWEST), _MOST)
    with _written(path, schema) as writer:
        writer.write_table(table, row_group_size=group)
    return len(rows)


def write_columns(path: Path, kind: type, columns: Mapping[str, Any]) -> int:
    """Write rows of a plain `kind`, given as columns (arrays), as `write_part` does; return how many they are."""
    import pyarrow as pa

    schema = schema_of(kind)
    table = pa.Table.from_arrays([pa.array(columns[field.name], field.type) for field in schema], schema=schema)
    with _written(path, schema) as writer:
        writer.write_table(table, row_group_size=_COLUMN_ROWS)
    return int(table.num_rows)


def gathered(path: Path, parts: Iterable[Path]) -> int:
    """Write the rows of `parts`, files of one kind, in their order to one file; return how many they are.

    Memory is bounded, and the same parts give the same bytes. Raises RunError where a part cannot be read.
    """
    import pyarrow as pa

    rows = 0
    waiting: list[pa.Table] = []
    schema: pa.Schema = None
    with ExitStack() as stack:
        writer: ParquetWriter = None

        def flush() -> None:
            if waiting:
                table = pa.concat_tables(waiting)
                writer.write_table(table, row_group_size=max(table.num_rows, 1))
                waiting.clear()

        for part in parts:
            with _opened(part) as file:
                if schema is None:
                    schema = file.schema_arrow
                    writer = stack.enter_context(_written(path, schema))
                elif not file.schema_arrow.equals(schema):
                    raise RunError(f"{part}: its columns are not those of the other parts; make the run again")
                for group in range(file.num_row_groups):
                    waiting.append(file.read_row_group(group, use_threads=False))
                    rows += waiting[-1].num_rows
                    if (
                        sum(table.num_rows for table in waiting) >= _GATHERED_ROWS
                        or sum(table.nbytes for table in waiting) >= _GATHERED_BYTES
                    ):
                        flush()
        if writer is not None:
            flush()
    return rows


@contextmanager
def _written(path: Path, schema: pa.Schema) -> Iterator[ParquetWriter]:
    """Give a writer to a new file, which takes the place of `path` once all is written."""
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    other = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    plain = [field.name for field in schema if not field.type.num_fields]
    try:
        with parquet.ParquetWriter(
            other, schema, compression="zstd", store_schema=False, write_statistics=plain
        ) as writer:
            writer.add_key_value_metadata({KEY: SCHEMA})
            yield writer
        other.replace(path)
    except BaseException:
        other.unlink(missing_ok=True)
        raise


def read_part(
    path: Path, kind: type[Row], rows: Sequence[int] | None = None, columns: Iterable[str] | None = None
) -> list[Row]:
    """Return the rows of a `kind` in the file at `path`; of all `rows` those with these numbers, in their order.

    Of `columns`, those are read that are named; the other fields have their defaults, and ValueError is raised where
    one has none. Raises RunError where the file is missing, cut off, damaged or of another kind.
    """
    plan = plan_of(cast("type", kind))
    names = list(plan.columns) if columns is None else list(columns)
    with _opened(path) as file:
        _check(path, file, kind)
        given, size = _read(file, names, rows)
    return plan.rows(given, size)


def each_row(path: Path, kind: type[Row], columns: Iterable[str] | None = None) -> Iterator[Row]:
    """Yield the rows of the file at `path`, a group of them at a time; raises RunError as `read_part` does."""
    plan = plan_of(cast("type", kind))
    names = list(plan.columns) if columns is None else list(columns)
    with _opened(path) as file:
        _check(path, file, kind)
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, names, use_threads=False).combine_chunks()
            yield from plan.rows(_chunks(table), table.num_rows)


def count_rows(path: Path) -> int:
    """Return how many rows the file at `path` has; raises RunError as `read_part` does."""
    with _opened(path) as file:
        return int(file.metadata.num_rows)


@contextmanager
def _opened(path: Path) -> Iterator[ParquetFile]:
    """Give the file at `path`; whatever is wrong with it is a RunError."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    again = "make the run again, or copy it again"
    try:
        with ParquetFile(path) as file:
            yield file
    except FileNotFoundError as error:
        raise RunError(f"{path}: there is no such file, so the run is not whole; {again}") from error
    except (ArrowException, OSError) as error:
        raise RunError(f"{path}: it cannot be read, or is cut off or damaged ({_short(error)}); {again}") from error


def _read(file: ParquetFile, names: list[str], rows: Sequence[int] | None) -> tuple[dict[str, pa.Array], int]:
    """Return the columns `names` of the rows, each as one array, and how many rows they are."""
    import pyarrow as pa

    if rows is None:
        table = file.read(names, use_threads=False)
    else:
        starts = [0, *accumulate(file.metadata.row_group(at).num_rows for at in range(file.num_row_groups))]
        if any(not 0 <= row < starts[-1] for row in rows):
            raise IndexError(f"it has {starts[-1]} rows, and none with the numbers {list(rows)}")
        groups = sorted({bisect_right(starts, row) - 1 for row in rows})
        before = dict(zip(groups, accumulate((starts[g + 1] - starts[g] for g in groups), initial=0), strict=False))
        places = [before[g := bisect_right(starts, row) - 1] + row - starts[g] for row in rows]
        table = file.read_row_groups(groups, names, use_threads=False).take(pa.array(places, pa.int64()))
    return _chunks(table.combine_chunks()), table.num_rows


def _chunks(table: pa.Table) -> dict[str, pa.Array]:
    """Return the columns of a table whose chunks are combined."""
    import pyarrow as pa

    return {
        name: column.chunk(0) if column.num_chunks else pa.array([], column.type)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }


def _check(path: Path, file: ParquetFile, kind: type) -> None:
    """Raise RunError where `file` does not hold rows of a `kind`."""
    said = (file.metadata.metadata or {}).get(KEY.encode(), b"").decode("utf-8", "replace")
    if said != SCHEMA:
        told = (
            f"it is of schema {said}, and this accord reads {SCHEMA}" if said else "it is no table of a run of accord"
        )
        raise RunError(f"{path}: {told}; use the accord that made it, or name a folder that accord run wrote")
    if not file.schema_arrow.equals(schema_of(kind)):
        names = set(file.schema_arrow.names) ^ set(schema_of(kind).names)
        other = f" ({', '.join(sorted(names))})" if names else ""
        raise RunError(f"{path}: its columns are not those of {kind.__name__}{other}; use the accord that made it")


def _short(error: Exception) -> str:
    return f"{error}".splitlines()[0][:200] if f"{error}" else type(error).__name__


# half characters ------------------------------------------------------------------------------------------------------


def whole(record: Whole) -> Whole:
    """Return `record` (a dataclass, a tuple, a plain value) with U+FFFD for each half character in its strings.

    Lengths stay, so that spans do. UTF-8 holds no lone surrogates, which JSON's escapes can bring in.

    whole(Article("a", "A dam \\ud800 broke.", "Post")) -> Article("a", "A dam \\ufffd broke.", "Post")
    """
    return cast("Whole", _mended(record))


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        if value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError:
            return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
        return value
    if isinstance(value, tuple):
        made = tuple(map(_mended, value))
        return made if any(map(is_not, made, value)) else value
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: new for one in fields(value) if (new := _mended(old := getattr(value, one.name))) is not old
        }
        return replace(value, **changed) if changed else value
    return value
