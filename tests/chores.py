"""What the tests give executors to do: functions that workers can import, good ones and bad ones."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

POISON = 7


class Odd(Exception):
    """An error that does not survive pickling: it is made of something else than what it says."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"{first} is as odd as {second}")


def double(number: int) -> int:
    return 2 * number


def big(size: int) -> bytes:
    return b"x" * size


def length(item: bytes) -> int:
    return len(item)


def rest(seconds: float) -> int:
    """Sleep, and return which process slept."""
    time.sleep(seconds)
    return os.getpid()


def fail(number: int) -> int:
    if number == POISON:
        raise LookupError(f"there is no {number}")
    return number


def fail_oddly(number: int) -> int:
    raise Odd(number, POISON)


def leave(number: int) -> int:
    if number == POISON:
        os._exit(3)
    return number


def kill(number: int) -> int:
    if number == POISON:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def kill_once(folder: Path, number: int) -> int:
    """Kill the worker when it is at the item for the first time."""
    if number == POISON and not (marker := folder / "tried").exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang(number: int) -> int:
    """Never come back from one item, in code that lets no other thread of the process run."""
    if number == POISON:
        re.match(r"(a+)+$", "a" * 60 + "b")
    return number


def note(folder: Path, number: int) -> int:
    """Leave a file of each time that the item was tried."""
    (folder / f"{number}-{time.monotonic_ns()}").touch()
    time.sleep(0.05)
    return number


def surroundings(_: int) -> dict[str, object]:
    """Return what a worker finds around it."""
    return {
        "threads": os.environ.get("OMP_NUM_THREADS"),
        "blas": os.environ.get("OPENBLAS_NUM_THREADS"),
        "numpy": "numpy" in sys.modules,
        "folder": Path.cwd(),
        "interrupt": signal.getsignal(signal.SIGINT),
    }
