"""The room's jobs: a bounded queue, and one thread that has them done one after another.

    jobs.submit("2 texts", Order("add", folder=...), by="Ada") -> Job

Work is done by a worker's process, which is started for the first job and ends when there was none for a while, so
that its memory is given back. A store in memory is in no other process: there the thread does the work itself.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from accord.errors import AccordError
from accord.web.problems import Problem
from accord.web.settings import Settings
from accord.web.work.child import COMMAND, DEAD, GRACE, SILENT, Child
from accord.web.work.folders import Folders
from accord.web.work.jobs import Job
from accord.web.work.orders import Order, Workplace

if TYPE_CHECKING:
    from pathlib import Path

    from accord.stores import Store

_MOST_KEPT = 100
_WATCH = 20.0
_LEAVING = 1.5
"""Seconds that a job has to come to an end of its own when the room closes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many jobs may wait, when the worker is sent home, and how long it may be silent (seconds)."""

    waiting: int = 20
    idle: float = 300.0
    dead: float = DEAD
    silent: float = SILENT
    grace: float = GRACE
    command: Sequence[str] = COMMAND


class Jobs:
    """The jobs of one room. `told` is called with a job's id after each word of it, in the thread that works."""

    def __init__(
        self,
        settings: Settings,
        stores: Callable[[], AbstractContextManager[Store]],
        *,
        shared: Store | None = None,
        told: Callable[[str], None] | None = None,
        pace: Pace | None = None,
        watch: bool = False,
    ) -> None:
        self.folders = Folders()
        self.watching = watch
        self.watched: tuple[str, str] | None = None
        self._settings = settings
        self._stores = stores
        self._shared = shared
        self._told = told or (lambda _: None)
        self._pace = pace or Pace()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._child: Child | None = None
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()
        self._closed = False

    # what routes ask for ----------------------------------------------------------------------------------------------

    def submit(self, title: str, order: Order, by: str = "") -> Job:
        """Queue a job. Raises Problem (503) where too many wait; the folder of the order is removed then."""
        job = Job(title, order, by)
        with self._change:
            if self._closed or len(self._waiting) >= self._pace.waiting:
                self.folders.remove(order.folder)
                what = "the room is closing" if self._closed else f"{len(self._waiting)} jobs are waiting already"
                raise Problem(503, "Busy", f"{what}; try again in a few minutes")
            self._waiting.append(job)
            self._jobs[job.id] = job
            self._forget()
            self._begin()
            self._change.notify_all()
        return job

    def refresh(self, by: str = "") -> str:
        """Have the stories that wait for it briefed, and return the id of the job; one that waits already will do."""
        with self._change:
            for job in self._waiting:
                if job.order.kind == "refresh":
                    return job.id
        return self.submit("Bringing stories up to date", Order("refresh", by=by), by).id

    def follow(self) -> None:
        """Look at once, and not a little later, whether followed feeds are due."""
        with self._change:
            self._change.notify_all()

    def job(self, identity: str) -> Job | None:
        """Return the job with this id; None where it is forgotten, or never was."""
        with self._change:
            return self._jobs.get(identity)

    def latest(self, most: int = 8) -> list[Job]:
        """Return the last jobs, the latest first."""
        with self._change:
            return list(reversed(self._jobs.values()))[:most]

    def before(self, job: Job) -> int:
        """Return how many jobs come before one that waits."""
        with self._change:
            running = self._running is not None and not self._running.hidden
            return (list(self._waiting).index(job) + running) if job in self._waiting else 0

    def stop(self, job: Job) -> None:
        """Have a job end: one that waits is taken out of the queue, one that runs is told to."""
        job.stopping.set()
        with self._change:
            waited = job in self._waiting
            if waited:
                self._waiting.remove(job)
        if waited:
            self._end(job, {"stopped": True})

    def open_watch(self) -> None:
        """Begin to read followed feeds when they are due, where that is wanted."""
        if self.watching:
            with self._change:
                self._begin()

    def close(self) -> None:
        """End what runs and what waits, the worker, and all private folders. The store is whole."""
        with self._change:
            self._closed = True
            waiting, running, thread = list(self._waiting), self._running, self._thread
            self._waiting.clear()
            self._change.notify_all()
        if running is not None:
            running.stopping.set()
        for job in waiting:
            self._end(job, {"stopped": True})
        if thread is not None:
            thread.join(_LEAVING)
            child = self._child
            if thread.is_alive() and child is not None:
                child.end()  # what it was at is undone: the store is whole
            thread.join(self._pace.grace + 5.0)
        self.folders.close()

    # the thread that works --------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="accord-jobs", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        """Do one job after another until the room closes."""
        idle = time.monotonic()
        while (job := self._next(idle)) is not None:
            self._do(job)
            idle = time.monotonic()
        self._send_home()

    def _next(self, idle: float) -> Job | None:
        """Return the next job, and wait for one; None once the room closes. Sends the worker home meanwhile."""
        looked = 0.0
        while True:
            with self._change:
                if self._closed:
                    return None
                if self._waiting:
                    self._running = self._waiting.popleft()
                    return self._running
            now = time.monotonic()
            if self.watching and now - looked >= _WATCH:
                looked = now
                if self._is_due():
                    self._running = Job("Followed feeds", Order("watch"), hidden=True)
                    return self._running
            if self._child is not None and now - idle >= self._pace.idle:
                self._send_home()
            with self._change:
                if not self._waiting and not self._closed:
                    waits = [_WATCH] if self.watching else []
                    waits += [max(0.05, idle + self._pace.idle - now)] if self._child is not None else []
                    if self._change.wait(min(waits, default=None)):
                        looked = 0.0

    def _do(self, job: Job) -> None:
        """Do one job; whatever comes, it has an end."""
        self._say(job, "begin", {})
        try:
            if self._shared is not None:
                from accord.web.work.doing import do

                do(job.order, self._shared, self._settings.config, self._teller(job), _Stop(self, job))
            else:
                self._worker().run(job.order, self._teller(job), _Stop(self, job).is_set)
        except Exception as error:  # the next job must be done whatever this one met
            self._say(job, "failed", {"reason": f"the worker cannot be used ({error!r:.300}); look at the room's log"})
        finally:
            self.folders.remove(job.order.folder)
            with self._change:
                self._running = None
        if not job.over:
            self._end(job, {"stopped": True})
        if job.hidden:
            self.watched = (datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), job.reason)

    def is_to_stop(self, job: Job) -> bool:
        """Tell whether a job is to end; the watch does for any other job."""
        return job.stopping.is_set() or self._closed or (job.hidden and bool(self._waiting))

    def _worker(self) -> Child:
        if self._child is not None and not self._child.alive:
            self._child.kill()
            self._child = None
        if self._child is None:
            pace = self._pace
            place = Workplace(self._settings.store, self._settings.config, str(self.folders.root))
            self._child = Child(place, command=pace.command, dead=pace.dead, silent=pace.silent, grace=pace.grace)
        return self._child

    def _send_home(self) -> None:
        if self._child is not None:
            self._child.leave()
            self._child = None

    def _is_due(self) -> bool:
        """Tell whether a followed feed, or a page of one, is to be read."""
        from accord.upkeep.followed import next_due

        try:
            with self._stores() as store:
                due = next_due(store)
        except AccordError as error:
            self.watched = (datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), str(error))
            return False
        return due is not None and due <= datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    # what is said -----------------------------------------------------------------------------------------------------

    def _teller(self, job: Job) -> Callable[[str, dict[str, Any]], None]:
        return lambda what, told: self._say(job, what, told)

    def _say(self, job: Job, what: str, told: dict[str, Any]) -> None:
        job.say(what, told)
        self._told(job.id)

    def _end(self, job: Job, told: dict[str, Any]) -> None:
        self.folders.remove(job.order.folder)
        self._say(job, "end", told)

    def _forget(self) -> None:
        """Forget the oldest jobs that are over."""
        over = [identity for identity, job in self._jobs.items() if job.over]
        for identity in over[: max(0, len(self._jobs) - _MOST_KEPT)]:
            del self._jobs[identity]

    def folder(self) -> Path:
        """Return a new private folder for what is pasted or uploaded."""
        return self.folders.new()


class _Stop:
    """Says that a job is to end, as upkeep asks for it (`readers.web.clock.Stop`)."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs = jobs
        self._job = job

    def is_set(self) -> bool:
        return self._jobs.is_to_stop(self._job)

    def wait(self, timeout: float) -> bool:
        return self._job.stopping.wait(timeout) or self.is_set()
