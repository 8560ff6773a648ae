"""When somebody was here last, kept in a cookie of their own browser: two times, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

COOKIE = "visit"
PAUSE = timedelta(minutes=30)
KEPT = timedelta(days=90)
_FORM = "%Y%m%dT%H%M%SZ"
_COOKIE = re.compile(r"(\d{8}T\d{6}Z)-(\d{8}T\d{6}Z)")


@dataclass(frozen=True, slots=True)
class Visit:
    """`since` is the end of the visit before this one, `latest` when this one was last heard of (UTC)."""

    since: datetime
    latest: datetime

    @property
    def cookie(self) -> str:
        """What the browser keeps."""
        return f"{self.since.strftime(_FORM)}-{self.latest.strftime(_FORM)}"

    @property
    def told(self) -> str:
        """`since` as stores write times (ISO, UTC)."""
        return self.since.strftime("%Y-%m-%dT%H:%M:%SZ")


def visit(cookie: str | None, now: datetime) -> Visit:
    """Return the visit that goes on at `now`, by the cookie of the one before.

    A new one begins after a pause of 30 minutes, so that a page loaded again tells the same changes. Without a cookie,
    or with one that says nothing sensible, the first one begins now.
    """
    now = now.replace(microsecond=0)
    found = _COOKIE.fullmatch(cookie or "")
    if not found:
        return Visit(now, now)
    try:
        since, latest = (datetime.strptime(one, _FORM).replace(tzinfo=UTC) for one in found.groups())
    except ValueError:
        return Visit(now, now)
    if not now - KEPT <= since <= latest <= now:
        return Visit(now, now)
    return Visit(latest if now - latest > PAUSE else since, now)
