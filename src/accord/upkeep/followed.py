"""The feeds that a store itself says are followed: `accord watch` reads them beside those that it is given.

They are kept as one stamp of the store, a list in JSON, so that the web, the watch and any other process see the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from accord.errors import ReadError
from accord.records import Listing
from accord.upkeep.clock import now
from accord.urls import normal

if TYPE_CHECKING:
    from accord.readers.inputs import Link
    from accord.stores import Store

MOST = 5_000
_KEY = "followed"
_SOON = "9999"
_PLACE = "the feeds that the store follows"


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that is followed. `outlet` and `section` are what a list of feeds says where the feed itself does not.

    `listed` is true of one that a list named: it must be a feed, where an address that somebody typed may be a page.
    `at` is since when (ISO time in UTC), `by` who asked for it.
    """

    url: str
    outlet: str | None = None
    section: str | None = None
    listed: bool = False
    at: str = ""
    by: str = ""


def followed(store: Store) -> tuple[Followed, ...]:
    """Return the feeds that `store` follows, in the order in which they came."""
    names = {field.name for field in fields(Followed)}
    rows = json.loads(store.stamp(_KEY) or "[]")
    return tuple(Followed(**{name: value for name, value in row.items() if name in names}) for row in rows)


def follow(store: Store, feeds: Iterable[Followed]) -> tuple[Followed, ...]:
    """Have `store` follow `feeds` from now on, and return those that are new. Raises ReadError where they are too many.

    Two spellings of one address are one feed.
    """
    with store.transaction():
        held = followed(store)
        known = {normal(feed.url) for feed in held}
        new: list[Followed] = []
        for feed in feeds:
            if normal(feed.url) not in known:
                known.add(normal(feed.url))
                new.append(replace(feed, at=feed.at or now()))
        if len(held) + len(new) > MOST:
            raise ReadError(f"a store follows at most {MOST:,} feeds; stop following some, or name a smaller list")
        if new:
            _keep(store, (*held, *new))
    return tuple(new)


def unfollow(store: Store, urls: Sequence[str]) -> int:
    """Have `store` follow the feeds at `urls` no more, and return how many these were. What they brought stays."""
    named = {normal(url) for url in urls}
    with store.transaction():
        held = followed(store)
        left = tuple(feed for feed in held if normal(feed.url) not in named)
        dropped = [feed.url for feed in held if normal(feed.url) in named]
        if dropped:
            _keep(store, left)
            for feed in store.feeds(dropped):
                store.keep_feed(replace(feed, next="", failures=0, problem=None))
    return len(dropped)


def mark(store: Store) -> str:
    """Return what tells the list of followed feeds from what it was."""
    return store.stamp(_KEY) or ""


def next_due(store: Store) -> str | None:
    """Return when the next of the followed feeds is due (ISO time in UTC, "" is now); None where none is followed."""
    feeds = followed(store)
    if not feeds:
        return None
    times = {feed.url: feed.next for feed in store.feeds([feed.url for feed in feeds])}
    visits = [visit.next for visit in store.visits(_SOON, 1)]
    return min([times.get(feed.url, "") for feed in feeds] + visits)


def link_of(feed: Followed) -> Link:
    """Return a followed feed as readers take it."""
    from accord.readers.inputs import Link
    from accord.readers.opml import LISTS

    hint = Listing(outlet=feed.outlet, section=feed.section) if feed.outlet or feed.section else None
    return Link(feed.url, hint, _PLACE if feed.listed else None, 0, LISTS if feed.listed else frozenset())


def _keep(store: Store, feeds: Sequence[Followed]) -> None:
    rows = [{name: value for name, value in asdict(feed).items() if value} for feed in feeds]
    store.stamp(_KEY, json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
