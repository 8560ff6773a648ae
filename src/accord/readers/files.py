"""Turns a path, folder or pattern into files, and opens them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO

from accord.config import Config
from accord.errors import ReadError
from accord.readers.kinds import MEDIA_TYPES, known_suffix
from accord.records import Rejected

_START = 4096


def expand(path: str) -> tuple[list[str], list[Rejected]]:
    """Return the files that `path` names (itself, what a folder holds, what a pattern matches, sorted).

    The second value tells of folders under it that cannot be listed. Raises ReadError where it names no file.
    """
    if path == "-":
        return [path], []
    if not path:
        raise ReadError("the path is empty; name a file, a folder or a pattern")
    if "\0" in path:
        raise ReadError("the path holds a null byte; check its spelling")
    if os.path.isdir(path):
        return _folders([path])
    if not os.path.lexists(path) and glob.has_magic(path):
        return _pattern(path)
    return [path], []


def open_file(path: str) -> BufferedReader:
    """Return the file at `path`, opened. Raises ReadError where it cannot be."""
    try:
        return open(path, "rb")
    except FileNotFoundError as error:
        raise ReadError("there is no such file; check the path") from error
    except PermissionError as error:
        raise ReadError("reading it is not permitted; change its permissions or copy it") from error
    except OSError as error:
        raise ReadError(f"it cannot be read ({error.strerror or error}); check the path and the disk") from error


def beginning(file: BufferedReader) -> bytes:
    """Return how `file` starts, which stays to be read."""
    try:
        return file.peek(_START)
    except OSError as error:
        raise ReadError(f"it cannot be read ({error.strerror or error}); check the path and the disk") from error


def whole(file: BinaryIO, config: Config) -> bytes:
    """Return all that is left in `file`. Raises ReadError where it cannot be read or is larger than the cap."""
    parts: list[bytes] = []
    left = config.max_bytes + 1
    try:
        while left and (part := file.read(left)):
            parts.append(part)
            left -= len(part)
    except (OSError, EOFError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"it cannot be read ({reason}); check the path and the disk") from error
    if not left:
        raise ReadError(f"it is larger than {config.max_bytes:,} bytes; keep one report a file, or split it")
    return b"".join(parts)


def identity(path: str) -> str:
    """Return what two spellings of one file have in common."""
    return path if path == "-" else os.path.realpath(path)


def printable(path: str) -> str:
    """Return `path` as valid Unicode: bytes of a file name that are not UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _folders(paths: list[str]) -> tuple[list[str], list[Rejected]]:
    """Return the files under the folders `paths` whose suffix is known, and the folders that cannot be listed."""
    found: list[str] = []
    unreadable: list[OSError] = []
    for path in paths:
        found.extend(sorted(_known_files(path, unreadable)))
    if not found and not unreadable:
        raise ReadError(f"the folder holds no file that ends in {', '.join(MEDIA_TYPES)}; name the files themselves")
    advice = "the folder cannot be listed ({}); change its permissions or copy it"
    return found, [
        Rejected(printable(str(error.filename)), "read", advice.format(error.strerror or error)) for error in unreadable
    ]


def _known_files(path: str, unreadable: list[OSError]) -> Iterator[str]:
    """Yield the regular files under `path` whose suffix is known, hidden ones left out."""
    for folder, folders, names in os.walk(path, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            full = os.path.join(folder, name)
            known = known_suffix(name)
            if known and not name.startswith(".") and os.path.isfile(full):
                yield full


def _pattern(pattern: str) -> tuple[list[str], list[Rejected]]:
    """Return the files that `pattern` matches; where it matches folders only, the files in them."""
    matches = sorted(glob.glob(pattern, recursive=True))
    files = [path for path in matches if not os.path.isdir(path)]
    if files:
        return files, []
    if matches:
        return _folders(matches)
    raise ReadError("the pattern matches no file; check it, and quote it if the shell should not read it")
