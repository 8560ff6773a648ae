"""Tables as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from accord.exports.source import Source
from accord.exports.tables import Kind, write_tables

BETWEEN = "; "
"""What stands between the values of one cell."""
# What spreadsheets take for a formula, in the first place of a cell; the wide forms are read as the narrow ones.
_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def write(source: Source, path: Path) -> Mapping[str, int]:
    """Write a file per table to the folder or zip file `path`; return how many rows each has."""
    return write_tables(source, path, "csv", _opened)


def cell(value: Any, kind: Kind) -> str:
    """Return `value` as the words of a cell: nothing for None, true and false for flags, lists parted by semicolons.

    Text that a spreadsheet would take for a formula gets an apostrophe before it (`text_of` takes it away). NUL and
    half characters, which no file may hold, become U+FFFD: offsets stay what they are.

        cell("=SUM(A1)", "text") -> "'=SUM(A1)"
    """
    if value is None:
        return ""
    if kind == "flag":
        return "true" if value else "false"
    if kind == "integer":
        return str(value)
    if kind == "number":
        return repr(float(value)).removesuffix(".0")
    text = _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", BETWEEN.join(value) if kind == "texts" else str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def text_of(cell: str) -> str:
    """Return the text that `cell` was made of, but for what no file may hold."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


@contextmanager
def _opened(path: Path, columns: Mapping[str, Kind]) -> Iterator[Callable[[dict[str, Any]], None]]:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        yield lambda row: writer.writerow([cell(row[name], kind) for name, kind in columns.items()])
