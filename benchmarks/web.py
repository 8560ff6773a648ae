"""The reading room under use: how quick its pages are for 20 readers at once, how large, and what idle streams cost.

    python benchmarks/web.py [--articles 100000] [--store FILE] [--clients 20] [--requests 2000] [--streams 500]

The store is that of benchmarks/store.py (invented articles, five to a story, 15 findings each), or the one that --store
names, which is only read. The room is served by `accord serve` in a process of its own; the readers are in this one, on
the same two cores. A reader asks for a page, takes in all of it, and asks for the next one at once ("pressed": nobody
reads so), or after a pause of about a second ("reading"). Stories are drawn by Zipf's law over the 4,000 latest, as
readers do (what was asked for before is kept ready), or evenly over them, so that most are made anew.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import store as stored
from accord.stores import open_store

STORY, FIRST, MEMORY, PAGE = 100.0, 150.0, 300.0, 300_000
"""The targets: milliseconds, milliseconds, MiB, bytes."""

STORIES = 4_000
WARM = 20.0
"""Seconds that the room has before the first reader comes: it makes pages ready."""

_COOKIE = re.compile(rb"(?i)set-cookie: ([^;\r]+=[^;\r]*)")


@dataclass
class Seen:
    """What the readers saw: milliseconds of each answer, sizes, and what was no page."""

    took: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def line(self, name: str, target: float | None = None) -> str:
        if not self.took:
            return f"{name}: nothing was answered; {self.failed[:3]}"
        ranked = sorted(self.took)
        p95 = ranked[math.ceil(0.95 * len(ranked)) - 1]
        told = f"{name:46} p50 {statistics.median(ranked):7.1f} ms   p95 {p95:7.1f} ms   {len(ranked):6,} answers"
        told += f"   target {target:g}: {'met' if p95 < target else 'MISSED'}" if target else ""
        return told + (f"   {len(self.failed)} FAILED: {self.failed[0]}" if self.failed else "")


class Reader:
    """One browser: one connection, kept alive, that takes compressed pages and keeps cookies."""

    def __init__(self, host: str, port: int) -> None:
        self._at = (host, port)
        self._cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, int]:
        """Return the status and the number of bytes of the body, as it was sent."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._at, limit=2**20)
        reader, writer = self._streams
        asked = (f"GET {path} HTTP/1.1", f"Host: localhost:{self._at[1]}", "Accept: text/html", "Accept-Encoding: gzip")
        cookies = [f"Cookie: {'; '.join(f'{k}={v}' for k, v in self._cookies.items())}"] if self._cookies else []
        writer.write("\r\n".join((*asked, *cookies, "\r\n")).encode())
        told = await reader.readuntil(b"\r\n\r\n")
        self._cookies.update(found.decode().split("=", 1) for found in _COOKIE.findall(told))  # type: ignore[misc]
        head = told.lower()
        status, size = int(head[9:12]), 0
        if b"transfer-encoding: chunked" in head:
            while piece := int((await reader.readline()).strip(), 16):
                await reader.readexactly(piece + 2)
                size += piece
            await reader.readline()
        elif b"content-length:" in head:
            size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(size)
        return status, size

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


async def read(
    port: int, clients: int, requests: int, path: Callable[[], str], pause: float, chance: random.Random
) -> Seen:
    """Let `clients` ask for `requests` pages in all."""
    seen = Seen()
    left = iter(range(requests))

    async def client() -> None:
        reader = Reader("localhost", port)
        if pause:
            await asyncio.sleep(chance.random() * pause)
        for _ in left:
            wanted = path()
            started = time.perf_counter()
            status, size = await reader.get(wanted)
            seen.took.append(1000 * (time.perf_counter() - started))
            seen.sizes.append(size)
            if status != 200:
                seen.failed.append(f"{wanted}: {status}")
            if pause:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)
        reader.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return seen


async def streams(port: int, number: int, process: int) -> tuple[float, float, float]:
    """Open idle event streams; return MiB before and with them, and the share of a core that the server takes."""
    before = memory(process)
    opened = []
    for _ in range(number):
        reader, writer = await asyncio.open_connection("localhost", port)
        writer.write(f"GET /events HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.splitlines()[0]:
            raise SystemExit(f"/events answers {head.splitlines()[0].decode()}")
        opened.append(writer)
    await asyncio.sleep(2)
    busy, started = worked(process), time.monotonic()
    await asyncio.sleep(20)
    share = (worked(process) - busy) / (time.monotonic() - started)
    held = memory(process)
    for writer in opened:
        writer.close()
    return before, held, share


def memory(process: int) -> float:
    """Return how many MiB of memory a process holds by now."""
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(told.split("VmRSS:")[1].split()[0]) / 1024


def worked(process: int) -> float:
    """Return how many seconds a process has worked."""
    parts = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(path: str) -> Iterator[tuple[int, int]]:
    """Serve the store at `path`; give the port and the process."""
    with closing(socket.create_server(("localhost", 0))) as free:
        port = free.getsockname()[1]
    config = Path(path).parent / "bench-web.toml"
    config.write_text("[limits]\nreads = 10000000\nstreams = 100000\nall_streams = 100000\n", encoding="utf-8")
    command = [sys.executable, "-m", "accord", "serve", "--store", path, "--port", str(port), "--config", str(config)]
    process = subprocess.Popen([*command, "--quiet"], env={**os.environ, "OMP_NUM_THREADS": "1"})
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("localhost", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def built(path: str, articles: int) -> None:
    """Make the store of benchmarks/store.py without the bare side."""
    corpus = stored.Corpus()
    took = dict.fromkeys(("keep", "place", "brief", "stories"), 0.0)
    with closing(open_store(path)) as store:
        for first in range(0, articles // stored.OF_A_STORY, 13):
            last = min(first + 13, articles // stored.OF_A_STORY)
            arrivals = [one for n in range(first, last) for one in corpus.story(n, stored.OF_A_STORY)]
            with store.transaction():
                numbers = store.keep(arrivals, stored.AT)
            stored._group(store, arrivals, numbers, took)
            if first % 2_000 < 13:
                print(f"  {first * stored.OF_A_STORY:,} articles", file=sys.stderr, flush=True)


def drawn(stories: list[str], chance: random.Random, *, evenly: bool) -> Callable[[], str]:
    """Return what draws the address of a story."""
    if evenly:
        return lambda: f"/stories/{chance.choice(stories)}"
    weights = [1 / (n + 1) for n in range(len(stories))]
    ready = iter(chance.choices(stories, weights, k=200_000))
    return lambda: f"/stories/{next(ready)}"


async def measured(port: int, process: int, stories: list[str], options: argparse.Namespace) -> None:
    chance = random.Random(1)

    async def told(name: str, path: Callable[[], str], pause: float, target: float | None = None) -> Seen:
        number = options.requests if not pause else options.requests // 4
        seen = await read(port, options.clients, number, path, pause, chance)
        print(seen.line(name, target), flush=True)
        return seen

    usual, even = drawn(stories, chance, evenly=False), drawn(stories, chance, evenly=True)
    words = [word for word in stored.Corpus().forms[200:2_000].tolist() if len(word) > 4]
    first = await told("first page, pressed", lambda: "/", 0.0, FIRST)
    await told("story page, by Zipf's law, pressed, from cold", usual, 0.0)
    pages = await told("story page, by Zipf's law, pressed, after that", usual, 0.0, STORY)
    await told("story page, drawn evenly, pressed", even, 0.0)
    await told("story page, drawn evenly, reading", even, 1.0, STORY)
    await told("first page, reading", lambda: "/", 1.0, FIRST)
    await told("search for a word, reading", lambda: f"/search?q={chance.choice(words)}", 1.0)
    print(f"largest answers as sent: story page {max(pages.sizes):,} bytes, first page {max(first.sizes):,} bytes")
    before, held, share = await streams(port, options.streams, process)
    met = "met" if held < MEMORY else "MISSED"
    print(f"{options.streams} idle event streams: {held:.0f} MiB in all, {before:.0f} before; target {MEMORY:g}: {met}")
    print(f"   they take {100 * share:.1f}% of a core")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--articles", type=int, default=100_000)
    asked.add_argument("--store")
    asked.add_argument("--clients", type=int, default=20)
    asked.add_argument("--requests", type=int, default=2_000)
    asked.add_argument("--streams", type=int, default=500)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.store or os.path.join(folder, "room.db")
        if not options.store:
            built(path, options.articles)
        with closing(open_store(path)) as store:
            stories = [line.id for line in store.stories(limit=STORIES)]
            print(f"{store.counts().articles:,} articles, {store.counts().stories:,} stories")
        with served(path) as (port, process):
            time.sleep(WARM)
            asyncio.run(measured(port, process, stories, options))


if __name__ == "__main__":
    main()
