"""When feeds are read and pages looked at again: pure functions on the records that a store keeps of them.

Times are ISO 8601 in UTC, to the second, so that their order is that of their text; stretches are seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from itertools import pairwise

from accord.records import Listing
from accord.stores.store import Feed, Visit

HOUR = 3600.0
DAY = 24 * HOUR
WEEK = 7 * DAY

PLAN = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
"""So long after its first reading a page is looked at again; after the last of these never."""

MISSED_AGAIN = 6 * HOUR
"""A page that was held and is not found (404) is looked for a second time after this."""

GONE = "its server says that it is gone for good (status 410)"

_GAPS = tuple(after - before for before, after in pairwise((0.0, *PLAN)))
_LONGEST_UNREADABLE = 6
_TRIES_REFUSED = 5
_TRIES = 12
_PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a link: `address` is where the page was found; `problem` says why it was not.

    `fetched` tells of a list that its server gave, but that cannot be read; `status` and `wait` are the server's word.
    """

    address: str | None = None
    problem: str | None = None
    status: int | None = None
    wait: float | None = None
    fetched: bool = False


def iso(moment: datetime) -> str:
    """Return a time of day as stores keep it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def after(moment: datetime, seconds: float) -> str:
    """Return the time `seconds` after `moment` as stores keep it."""
    return iso(moment + timedelta(seconds=seconds))


def backoff(url: str, every: float, failures: int) -> float:
    """Return how long a feed or page that failed so often in a row is left alone: twice as long each time, up to a day.

    Up to a quarter is taken off, by the address and the number, so that the feeds of a host that was down do not all
    come back at once.

        backoff(url, 600.0, 1) -> 900 to 1200; backoff(url, 600.0, 20) -> 64,800 to 86,400
    """
    drawn = blake2b(f"{url}\n{failures}".encode("utf-8", "replace"), digest_size=4).digest()
    full = min(DAY, every * 2.0 ** min(failures, 40))
    return full * (1.0 - int.from_bytes(drawn) / 2**34)


# feeds ----------------------------------------------------------------------------------------------------------------


def read(feed: Feed, outcome: Outcome, every: float, now: datetime) -> Feed:
    """Return what is to be kept of a feed after it was read, or could not be.

    One that works is due after `every` seconds; one that fails is left alone longer and longer (`backoff`), as long as
    its server asks (a week at most), and one that is gone for a week. One that comes but cannot be read, which may be
    empty for a night, is asked again after six times `every` at most.
    """
    if outcome.problem is None:
        return Feed(feed.url, after(now, every), 0, None, iso(now))
    failures = feed.failures + 1
    if outcome.status == 410:
        return replace(feed, next=after(now, WEEK), failures=failures, problem=GONE)
    pause = backoff(feed.url, every, failures)
    if outcome.fetched:
        pause = min(pause, _LONGEST_UNREADABLE * every)
    pause = max(pause, min(outcome.wait or 0.0, WEEK))
    return replace(feed, next=after(now, pause), failures=failures, problem=outcome.problem)


def turned(before: Feed, now: Feed) -> bool:
    """Tell whether a feed works that did not, fails that worked, or is gone now: what people are told of."""
    return (before.failures > 0, before.problem == GONE) != (now.failures > 0, now.problem == GONE)


# pages ----------------------------------------------------------------------------------------------------------------


def due(visit: Visit, listing: Listing | None, now: datetime) -> bool:
    """Tell whether a page that is known is to be fetched now: its time has come, or a list says that it was modified.

    What a list calls modified in the time to come says nothing.
    """
    if visit.next and visit.next <= iso(now):
        return True
    if visit.missed or visit.last is None or listing is None or listing.modified is None:
        return False
    modified = _moment(listing.modified)
    return modified is not None and visit.last < iso(modified) <= iso(now)


def visited(visit: Visit, outcome: Outcome, held: bool, every: float, now: datetime) -> tuple[Visit, bool]:
    """Return what is to be kept of a page after a visit, and whether its outlet has taken it down.

    A page that came goes on in PLAN; so does one that is `held` and could not be had for a reason of the moment. One
    that is held and is gone (410), or not found (404) twice in a row, was taken down. One that is not held is tried
    again ever later, twelve times, or five where the server refuses it.
    """
    if outcome.problem is None:
        early = visit.seen > 0 and not (visit.next and visit.next <= iso(now))  # a list said that it was modified
        done = visit if early else _planned(visit, now)
        return replace(done, missed=0, last=iso(now)), False
    if held and outcome.status in (404, 410):
        missed = visit.missed + 1
        down = outcome.status == 410 or missed > 1
        return replace(visit, next="" if down else after(now, MISSED_AGAIN), missed=missed), down
    if held:
        return _planned(visit, now), False
    missed = visit.missed + 1
    refused = 400 <= (outcome.status or 0) < 500 and outcome.status not in _PASSING
    if missed >= (_TRIES_REFUSED if refused else _TRIES):
        return replace(visit, next="", missed=missed), False
    pause = max(backoff(visit.url, every, missed), min(outcome.wait or 0.0, WEEK))
    return replace(visit, next=after(now, pause), missed=missed), False


def _planned(visit: Visit, now: datetime) -> Visit:
    """Return `visit` with one more visit made."""
    ahead = after(now, _GAPS[visit.seen]) if visit.seen < len(_GAPS) else ""
    return replace(visit, next=ahead, seen=visit.seen + 1)


def _moment(text: str) -> datetime | None:
    """Return a time as lists write it, in ISO 8601 or RFC 5322; a day is its beginning, UTC where no zone is named."""
    return next(_readings(text.strip()), None)


def _readings(text: str) -> Iterator[datetime]:
    for reading in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = reading(text)
            yield (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
