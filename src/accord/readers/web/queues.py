"""One polite queue per host, several hosts side by side.

A job is a generator. It yields a `Turn` when it wants to send a request to a host, and is resumed when that host is
free and the time between two requests has passed; until it yields again, nobody else sends anything to that host. It
yields another `Job` to be resumed when that one is done. So no thread ever waits for a host, and a redirect to another
host simply is a turn in that host's queue.
"""

from __future__ import annotations

import threading
import time
from bisect import insort
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, TypeVar

from accord.readers.web.clock import Clock
from accord.readers.web.problems import StoppedError

T = TypeVar("T")
Steps = Generator["Turn | Job[Any]", None, T]

MOST_HELD = 64_000_000
"""Bytes of pages that wait to be taken. Above it only the page that is waited for is fetched."""

_MOST_HOSTS = 10_000
_PATIENCE = 5.0
"""Seconds that `close` waits for the threads, all connections being broken off."""


@dataclass(slots=True)
class Turn:
    """The wish to send one request to `host`, not before `wait` seconds have passed. `light`: its answer is small."""

    host: str
    wait: float = 0.0
    light: bool = False
    ready: float = 0.0


@dataclass(slots=True, eq=False)
class Job(Generic[T]):
    """A generator on its way, and what came of it."""

    steps: Steps[T]
    number: int
    turn: Turn | None = None
    done: bool = False
    value: T | None = None
    error: BaseException | None = None
    urgent: bool = False
    dropped: bool = False
    size: int = 0
    followers: list[Job[Any]] = field(default_factory=list)

    def result(self) -> T:
        """Return what the generator returned, or raise what it raised."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


@dataclass(slots=True)
class _Host:
    delay: float
    busy: bool = False
    free: float = 0.0
    barred: str | None = None
    barred_until: float = 0.0
    failures: int = 0


class Queues:
    """Runs jobs on up to `threads` threads, which start as they are needed and end with `close`."""

    def __init__(self, clock: Clock, threads: int, delay: float, size: Callable[[Any], int]) -> None:
        self._clock = clock
        self._most_threads = max(1, threads)
        self._delay = delay
        self._size = size
        self._changed = threading.Condition()
        self._waiting: list[Job[Any]] = []
        self._hosts: dict[str, _Host] = {}
        self._threads: list[threading.Thread] = []
        self._numbers = count()
        self._timed = False
        self._held = 0
        self._closed = False

    # for the one who wants the results ------------------------------------------------------------------------------

    def submit(self, steps: Steps[T]) -> Job[T]:
        """Begin a job. What comes before its first turn runs at once."""
        job = Job(steps, next(self._numbers))
        self._advance(job)
        return job

    def take(self, job: Job[T]) -> T:
        """Wait for `job`, ahead of all others, and return its result. Raises StoppedError once all is closed."""
        with self._changed:
            if not job.done:
                job.urgent = True
                self._changed.notify_all()
            while not job.done:
                if self._closed:
                    raise StoppedError
                self._changed.wait()
            self._release(job)
        return job.result()

    def drop(self, job: Job[Any]) -> None:
        """Forget `job`: its result is not wanted any more."""
        with self._changed:
            job.dropped = True
            if job.done:
                self._release(job)
            waiting = job in self._waiting
            if waiting:
                self._waiting.remove(job)
        if waiting:
            job.steps.close()
            self._finish(job, error=StoppedError())

    def close(self) -> None:
        """Start nothing more, and wait a little for the threads to end."""
        with self._changed:
            self._closed = True
            waiting, self._waiting = self._waiting, []
            self._changed.notify_all()
        for job in waiting:
            job.steps.close()
        end = time.monotonic() + _PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    # for the jobs, about the hosts ----------------------------------------------------------------------------------

    def slow_down(self, host: str, delay: float) -> None:
        """Leave at least `delay` seconds between two requests to `host`."""
        with self._changed:
            state = self._host(host)
            state.delay = max(self._delay, delay)

    def delay(self, host: str) -> float:
        """Return the least time between two requests to `host`."""
        with self._changed:
            state = self._hosts.get(host)
            return self._delay if state is None else state.delay

    def hold(self, host: str, seconds: float) -> None:
        """Send nothing to `host` for `seconds`."""
        with self._changed:
            state = self._host(host)
            state.free = max(state.free, self._clock.now() + seconds)

    def bar(self, host: str, reason: str, seconds: float) -> None:
        """Refuse requests to `host` for `seconds`; `barred` tells why."""
        with self._changed:
            state = self._host(host)
            state.barred, state.barred_until = reason, self._clock.now() + seconds
            self._changed.notify_all()

    def barred(self, host: str) -> str | None:
        """Return why nothing is asked of `host` now, if so."""
        with self._changed:
            return self._barred(self._host(host))

    def count_failures(self, host: str, failed: bool) -> int:
        """Note how a request to `host` ended in the end; return how many in a row failed."""
        with self._changed:
            state = self._host(host)
            state.failures = state.failures + 1 if failed else 0
            return state.failures

    # inside ---------------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            job = self._next()
            if job is None or job.turn is None:
                return
            host = self._hosts[job.turn.host]
            self._advance(job)
            with self._changed:
                host.busy = False
                host.free = max(host.free, self._clock.now() + host.delay)
                self._changed.notify_all()

    def _next(self) -> Job[Any] | None:
        """Wait for a job whose turn it is, and return it with its host marked busy; None when all is closed."""
        with self._changed:
            while not self._closed:
                job, ready = self._pick()
                if job is not None and job.turn is not None:
                    self._waiting.remove(job)
                    self._hosts[job.turn.host].busy = True
                    # One of those that wait must look at the time now.
                    self._changed.notify_all()
                    return job
                if ready is None or self._timed:
                    self._changed.wait()
                    continue
                self._timed = True
                try:
                    self._clock.wait(self._changed, ready - self._clock.now())
                finally:
                    self._timed = False
            return None

    def _pick(self) -> tuple[Job[Any] | None, float | None]:
        """Return the first job whose turn it is; if there is none, the time when there will be one."""
        now = self._clock.now()
        soonest: float | None = None
        best: Job[Any] | None = None
        for job in self._waiting:
            turn = job.turn
            if turn is None or not (turn.light or job.urgent or self._held < MOST_HELD):
                continue
            host = self._hosts[turn.host]
            if host.busy:
                continue
            ready = now if self._barred(host) else max(host.free, turn.ready)
            if ready > now:
                soonest = ready if soonest is None else min(soonest, ready)
            elif best is None or (job.urgent and not best.urgent):
                best = job
        return best, soonest

    def _advance(self, job: Job[Any]) -> None:
        """Run `job` up to its next wish."""
        while True:
            if job.dropped or self._closed:
                job.steps.close()
                self._finish(job, error=StoppedError())
                return
            try:
                wish = next(job.steps)
            except StopIteration as stop:
                self._finish(job, value=stop.value)
                return
            except BaseException as error:  # whoever takes the job raises it
                self._finish(job, error=error)
                return
            with self._changed:
                if self._closed:
                    continue
                if isinstance(wish, Turn):
                    wish.ready = self._clock.now() + wish.wait
                    job.turn = wish
                    self._host(wish.host)
                    insort(self._waiting, job, key=lambda item: (not (item.turn and item.turn.light), item.number))
                    self._employ()
                    self._changed.notify_all()
                    return
                if not wish.done:
                    wish.followers.append(job)
                    return

    def _finish(self, job: Job[Any], value: Any = None, error: BaseException | None = None) -> None:
        with self._changed:
            job.value, job.error, job.done = value, error, True
            job.turn = None
            if error is None and not job.dropped:
                job.size = self._size(value)
                self._held += job.size
            followers, job.followers = job.followers, []
            self._changed.notify_all()
        for follower in followers:
            self._advance(follower)

    def _release(self, job: Job[Any]) -> None:
        self._held -= job.size
        job.size = 0
        self._changed.notify_all()

    def _employ(self) -> None:
        """Start a thread where more hosts have work than there are threads."""
        if self._closed or len(self._threads) >= self._most_threads:
            return
        hosts = {job.turn.host for job in self._waiting if job.turn}
        hosts.update(name for name, host in self._hosts.items() if host.busy)
        if len(self._threads) < len(hosts):
            thread = threading.Thread(target=self._work, name="accord-fetch", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _host(self, name: str) -> _Host:
        state = self._hosts.get(name)
        if state is None:
            if len(self._hosts) >= _MOST_HOSTS:
                self._forget_hosts()
            state = self._hosts[name] = _Host(self._delay)
        return state

    def _forget_hosts(self) -> None:
        """Forget the hosts of which there is nothing to remember, and what is remembered of the older half."""
        now = self._clock.now()
        wanted = {job.turn.host for job in self._waiting if job.turn}
        for number, (name, host) in enumerate(list(self._hosts.items())):
            remembered = (host.barred or host.failures) and number >= _MOST_HOSTS // 2
            if not (host.busy or host.free > now or remembered or name in wanted):
                del self._hosts[name]

    def _barred(self, host: _Host) -> str | None:
        if host.barred is not None and host.barred_until <= self._clock.now():
            host.barred, host.failures = None, 0
        return host.barred
