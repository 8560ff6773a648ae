"""Progress of long commands on standard error: how far each step is, how fast, and how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from accord.shell import Progress, say

_EVERY = 30.0
"""Seconds between two lines of progress where there is no terminal: in the log of a job."""


@contextmanager
def pace(quiet: bool) -> Iterator[Progress | None]:
    """Give what shows each step's progress on standard error, with its rate and the time left."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("read", total=None, told="")
            told = Pace()

            def show(step: str, done: int, total: int) -> None:
                bar.update(task, description=step, completed=done, total=total or None, told=told(step, done, total))

            yield show
    else:
        yield _lines(Pace())


def _lines(told: Pace) -> Progress:
    last = time.monotonic()

    def show(step: str, done: int, total: int) -> None:
        nonlocal last
        text, now = told(step, done, total), time.monotonic()
        if now - last >= _EVERY:
            say(f"{step}: {text}")
            last = now

    return show


class Pace:
    """Says how far a step is, how fast, and how long it will take: "1,200 of 25,000, 8.1 a second, 49 min left".

    The rate counts from the first progress of this process on: what an earlier one had done says nothing of it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._step = ""
        self._from = (0.0, 0)

    def __call__(self, step: str, done: int, total: int) -> str:
        now = self._clock()
        if step != self._step:
            self._step, self._from = step, (now, done)
        seconds, more = now - self._from[0], done - self._from[1]
        told = [f"{done:,} of {total:,}" if total else f"{done:,}"]
        if more > 0 and seconds > 0:
            rate = more / seconds
            told.append(f"{rate:,.1f} a second")
            if total > done:
                told.append(f"{span((total - done) / rate)} left")
        return ", ".join(told)


def span(seconds: float) -> str:
    """Return a time in the unit that fits: 49 -> "49 s", 5400 -> "1 h 30 min"."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes < 48 * 60 else f"{round(minutes / 60 / 24)} days"
