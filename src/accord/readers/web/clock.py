"""The clock that queues go by. Tests bring one of their own, on which waiting takes no time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from threading import Condition


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
