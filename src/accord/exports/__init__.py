"""Exports: all that a store holds, or one story of it, as files that other programs read.

A new format is one module and one line in `EXPORTS`. Each takes what it writes from a `Source`, a little at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import AccordError
from accord.exports import csv, ftm, jsonl, jsonld, parquet
from accord.exports.source import Source
from accord.exports.whole import new_file, new_folder

if TYPE_CHECKING:
    from accord.stores import Store

__all__ = ["EXPORTS", "FOLDERS", "export"]

EXPORTS: dict[str, Callable[[Source, Path], Mapping[str, int]]] = {
    "jsonl": jsonl.write,
    "csv": csv.write,
    "parquet": parquet.write,
    "ftm": ftm.write,
    "jsonld": jsonld.write,
}
FOLDERS = frozenset({"csv", "parquet"})
"""The formats that are a folder of tables, or one file where the target's name ends in .zip; the others are a file."""


def export(
    store: Store,
    format: str,
    target: str | Path,
    *,
    since: str | None = None,
    story: str | None = None,
    texts: bool = True,
    at: str | None = None,
) -> dict[str, int]:
    """Write what `store` holds to `target` in `format` (a key of `EXPORTS`), and return how many of each kind it is.

    Only what was published, noticed or reported since the day `since`, only one `story` (its id or how it begins);
    without the `texts` of the articles where they are not wanted. `at` (ISO time in UTC) is stated in the export, and
    what is overdue then is said to be. The target is written whole or not at all, and the same store gives the same
    bytes. Raises ValueError for another format and AccordError where there is no such story or the target cannot be
    written.

        export(store, "csv", "desk.zip", since="2031-03-01") -> {"articles": 310, "stories": 41, ...}
    """
    if format not in EXPORTS:
        raise ValueError(f"no export as {format!r}: use one of {', '.join(EXPORTS)}")
    source = Source(store, since=since, story=story, texts=texts, at=at)
    path = Path(target)
    folder = format in FOLDERS and path.suffix.lower() != ".zip"
    try:
        with (new_folder if folder else new_file)(path) as aside:
            return dict(EXPORTS[format](source, aside))
    except OSError as error:
        reason = error.strerror or error
        raise AccordError(f"{target}: it cannot be written ({reason}); choose another place") from error
