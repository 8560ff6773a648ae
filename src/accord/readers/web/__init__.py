"""Fetches pages politely (robots.txt, one queue a host) and safely (no private addresses, everything capped)."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING

from accord.config import Config
from accord.readers.inputs import Link
from accord.readers.web.answers import Answer, Unfetched
from accord.readers.web.clock import Clock
from accord.readers.web.memory import Memory, Validators
from accord.readers.web.problems import RefusedError, StoppedError
from accord.readers.web.queues import Job, Queues
from accord.readers.web.urls import shown
from accord.records import Rejected

if TYPE_CHECKING:
    from accord.readers.web.client import Client
    from accord.readers.web.visits import Outcome, Visits

__all__ = ["AHEAD", "Answer", "Fetcher", "Unfetched", "Validators"]

AHEAD = 1024
"""Links that are taken from the list ahead of the page that is waited for."""


class Fetcher:
    """Fetches pages, several hosts side by side, one request a host at a time.

    `memory` is asked for validators from several threads and told of new ones from the consumer's, never two at a time.
    No cookie is kept or sent. `clock` and `chance` (a number from 0 to 1) stand in for time and luck in tests.
    """

    def __init__(
        self,
        config: Config,
        memory: Memory | None = None,
        *,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._config = config
        self._memory = memory
        self._memory_lock = Lock()
        self._begin_lock = Lock()
        self._clock = clock or Clock()
        self._chance = chance
        self._queues = Queues(self._clock, config.web.hosts, config.web.delay, _size)
        self._client: Client | None = None
        self._visits: Visits | None = None
        self._closed = False

    def fetch(self, links: Iterable[Link]) -> Iterator[tuple[Link, Answer | Rejected]]:
        """Yield each link with what came of it, in the order of the links, which are taken AHEAD at a time.

        What a server said of a page is remembered when the next one is asked for: a page that was sent, but not used
        to the end, is sent again in the next run. Where `links` raises, what was taken before comes first.
        """
        rest = iter(links)
        window: deque[tuple[Link, Job[Outcome]]] = deque()
        problem: Exception | None = None
        more = True
        try:
            while True:
                taken = 0
                # Two at least, so that the window grows also where its head is always ready.
                while more and len(window) < AHEAD and (taken < 2 or not window[0][1].done):
                    try:
                        link = next(rest)
                    except StopIteration:
                        more = False
                    except Exception as error:  # raised below, after the pages that came before it
                        more, problem = False, error
                    else:
                        if self._config.web.offline or self._closed:
                            yield from self._drain(window)
                            yield link, self._unfetched(link)
                            continue
                        window.append((link, self._queues.submit(self._visitor().visit(link.url))))
                        taken += 1
                if not window:
                    break
                yield from self._drain(window, 1)
            if problem is not None:
                raise problem
        finally:
            for _, job in window:
                self._queues.drop(job)

    def close(self) -> None:
        """Break off what is under way, end the threads and close all connections."""
        self._closed = True
        if self._client is not None:
            self._client.stop()
        self._queues.close()
        if self._client is not None:
            self._client.close()

    def _drain(
        self, window: deque[tuple[Link, Job[Outcome]]], most: int = AHEAD
    ) -> Iterator[tuple[Link, Answer | Rejected]]:
        """Yield what came of the first links in `window`."""
        for _ in range(min(most, len(window))):
            link, job = window.popleft()
            try:
                outcome = self._queues.take(job)
            except StoppedError:
                yield link, self._unfetched(link)
                continue
            except BaseException:
                self._queues.drop(job)
                raise
            yield link, outcome.answer
            if isinstance(outcome.answer, Answer) and outcome.validators is not None and self._memory is not None:
                with self._memory_lock:
                    self._memory.remember(outcome.answer.url, outcome.validators)

    def forget(self, url: str) -> None:
        """Have the list at `url` sent again in the next run: a page that it leads to could not be had."""
        if self._memory is not None:
            with self._memory_lock:
                self._memory.forget(url)

    def pause(self, url: str) -> float:
        """Return the least time between two requests to the host of `url`, in seconds, as far as it is known."""
        from accord.readers.web.urls import checked, queue_of

        try:
            return self._queues.delay(queue_of(checked(url, private=True)))
        except RefusedError:
            return self._config.web.delay

    def _unfetched(self, link: Link) -> Rejected:
        if self._config.web.offline:
            return Rejected(shown(link.url), "read", "nothing is fetched offline; save the page and name the file")
        return Rejected(shown(link.url), "read", "the reading was stopped before it was fetched; start it again")

    def _visitor(self) -> Visits:
        """Return what makes visits. It is made when the first page is fetched: httpx takes a while to load."""
        with self._begin_lock:
            if self._visits is None:
                self._client, self._visits = self._begun()
            return self._visits

    def _begun(self) -> tuple[Client, Visits]:
        from accord.readers.web.client import Client
        from accord.readers.web.requests import Requests
        from accord.readers.web.robots import Robots
        from accord.readers.web.visits import Visits

        web = self._config.web
        client = Client(self._config)
        requests = Requests(client, self._queues, self._clock, web, self._chance)
        robots = Robots(requests, self._queues, self._clock, web.private)
        return client, Visits(self._config, requests, robots, self._memory, self._memory_lock, self._clock)


def _size(value: object) -> int:
    answer = getattr(value, "answer", None)
    return len(answer.content) if isinstance(answer, Answer) else 0
