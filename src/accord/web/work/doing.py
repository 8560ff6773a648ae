"""Does what an order says, on a store, and says what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from accord.errors import AccordError, ReadError
from accord.records import Listing, Page, Rejected, Update
from accord.web.work.examples import EVENTS
from accord.web.work.examples import folder as examples_folder
from accord.web.work.folders import files_in, named_as_sent

if TYPE_CHECKING:
    from accord.config import Config
    from accord.readers.web.clock import Stop
    from accord.stores import Store
    from accord.upkeep import Added
    from accord.web.work.orders import Order

Tell = Callable[[str, dict[str, Any]], None]
_SHOWN = 60
_OFTEN = 0.2
"""Seconds between two words on progress in one stage."""


def do(order: Order, store: Store, config: Config, tell: Tell, stop: Stop) -> None:
    """Do `order`, and `tell` all that comes of it; the last word is `end`, or `failed` with the reason.

    Told are `stage` (stage, done, total), `reject` (what, stage, reason), `update` (kind, gist, story, before, after),
    `followed` (count), and at the end the counts of `Added` and the stories that changed. `stop` is looked at between
    two articles and two stories; then the last word has `stopped`.
    """
    try:
        if order.kind in ("add", "examples"):
            told = _add(order, store, config, tell, stop)
        elif order.kind in ("feeds", "watch"):
            told = _feeds(order, store, config, tell, stop)
        else:
            told = _refresh(store, config, tell, stop)
    except AccordError as error:
        tell("failed", {"reason": named_as_sent(str(error))})
    except MemoryError:
        tell("failed", {"reason": "the memory was not enough; add less at once"})
    except Exception as error:  # a defect must not end the worker, and is told
        tell("failed", {"reason": f"accord fails on it ({error!r:.300}); please report it"})
    else:
        tell("end", told)


def _add(order: Order, store: Store, config: Config, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Add what an order names."""
    from accord.upkeep import add_pages

    telling = _Telling(tell, store)
    telling.stage("start", 0, 0)
    lists, files = _sorted_out(order, config, telling)
    pages = _example_pages(store, config) if order.kind == "examples" else _pages(order, files, store, config)
    added = add_pages(pages, store, config=config, progress=telling.stage, told=telling.told, stop=stop.is_set)
    if lists and not stop.is_set():
        _read_feeds(lists, store, config, telling, stop)
    return telling.end(added, stop.is_set())


def _sorted_out(order: Order, config: Config, telling: _Telling) -> tuple[list[str], list[str]]:
    """Return the addresses of feeds that lists among the files name, which are followed now, and the other files."""
    from accord.readers.files import beginning, open_file
    from accord.readers.inputs import Link
    from accord.readers.kinds import media_type
    from accord.readers.subscriptions import subscriptions
    from accord.upkeep.followed import Followed, follow

    feeds: list[Followed] = []
    files: list[str] = []
    for path in files_in(order.folder) if order.folder else ():
        with open_file(path) as file:
            if media_type(path, beginning(file)) != "text/x-opml":
                files.append(path)
                continue
        try:
            for item in subscriptions(path, config):
                if isinstance(item, Link):
                    hint = item.listing or Listing()
                    feeds.append(Followed(item.url, hint.outlet, hint.section, listed=True, by=order.by))
                else:
                    telling.refuse(item)
        except ReadError as error:
            telling.refuse(Rejected(path, "read", str(error)))
    if feeds:
        follow(telling.store, feeds)
        telling.follow(len(feeds))
    return [feed.url for feed in feeds], files


def _pages(order: Order, files: list[str], store: Store, config: Config) -> Iterator[Page | Rejected]:
    """Yield the pages of an order; files are called as their sender calls them."""
    from accord.readers import read
    from accord.readers.inputs import Link

    links = [Link(url) for url in order.addresses]  # never a path, whatever it looks like
    hint = Listing(outlet=order.outlet, published=order.published)
    for item in read([*files, *links], config, memory=store):
        yield _as_sent(item, hint)


def _example_pages(store: Store, config: Config) -> Iterator[Page | Rejected]:
    from accord.readers import read

    root = examples_folder()
    if root is None:
        raise ReadError("the example coverage was not installed with this accord; add reports of your own")
    for event in EVENTS:
        folder = root / event.folder / "articles"
        for item in read([str(folder)], config, memory=store):
            named = _as_sent(item, Listing(published=event.published))
            place = "location" if isinstance(named, Page) else "what"
            shown = getattr(named, place).replace(f"{folder}/", f"{event.folder}/")
            yield replace(named, **{place: shown})


def _as_sent(item: Page | Rejected, hint: Listing) -> Page | Rejected:
    """Return a page, or what was left out, with its file's own name; `hint` fills what a page does not say."""
    if isinstance(item, Page):
        return replace(item, location=named_as_sent(item.location), listing=item.listing or hint)
    return replace(item, what=named_as_sent(item.what), reason=named_as_sent(item.reason))


def _feeds(order: Order, store: Store, config: Config, tell: Tell, stop: Stop) -> dict[str, Any]:
    telling = _Telling(tell, store)
    telling.stage("start", 0, 0)
    _read_feeds(order.addresses, store, config, telling, stop, due=order.kind == "watch")
    return telling.end(None, stop.is_set())


def _read_feeds(
    urls: Sequence[str], store: Store, config: Config, telling: _Telling, stop: Stop, due: bool = False
) -> None:
    """Read followed feeds: those at `urls` now, and no others; without any, all of them; with `due`, those that are."""
    from accord.upkeep.followed import followed, link_of
    from accord.upkeep.watch import watch

    telling.stage("feeds", 0, 0)
    known = {feed.url: feed for feed in followed(store)}
    named = [url for url in urls if url in known]
    if not known or (urls and not named):
        return
    if not due:
        with store.transaction():
            for feed in store.feeds(named or list(known)):
                store.keep_feed(replace(feed, next=""))
    plain = all(link_of(known[url]).listing is None for url in named)  # else what a list says of them would be lost
    only = named if named and plain else []
    options: dict[str, Any] = {"told": telling.told, "progress": telling.stage, "followed": not only}
    watch(only, store, config=config, stop=stop, once=True, **options)


def _refresh(store: Store, config: Config, tell: Tell, stop: Stop) -> dict[str, Any]:
    from accord.upkeep import refresh

    telling = _Telling(tell, store)
    telling.stage("brief", 0, 0)
    touched: list[str] = []
    refresh(
        store,
        config=config,
        progress=telling.stage,
        told=telling.told,
        stop=stop.is_set,
        briefed=touched.append,
    )
    telling.stories.update(dict.fromkeys(touched))
    return telling.end(None, stop.is_set())


class _Telling:
    """Puts what upkeep tells into what a job says, not too often."""

    def __init__(self, tell: Tell, store: Store) -> None:
        self.store = store
        self.stories: dict[str, None] = {}
        self._tell = tell
        self._last = ("", 0.0)

    def stage(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        now = time.monotonic()
        if stage == self._last[0] and now - self._last[1] < _OFTEN and done != total:
            return
        self._last = (stage, now)
        self._tell("stage", {"stage": stage, "done": done, "total": total})

    def told(self, item: Rejected | Update) -> None:
        """Tell an update, or what was left out."""
        if isinstance(item, Update):
            self.stories.setdefault(item.story)
            fields = ("kind", "gist", "story", "before", "after", "article")
            self._tell("update", {name: getattr(item, name) for name in fields})
        else:
            self._tell("reject", asdict(_clean(item)))

    def refuse(self, item: Rejected) -> None:
        """Keep, and tell, that something was left out."""
        from accord.upkeep.clock import now

        with self.store.transaction():
            self.store.reject([_clean(item)], now())
        self.told(item)

    def follow(self, count: int) -> None:
        """Tell that feeds are followed from now on."""
        self._tell("followed", {"count": count})

    def end(self, added: Added | None, stopped: bool) -> dict[str, Any]:
        """Return the last word: counts, and the stories that changed, by their titles."""
        counts = ("articles", "versions", "unchanged", "rejected")
        told: dict[str, Any] = {name: getattr(added, name) for name in counts} if added else {}
        changed = dict.fromkeys([*(added.stories if added else ()), *self.stories])
        lines = [line for story in list(changed)[:_SHOWN] if story and (line := self.store.story(story)) is not None]
        told["changed"] = len([story for story in changed if story])
        told["stories"] = [
            {"id": line.id, "title": line.title, "outlets": len(line.outlets), "articles": line.articles}
            for line in {line.id: line for line in lines}.values()
        ]
        return {**told, "stopped": stopped}


def _clean(item: Rejected) -> Rejected:
    return Rejected(named_as_sent(item.what), item.stage, named_as_sent(item.reason))
