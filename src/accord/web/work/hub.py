"""Streams of server-sent events (HTML Living Standard, 9.2): what a job says, and that the store has changed.

A stream is one coroutine that sleeps until its topic has news, then reads what came since it last looked: so a slow
client gets fewer and larger messages, and nothing is queued for it. One task asks the store for its pulse, for all
streams together, and only while somebody listens; one task sends the signs of life.

It is written here, on Starlette alone: `sse-starlette`, which is installed with the SDK of MCP, keeps a task group and
a ping task for each stream and puts a wrapper of its own around uvicorn's signal handler for the whole process. How
many streams one client may hold is the guard's to say; `serving` closes the hub when the server is told to stop.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from accord.errors import AccordError

if TYPE_CHECKING:
    from accord.stores import Store
    from accord.stores.store import StoryLine

CHANGES = "changes"
LOOK = 2.0
"""Seconds between two looks at the store's pulse."""
BEAT = 20.0
"""Seconds between two signs of life on a stream on which nothing happens: proxies close what is silent."""
RETRY = 4_000
"""Milliseconds after which a browser asks again for a stream that broke: time enough for a room to start anew."""
_UNTOUCHED = "0"  # the pulse of a store that never changed, which gives none
_LOOKED_AT = 200  # of the stories that changed last: more do not change between two looks
_KEPT = 200  # changes, for clients that come back: some minutes of a busy store

News = tuple[Sequence[bytes], bool]
"""Messages, and whether they are the last ones."""


class Listener:
    """One open stream, seen from the hub."""

    __slots__ = ("beat", "gone", "topic", "wake")

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.wake = asyncio.Event()
        self.beat = False
        self.gone = False


@dataclass(frozen=True, slots=True)
class Change:
    """That the store changed: its pulse since then, and the stories that are others than they were."""

    pulse: str
    stories: tuple[str, ...]


class Hub:
    """The streams of one room. All but `tell` and `close` are for the thread of the event loop."""

    def __init__(
        self,
        stores: Callable[[], AbstractContextManager[Store]],
        *,
        look: float = LOOK,
        beat: float = BEAT,
    ) -> None:
        self.ended = False
        self._stores = stores
        self._look, self._beat = look, beat
        self._topics: dict[str, set[Listener]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._executor: ThreadPoolExecutor | None = None
        self._pulse: str | None = None
        self._lines: dict[str, StoryLine] = {}
        self._changes: deque[Change] = deque(maxlen=_KEPT)

    @property
    def open(self) -> int:
        """How many streams are open."""
        return sum(map(len, self._topics.values()))

    # streams ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def listening(self, topic: str) -> Iterator[Listener]:
        """Give a listener that is woken when `topic` has news."""
        self._begin()
        listener = Listener(topic)
        self._topics.setdefault(topic, set()).add(listener)
        try:
            yield listener
        finally:
            left = self._topics[topic]
            left.discard(listener)
            if not left:
                del self._topics[topic]

    def tell(self, topic: str) -> None:
        """Say that `topic` has news. Any thread may."""
        loop = self._loop
        if loop is not None and topic in self._topics:
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._wake, topic)

    def close(self) -> None:
        """End all streams. Any thread may."""
        self.ended = True
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._end)
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)

    # what has changed -------------------------------------------------------------------------------------------------

    def since(self, pulse: str | None) -> tuple[str, tuple[str, ...] | None]:
        """Return the store's pulse and the stories that changed since it was `pulse`: None where that is not known."""
        now = self._pulse or ""
        if pulse is None or pulse == now:
            return now, ()
        known = [change.pulse for change in self._changes]
        if pulse not in known:
            return now, None
        later = list(self._changes)[known.index(pulse) + 1 :]
        return now, tuple(dict.fromkeys(story for change in later for story in change.stories))

    def look(self) -> bool:
        """Look whether the store has changed, and at which stories; tell whether it has. (In a thread of its own.)"""
        with self._stores() as store:
            pulse = store.pulse() or _UNTOUCHED
            if pulse == self._pulse:
                return False
            lines = store.stories(order="changed", limit=_LOOKED_AT)
        seen = {line.id: replace(line, stale=False) for line in lines}
        changed = [story for story, line in seen.items() if self._lines.get(story) != line]
        first = self._pulse is None
        self._pulse, self._lines = pulse, seen
        self._changes.append(Change(pulse, () if first else tuple(changed)))
        return True

    # tasks ------------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Start the two tasks, on the loop that runs now."""
        if self._loop is asyncio.get_running_loop() and self._tasks:
            return
        self._loop = asyncio.get_running_loop()
        for work in (self._follow(), self._keep_alive()):
            task = self._loop.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _follow(self) -> None:
        while not self.ended:
            if CHANGES in self._topics:
                await self._look_once()
            await asyncio.sleep(self._look)

    async def _look_once(self) -> None:
        loop = asyncio.get_running_loop()
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="accord-pulse")
        with suppress(AccordError, RuntimeError):  # a store that cannot be read is told by every page
            if await loop.run_in_executor(self._executor, self.look):
                self._wake(CHANGES)

    async def _keep_alive(self) -> None:
        while not self.ended:
            await asyncio.sleep(self._beat)
            for listener in self._all():
                listener.beat = True
                listener.wake.set()

    def _wake(self, topic: str) -> None:
        for listener in self._topics.get(topic, ()):
            listener.wake.set()

    def _all(self) -> list[Listener]:
        return [listener for listeners in self._topics.values() for listener in listeners]

    def _end(self) -> None:
        self.ended = True
        for listener in self._all():
            listener.wake.set()
        for task in self._tasks:
            task.cancel()


class Stream(Response):
    """An answer that goes on: messages of `topic` as `news` gives them, whenever there are some."""

    media_type = "text/event-stream"

    def __init__(self, hub: Hub, topic: str, news: Callable[[], News]) -> None:
        self.status_code = 200
        self.background = None
        self.body = b""
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._hub, self._topic, self._news = hub, topic, news

    def init_headers(self, headers: Any = None) -> None:
        """Leave out the length, which nobody knows."""
        super().init_headers(headers)
        self.raw_headers = [(name, value) for name, value in self.raw_headers if name != b"content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        with self._hub.listening(self._topic) as listener:
            watching = asyncio.create_task(_gone(receive, listener))
            try:
                await self._told(listener, send)
            finally:
                watching.cancel()
        if not listener.gone:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _told(self, listener: Listener, send: Send) -> None:
        first = f"retry: {RETRY}\n\n".encode()
        while not listener.gone:
            listener.wake.clear()
            messages, last = self._news()
            content = first + b"".join(messages) or (b":\n\n" if listener.beat else b"")
            first, listener.beat = b"", False
            if content:
                await send({"type": "http.response.body", "body": content, "more_body": True})
            if last or self._hub.ended:
                return
            await listener.wake.wait()


async def _gone(receive: Receive, listener: Listener) -> None:
    """Wait until the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.gone = True
    listener.wake.set()


def message(what: str, told: object, number: str | int | None = None) -> bytes:
    r"""Return one message of a stream.

    message("end", {"articles": 2}, 7) -> b'id: 7\nevent: end\ndata: {"articles": 2}\n\n'
    """
    first = "" if number is None else f"id: {number}\n"
    data = json.dumps(told, ensure_ascii=False)
    return f"{first}event: {what}\ndata: {data}\n\n".encode("utf-8", "replace")
