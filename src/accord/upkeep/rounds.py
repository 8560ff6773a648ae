"""One round of a watch: which links are followed, what came of them, and what is kept of that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from accord.records import Article, Listing, Rejected, Unchanged
from accord.stores.store import Feed, Visit
from accord.upkeep.schedule import Outcome, due, iso, visited
from accord.urls import normal

if TYPE_CHECKING:
    from accord.parse import Parsed
    from accord.readers.inputs import Link
    from accord.readers.web import Answer
    from accord.readers.web.memory import Validators
    from accord.stores import Store

MOST_PENDING = 2000
"""So many visits are noted before they are kept."""


class Said:
    """What servers said of pages in a round (`readers.web.memory.Memory`): it counts once the round was kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._said: dict[str, Validators] = {}

    def validators(self, url: str) -> Validators | None:
        return self._store.validators(url)

    def remember(self, url: str, validators: Validators) -> None:
        self._said[url] = validators

    def forget(self, url: str) -> None:
        self._said.pop(url, None)
        self._store.forget(url)

    def keep(self) -> None:
        """Hand all of it to the store: what was read is kept there."""
        for url, validators in self._said.items():
            self._store.remember(url, validators)
        self._said.clear()
        self._store.finish()

    def drop(self) -> None:
        """Forget all of it: what was read is not kept."""
        self._said.clear()


class Round:
    """A `readers.inputs.Guide`: follows what is new, what a list says was modified, and what it was claimed for.

    `feeds` and `visits` are those that this round reads. `most` says how many pages of the host of an address one round
    reads, so that a host with much to read does not keep others waiting; `ended` is asked whether what comes is still
    what servers say.
    """

    def __init__(
        self,
        store: Store,
        said: Said,
        feeds: Mapping[str, Feed],
        visits: Mapping[str, Visit],
        *,
        every: float,
        now: Callable[[], datetime],
        most: Callable[[str], int],
        ended: Callable[[], bool],
    ) -> None:
        self._store = store
        self._said = said
        self._feeds = feeds
        self._visits = visits
        self._every = every
        self._now = now
        self._most = most
        self._ended = ended
        self._taken: Counter[str] = Counter()
        self._found: dict[str, tuple[Listing | None, Outcome]] = {}
        self._begun: dict[str, Visit] = {}
        self._called: dict[str, str] = {}  # the address at which a page was found: the one that its article gives
        self._under: dict[str, str] = {}  # the address at which a list was found: what led to it
        self._left: set[str] = set()
        self._indexes: set[str] = set()
        self.outcomes: dict[str, Outcome] = {}

    # the guide --------------------------------------------------------------------------------------------------------

    def wanted(self, link: Link) -> bool:
        """Tell whether `link` is to be fetched in this round."""
        if link.url in self._feeds or link.url in self._visits:
            return True
        if link.formats:
            if link.base is not None:
                self._indexes.add(link.base)
            return True
        if link.url in self._found:
            return False
        visit = self._store.visit(link.url) or self._begun.get(link.url) or self._held_under(link.url)
        if visit is not None and not due(visit, link.listing, self._now()):
            return False
        host = host_of(link.url)
        if self._taken[host] >= self._most(link.url):
            if link.base is not None:
                self._left.add(link.base)
            return False
        self._taken[host] += 1
        return True

    def came(self, link: Link, answer: Answer | Rejected) -> None:
        """Note what came of `link`."""
        if self._ended():
            return
        outcome = outcome_of(answer, self.outcomes.get(link.url))
        if link.url in self._feeds:
            self.outcomes[link.url] = outcome
            self._under.setdefault(outcome.address or link.url, link.url)
        elif link.formats:
            self._under.setdefault(outcome.address or link.url, link.base or link.url)
        else:
            self._found[link.url] = link.listing, outcome

    def parsed(self, item: Parsed) -> None:
        """Note the address that an article gives for itself."""
        if item.page is not None and item.page.address and item.article.url:
            self._called[item.page.address] = item.article.url

    # what is kept -----------------------------------------------------------------------------------------------------

    @property
    def full(self) -> bool:
        """Tell whether so much is noted that it is to be kept."""
        return len(self._found) + len(self._begun) >= MOST_PENDING

    def keep_visits(self) -> None:
        """Keep what came of pages, and which of them were taken down. Opens a transaction."""
        now = self._now()
        with self._store.transaction():
            for url, visit in self._begun.items():
                if url not in self._found:
                    self._store.keep_visit(visit)
            for url, (listing, outcome) in self._found.items():
                self._keep_visit(url, listing, outcome, now)
        self._found.clear()
        self._begun.clear()
        self._called.clear()

    def keep_feed(self, feed: Feed, made: Feed) -> None:
        """Keep what came of a feed. One that is a page itself, held and not found twice in a row, was taken down."""
        self._store.keep_feed(made)
        outcome = self.outcomes.get(feed.url, Outcome())
        if outcome.status == 410 or (outcome.status == 404 and feed.failures):
            article = held_at(self._store, feed.url)
            if article is not None and not self._store.held([article.id])[0].gone:
                self._store.take_down(article.id, iso(self._now()))

    def unfinished(self) -> set[str]:
        """Return which of the feeds hold more than this round read, and have their servers send them again.

        So are lists of lists: one that has not changed would keep its lists from being asked.
        """
        for url in (*self._left, *self._indexes):
            self._said.forget(url)
        found: set[str] = set()
        for url in self._left:
            for _ in range(8):
                self._said.forget(url)
                above = self._under.get(url)
                if above is None or above == url or above in self._feeds:
                    found.add(above or url)
                    break
                url = above
        return found & self._feeds.keys()

    def _keep_visit(self, url: str, listing: Listing | None, outcome: Outcome, now: datetime) -> None:
        before = self._visits.get(url) or self._store.visit(url) or Visit(url, "")
        noted, address = read_note(before.note)
        address = self._called.get(outcome.address or "", outcome.address) or address
        article = held_at(self._store, address or url)
        visit, down = visited(before, outcome, article is not None, self._every, now)
        note = note_of(None if article else listing or noted, address if address != url else None)
        self._store.keep_visit(Visit(url, visit.next, visit.seen, visit.missed, visit.last, note))
        if down and article is not None:
            self._store.take_down(article.id, iso(now))

    def _held_under(self, url: str) -> Visit | None:
        """Return a visit for the page that is held under another spelling of `url`, or came by another way."""
        article = held_at(self._store, url)
        if article is None:
            return None
        own = article.url or url
        known = self._store.visit(own) or self._begun.get(own)
        if known is None:
            known = visited(Visit(own, ""), Outcome(), True, self._every, self._now())[0]
            self._begun[own] = known
        return known


# pages in a store -----------------------------------------------------------------------------------------------------


def held_at(store: Store, url: str) -> Article | None:
    """Return the last version of the article whose page stands at `url`."""
    from accord.parse.draft import Parsed
    from accord.parse.versions import keys_of

    for key in keys_of(Parsed(Article("", "", "", url=url), "")):
        for known in store.known(key):
            if known.article.url is not None and normal(known.article.url) == normal(url):
                return known.article
    return None


def revisit(store: Store, visit: Visit) -> Link:
    """Return the link by which a page is looked at again: what lists said of it before stands beside it."""
    from accord.readers.inputs import Link

    noted, address = read_note(visit.note)
    article = held_at(store, address or visit.url)
    if article is None:
        return Link(visit.url, noted)
    told = Listing(article.title, article.byline, article.outlet, article.published, None, article.section, article.url)
    return Link(visit.url, told)


def note_of(listing: Listing | None, address: str | None) -> str | None:
    """Return as text what is noted of a page that is not held: what a list said of it, and where it was found."""
    noted: dict[str, object] = {}
    if listing is not None:
        noted["listing"] = {name: value for name, value in asdict(listing).items() if value is not None}
    if address is not None:
        noted["address"] = address
    return json.dumps(noted, ensure_ascii=False) if noted else None


def read_note(note: str | None) -> tuple[Listing | None, str | None]:
    """Return what `note_of` noted."""
    noted = json.loads(note) if note else {}
    return (Listing(**noted["listing"]) if "listing" in noted else None), noted.get("address")


def outcome_of(answer: Answer | Rejected, before: Outcome | None = None) -> Outcome:
    """Return what came of a link; one that was told `before` was fetched, and then could not be read."""
    from accord.readers.web import Unfetched

    if isinstance(answer, Unchanged):
        return Outcome()
    if isinstance(answer, Unfetched):
        return Outcome(problem=answer.reason, status=answer.status, wait=answer.wait)
    if isinstance(answer, Rejected):
        return Outcome(before.address if before else None, answer.reason, fetched=True)
    return Outcome(answer.url)


def host_of(url: str) -> str:
    """Return the host of an address with its port, for counting."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def shared_out(visits: Sequence[Visit], most: Callable[[str], int]) -> list[Visit]:
    """Return those of `visits` that one round makes: so many of a host as `most` says."""
    taken: Counter[str] = Counter()
    chosen: list[Visit] = []
    for visit in visits:
        host = host_of(visit.url)
        taken[host] += 1
        if taken[host] <= most(visit.url):
            chosen.append(visit)
    return chosen
