"""A small store in memory: the bridge of the renderers' sample, a hostile report, a ledger, updates."""

from __future__ import annotations

from dataclasses import replace

from accord.records import (
    Article,
    Briefing,
    Caption,
    Chain,
    Change,
    Citation,
    Commitment,
    Entry,
    Finding,
    LedgerEntry,
    LedgerLine,
    Name,
    Origin,
    Passage,
    Quote,
    Rejected,
    SummarySentence,
    TimelineEntry,
    Update,
)
from accord.stores import Store, open_store
from arrivals import AT, brief, keep, place
from renderers.sample import ARTICLES, BRIEFING, PLEDGE

HOSTILE = (
    "=cmd|' /C calc'!A0 \"q\",\r\n\x00\x07 -2+3 \U0001f600\u202e\u0645\u0631\u062d\u0628\u0627\u202c ]]>"
    " <b>&\u2028 end."
)
"""Words that files stumble over: a formula, quotation marks, line ends, NUL, astral and right-to-left letters."""
WILD = Article(
    "=wild id/1",
    HOSTILE,
    '+Outlet; "A", B',
    '-"Title"\n=1',
    "@byline",
    ("Norda",),
    "2031-03-06",
    "en",
    "https://wild.example/a?b=1",
    modified="2031-03-06T10:00:00+01:00",
    section="News",
    paywalled=True,
    captions=(Caption("A pier", "Jo Bly"),),
    entries=(Entry(0, 5, "2031-03-06T09:00:00Z"),),
)
OLDER = replace(ARTICLES[0], text=ARTICLES[0].text.replace("12 million", "11 million"), outlet="Herald")
NEWER = replace(
    ARTICLES[0],
    version=2,
    replaces="a-old",
    changes=(Change("It was 11 million.", "Repairs will cost 12 million kroner, she said.", 0, 9),),
)
SPAN = (0, 18, HOSTILE[0:18])
WILD_BRIEFING = Briefing(
    id="wild",
    title="=1+1",
    articles=(WILD,),
    origins=(Origin("ow", (WILD.id,), "own", None, "own text"),),
    findings=(Finding("fw", "statement", "@gist", "single", None, 1, (WILD.outlet,), (Citation(WILD.id, *SPAN),)),),
    quotes=(Quote(WILD.id, *SPAN, "direct", "=Speaker", "said", finding="fw"),),
    figures=(),
    commitments=(
        Commitment(WILD.id, *SPAN, "+who", "pay\nit", "promised", "all", 3.5, "EUR", "by 2032", "2032", finding="fw"),
    ),
    timeline=(TimelineEntry("2031-02", "@gist", (Citation(WILD.id, *SPAN),), "fw"),),
    names=(Name("nw", "=Speaker", "person", (WILD.id,), ("-S",)), Name("np", "Tarnby", "place", (WILD.id,))),
    summary=(SummarySentence("@gist", ("fw",)),),
    rejected=(Rejected("=what", "analyze", "why"),),
    passages=(Passage(WILD.id, *SPAN, "p1"),),
)
LINE = LedgerLine(
    "l1",
    "a",
    PLEDGE.start,
    PLEDGE.end,
    PLEDGE.text,
    "made",
    "Herald",
    "Ida Brandt",
    "free buses",
    "2031-03-04",
    strength="promised",
    due="from Thursday",
    due_date="2031-03-07",
    story="bridge",
    finding="f07",
    keys=("bus", "brandt"),
)
ENTRY = LedgerEntry(
    "e1",
    "Ida Brandt",
    "free buses",
    "open",
    "no report since",
    (LINE,),
    strength="promised",
    due_date="2031-03-07",
    made="2031-03-04",
    latest="2031-03-04",
    rests_on=(PLEDGE,),
)
UPDATES = (
    Update("u1", "new story", "bridge", BRIEFING.title, AT, names=("Ida Brandt",)),
    Update("u2", "corrected", "bridge", "Herald changed", "2031-05-06T08:00:00Z", None, "a", "11", "=12", (PLEDGE,)),
)
CHAIN = Chain("c1", ("bridge", "wild"))
REJECTED = Rejected("feed.xml", "read", "no feed")


def desk(url: str = "memory:") -> Store:
    """Return the store at `url`, filled."""
    store = open_store(url)
    first = keep(store, replace(OLDER, id="a-old"))
    numbers = keep(store, NEWER, *ARTICLES[1:], WILD)
    place(store, {"bridge": numbers[:4], "wild": numbers[4:]})
    assert first
    figures = tuple(replace(figure, value=float(figure.value or 0)) for figure in BRIEFING.figures)
    made = replace(BRIEFING, articles=(NEWER, *BRIEFING.articles[1:]), figures=figures)
    assert brief(store, "bridge", made)
    assert brief(store, "wild", WILD_BRIEFING)
    with store.transaction():
        store.keep_lines(["a"], [LINE])
        store.keep_entries([ENTRY])
        store.tell(UPDATES)
        store.chain([CHAIN], ["bridge", "wild"])
        store.reject([REJECTED], AT)
    return store
