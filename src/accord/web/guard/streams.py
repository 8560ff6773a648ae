"""Streams of events: how many one client may hold open, and that they end when the server does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import anyio

from accord.web.guard.rates import key_of
from accord.web.problems import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from accord.web.settings import Limits


class Open:
    """The streams that are open; `close` ends all of them, as if their clients had gone."""

    def __init__(self) -> None:
        self.ends: set[anyio.Event] = set()

    def close(self) -> None:
        """End every stream. (In the thread of the server.)"""
        for end in self.ends:
            end.set()


class Streams:
    """Middleware: bounds how many streams of events are open. They are what ends in `/events`."""

    def __init__(self, app: ASGIApp, *, limits: Limits, opened: Open) -> None:
        self._app = app
        self._limits = limits
        self._open = opened
        self._count: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/events"):
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            raise Problem(405, "Method not allowed", "a stream of events is asked for by GET", headers={"Allow": "GET"})
        key = key_of(scope)
        if self._count[key] >= self._limits.streams or len(self._open.ends) >= self._limits.all_streams:
            detail = "too many pages that follow events are open; close some, or load this one anew by hand"
            raise Problem(429, "Too many streams", detail, headers={"Retry-After": "30"})
        end = anyio.Event()
        self._open.ends.add(end)
        self._count[key] += 1
        try:
            await self._app(scope, until(end, receive), whole := Whole(send))
            if end.is_set():
                await whole.finish()
        finally:
            self._open.ends.discard(end)
            self._count[key] -= 1
            if not self._count[key]:
                del self._count[key]


def until(end: anyio.Event, receive: Receive) -> Receive:
    """Return `receive`, which says that the client has gone once `end` is set."""

    async def receiving() -> Message:
        got: list[Message] = []

        async def take() -> None:
            got.append(await receive())
            group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(take)
            await end.wait()
            group.cancel_scope.cancel()
        return got[0] if got else {"type": "http.disconnect"}

    return receiving


class Whole:
    """Sends an answer, and finishes one that was left without an end."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._unfinished = False

    async def __call__(self, message: Message) -> None:
        self._unfinished = message["type"] == "http.response.start" or message.get("more_body", False)
        await self._send(message)

    async def finish(self) -> None:
        """Send the end, where it was not."""
        if self._unfinished:
            await self({"type": "http.response.body", "body": b"", "more_body": False})
