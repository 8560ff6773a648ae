"""The clock that queues go by. Tests bring one of their own, on which waiting takes no time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from threading import Condition
from typing import Protocol


class Stop(Protocol):
    """Says that it is time to end, as a `threading.Event` does."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float) -> bool: ...


class Clock:
    """Real time, in seconds."""

    def now(self) -> float:
        """Return a time that never goes back."""
        return time.monotonic()

    def date(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def wait(self, condition: Condition, seconds: float) -> None:
        """Wait for `seconds`, or until `condition`, which the caller holds, is notified."""
        condition.wait(seconds)

    def sleep(self, stop: Stop, seconds: float) -> bool:
        """Wait for `seconds`, or until `stop` is set; tell whether it is."""
        return stop.wait(seconds)
