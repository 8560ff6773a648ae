"""Streams against the hub itself, on a loop of the test's own: what they say, what they cost, how they end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from accord.stores.store import StoryLine
from accord.web.work.hub import CHANGES, Hub, News, Stream, message

LINE = StoryLine("a1", "Weir fails", "2031-05-04", "2031-05-04", ("The Mail",), 1, 1)


class Shelf:
    """A store of which only the pulse and the list of stories are asked."""

    def __init__(self) -> None:
        self.mark = ""
        self.lines = [LINE]
        self.asked = 0

    def pulse(self) -> str:
        self.asked += 1
        return self.mark

    def stories(self, **_: object) -> list[StoryLine]:
        return self.lines

    @contextmanager
    def opened(self) -> Iterator[Any]:
        yield self


class Client:
    """A client of one stream, as a server would be between."""

    def __init__(self, stream: Stream) -> None:
        self.got = b""
        self.started: dict[str, Any] = {}
        self.closed = False
        self._gone = asyncio.Event()
        self.task = asyncio.create_task(stream({"type": "http", "method": "GET"}, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, sent: dict[str, Any]) -> None:
        if sent["type"] == "http.response.start":
            self.started = sent
        else:
            self.got += sent["body"]
            self.closed = not sent.get("more_body")

    def leave(self) -> None:
        self._gone.set()

    async def until(self, part: bytes) -> None:
        for _ in range(400):
            if part in self.got:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.got)


def counting(said: list[bytes]) -> Any:
    seen = 0

    def news() -> News:
        nonlocal seen
        new, seen = said[seen:], len(said)
        return new, b"last" in new

    return news


def test_a_message_is_one_event() -> None:
    assert message("update", {"gist": "a\nb"}, 7) == b'id: 7\nevent: update\ndata: {"gist": "a\\nb"}\n\n'
    assert message("odd", {"gist": "\ud800"}).endswith(b"\n\n")


def test_a_stream_says_what_is_there_and_what_comes_and_ends_with_the_last_word() -> None:
    async def run() -> None:
        hub, said = Hub(Shelf().opened), [b"one"]
        client = Client(Stream(hub, "job", counting(said)))
        await client.until(b"one")
        said.append(b"two")
        threading.Thread(target=hub.tell, args=["job"]).start()
        await client.until(b"two")
        said.append(b"last")
        hub.tell("job")
        await asyncio.wait_for(client.task, 5)
        assert client.got == b"retry: 4000\n\nonetwolast"
        assert client.closed
        headers = dict(client.started["headers"])
        assert headers[b"content-type"].startswith(b"text/event-stream")
        assert headers[b"cache-control"] == b"no-store"
        assert b"content-length" not in headers
        assert hub.open == 0
        hub.close()

    asyncio.run(run())


def test_fifty_streams_cost_no_thread_and_end_at_once() -> None:
    async def run() -> None:
        hub = Hub(Shelf().opened, beat=0.05)
        clients = [Client(Stream(hub, "job", counting([b"one"]))) for _ in range(50)]
        before = threading.active_count()
        for client in clients:
            await client.until(b":\n\n")
        assert hub.open == 50
        assert threading.active_count() == before
        clients[0].leave()
        await asyncio.wait_for(clients[0].task, 5)
        assert not clients[0].closed
        assert hub.open == 49
        hub.close()
        await asyncio.wait_for(asyncio.gather(*(client.task for client in clients)), 5)
        assert all(client.closed for client in clients[1:])
        await asyncio.sleep(0)
        assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    asyncio.run(run())


def test_the_store_is_looked_at_once_for_all_and_only_while_somebody_listens() -> None:
    async def run() -> None:
        shelf = Shelf()
        hub = Hub(shelf.opened, look=0.02)
        lone = Client(Stream(hub, "job", counting([])))
        await asyncio.sleep(0.1)
        assert shelf.asked == 0
        clients = [Client(Stream(hub, CHANGES, counting([b"x"]))) for _ in range(20)]
        await asyncio.sleep(0.3)
        assert 2 <= shelf.asked <= 16
        for client in (lone, *clients):
            client.leave()
        await asyncio.gather(lone.task, *(client.task for client in clients))
        hub.close()

    asyncio.run(run())


def test_changes_since_a_pulse_are_the_stories_that_are_others_now() -> None:
    shelf = Shelf()
    hub = Hub(shelf.opened)
    assert hub.since(None) == ("", ())
    assert hub.look()
    assert not hub.look()
    empty, _ = hub.since(None)
    shelf.mark, shelf.lines = "p1", [replace(LINE, revision=2), replace(LINE, id="b2")]
    hub.look()
    shelf.mark, shelf.lines = "p2", [replace(LINE, revision=2, stale=True), replace(LINE, id="b2", agreed=3)]
    hub.look()
    assert hub.since("p1") == ("p2", ("b2",))
    assert hub.since(empty) == ("p2", ("a1", "b2"))
    assert hub.since("p2") == ("p2", ())
    assert hub.since("of another room") == ("p2", None)
