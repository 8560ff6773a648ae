"""What stands where in a run's folder: the parts of its tables, and the manifest that says that it is finished.

    DIR/manifest.json    DIR/articles/month=2025-05/part-0000012.parquet    ...

A partition is one folder under its table, named as other programs that read Parquet name them: `month=2025-05`.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RunError
from accord.runs.arrays import SCHEMA, schema_of
from accord.runs.columns import UNFINISHED, each_row
from accord.runs.rows import TABLES

if TYPE_CHECKING:
    from accord.records import Article

MANIFEST = "manifest.json"
WORK = "_work"
UNDATED = "undated"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]")


# parts ----------------------------------------------------------------------------------------------------------------


def month_of(article: Article) -> str:
    """Return the month of an article that gives a full day, else "undated": "2031-05-04" -> "2031-05"."""
    day = article.published or ""
    try:
        return day[:7] if _DAY.fullmatch(day) and date.fromisoformat(day) else UNDATED
    except ValueError:
        return UNDATED


def place_of(name: str, value: str) -> str:
    """Return the name of a partition's folder: ("month", "2031-05") -> "month=2031-05"."""
    return f"{name}={_UNSAFE.sub('-', value)}"


def part_in(output: Path, table: str, place: str, key: str) -> Path:
    """Return where a part of a table stands: DIR/articles/month=2031-05/part-0000012.parquet."""
    return output / table / place / f"part-{key}.parquet"


def parts_of(output: Path, table: str) -> list[Path]:
    """Return the parts of a table that are there, in the order of their partitions, then of their keys."""
    return sorted((output / table).glob("*/part-*.parquet"))


def tidy(output: Path) -> None:
    """Remove what workers that died were writing to the tables."""
    for table in TABLES:
        for path in (output / table).glob(f"*/.*{UNFINISHED}"):
            path.unlink(missing_ok=True)


# the manifest ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a table: its path under the run's folder ("articles/month=2031-05/part-0000012.parquet")."""

    path: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a finished run is: what made it of what, with which settings, and the parts of its tables.

    `accord` is a version, `maker` what made the analyses (`upkeep.maker`), `config` the settings that matter to what
    comes out, `inputs` the paths as they were given, `counts` what else is to be told of it.
    """

    accord: str
    maker: str
    config: Mapping[str, Any]
    inputs: tuple[str, ...]
    parts: Mapping[str, tuple[Part, ...]]
    counts: Mapping[str, int]

    def rows(self, table: str) -> int:
        """Return how many rows a table has."""
        return sum(part.rows for part in self.parts.get(table, ()))


def write_manifest(
    output: Path, plan: Mapping[str, Any], counts: Mapping[str, int], parts: Iterable[Mapping[str, Any]]
) -> None:
    """Say that the run in the folder `output` is finished; the same run gives the same bytes.

    `plan` has its inputs, its maker and its config; `parts` are the files of its tables, with "path", "rows", "bytes".
    """
    from accord import __version__

    files: dict[str, list[list[Any]]] = {table: [] for table in TABLES}
    for part in sorted(parts, key=lambda part: str(part["path"])):
        files[part["path"].partition("/")[0]].append([part["path"], part["rows"], part["bytes"]])
    content = {
        "schema": SCHEMA,
        "accord": __version__,
        "maker": plan["maker"],
        "config": plan["config"],
        "inputs": plan["inputs"],
        "counts": dict(counts),
        "tables": {
            table: {"rows": sum(rows for _, rows, _ in found), "columns": _columns(table), "files": found}
            for table, found in files.items()
        },
    }
    other = output / f".{MANIFEST}.{secrets.token_hex(4)}{UNFINISHED}"
    try:
        other.write_text(_lines(content), encoding="utf-8", errors="replace")
        other.replace(output / MANIFEST)
    except BaseException:
        other.unlink(missing_ok=True)
        raise


def read_manifest(output: Path) -> Manifest:
    """Return the manifest of the finished run in the folder `output`.

    Raises RunError where there is none, or of another schema, and where a file that it names is missing or cut off.
    """
    path = output / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ValueError("it is no object")
        _check_schema(path, content.get("schema"))
        made = Manifest(
            accord=str(content["accord"]),
            maker=str(content["maker"]),
            config=dict(content["config"]),
            inputs=tuple(map(str, content["inputs"])),
            parts={
                name: tuple(Part(str(where), int(rows), int(size)) for where, rows, size in table["files"])
                for name, table in content["tables"].items()
            },
            counts={str(name): int(count) for name, count in content["counts"].items()},
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _unfinished(output) from error
    except OSError as error:
        raise RunError(f"{path}: it cannot be read ({error.strerror}); check its rights and the disk") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(
            f"{path}: it is no manifest of a run, or damaged ({error!r:.100}); make the run again"
        ) from error
    _check_parts(output, made)
    return made


def rows_of(output: Path, manifest: Manifest, table: str, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """Yield the rows of a table in the order of its parts, some hundreds of them in memory at a time.

    Raises RunError as `read_part` does, and where a part has not as many rows as it should.
    """
    kind: type = TABLES[table]
    for part in manifest.parts.get(table, ()):
        rows = 0
        found: Iterator[Any] = each_row(output / part.path, kind, columns)
        for row in found:
            rows += 1
            yield row
        if rows != part.rows:
            raise RunError(
                f"{output / part.path}: it has {rows:,} rows and should have {part.rows:,}; make the run again"
            )


def _lines(content: Mapping[str, Any]) -> str:
    """Return `content` as JSON that people read, with one line for each file."""
    text = json.dumps(content, indent=1, ensure_ascii=False)
    return re.sub(r"\[\n\s+(\"(?:[^\"\\]|\\.)*\"),\n\s+(\d+),\n\s+(\d+)\n\s+\]", r"[\1, \2, \3]", text) + "\n"


def _columns(table: str) -> dict[str, str]:
    kind = TABLES.get(table)
    return {field.name: str(field.type) for field in schema_of(kind)} if kind else {}


def _check_schema(path: Path, schema: object) -> None:
    if schema != SCHEMA:
        said = f"it is of schema {schema!s:.60}" if schema else "it is no manifest of a run"
        raise RunError(f"{path}: {said}, and this accord reads {SCHEMA}; use the accord that made it")


def _check_parts(output: Path, manifest: Manifest) -> None:
    for part in (part for parts in manifest.parts.values() for part in parts):
        path = output / part.path
        if ".." in Path(part.path).parts or Path(part.path).is_absolute():
            raise RunError(f"{output / MANIFEST}: it names {part.path}, outside of its folder; it is damaged")
        try:
            size = path.stat().st_size
        except OSError as error:
            raise RunError(
                f"{path}: there is no such file, so the run is not whole; make the run again, or copy it again"
            ) from error
        if size != part.bytes:
            raise RunError(
                f"{path}: it has {size:,} bytes and should have {part.bytes:,}: it is cut off or was changed;"
                " make the run again, or copy it again"
            )


def _unfinished(output: Path) -> RunError:
    if (output / WORK).is_dir():
        return RunError(f'{output}: its run is not finished; end it first with "accord run --resume"')
    if not output.is_dir():
        return RunError(f"{output}: there is no such folder; name one that accord run wrote")
    return RunError(f"{output}: there is no {MANIFEST} in it; name a folder that accord run wrote to its end")
