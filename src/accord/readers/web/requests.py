"""A request in its host's queue: tried again where that may help, with the pauses that the server asks for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from accord.config import Web
from accord.readers.web.client import Client, Reply
from accord.readers.web.clock import Clock
from accord.readers.web.problems import FailedError, RefusedError, SlowError
from accord.readers.web.queues import Queues, Steps, Turn
from accord.readers.web.retries import BUSY, PASSING, pause, retry_after
from accord.readers.web.urls import queue_of

if TYPE_CHECKING:
    import httpx

REDIRECTS = frozenset({301, 302, 303, 307, 308})

MOST_FAILURES = 5
"""After so many requests in a row that failed, retries and all, a host is given up."""

_MOST_TOTALS = 2
"""So many times the `total` of one request may all requests of a page take together, redirects and retries."""

_GIVEN_UP_FOR = 3600.0
_PAGE_ONLY = PASSING - BUSY


class Allowance:
    """Seconds that are left for the requests of one page: no chain of slow redirects takes hours."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @contextmanager
    def spent(self, most: float) -> Iterator[float]:
        """Give the seconds for one request, `most` or what is left, and take off what it took."""
        begun = time.monotonic()
        try:
            yield min(most, self._left)
        finally:
            self._left -= time.monotonic() - begun


class Requests:
    """Sends requests by way of the queues."""

    def __init__(self, client: Client, queues: Queues, clock: Clock, web: Web, chance: Callable[[], float]) -> None:
        self._client = client
        self._queues = queues
        self._clock = clock
        self._web = web
        self._chance = chance

    @property
    def longest_wait(self) -> float:
        return self._web.longest_wait

    def allowance(self) -> Allowance:
        """Return the time for the requests of one page."""
        return Allowance(_MOST_TOTALS * self._web.total)

    def get(
        self, url: httpx.URL, headers: Mapping[str, str], most: int, allowance: Allowance, robots: bool = False
    ) -> Steps[Reply]:
        """Return what the server says of `url`, redirects and errors of the page's own included.

        What it takes, waiting for turns left out, goes off the `allowance`.
        For `robots`, a robots.txt, more than `most` bytes are cut off, and it may be asked for while pages wait.
        Raises RefusedError where there is no such answer.
        """
        host = queue_of(url)
        wait = 0.0
        for attempt in count(1):
            yield Turn(host, wait, light=robots)
            barred = self._queues.barred(host)
            if barred:
                raise RefusedError(barred)
            try:
                with allowance.spent(self._web.total) as seconds:
                    reply = self._client.get(url, headers, most, seconds, cut=robots)
            except SlowError as error:
                self._failed(host, url, str(error))
                raise
            except FailedError as error:
                if attempt > self._web.retries:
                    self._failed(host, url, str(error))
                    raise RefusedError(f"{url.host} could not be read: {error}; try again later") from error
                wait = self._pause(attempt)
                self._queues.hold(host, wait)
                continue
            if reply.status not in PASSING:
                self._queues.count_failures(host, failed=False)
                return reply
            asked = self._asked(host, url, reply)
            if attempt > self._web.retries:
                if reply.status == 500:
                    self._queues.count_failures(host, failed=False)
                else:
                    self._failed(host, url, f"it answered {reply.status}")
                return reply
            wait = self._pause(attempt) if asked is None else asked
            if asked is not None or reply.status not in _PAGE_ONLY:
                self._queues.hold(host, wait)
        raise AssertionError

    def _pause(self, attempt: int) -> float:
        return pause(attempt, self._web.delay, self._web.longest_wait, self._chance())

    def _asked(self, host: str, url: httpx.URL, reply: Reply) -> float | None:
        """Return the pause that the server asks for. Raises RefusedError where it is too long, and bars the host."""
        now = self._clock.date()
        asked = retry_after(reply.headers.get("retry-after"), now)
        if asked is not None and asked > self._web.longest_wait:
            try:
                back = f"{now + timedelta(seconds=asked):%Y-%m-%d %H:%M} UTC"
            except OverflowError:
                back = "many years"
            reason = f"{url.host} is busy (status {reply.status}) and asks not to be read now; come back after {back}"
            self._queues.bar(host, reason, asked)
            raise RefusedError(reason, status=reply.status, wait=asked)
        return asked

    def _failed(self, host: str, url: httpx.URL, reason: str) -> None:
        if self._queues.count_failures(host, failed=True) >= MOST_FAILURES:
            told = (
                f"{url.host} is given up for now: {MOST_FAILURES} requests in a row failed ({reason}); try again later"
            )
            self._queues.bar(host, told, _GIVEN_UP_FOR)
