"""Streams of events: how many may be open, of one client and of all. The hub ends them (`work.hub`)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from accord.web.guard.rates import key_of
from accord.web.problems import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from accord.web.settings import Limits


class Streams:
    """Middleware: bounds how many streams of events are open. They are what ends in `/events`."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._count: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/events"):
            await self._app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            raise Problem(405, "Method not allowed", "a stream of events is asked for by GET", headers={"Allow": "GET"})
        key = key_of(scope)
        if self._count[key] >= self._limits.streams or self._count.total() >= self._limits.all_streams:
            detail = "too many pages that follow events are open; close some, or load this one anew by hand"
            raise Problem(429, "Too many streams", detail, headers={"Retry-After": "30"})
        self._count[key] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._count[key] -= 1
            if not self._count[key]:
                del self._count[key]
