"""A job, and the log of what it said: what its page shows, and what its stream tells from any point on."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from accord.web.work.orders import Order

State = Literal["waiting", "running", "done", "stopped", "failed"]
ENDED = ("done", "stopped", "failed")
MOST_TOLD = 500
"""So many updates and so many things left out are kept for a job's page; the store keeps them all."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a job said. Numbers rise by at least one."""

    number: int
    what: str
    told: dict[str, Any]


@dataclass(slots=True)
class Job:
    """One job: what it is called, what it is to do, for whom, how far it is. Threads may look at it at any time.

    `made`, `begun` and `ended` are seconds since the epoch. `stage`, `done` and `total` say where it stands.
    """

    title: str
    order: Order
    by: str = ""
    hidden: bool = False
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    followed: int = 0
    rejects: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0
    changes: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    made: float = field(default_factory=time.time)
    begun: float | None = None
    ended: float | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    log: list[Event] = field(default_factory=list)
    _number: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def over(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.state in ENDED

    def say(self, what: str, told: dict[str, Any]) -> None:
        """Take note of what is said of the job; words on progress replace the last ones."""
        with self._lock:
            if self.over:
                return
            if not self._note(what, told):
                return
            self._number += 1
            if what == "stage" and self.log and self.log[-1].what == "stage":
                self.log.pop()
            self.log.append(Event(self._number, what, told))

    def after(self, number: int) -> tuple[list[Event], bool]:
        """Return what was said after the event `number`, in order, and whether that is all there will be."""
        with self._lock:
            return [event for event in self.log if event.number > number], self.over

    def _note(self, what: str, told: dict[str, Any]) -> bool:
        """Take what is said into the job; tell whether the log is to hold it."""
        if what == "begin":
            self.state, self.begun = "running", time.time()
        elif what == "stage":
            self.stage, self.done, self.total = str(told["stage"]), int(told["done"]), int(told["total"])
        elif what == "reject":
            self.left_out += 1
            return self._kept(self.rejects, told)
        elif what == "update":
            self.changes += 1
            return self._kept(self.updates, told)
        elif what == "followed":
            self.followed += int(told["count"])
        elif what == "end":
            self.state, self.result = ("stopped" if told.get("stopped") else "done"), told
        elif what == "failed":
            self.state, self.reason = "failed", str(told["reason"])
        if self.over:
            self.ended = time.time()
        return True

    @staticmethod
    def _kept(rows: list[dict[str, Any]], told: dict[str, Any]) -> bool:
        if len(rows) < MOST_TOLD:
            rows.append(told)
            return True
        return False
