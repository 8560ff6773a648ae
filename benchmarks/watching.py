"""Watches a command and the processes that it starts: how long it runs, how much memory each takes, who is a worker."""

from __future__ import annotations

import hashlib
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 1.0
"""Seconds between two looks at the processes."""


@dataclass
class Watched:
    """What became of a command. Memory in GB: `driver` and each of `workers` at their highest (VmHWM).

    `together` is the most that driver and workers held at once, pages that they share counted once (Pss); `others` is
    the highest of a process that is neither, as Ray's own are; `lines` are (seconds, line) of its standard error.
    """

    seconds: float = 0.0
    status: int = 0
    driver: float = 0.0
    workers: list[float] = field(default_factory=list)
    together: float = 0.0
    others: float = 0.0
    lines: list[tuple[float, str]] = field(default_factory=list)


def watch(command: Sequence[str], env: Mapping[str, str] | None = None) -> Watched:
    """Run `command` to its end and say how it went."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    lines: list[tuple[float, str]] = []

    def listen() -> None:
        lines.extend((time.perf_counter() - start, line.rstrip()) for line in process.stderr or ())

    listener = threading.Thread(target=listen)
    listener.start()
    highest: dict[int, float] = {}
    kinds: dict[int, str] = {process.pid: "driver"}
    together = 0.0
    ended = threading.Event()

    def look() -> None:
        nonlocal together
        while not ended.wait(EVERY):
            held = 0.0
            for pid, kind in {process.pid: "driver", **descendants(process.pid)}.items():
                if kind == "worker" or pid not in kinds:
                    kinds[pid] = kind
                highest[pid] = max(highest.get(pid, 0.0), _gigabytes(pid, "status", "VmHWM"))
                held += _gigabytes(pid, "smaps_rollup", "Pss") if kind != "other" else 0.0
            together = max(together, held)

    looker = threading.Thread(target=look)
    looker.start()
    status = process.wait()
    seconds = time.perf_counter() - start
    ended.set()
    looker.join()
    listener.join()
    return Watched(
        seconds,
        status,
        highest.get(process.pid, 0.0),
        sorted(peak for pid, peak in highest.items() if kinds[pid] == "worker"),
        together,
        max((peak for pid, peak in highest.items() if kinds[pid] == "other"), default=0.0),
        lines,
    )


def descendants(pid: int) -> dict[int, str]:
    """Return the processes that `pid` started, and those that these did: each a "worker" or "other"."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found: dict[int, str] = {}
    waiting = [(child, "") for child in children.get(pid, ())]
    while waiting:
        process, above = waiting.pop()
        words = _command_of(process)
        found[process] = "worker" if _is_worker(words, above) else "other"
        waiting.extend((child, words) for child in children.get(process, ()))
    return found


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _is_worker(words: str, above: str) -> bool:
    """Tell a worker from its command line and that of the process above it: one that `multiprocessing` spawned, or that
    its server forked, or one of Ray's that runs tasks or actors.
    """
    server = "multiprocessing.forkserver"
    forked = server in words and server in above
    return forked or "--multiprocessing-fork" in words or (words.startswith("ray::") and "Agent" not in words)


def digest(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of all files in `folder`."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def _gigabytes(pid: int, file: str, name: str) -> float:
    """Return a line of a process's memory in /proc, in GB; 0 where it has ended."""
    try:
        with open(f"/proc/{pid}/{file}") as lines:
            return next((int(line.split()[1]) / 1e6 for line in lines if line.startswith(f"{name}:")), 0.0)
    except OSError:
        return 0.0
