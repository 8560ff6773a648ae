"""A store with a little of everything in it, filled by hand: two stories, a chain, the ledger, updates, corrections."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from accord import corrections
from accord.cluster.grouping import Sketch, pack
from accord.records import (
    Article,
    Briefing,
    Chain,
    Change,
    Citation,
    Difference,
    Finding,
    LedgerEntry,
    Rejected,
    Update,
    Value,
)
from accord.stores import Store
from accord.stores.store import Arrival, Feed
from accord.web.work.jobs import Job
from accord.web.work.orders import Order
from arrivals import (
    AT,
    BRIDGE,
    FERRY,
    LATER,
    arrival,
    article,
    brief,
    briefing,
    entry,
    finding,
    keep,
    line,
    place,
    quote,
    update,
)

FERRY_STORY, BRIDGE_STORY = "st-ferry", "st-bridge"
A = article("a", url="https://courier.example/a", byline="Ada Moll")
B = article("b", FERRY.replace("214", "240"), "Halmar Post", url="https://post.example/b")
C = article("c/1", BRIDGE, "Quell Times", title="Bridge <struck> & shut", published="2031-05-06")
NEW = article(
    "c/2", BRIDGE.replace("3 million", "4 million"), "Quell Times", title="Bridge <struck> & shut",
    published="2031-05-06", version=2, replaces="c/1",
    changes=(Change("The county offered 3 million crowns", "The county offered 4 million crowns", 100, 135),),
)  # fmt: skip


def ferry() -> Briefing:
    """Return the briefing of the ferry: how many were aboard is disputed, where she lay is not."""
    made = briefing(A, B)
    aboard = [
        Citation(one.id, one.text.index(n), one.text.index(n) + 10, f"{n} people")
        for one, n in ((A, "214"), (B, "240"))
    ]
    disputed = Finding(
        "f-aboard", "figure", "214 people aboard", "disputed", "reports", 2, (A.outlet, B.outlet), tuple(aboard),
        (Difference("value", (Value("214", ("a",)), Value("240", ("b",))), False),), 0.9, ("the counts differ",), 9.0,
    )  # fmt: skip
    first = finding(A, "The ferry Halmar ran", "corroborated")
    return Briefing(**{name: getattr(made, name) for name in made.__slots__} | {
        "findings": (disputed, first, finding(B, "Nobody was hurt,")),
        "quotes": (quote(A, "Nobody was hurt,", "Ilse Tarn"),),
    })  # fmt: skip


def lifeboats() -> LedgerEntry:
    """Return the entry of the lifeboats, which fall due."""
    told = line("l1", A, story=FERRY_STORY)
    return entry("e1", told, due="by March", due_date="2032-03", latest="2031-05-04", to_whom="Brennick harbour")


def told() -> list[Update]:
    """Return updates of several kinds."""
    cited = Citation("a", 0, 20, FERRY[:20])
    return [
        update("u1", FERRY_STORY, kind="new story", gist="A ferry aground", after="Brennick Courier"),
        update("u2", FERRY_STORY, LATER, finding="f-aboard", gist="214 people aboard", before="214", after="214; 240",
               evidence=(cited,), names=("Ilse Tarn",)),
        update("u3", BRIDGE_STORY, LATER, kind="corrected", article="c/2", gist="Bridge <struck> & shut",
               before="3 million", after="4 million"),
    ]  # fmt: skip


class Jobs:
    """Stands in for the room's jobs: it takes orders, and none is ever begun."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.held: dict[str, Job] = {}

    def folder(self) -> Path:
        return Path(mkdtemp(dir=self.root))

    def submit(self, title: str, order: Order, by: str = "") -> Job:
        made = Job(title, order, by)
        self.held[made.id] = made
        return made

    def refresh(self, by: str = "") -> str:
        return self.submit("Bringing stories up to date", Order("refresh", by=by), by).id

    def job(self, identity: str) -> Job | None:
        return self.held.get(identity)

    def before(self, job: Job) -> int:
        return list(self.held).index(job.id)

    def stop(self, job: Job) -> None:
        job.say("end", {"stopped": True})

    def open_watch(self) -> None:
        """Nothing is followed."""

    def close(self) -> None:
        """Nothing was begun."""


def sketched(of: Article) -> Arrival:
    """Return an article on its way with a sketch of its own."""
    told = Sketch(of.id, 741_000, np.array([1], np.uint64), np.array([1], np.float32), np.zeros(384, np.float32))
    return arrival(of, sketch=pack(told), day=741_000)


def fill(store: Store) -> None:
    """Put it all into `store`."""
    numbers = keep(store, *map(sketched, (A, B, C)))
    place(store, {FERRY_STORY: numbers[:2], BRIDGE_STORY: numbers[2:]})
    (newer,) = keep(store, sketched(NEW))
    place(store, {BRIDGE_STORY: [newer]})
    brief(store, FERRY_STORY, ferry(), weight=9.0)
    brief(store, BRIDGE_STORY, briefing(NEW, title="Bridge <struck> & shut"), weight=2.0, at=LATER)
    found = lifeboats()
    dismissed = corrections.dismiss_finding(ferry().findings[2], by="Mara", at=LATER, note="no news")
    with store.transaction():
        store.chain([Chain("ch1", (FERRY_STORY, BRIDGE_STORY))], [FERRY_STORY, BRIDGE_STORY])
        store.keep_lines(["a"], found.lines)
        store.keep_entries([found])
        store.tell(told())
        store.reject([Rejected("feed.jsonl, line 3", "parse", "it holds no article")], AT)
        store.keep_feed(Feed("https://courier.example/feed", LATER, 2, "404", AT))
        store.correct(dismissed)
