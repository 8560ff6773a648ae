"""A room with one story of every kind of finding: the bridge of `renderers.sample`, with copies, versions, a ledger."""

from __future__ import annotations

from dataclasses import replace

from starlette.testclient import TestClient

from accord.records import Change, LedgerEntry, LedgerLine, Passage, Update
from accord.stores import Store
from accord.stores.store import StoryLine
from accord.web.views.story import Reading, Standing, read
from arrivals import AT, arrival, keep, place
from arrivals import brief as kept_brief
from renderers.sample import ARTICLES, BRIEFING, PLEDGE
from web.newsroom import enter, store_of

STORY = "3f2a9c51d0e7"
NEW = replace(
    ARTICLES[0],
    id="a",
    version=2,
    replaces="a0",
    modified="2031-03-05T09:00:00Z",
    changes=(
        Change("Repairs will cost 11 million kroner.", "Repairs will cost 12 million kroner.", 180, 216),
        Change("Bridge shut", "Orlen bridge shut as divers find cracks", 0, 0, "title"),
        Change(None, "It was added.", 3, 9),
    ),
)
OLD = replace(ARTICLES[0], id="a0", text="An older text of the Herald.", title="Bridge shut")


def passages() -> tuple[Passage, ...]:
    """Return the copied passages: all of the wire's text in two reports."""
    wire = ARTICLES[1].text
    spans = ((0, 100), (102, wire.index("Nobody was") + 16))
    return tuple(
        Passage(article, start, end, wire[start:end], f"{n}" * 12, "ob", "Norda")
        for article in ("b", "c")
        for n, (start, end) in enumerate(spans, 1)
    )


BRIDGE = replace(BRIEFING, articles=(NEW, *ARTICLES[1:]), passages=passages())
LINE = StoryLine(STORY, BRIDGE.title, "2031-03-04", "2031-03-05", ("Herald", "Courier"), 4, 3, updated=AT, revision=1)


def reading(**fields: object) -> Reading:
    """Return the story as its pages show it."""
    return read(Standing(LINE), replace(BRIDGE, **fields))


def pledge() -> LedgerEntry:
    """Return the entry of the ledger for the free buses."""
    told = LedgerLine(
        "l1", "a", PLEDGE.start, PLEDGE.end, PLEDGE.text, "made", "Herald", "Ida Brandt", "free buses", story=STORY
    )
    return LedgerEntry("e-buses", "Ida Brandt", "free buses", "open", "no word since", (told,), made="2031-03-04")


def fill(store: Store) -> None:
    """Put the story into a store, with an older version of its first report, an update and an entry of the ledger."""
    keep(store, arrival(OLD))
    numbers = keep(store, replace(arrival(NEW), follows="a0"), *ARTICLES[1:])
    place(store, {STORY: numbers})
    assert kept_brief(store, STORY, BRIDGE, weight=9.0)
    enter(store, [pledge()])
    with store.transaction():
        store.tell([Update("u1", "newly disputed", STORY, "How many piers is disputed now", AT, finding="f04")])


def filled(room: TestClient) -> Store:
    """Fill the store of a room over `memory:`; return it."""
    store = store_of(room)
    fill(store)
    return store
