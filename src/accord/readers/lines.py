"""JSON Lines: a page a line, read one after another, so that the file may be of any size."""

from __future__ import annotations

from collections.abc import Iterator

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input
from accord.records import Page, Rejected

RECORD = "application/json"


def pages(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield each line of `item` that is not blank; one over the cap is rejected with its number."""
    limit = desk.config.max_bytes
    number = 0
    while line := item.file.readline(limit + 1):
        number += 1
        place = f"{item.name}, line {number}"
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := item.file.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield Rejected(place, "read", f"it is longer than {limit:,} bytes; keep one report a line")
        elif line.strip():
            yield Page(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, place, RECORD, item.fetched)
    if number == 0:
        raise ReadError("it is empty; write an article as an object on each line")
