"""The watch: reads feeds and pages again and again, adds what is new, and tells what it changes, until it is stopped.

    with stopping() as stop: watch(["feeds.opml"], store, stop=stop, told=print)

What it knows of feeds and pages it keeps in the store, so that it goes on where it was after any end. docs/watch.md
says how it behaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from threading import Event, Thread
from typing import TYPE_CHECKING, cast

from accord.config import Config
from accord.errors import ReadError, StoreError
from accord.records import Rejected, Update
from accord.stores.store import Feed, Visit
from accord.upkeep.followed import followed as followed_by
from accord.upkeep.followed import link_of, mark
from accord.upkeep.intake import take_in
from accord.upkeep.refreshing import Progress, refresh
from accord.upkeep.rounds import Round, Said, revisit, shared_out
from accord.upkeep.schedule import DAY, GONE, Outcome, after, iso, read, turned
from accord.upkeep.sources import Sources
from accord.urls import normal

if TYPE_CHECKING:
    from collections.abc import Generator

    from accord.readers.inputs import Link
    from accord.readers.web import Fetcher
    from accord.readers.web.clock import Clock, Stop
    from accord.records import Page
    from accord.stores import Store

EVERY = 600.0
_LEASE = 2
"""A feed that a watch is reading is left to it for half of `every`; then another one may read it."""
_VISIT_LEASE = 3600.0
_MOST_VISITS = 500
_MOST_LOOKED_AT = 5000
_FEWEST_PAGES, _MOST_PAGES = 5, 100
"""So many pages of one host a round reads at least and at most; in between, as many as fit in `every`."""
_LOOK = 10.0
"""Seconds after which a sleeping watch looks whether an OPML file has changed."""
_EARLY, _LATE = 10, 4
"""So that rounds are few, feeds and visits come a tenth of `every` early, and visits wait a quarter of it for feeds."""
_MOST_FAULTS = 5
_NEVER = "9999"


@dataclass(frozen=True, slots=True)
class Note(Rejected):
    """Something that the watch says of a feed though nothing was left out: it can be read again."""


def watch(
    sources: Sequence[str],
    store: Store,
    *,
    config: Config | None = None,
    every: float = EVERY,
    stop: Stop,
    told: Callable[[Rejected | Update], None] | None = None,
    clock: Clock | None = None,
    once: bool = False,
    followed: bool = False,
    progress: Progress | None = None,
) -> None:
    """Read `sources` (OPML files; addresses of feeds, sitemaps and pages) into `store` until `stop` is set.

    With `followed` it also reads the feeds that the store itself follows (`upkeep.followed`), whose list may change
    meanwhile. Each is asked again `every` so many seconds, later and later while it fails. `told` is given each update,
    what was left out (the same thing once in a while, not at each round), and a `Rejected` or a `Note` when a feed
    begins to fail or works again; `progress` (stage, done, total). Within seconds of `stop` it returns; what was not
    kept by then is read again by the next watch. Several may run on one store. With `once` it returns as soon as
    nothing is due any more. Raises ReadError where nothing is named to be read, StoreError where the store cannot be
    used five times in a row (with `once`: at all).
    """
    from accord.readers.web.clock import Clock

    watching = _Watch(
        sources,
        store,
        config or Config(),
        every,
        stop,
        told or (lambda _: None),
        clock or Clock(),
        followed=followed,
        progress=progress,
    )
    watching.run(once)


class _Watch:
    """One watch. What it holds does not grow with the time that it runs."""

    def __init__(
        self,
        sources: Sequence[str],
        store: Store,
        config: Config,
        every: float,
        stop: Stop,
        told: Callable[[Rejected | Update], None],
        clock: Clock,
        *,
        followed: bool,
        progress: Progress | None,
    ) -> None:
        from accord.readers.web import Fetcher

        self._sources = Sources(sources, config)
        self._store = store
        self._config = config
        self._every = every
        self._stop = stop
        self._telling = _Telling(told)
        self._clock = clock
        self._said = Said(store)
        self._fetcher = Fetcher(config, self._said, clock=clock)
        self._links: dict[str, Link] = {}
        self._mark = ""
        self._followed = followed
        self._progress = progress

    def run(self, once: bool) -> None:
        """Make rounds until the stop; `once`: until nothing is due."""
        faults = 0
        self._look()
        if not self._links:
            raise ReadError("nothing is named that could be read; name OPML files, or addresses of feeds and pages")
        with closing(self._fetcher), _ending(self._fetcher, self._stop):
            while not self._stop.is_set():
                try:
                    self._look()
                    self._refresh()
                    self._round()
                    self._refresh()
                    faults, next_one = 0, self._next()
                except StoreError as error:
                    faults += 1
                    if once or faults >= _MOST_FAULTS:
                        raise
                    pause = min(self._every, 10.0 * 2.0**faults)
                    self._telling(
                        Rejected(self._store.url, "watch", f"{error}; it is tried again in {pause:g} seconds")
                    )
                    next_one = after(self._clock.date(), pause)
                if once and next_one > iso(self._clock.date()):
                    return
                self._sleep(next_one)

    # what is to be read -----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Read the OPML files that changed; what they list no more leaves the schedule."""
        links, problems = self._sources.links()
        for problem in problems:
            self._telling(problem)
        if self._followed:
            self._mark = mark(self._store)
            known = {normal(url) for url in links}
            links |= {feed.url: link_of(feed) for feed in followed_by(self._store) if normal(feed.url) not in known}
        dropped = self._links.keys() - links.keys()
        if dropped:
            with self._store.transaction():
                for feed in self._store.feeds(sorted(dropped)):
                    self._store.keep_feed(replace(feed, next="", failures=0, problem=None))
        self._links = links

    def _claim(self) -> tuple[dict[str, Feed], dict[str, Visit]]:
        """Return the feeds and the visits that are due, and keep others from reading them for a while."""
        now = self._clock.date()
        soon = after(now, self._every / _EARLY)
        if not self._due(soon) and not self._store.visits(soon, 1):
            return {}, {}
        with self._store.transaction():
            feeds = self._due(soon)
            for feed in feeds.values():
                self._store.keep_feed(replace(feed, next=after(now, self._every / _LEASE)))
            visits = shared_out(self._store.visits(soon, _MOST_LOOKED_AT), self._most)[:_MOST_VISITS]
            for visit in visits:
                self._store.keep_visit(replace(visit, next=after(now, _VISIT_LEASE)))
        return feeds, {visit.url: visit for visit in visits}

    def _due(self, soon: str) -> dict[str, Feed]:
        """Return the feeds that are due: those that are listed, and that nobody reads now."""
        known = {feed.url: feed for feed in self._store.feeds()}
        feeds = (known.get(url) or Feed(url, "") for url in self._links)
        return {feed.url: feed for feed in feeds if feed.next <= soon}

    def _release(self, feeds: dict[str, Feed], visits: dict[str, Visit]) -> None:
        """Put back what was claimed and not read: it is due as it was."""
        now = iso(self._clock.date())
        with self._store.transaction():
            for feed in feeds.values():
                self._store.keep_feed(feed if feed.next else replace(feed, next=now))
            for visit in visits.values():
                self._store.keep_visit(visit)

    # a round ----------------------------------------------------------------------------------------------------------

    def _round(self) -> None:
        """Read what is due, and keep what is new."""
        feeds, visits = self._claim()
        if not feeds and not visits:
            return
        kept = False
        round_ = Round(
            self._store,
            self._said,
            feeds,
            visits,
            every=self._every,
            now=self._clock.date,
            most=self._most,
            ended=self._stop.is_set,
        )
        self._telling.begin(round_.outcomes)
        try:
            with closing(self._pages(round_, feeds, visits)) as pages:
                added = take_in(
                    pages,
                    self._store,
                    config=self._config,
                    progress=self._progress,
                    told=self._telling,
                    stop=self._stop.is_set,
                    parsed=round_.parsed,
                )
            if not added.stopped and not self._stop.is_set():
                round_.keep_visits()
                self._keep_feeds(feeds, round_)
                self._said.keep()
                kept = True
        finally:
            self._said.drop()
            if not kept:
                with suppress(StoreError):  # else they are due a little later
                    self._release(feeds, visits)

    def _pages(self, round_: Round, feeds: dict[str, Feed], visits: dict[str, Visit]) -> Generator[Page | Rejected]:
        """Yield the pages of what is due."""
        from accord.readers import read as read_pages

        links = [self._links[url] for url in feeds]
        links += [revisit(self._store, visit) for visit in visits.values() if visit.url not in feeds]
        reading = read_pages(links, self._config, memory=self._said, guide=round_, fetcher=self._fetcher)
        with closing(cast("Generator[Page | Rejected]", reading)) as pages:
            for page in pages:
                yield page
                if round_.full:
                    round_.keep_visits()

    def _keep_feeds(self, feeds: dict[str, Feed], round_: Round) -> None:
        """Keep what came of the feeds, and tell of those that begin to fail, or work again."""
        now = self._clock.date()
        more = round_.unfinished()
        changed: list[tuple[Feed, Feed]] = []
        with self._store.transaction():
            for url, feed in feeds.items():
                made = read(feed, round_.outcomes.get(url, Outcome()), self._every, now)
                if url in more and not made.failures:
                    made = replace(made, next=iso(now))
                round_.keep_feed(feed, made)
                if turned(feed, made):
                    changed.append((feed, made))
        for before, made in changed:
            self._telling.turned(before, made)

    def _refresh(self) -> None:
        told, stop = self._telling, self._stop.is_set
        refresh(self._store, config=self._config, progress=self._progress, told=told, stop=stop)

    def _most(self, url: str) -> int:
        """Return how many pages of the host of `url` one round reads."""
        return int(min(_MOST_PAGES, max(_FEWEST_PAGES, self._every / max(self._fetcher.pause(url), 0.01))))

    # between rounds ---------------------------------------------------------------------------------------------------

    def _next(self) -> str:
        """Return when the next round is."""
        known = {feed.url: feed.next for feed in self._store.feeds()}
        times = [known.get(url, "") for url in self._links]
        late = self._every / _LATE
        times += [after(datetime.fromisoformat(visit.next), late) for visit in self._store.visits(_NEVER, 1)]
        return min(times, default=_NEVER)

    def _sleep(self, until: str) -> None:
        """Wait until a time, or the stop, or the change of an OPML file."""
        while not self._stop.is_set():
            now = self._clock.date()
            if until <= iso(now) or self._sources.changed() or self._follows_others():
                return
            self._clock.sleep(self._stop, min(_LOOK, _seconds(now, until)))

    def _follows_others(self) -> bool:
        """Tell whether the store follows other feeds than it did."""
        with suppress(StoreError):  # told by the next round
            return self._followed and mark(self._store) != self._mark
        return False


class _Telling:
    """Tells each update, and each thing that was left out once in a while: what fails at every round is told once.

    What is wrong with a feed as a whole is told by `turned` alone.
    """

    _MOST = 20_000

    def __init__(self, told: Callable[[Rejected | Update], None]) -> None:
        self._told = told
        self._young: set[bytes] = set()
        self._old: set[bytes] = set()
        self._outcomes: dict[str, Outcome] = {}

    def begin(self, outcomes: dict[str, Outcome]) -> None:
        """Begin a round: what comes of the feeds that it reads."""
        self._outcomes = outcomes

    def __call__(self, item: Rejected | Update) -> None:
        if isinstance(item, Update) or (not self._of_a_feed(item) and self._new(item)):
            self._told(item)

    def turned(self, before: Feed, now: Feed) -> None:
        """Tell that a feed works that did not, or fails that worked."""
        if not now.failures:
            self._told(Note(now.url, "watch", f"it can be read again; tries that had failed: {before.failures}"))
        elif now.problem == GONE:
            self._told(Rejected(now.url, "watch", f"{GONE}; take it off the list; it is asked once a week until then"))
        elif not before.failures:
            again = f"it is asked again at {now.next}, then ever later until it works"
            self._told(Rejected(now.url, "watch", f"{now.problem}; {again}"))

    def _of_a_feed(self, item: Rejected) -> bool:
        """Tell whether `item` says why a whole feed could not be read."""
        return any(
            outcome.problem is not None
            and item.what in (url, outcome.address)
            and item.reason.startswith(outcome.problem)
            for url, outcome in self._outcomes.items()
        )

    def _new(self, item: Rejected) -> bool:
        key = blake2b(f"{item.what}\n{item.reason}".encode("utf-8", "replace"), digest_size=12).digest()
        if key in self._young or key in self._old:
            return False
        if len(self._young) >= self._MOST:
            self._old, self._young = self._young, set()
        self._young.add(key)
        return True


@contextmanager
def _ending(fetcher: Fetcher, stop: Stop) -> Iterator[None]:
    """Break off what is being fetched as soon as `stop` is set."""
    done = Event()

    def look() -> None:
        while not done.is_set():
            if stop.wait(0.5):
                fetcher.close()
                return

    thread = Thread(target=look, name="accord-stop", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _seconds(now: datetime, until: str) -> float:
    """Return how long it is until a time; at most a day, and never nothing."""
    if until >= _NEVER:
        return DAY
    return max(0.05, (datetime.fromisoformat(until) - now).total_seconds())
