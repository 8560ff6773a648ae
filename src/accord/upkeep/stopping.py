"""Ends a run that has no end of its own: SIGTERM or SIGINT set a `Stop`, which the run looks at wherever it waits."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

GRACE = 3.0
"""Seconds after a signal in which a run may come to an end of its own; then it is broken off where it stands."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class OverdueError(KeyboardInterrupt):
    """A run went on for too long after it was told to stop; what it had open is undone like after a Ctrl-C."""


class Stop:
    """Says that it is time to end. Used as a `threading.Event`, which a signal handler must not set: it takes a lock.

    Any number of threads may wait. It holds a pipe, so `close` it in the end.
    """

    def __init__(self) -> None:
        self._set = False
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)

    def set(self) -> None:
        """Say so."""
        if not self._set:
            self._set = True
            with suppress(OSError):
                os.write(self._writing, b"!")  # nobody takes it out, so that all who wait see it

    def is_set(self) -> bool:
        """Tell whether it was said."""
        return self._set

    def wait(self, timeout: float) -> bool:
        """Wait until it is said, `timeout` seconds at most; tell whether it was."""
        if not self._set:
            select.select([self._reading], [], [], max(0.0, timeout))
        return self._set

    def close(self) -> None:
        """Close the pipe. Nobody may wait any more."""
        os.close(self._reading)
        os.close(self._writing)


@contextmanager
def stopping(grace: float = GRACE) -> Iterator[Stop]:
    """Give a `Stop` that SIGTERM and SIGINT set. Only the main thread may use it.

    What runs inside is expected to end soon after that. If it has not after `grace` seconds, it is broken off where it
    stands by an OverdueError, which ends here: a transaction that is open is undone, connections are closed. A second
    signal does what it does without this.

        with stopping() as stop: watch(["feeds.opml"], store, stop=stop)
    """
    stop = Stop()
    before = {number: signal.getsignal(number) for number in (*_SIGNALS, signal.SIGALRM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()
        for other in _SIGNALS:
            signal.signal(other, before[other])
        signal.setitimer(signal.ITIMER_REAL, grace)

    def overdue(number: int, frame: FrameType | None) -> None:
        raise OverdueError

    signal.signal(signal.SIGALRM, overdue)
    for number in _SIGNALS:
        signal.signal(number, end)
    try:
        with suppress(OverdueError):
            try:
                yield stop
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0.0)
    finally:
        restore()
        stop.close()
