"""Outlets made by the tests: sites on this machine whose feeds and pages change with a clock that runs as told.

What a site answers is a function of the time alone, so that a watch may be killed and begun again at any moment: an
item is listed for some days from its birth on, its page is corrected, taken down; feeds fail, break off, move, and lie.
All names, places and words are invented.
"""

from __future__ import annotations

import hashlib
import html
import mmap
import random
import struct
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Condition, Lock
from typing import Self

from accord.readers.web.clock import Clock, Stop
from readers.web.site import Asked, Reply, Site, moved, robots

BEGIN = datetime(2031, 3, 3, 6, tzinfo=UTC)
HOUR, DAY = 3600.0, 86_400.0
LISTED = 6 * DAY
TROUBLES = ("500", "busy", "hang", "garbage", "truncated", "moved", "empty")

_SYLLABLES = (
    "ba dre fin gol hul kem lor mun nav os pel quin ras sten tol ulv vor wim yel zan chi dro fla gri sko".split()
)
_OPENINGS = (
    "{who}, who heads the {a} council of {place}, said on {day} that {count} {b} {c} would be {done} by spring.",
    "In {place}, {count} {a} {b} were {done} on {day}, after a {c} that went on past midnight.",
)
_SENTENCES = (
    "{other} of the {a} {b} said that the {c} came too late for {count} households.",
    "According to {other}, some {count} {a} have waited for a {b} since the winter.",
    "The {a} is to cost {count} million crowns, {who} said, and the {b} will begin before the {c}.",
    "A report on the {a} had warned of the state of {count} {b} two years ago.",
    "“We will not leave {place} alone with {count} {a},” {who} said outside the {b}.",
    "Neighbours of the {a} disagreed about what {count} {b} were worth to a {c}.",
    "{other} promised to publish the {a} of the {b} within {count} weeks.",
    "No one was hurt when the {a} gave way to {count} {b} last month.",
    "Traders at the {a} expect {count} {b} a day once the {c} is finished.",
    "The {a} had asked for {count} {b}, but withdrew its {c} on {day}.",
    "What the {a} means for {count} {b} of {place} was not clear at first.",
)
_TITLES = (
    "{who} and the {a} {b} of {place}",
    "{place}: {a} without {b}",
    "How a {a} {b} came to {place}",
    "{count} {a} {done} in {place}",
    "Why {other} left the {a} to the {b}",
)
_NOUNS = (
    "bridge ferry well school lantern orchard mill crane harbour theatre violin library glacier beehive vineyard "
    "tunnel airport bakery prison election tax pension hospital vaccine nurse surgeon dentist goalkeeper marathon "
    "swimmer chess cyclist stadium referee satellite telescope comet rocket battery turbine reactor pipeline "
    "oilfield refinery coal copper gold diamond strike union wage factory robot printer keyboard password network "
    "cable antenna newspaper film actor director festival sculpture painting museum fresco cathedral monastery "
    "mosque synagogue pilgrim choir organ wolf bear otter salmon eel herring whale heron eagle owl locust "
    "mosquito elm oak willow mushroom truffle potato barley rice olive honey cheese butter whisky cider tea "
    "coffee cocoa sugar salt pepper wildfire flood drought storm avalanche earthquake volcano landslide heatwave "
    "frost fog sandbank reef lighthouse anchor sailor trawler canal lock barge tram train platform signal ticket "
    "taxi motorway roundabout garage tyre bicycle helmet judge jury verdict lawyer witness thief forger smuggler "
    "fence ransom burglar sergeant barracks border visa passport embassy treaty sanction tariff parliament ballot "
    "minister mayor governor king duke castle moat archive map compass clock mortgage landlord tenant roof "
    "chimney boiler lift elevator carpet curtain wardrobe shoe coat glove silk wool leather button"
).split()
_DONE = ("repaired", "moved", "rebuilt", "sold", "painted over", "opened", "counted", "buried", "drained", "taught")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class SharedClock(Clock):
    """A clock that several processes share by a file: waiting takes no time, and moves it on for all of them."""

    def __init__(self, path: Path) -> None:
        new = not path.exists()
        if new:
            path.write_bytes(struct.pack("ddd", time.monotonic(), 0.0, 0.0))
        self._file = path.open("r+b")
        self._map = mmap.mmap(self._file.fileno(), 24)
        self._lock = Lock()

    def close(self) -> None:
        self._map.close()
        self._file.close()

    def _get(self, slot: int) -> float:
        value: float = struct.unpack_from("d", self._map, 8 * slot)[0]
        return value

    def _add(self, slot: int, amount: float) -> None:
        with self._lock:
            struct.pack_into("d", self._map, 8 * slot, self._get(slot) + amount)

    def now(self) -> float:
        return time.monotonic() - self._get(0) + self._get(1)

    def date(self) -> datetime:
        return BEGIN + timedelta(seconds=self.now())

    def wait(self, condition: Condition, seconds: float) -> None:
        self._add(1, seconds)

    def sleep(self, stop: Stop, seconds: float) -> bool:
        self._add(1, seconds)
        return stop.wait(0)

    @property
    def rounds(self) -> int:
        return int(self._get(2))

    def count_round(self) -> None:
        self._add(2, 1)


@dataclass
class Item:
    """One report. `texts` are its versions with the times from which they stand; `gone` when it is taken down."""

    number: int
    feed: int
    title: str
    born: float
    texts: list[tuple[float, tuple[str, ...]]]
    gone: float | None = None
    status: int = 404
    whole: bool = False
    moved: bool = False
    broken: float = 0.0
    served: list[int] = field(default_factory=list)
    requests: int = 0

    @property
    def path(self) -> str:
        return f"/item/{self.number}"

    def version(self, at: float) -> int:
        return max(sum(begins <= at for begins, _ in self.texts), 1)

    def paragraphs(self, at: float) -> tuple[str, ...]:
        return self.texts[self.version(at) - 1][1]


class Newsroom:
    """Sites, feeds and items by a seed. `items` are born over `days`; `clock` says what they show.

    An item is corrected up to twice, each time within `change` days, and may be taken down up to as long after that.

    with Newsroom(clock, feeds=5, items=60) as room: watch([opml], ...)
    """

    def __init__(
        self,
        clock: SharedClock,
        *,
        feeds: int = 60,
        items: int = 6000,
        hosts: int = 15,
        days: float = 20.0,
        change: float = 2.0,
        seed: int = 0,
    ) -> None:
        self.clock = clock
        self.days = days
        self.change = change
        self._random = random.Random(seed)
        self._lock = Lock()
        self.counts: Counter[str] = Counter()
        self.sites = [Site() for _ in range(min(hosts, feeds))]
        self.titles = [f"The {self._name()} {self._random.choice(('Courier', 'Mirror', 'Post'))}" for _ in range(feeds)]
        self.troubles = [self._troubled() for _ in range(feeds)]
        self.items = [self._item(number, feeds) for number in range(items)]
        self._of: defaultdict[int, list[Item]] = defaultdict(list)
        for item in self.items:
            self._of[item.feed].append(item)
            if self._random.random() < 0.05 and not item.whole:  # a second feed of the same site lists it too
                self._of[(item.feed + len(self.sites)) % feeds].append(item)
        for listed in self._of.values():
            listed.sort(key=lambda item: item.born)

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        for number, site in enumerate(self.sites):
            site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /closed/\n")
            for feed in range(number, len(self.titles), len(self.sites)):
                site.routes[f"/feed/{feed}"] = self._feed_route(feed)
                site.routes[f"/new/{feed}"] = self._feed_route(feed, at_home=True)
            self._stack.enter_context(site)
        for item in self.items:
            site = self.site(item.feed)
            site.routes[item.path] = self._page_route(item)
            if item.moved:
                site.routes[f"/go/{item.number}"] = moved(item.path, 302)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def site(self, feed: int) -> Site:
        return self.sites[feed % len(self.sites)]

    def url(self, item: Item) -> str:
        return self.site(item.feed).url(item.path)

    def opml(self, feeds: range | None = None) -> str:
        """Return a list of the feeds."""
        outlines = "".join(
            f'<outline text="{self.titles[n]}" xmlUrl="{self.site(n).url(f"/feed/{n}")}"/>\n'
            for n in feeds or range(len(self.titles))
        )
        return f"<opml version='2.0'><body>\n{outlines}</body></opml>\n"

    def settled(self) -> float:
        """Return when nothing changes any more, and every plan of visits has come to its end."""
        return (self.days + 7 * self.change + 2) * DAY

    # what is invented -------------------------------------------------------------------------------------------------

    def _name(self) -> str:
        return "".join(self._random.choice(_SYLLABLES) for _ in range(self._random.choice((3, 4)))).capitalize()

    def _troubled(self) -> list[tuple[float, float, str]]:
        draw = self._random
        begins = [draw.uniform(0.5, max(self.days - 1, 1)) * DAY for _ in range(2)]
        return [(begin, begin + draw.uniform(2, 20) * HOUR, draw.choice(TROUBLES)) for begin in begins]

    def _item(self, number: int, feeds: int) -> Item:
        draw = self._random
        born = draw.uniform(0, self.days) * DAY
        own = draw.sample(_NOUNS, 7)
        people = {
            "who": f"{self._name()} {self._name()}",
            "other": f"{self._name()} {self._name()}",
            "place": self._name(),
            "day": draw.choice(_DAYS),
            "done": draw.choice(_DONE),
        }

        def sentence(forms: Sequence[str]) -> str:
            things = dict(zip("abc", draw.sample(own, 3), strict=True))
            return draw.choice(forms).format(**people, **things, count=draw.randint(3, 9_999))

        texts = [(born, (sentence(_OPENINGS), *(sentence((form,)) for form in draw.sample(_SENTENCES, 8))))]
        whole = number % feeds % 4 == 3
        for _ in range(draw.choice((0, 0, 0, 1, 1, 2))):
            last = list(texts[-1][1])
            place = draw.randrange(1, len(last))
            if draw.random() < 0.3 and len(last) > 6:
                del last[place]
            else:
                last[place] = sentence(_SENTENCES)
            later = texts[-1][0] + draw.uniform(0.2, min(1.0, self.change) if whole else self.change) * DAY
            texts.append((later, tuple(last)))
        item = Item(number, number % feeds, sentence(_TITLES), born, texts, whole=whole)
        if not whole:
            item.moved = draw.random() < 0.05
            item.broken = draw.uniform(1, 8) * HOUR if draw.random() < 0.1 else 0.0
            if draw.random() < 0.05:
                item.gone = texts[-1][0] + draw.uniform(1.0, max(self.change, 2)) * DAY
                item.status = draw.choice((404, 410))
        return item

    # what is answered -------------------------------------------------------------------------------------------------

    def _feed_route(self, feed: int, at_home: bool = False) -> object:
        def answer(asked: Asked) -> Reply | None:
            self._tidy(feed)
            at = self.clock.now()
            self._count("feeds")
            trouble = next((kind for begin, end, kind in self.troubles[feed] if begin <= at < end), None)
            content, whole = self._rss(feed, at)
            if trouble is not None:
                self._count(f"trouble: {trouble}")
            if trouble == "500":
                return Reply(b"", 500)
            if trouble == "busy":
                return Reply(b"", 503, {"Retry-After": "7200"})
            if trouble == "hang":
                asked.hang(1.0)
                return None
            if trouble == "garbage":
                return Reply(b"<html><body>Back soon.</body></html>", 200, {"Content-Type": "text/html"})
            if trouble == "empty":
                return Reply(b"<rss version='2.0'><channel></channel></rss>", 200, {"Content-Type": "text/xml"})
            if trouble == "truncated":
                cut = len(content) * 2 // 3
                for item in whole:
                    if 0 <= content.find(b"</item>", content.find(b"<guid>%d</guid>" % item.number)) < cut - 7:
                        self._serve(item, at)
                return Reply(content[:cut], 200, {"Content-Type": "application/rss+xml"})
            if trouble == "moved" and not at_home:
                return moved(f"/new/{feed}")
            reply = self._sent(asked, content, "application/rss+xml")
            if reply.status == 200:
                for item in whole:
                    self._serve(item, at)
            return reply

        return answer

    def _page_route(self, item: Item) -> object:
        def answer(asked: Asked) -> Reply:
            at = self.clock.now()
            self._count("pages")
            with self._lock:
                item.requests += 1
            if at < item.born + item.broken:
                return Reply(b"", 500)
            if item.gone is not None and at >= item.gone:
                return Reply(b"", item.status)
            body = "".join(f"<p>{html.escape(text)}</p>" for text in item.paragraphs(at))
            day = f"{BEGIN + timedelta(seconds=item.born):%Y-%m-%d}"
            head = f"<title>{item.title}</title><meta property='article:published_time' content='{day}'>"
            page = f"<html><head>{head}</head><body><article><h1>{item.title}</h1>{body}</article></body></html>"
            reply = self._sent(asked, page.encode(), "text/html; charset=utf-8")
            if reply.status == 200:
                self._serve(item, at)
            return reply

        return answer

    def _sent(self, asked: Asked, content: bytes, kind: str) -> Reply:
        """Return `content`, or 304 where the reader has it. Of three sites one gives no validators."""
        mode = int(hashlib.sha256(asked.headers["Host"].encode()).hexdigest(), 16) % 3
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if mode and asked.headers.get("If-None-Match") == tag:
            self._count("304")
            return Reply(b"", 304)
        self._count("200")
        return Reply(content, 200, {"Content-Type": kind, **({"ETag": tag} if mode else {})})

    def _rss(self, feed: int, at: float) -> tuple[bytes, list[Item]]:
        site = self.site(feed)
        listed = [item for item in self._of[feed] if item.born <= at < item.born + LISTED]
        parts = []
        for item in reversed(listed):
            link = self.site(item.feed).url(f"/go/{item.number}" if item.moved else item.path)
            born = f"{BEGIN + timedelta(seconds=item.born):%a, %d %b %Y %H:%M:%S} GMT"
            if item.whole:
                text = html.escape("".join(f"<p>{html.escape(p)}</p>" for p in item.paragraphs(at)))
                body = f"<content:encoded>{text}</content:encoded>"
            else:
                body = f"<description>{html.escape(item.texts[0][1][0][:60])}...</description>"
            parts.append(
                f"<item><title>{item.title}</title><link>{link}</link><guid>{item.number}</guid>"
                f"<pubDate>{born}</pubDate>{body}</item>\n"
            )
        names = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
        head = f"<title>{self.titles[feed]}</title><link>{site.url('/')}</link>"
        if not parts:
            parts = [f"<item><title>Service</title><guid>s</guid><link>{site.url('/closed/service')}</link></item>"]
        rss = f"<?xml version='1.0'?>\n<rss version='2.0' {names}><channel>{head}{''.join(parts)}</channel></rss>"
        return rss.encode(), [item for item in listed if item.whole]

    def _serve(self, item: Item, at: float) -> None:
        version = item.version(at)
        with self._lock:
            if item.served[-1:] != [version]:
                item.served.append(version)

    def _count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def _tidy(self, feed: int) -> None:
        """Forget old requests: a soak makes many."""
        asked = self.site(feed).asked
        if len(asked) > 2000:
            del asked[:1000]
