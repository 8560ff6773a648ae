"""Tables: CSV and its relatives, a row a page; the first row names the fields (`Config.columns` maps other names)."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import TextIOWrapper

from accord.config import TEXT_NAMES, Config, plain_name
from accord.errors import ReadError
from accord.readers.inputs import Desk, Input
from accord.readers.layers import buffered, start_of
from accord.records import Page, Rejected

DELIMITERS = ",;\t|"
MOST_NAMED = 20

_RECORD = "application/json"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*$", re.I)
_ASCII = bytes(range(128))
_WESTERN = "accord.cp1252"


class _TooLong(Exception):
    """A row holds more than a row may."""


def rows(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield each row of `item` as a JSON object; one whose cells do not fit the header is rejected with its number.

    Rows are counted as spreadsheets do: the header is row 1. A quoted cell may hold line ends (RFC 4180).
    """
    file = buffered(item.file)
    text = TextIOWrapper(file, _encoding(start_of(file)), errors=_WESTERN, newline="")
    try:
        yield from _rows(text, item, desk.config)
    except (OSError, EOFError) as error:
        raise ReadError(f"it cannot be read ({error}); check the path and the disk") from error
    finally:
        text.detach()
        if file is not item.file:
            file.detach()


def check_columns(names: Sequence[str], config: Config) -> None:
    """Raise ReadError with the `names` of a table's columns where none of them is the text of an article.

    The columns of ninjs items have names of their own (`parse.ninjs`): their rows are told one by one.
    """
    plain = {plain_name(name) for name in names}
    wanted = {plain_name(name) for field, name in config.columns if field == "text"}
    agency = not plain.isdisjoint(("uri", "guid")) and any(name.startswith(("body", "bodies")) for name in plain)
    if agency or not plain.isdisjoint(wanted.union(TEXT_NAMES)):
        return
    shown = [f"{name[:40]}{'...' if len(name) > 40 else ''}" for name in names if name][:MOST_NAMED]
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    raise ReadError(f"its columns are {', '.join(shown)}{more}; none is the text: name it with --column text=NAME")


def _rows(text: TextIOWrapper, item: Input, config: Config) -> Iterator[Page | Rejected]:
    limit = 4 * config.max_characters
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    lines = _Lines(text, limit)
    first = lines.readline()
    told = _SEPARATOR_LINE.match(first)
    if told:
        first = lines.readline()
    if not first.strip():
        raise ReadError("it is empty or its first line is; name the columns in the first line")
    delimiter = told[1] if told else _delimiter(first)
    lines.put_back(first)
    reader = csv.reader(lines, delimiter=delimiter)
    header: list[str] | None = None
    number = 0
    while True:
        number += 1
        place = f"{item.name}, row {number}"
        lines.new_row()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except (_TooLong, csv.Error) as error:
            if header is None:
                raise ReadError(
                    f"its first row cannot be read ({error}); name the columns in the first line"
                ) from error
            closed = lines.skip_row()
            lost = "" if closed else "; a quote in it is never closed, and nothing after it can be read"
            yield Rejected(place, "read", f"{error}{lost}; check the quotes around its cells")
            continue
        if header is None:
            header = [name.strip() for name in cells]
            if len(header) < 2:
                raise ReadError("its first line names only one column; put a comma, semicolon or tab between columns")
            check_columns(header, config)
        elif any(cell.strip() for cell in cells):
            yield _page(cells, header, place, item)
    if number <= 2:
        raise ReadError("it holds no row under its header; put an article into each row")


def _page(cells: list[str], header: list[str], place: str, item: Input) -> Page | Rejected:
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) != len(header):
        reason = f"it has {len(cells)} cells and the header has {len(header)}; put quotes around cells with delimiters"
        return Rejected(place, "read", reason)
    if any("\0" in cell for cell in cells):
        return Rejected(place, "read", "it holds null bytes; export the table again as UTF-8")
    record = {name: cell for name, cell in reversed(list(zip(header, cells, strict=True))) if name and cell}
    content = json.dumps(dict(reversed(record.items())), ensure_ascii=False).encode("utf-8", "replace")
    return Page(content, place, _RECORD, item.fetched)


class _Lines:
    """The lines of a table, with the length and the open quotes of the row that they are in."""

    def __init__(self, text: TextIOWrapper, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._first: str | None = None
        self._ends_line = True
        self.new_row()

    def new_row(self) -> None:
        self._length = 0
        self._quotes = 0

    def put_back(self, line: str) -> None:
        self._first = line

    def readline(self) -> str:
        return self._text.readline(self._limit + 1)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._first if self._first is not None else self.readline()
        self._first = None
        if not line:
            raise StopIteration
        self._length += len(line)
        self._quotes += line.count('"')
        self._ends_line = line.endswith(("\n", "\r"))
        if self._length > self._limit:
            raise _TooLong(f"it is longer than {self._limit:,} characters")
        return line

    def skip_row(self) -> bool:
        """Pass over what is left of a row, to the line in which its quotes are closed; tell whether they are."""
        while not self._ends_line or self._quotes % 2:
            line = self.readline()
            if not line:
                return not self._quotes % 2
            self._quotes += line.count('"')
            self._ends_line = line.endswith(("\n", "\r"))
        return True


def _delimiter(line: str) -> str:
    """Return what separates the names in the first line: what stands most often outside quotes."""
    bare = _QUOTED.sub("", line)
    return max(DELIMITERS, key=bare.count)


def _encoding(start: bytes) -> str:
    """Return the encoding of a table that begins with `start`: by its mark, UTF-8, else what it looks like."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if start.count(0) * 10 > len(start):
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if len(start.translate(None, _ASCII)) * 7 < len(start):  # a few accents: other scripts have a letter in two
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(start).best()
    return "cp1252" if best is None else best.encoding


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not in the table's encoding as Windows-1252, the commonest stray one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WESTERN, _as_western)
