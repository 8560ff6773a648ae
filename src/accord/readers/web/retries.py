"""When a failed request is tried again, and after how long."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BUSY = frozenset({429, 503})
"""Statuses that speak for the whole host: it is left alone for the time of the pause."""

PASSING = frozenset({*BUSY, 500, 502, 504})
"""Statuses that may be gone the next time. Any other of 400 and above stays."""

_LEAST_BASE = 0.1
_LONGEST_NUMBER = 12


def pause(attempt: int, base: float, longest: float, chance: float) -> float:
    """Return the seconds to wait after attempt number `attempt` (from 1): twice as long each time, at most `longest`.

    `chance`, from 0 to 1, takes up to half of it off, so that many readers do not come back at the same moment.

    pause(3, 1.0, 120.0, 0.0) -> 4.0; pause(3, 1.0, 120.0, 1.0) -> 2.0
    """
    full = min(longest, max(base, _LEAST_BASE) * 2.0 ** min(attempt - 1, 32))
    return full * (1.0 - chance / 2)


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header (RFC 9110, section 10.2.3) asks for; None where it says nothing.

    retry_after("120", now) -> 120.0; retry_after("Wed, 21 Oct 2026 07:28:00 GMT", 07:27 that day) -> 60.0
    """
    value = (header or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:_LONGEST_NUMBER])
    try:
        date = parsedate_to_datetime(value)
        if date.tzinfo is None:
            date = date.replace(tzinfo=UTC)
        return max(0.0, (date - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
