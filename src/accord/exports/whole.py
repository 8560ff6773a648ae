"""Writes a file or a folder whole or not at all: beside its place, then put in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from accord.errors import AccordError

MANIFEST = "accord-export.json"
"""The file of a folder that says that accord made it, and of which files."""


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give the path to write a file to; it takes the place of `target` once the block ends without an error.

    What is no ordinary file (a device, a pipe) is written to as it is.
    """
    if target.is_dir():
        raise AccordError(f"{target}: it is a folder; name a file in it")
    if target.exists() and not target.is_file():
        yield target
        return
    place = Path(os.path.realpath(target))
    aside = _beside(place)
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        if place.exists():
            os.chmod(aside, place.stat().st_mode & 0o7777)
        yield aside
        _sync(aside)
        os.replace(aside, place)
        _sync(place.parent)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to write files to; it takes the place of `target` once the block ends without an error.

    A folder that is there is replaced if it is empty or an earlier export with nothing else in it.
    """
    if target.exists() and not target.is_dir():
        raise AccordError(f"{target}: it is a file; name a folder, or a file that ends in .zip")
    place = Path(os.path.realpath(target))
    if place.is_dir() and (other := _not_ours(place)) is not None:
        raise AccordError(f"{target}: it holds {other}, which is no part of an export; name a new folder")
    aside, older = _beside(place), _beside(place)
    try:
        aside.mkdir()
        yield aside
        for path in sorted(aside.iterdir()):
            _sync(path)
        _sync(aside)
        if place.exists():
            os.rename(place, older)
        try:
            os.rename(aside, place)
        except OSError:
            if older.exists():
                os.rename(older, place)
            raise
        _sync(place.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(older, ignore_errors=True)


def _not_ours(folder: Path) -> str | None:
    """Return the name of something in `folder` that no export put there."""
    inside = sorted(path.name for path in folder.iterdir())
    if not inside:
        return None
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        known = {MANIFEST, *listed}
    except (OSError, ValueError, KeyError, TypeError):
        known = set()
    return next((name for name in inside if name not in known), None)


def _beside(place: Path) -> Path:
    return place.with_name(f".accord-{secrets.token_hex(8)}")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
