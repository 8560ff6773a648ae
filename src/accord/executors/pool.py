"""What executors with workers have in common: seats that work on items, tries that are counted, and backpressure.

A seat keeps one worker: a process, an actor. A thread of the driver sits behind each and hands it one item at a time,
so when a worker dies, it is known whose item it was at; and workers go on while the caller is busy with an outcome.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from accord.errors import AccordError
from accord.executors.answers import opened, pack
from accord.executors.executor import TRIES, Item, Outcome, Result

LOOK = 5.0
"""Seconds between two looks at how many workers there can be, and whether there is one at all."""
START = 900.0
"""Seconds that a map waits for a worker while there is none: a cluster may have to start machines first."""
AHEAD = 2
"""Items drawn for each worker: the one that it is at, and the next."""


class Died(Exception):
    """A worker ended, or was ended, before it answered; says how: "it ended with exit status 3"."""


class Seat(Protocol):
    """Keeps one worker. One thread asks; `kill` and `end` may come from any."""

    def ready(self) -> None:
        """Return when there is a worker that waits for an item: start one where there is none, or it has died.

        Raises AccordError where none can be started.
        """
        ...

    def ask(self, function: bytes, item: bytes) -> bytes:
        """Return the worker's `answer` to an item. Raises Died."""
        ...

    def kill(self) -> None:
        """End the worker at once; `ready` starts another."""
        ...

    def end(self) -> None:
        """End the worker for good."""
        ...


@dataclass(eq=False, slots=True)
class _Run:
    """One call of `map`."""

    function: bytes
    done: SimpleQueue[Outcome[Any, Any] | BaseException] = field(default_factory=SimpleQueue)
    over: bool = False


@dataclass(eq=False, slots=True)
class _Job:
    """An item on its way, with how each worker died that was at it."""

    run: _Run
    item: Any
    deaths: list[str] = field(default_factory=list)


class Pool:
    """Maps over as many seats as `wanted` says, which is asked again from time to time: a cluster may grow.

    A seat is made when an item waits for it.
    """

    def __init__(self, seat: Callable[[], Seat], wanted: Callable[[], int]) -> None:
        self.workers = wanted()
        self._seat, self._wanted = seat, wanted
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._places: list[_Place] = []
        self._runs: set[_Run] = set()
        self._looked = time.monotonic()
        self._closed = False
        atexit.register(self.close)

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        """Yield the outcome of each item, as workers finish them. See `Executor`."""
        if self._closed:
            raise AccordError("the executor is closed; make another one")
        run, coming, more, out = _Run(pack(function)), iter(items), True, 0
        self._runs.add(run)
        try:
            while True:
                while more and out < AHEAD * self.workers:
                    try:
                        item = next(coming)
                    except StopIteration:
                        more = False
                        break
                    out += 1
                    self._jobs.put(_Job(run, item))
                    if len(self._places) < min(self.workers, out):
                        self._places.append(_Place(self._seat(), self._jobs))
                if not out:
                    return
                done = self._next(run)
                if isinstance(done, BaseException):
                    raise done
                out -= 1
                yield done
        finally:
            self._runs.discard(run)
            self._give_up(run)

    def close(self) -> None:
        """End all workers. A map that is not at its end raises AccordError when it is asked for more."""
        self._closed = True
        atexit.unregister(self.close)
        for run in self._runs:
            run.over = True
            run.done.put(AccordError("the executor was closed before the map was at its end"))
        for place in self._places:
            place.leave()
        for _ in self._places:
            self._jobs.put(None)
        for place in self._places:
            place.thread.join()
        self._places.clear()

    def _next(self, run: _Run) -> Outcome[Any, Any] | BaseException:
        alone = time.monotonic()
        while True:
            if time.monotonic() - self._looked > LOOK:
                self.workers, self._looked = max(self.workers, self._wanted()), time.monotonic()
            try:
                return run.done.get(timeout=LOOK)
            except Empty:
                if any(place.up for place in self._places):
                    alone = time.monotonic()
                elif time.monotonic() - alone > START:
                    return AccordError(f"no worker came up in {START:g} seconds; see that there is a free CPU for one")

    def _give_up(self, run: _Run) -> None:
        run.over = True
        for place in self._places:
            place.drop(run)


class _Place:
    """A seat and the thread that sits behind it."""

    def __init__(self, seat: Seat, jobs: SimpleQueue[_Job | None]) -> None:
        self.up = False
        self._seat, self._jobs = seat, jobs
        self._job: _Job | None = None
        self._left = False
        self._lock = threading.Lock()
        self.thread = threading.Thread(target=self._work, name="accord-executor", daemon=True)
        self.thread.start()

    def drop(self, run: _Run) -> None:
        """End the worker if it is at an item of the run."""
        with self._lock:
            if self._job is not None and self._job.run is run and not self._left:
                self._seat.kill()

    def leave(self) -> None:
        """End the worker, and the thread when it is next awake."""
        with self._lock:
            self._left = True
            self._seat.end()

    def _work(self) -> None:
        try:
            while self._ready() and (job := self._jobs.get()) is not None:
                if not job.run.over and not self._left:
                    self._try(job)
        finally:
            self._seat.end()

    def _ready(self) -> bool:
        """Wait for a worker, and take no item before there is one: the others are to have it."""
        while not self._left:
            try:
                self._seat.ready()
                self.up = True
                return True
            except Exception as error:
                self.up = False
                if not self._left and (job := self._jobs.get()) is not None:
                    job.run.done.put(error)
        return False

    def _try(self, job: _Job) -> None:
        with self._lock:
            self._job = job
        try:
            job.run.done.put(Outcome(job.item, opened(self._seat.ask(job.run.function, pack(job.item)))))
        except Died as death:
            self.up = False
            job.deaths.append(str(death))
            if len(job.deaths) < TRIES:
                self._jobs.put(job)
            else:
                job.run.done.put(Outcome(job.item, None, lost=_told(job.deaths)))
        except BaseException as error:
            job.run.done.put(error)
        finally:
            with self._lock:
                self._job = None


def _told(deaths: list[str]) -> str:
    """["it ended with exit status 3"] * 3 -> "its worker died 3 times: it ended with exit status 3"."""
    return f"its worker died {len(deaths)} times: {', or '.join(dict.fromkeys(deaths))}"
