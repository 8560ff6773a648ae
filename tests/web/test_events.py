"""What streams of events say to browsers, over a real server on this machine."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from accord.records import Article
from accord.stores import open_store
from accord.web.settings import Settings
from arrivals import AT, arrival
from web.rooms import HOST, client

APP = """
import sys
from accord.web.serving import bound, serve
from accord.web.settings import Limits, Settings
serve(Settings(store=sys.argv[1], limits=Limits(streams=200)), bound("127.0.0.1", int(sys.argv[2])))
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    with closing(open_store(str(tmp_path / "room.db"))) as store:
        keep(str(tmp_path / "room.db"), "first")
        assert store.counts().articles == 1
    return str(tmp_path / "room.db")


@pytest.fixture
def server(place: str) -> Iterator[tuple[int, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", APP, place, str(port)]) as process:
        try:
            wait_for(port)
            yield process.pid, port
        finally:
            process.kill()


def wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


def keep(place: str, name: str) -> None:
    with closing(open_store(place)) as store, store.transaction():
        of = Article(name, f"Words of {name}.", "The Mail", f"Report {name}", published="2031-05-04")
        numbers = store.keep([arrival(of)], AT)
        store.place({f"story-{name}": numbers}, {}, AT)


class Open:
    """One stream to a server, as a browser holds it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.got = b""

    @classmethod
    async def to(cls, port: int, path: str = "/events", more: str = "") -> Open:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        lines = (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/event-stream\r\nAccept-Encoding: gzip\r\n{more}\r\n"
        )
        writer.write(lines.encode())
        return cls(reader, writer)

    async def until(self, part: bytes, seconds: float = 15.0) -> bytes:
        while part not in self.got:
            try:
                more = await asyncio.wait_for(self.reader.read(4096), seconds)
            except TimeoutError:
                more = b""
            assert more, self.got.partition(b"\r\n\r\n")[2]
            self.got += more
        return self.got

    async def to_the_end(self) -> bytes:
        self.got += await asyncio.wait_for(self.reader.read(), 5)
        await self.leave()
        return self.got

    async def leave(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


def test_fifty_pages_hear_at_once_that_another_process_changed_the_store_and_end_with_the_server(
    server: tuple[int, int], place: str
) -> None:
    pid, port = server

    async def run() -> None:
        streams = [await Open.to(port) for _ in range(50)]
        for stream in streams:
            await stream.until(b"event: here")
            assert b"content-encoding" not in stream.got
        await streams.pop().leave()
        await asyncio.to_thread(keep, place, "second")
        for stream in streams:
            await stream.until(b'data: {"count": 1, "stories": ["story-second"]}')
        mark = re.findall(rb"id: (\S+)", streams[0].got)
        later = await Open.to(port, more=f"Last-Event-ID: {mark[0].decode()}\r\n")
        await later.until(b'event: changed\ndata: {"count": 1, "stories": ["story-second"]}')
        unknown = await Open.to(port, "/events?since=another-room")
        await unknown.until(b'event: changed\ndata: {"count": null, "stories": []}')
        begun = time.monotonic()
        os.kill(pid, signal.SIGTERM)
        for stream in (*streams, later, unknown):
            assert (await stream.to_the_end()).endswith(b"0\r\n\r\n")
        assert time.monotonic() - begun < 4

    asyncio.run(run())


def test_a_room_that_closes_ends_its_streams() -> None:
    with client(Settings(store="memory:")) as asked:
        hub = asked.app.state.desk.hub  # type: ignore[attr-defined]
        closing_time = threading.Timer(0.5, hub.close)
        closing_time.start()
        answer = asked.get("/events")
        closing_time.join()
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "event: here" in answer.text
