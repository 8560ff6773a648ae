"""Private folders for what was pasted or uploaded: nobody else can look into them, and they go when their job is done.

All of one room lie under one folder, which holds a file that the room keeps locked; a room that starts removes those of
rooms that are gone (`kill -9`, a power cut).
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

_PREFIX = "accord-room-"
_LOCK = ".room"
_ODD = re.compile(r"[^\w.()\[\] +,@&'-]")
_LONGEST = 60
_PLACE = re.compile(r"[^\s\"']*/job-\w+/\d{4}/")


class Folders:
    """Makes the folders of one room. Threads may share it."""

    def __init__(self) -> None:
        self._root: Path | None = None
        self._lock: IO[bytes] | None = None
        self._making = threading.Lock()

    @property
    def root(self) -> Path:
        """The folder under which all others lie; made when it is first asked for."""
        with self._making:
            if self._root is None:
                sweep()
                root = Path(tempfile.mkdtemp(prefix=_PREFIX))  # mode 0700
                self._lock = (root / _LOCK).open("wb")
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._root = root
            return self._root

    def new(self) -> Path:
        """Return a new, empty folder with mode 0700."""
        return Path(tempfile.mkdtemp(prefix="job-", dir=self.root))

    def remove(self, folder: str | None) -> None:
        """Remove a folder that `new` gave, with all that is in it. What is none of them is left alone."""
        if folder and self._root is not None and Path(folder).parent == self._root:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove them all."""
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def file_in(folder: Path, number: int, name: str) -> Path:
    """Return where in `folder` the file `number` that its sender calls `name` is to be written.

    Only the last part of the name is used, without signs that mean something to a shell or a file system.

    file_in(Path("job"), 1, "../../etc/passwd") -> Path("job/0001/passwd")
    """
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1].strip()
    plain = _ODD.sub("_", last).lstrip(".").strip()
    if len(plain) > _LONGEST:
        stem, dot, suffix = plain.rpartition(".")
        plain = f"{stem[: _LONGEST - 12]}.{suffix[:11]}" if dot and stem else plain[:_LONGEST]
    place = folder / f"{number:04}"
    place.mkdir(mode=0o700)
    return place / (plain or "upload")


def files_in(folder: str) -> list[str]:
    """Return the files that lie in `folder`, in the order of their numbers."""
    return sorted(str(path) for path in Path(folder).glob("*/*") if path.is_file() and not path.is_symlink())


def named_as_sent(text: str) -> str:
    """Return `text` with the files in private folders called as their sender calls them.

    named_as_sent(".../job-y/0001/a.txt: it is empty") -> "a.txt: it is empty"
    """
    return _PLACE.sub("", text)


def sweep() -> None:
    """Remove what rooms of this user left behind that are gone."""
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if root.is_symlink() or root.lstat().st_uid != os.getuid():
                continue
            with (root / _LOCK).open("r+b") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(root, ignore_errors=True)
