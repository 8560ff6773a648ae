"""How often one client may ask.

Token buckets: a client may spend a minute's requests at once, and gets them back evenly. (The libraries that were
looked at count fixed or moving windows in stores of their own; this is bounded, and needs none.)
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from accord.web.access import Viewer
from accord.web.guard.checks import SAFE
from accord.web.guard.places import address_of
from accord.web.problems import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from accord.web.settings import Limits

MOST = 20_000
"""How many clients are told apart; those that asked longest ago are forgotten first."""


class Buckets:
    """Token buckets of `rate` requests a minute, one for each key."""

    def __init__(self, rate: int, *, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._most = most
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def take(self, key: str) -> float:
        """Take one request from the bucket of `key`; return 0, or in how many seconds there will be one."""
        now = self._clock()
        left, then = self._held.pop(key, (float(self._rate), now))
        left = min(self._rate, left + (now - then) * self._rate / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self._rate
        self._held[key] = (left if wait else left - 1, now)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return wait


class Rates:
    """Middleware: turns away by 429 who asks too often. One is before the gate, and knows addresses alone; the other
    is behind it and knows who asks.

    People behind one address share what is counted before the gate, so that is ten times as much.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits, known: bool) -> None:
        self._app = app
        self._known = known
        factor = 1 if known else 10
        self._reads = Buckets(limits.reads * factor)
        self._writes = Buckets(limits.writes * factor)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            key = key_of(scope) if self._known else address_of(scope)
            buckets = self._reads if scope["method"] in SAFE else self._writes
            wait = buckets.take(key)
            if wait:
                raise too_often(wait)
        await self._app(scope, receive, send)


def key_of(scope: Scope) -> str:
    """Return what a client is told apart by: who signed in, else the address."""
    viewer: Viewer | None = scope.get("state", {}).get("viewer")
    return f"{viewer.by} {viewer.name}" if viewer is not None and viewer.known else address_of(scope)


def too_often(wait: float) -> Problem:
    """Return the problem that a client is to wait so many seconds."""
    seconds = math.ceil(wait)
    detail = f"there were too many requests from here within a minute; try again in {seconds} s"
    return Problem(429, "Too many requests", detail, headers={"Retry-After": str(seconds)})
