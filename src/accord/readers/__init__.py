"""Read: paths in, `Page`s out. A file, a folder, a pattern or `-` (standard input); the rest go on when one fails.

A new format is one line in `MEDIA_TYPES` here and one module in `parse`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accord.config import Config
from accord.errors import ReadError
from accord.readers.files import expand, identity, printable, read_file
from accord.readers.kinds import MEDIA_TYPES, media_type
from accord.readers.streams import read_stdin
from accord.records import Page, Rejected

__all__ = ["MEDIA_TYPES", "media_type", "read"]


def read(
    paths: Sequence[str], config: Config | None = None, *, stdin: bytes | None = None
) -> tuple[tuple[Page, ...], tuple[Rejected, ...]]:
    """Return the pages that `paths` name, in the order given, and what could not be read.

    A folder gives its files with a known suffix (all levels, sorted), a pattern (`*`, `?`, `[...]`, `**`) what it
    matches, `-` standard input or the bytes in `stdin`. A file named twice is read once. Each failure is a `Rejected`
    that says what to do; no path makes the others fail.

        read(["reports/", "page.html", "-"]) -> ((Page(b"...", "reports/a.txt", "text/plain"), ...), ())
    """
    settings = config or Config()
    pages: list[Page] = []
    rejected: list[Rejected] = []
    seen: set[str] = set()
    for path in paths:
        try:
            names, unlisted = expand(path)
            rejected.extend(unlisted)
            for name in _new(names, seen):
                try:
                    pages.append(read_stdin(settings, stdin) if name == "-" else read_file(name, settings))
                except ReadError as error:
                    rejected.append(Rejected(printable(name), "read", str(error)))
        except ReadError as error:
            rejected.append(Rejected(printable(path), "read", str(error)))
    return tuple(pages), tuple(rejected)


def _new(names: Iterable[str], seen: set[str]) -> list[str]:
    """Return the `names` whose file is not in `seen` yet, and put them there."""
    fresh = []
    for name in names:
        key = identity(name)
        if key not in seen:
            seen.add(key)
            fresh.append(name)
    return fresh
