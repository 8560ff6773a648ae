"""Articles on their way into a store, and what is made of them, built by hand around a few invented reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.records import (
    Analysis,
    Article,
    Briefing,
    Citation,
    Commitment,
    Figure,
    Finding,
    LedgerEntry,
    LedgerLine,
    Name,
    Origin,
    Page,
    Quote,
    Update,
    Verdict,
)
from accord.stores import Store
from accord.stores.store import Arrival

AT = "2031-05-04T08:00:00Z"
LATER = "2031-05-05T08:00:00Z"
MAKER = "accord 9, models abc"

FERRY = (
    "The ferry Halmar ran aground off Brennick on Sunday with 214 people aboard.\n"
    "“Nobody was hurt,” said harbour master Ilse Tarn.\n"
    "The operator Norvik Line promised 40 new lifeboats by March."
)
BRIDGE = (
    "A crane barge struck the old bridge at Quellmouth before dawn.\n"
    "“We heard it in our beds,” said Tomas Reve, a baker.\n"
    "The county offered 3 million crowns for repairs."
)


def article(name: str, text: str = FERRY, outlet: str = "Brennick Courier", **fields: object) -> Article:
    """Return the article with the id `name`."""
    told = {"title": f"Report {name}", "published": "2031-05-04", "language": "en", **fields}
    return replace(Article(name, text, outlet), **told)


def quote(of: Article, text: str, speaker: str | None) -> Quote:
    start = of.text.index(text)
    return Quote(of.id, start, start + len(text), text, "direct", speaker, "said")


def figure(of: Article, text: str, value: float | None, unit: str | None) -> Figure:
    start = of.text.index(text)
    return Figure(of.id, start, start + len(text), text, value, unit)


def commitment(of: Article, text: str, who: str | None, what: str) -> Commitment:
    start = of.text.index(text)
    return Commitment(of.id, start, start + len(text), text, who, what, "promised")


def analysis(of: Article) -> Analysis:
    """Return the claims that the reports above make, as far as they stand in the text of `of`."""
    said = (("Nobody was hurt,", "Ilse Tarn"), ("We heard it in our beds,", "Tomas Reve"))
    told = (("214 people", 214.0, "person"), ("3 million crowns", 3e6, "crown"))
    made = (("promised 40 new lifeboats by March", "Norvik Line", "40 new lifeboats"),)
    return Analysis(
        of.id,
        quotes=tuple(quote(of, text, speaker) for text, speaker in said if text in of.text),
        figures=tuple(figure(of, text, value, unit) for text, value, unit in told if text in of.text),
        commitments=tuple(commitment(of, text, who, what) for text, who, what in made if text in of.text),
    )


def arrival(of: Article | str, **fields: object) -> Arrival:
    """Return an article (or the one with this id) on its way, with its analysis, on a page of its own."""
    of = article(of) if isinstance(of, str) else of
    page = Page(f"<p>{of.id}</p>".encode(), f"http://courier.example/{of.id}", "text/html")
    made = Arrival(of, f"feed.jsonl, {of.id}", page, f"mark {of.id}", (f"url {of.id}",), analysis(of), MAKER)
    return replace(made, **{"sketch": f"sketch of {of.id}".encode(), **fields})


def keep(store: Store, *arrivals: Arrival | Article | str, at: str = AT) -> list[int]:
    """Keep `arrivals` in a transaction of their own; return their numbers."""
    made = [item if isinstance(item, Arrival) else arrival(item) for item in arrivals]
    with store.transaction():
        return store.keep(made, at)


def place(store: Store, stories: dict[str, Sequence[int]], gone: dict[str, str | None] | None = None) -> None:
    """Place articles, by number, in a transaction of their own."""
    with store.transaction():
        store.place(stories, gone or {}, AT)


def finding(of: Article, text: str, verdict: Verdict = "single") -> Finding:
    start = of.text.index(text)
    cited = Citation(of.id, start, start + len(text), text)
    between = "reports" if verdict == "disputed" else None
    return Finding(f"f-{of.id}-{start}", "statement", text, verdict, between, 1, (of.outlet,), (cited,))


def briefing(*articles: Article, title: str = "A ferry aground", verdict: Verdict = "single") -> Briefing:
    """Return a briefing on `articles`: one origin and one finding each, and one name over all of them."""
    ids = tuple(item.id for item in articles)
    return Briefing(
        id=f"b-{'-'.join(ids)}",
        title=title,
        articles=articles,
        origins=tuple(Origin(f"o-{item.id}", (item.id,), "own", None, "its own words") for item in articles),
        findings=tuple(finding(item, item.text[:20], verdict) for item in articles),
        quotes=(),
        figures=(),
        commitments=(),
        timeline=(),
        names=(Name("n-tarn", "Ilse Tarn", "person", ids, ("Tarn", "the harbour master")),),
        summary=(),
    )


def brief(store: Store, story: str, made: Briefing, *, weight: float = 1.0, at: str = AT) -> bool:
    """Brief a story at its revision, in a transaction of its own."""
    line = store.story(story)
    assert line is not None
    with store.transaction():
        return store.brief(story, line.revision, made, weight, at)


def update(name: str, story: str = "s", at: str = AT, **fields: object) -> Update:
    return replace(Update(name, "newly disputed", story, f"Update {name}", at), **fields)


def line(name: str, of: Article | None = None, **fields: object) -> LedgerLine:
    """Return a line of the ledger, on the promise that the ferry report tells of."""
    of = of or article("a")
    text = "promised 40 new lifeboats by March"
    start = of.text.index(text)
    where = (name, of.id, start, start + len(text), text, "made", of.outlet)
    told = LedgerLine(*where, "Norvik Line", "40 new lifeboats", of.published, keys=(f"key {name}", "lifeboat"))
    return replace(told, **fields)


def entry(name: str, *lines: LedgerLine, **fields: object) -> LedgerEntry:
    made = LedgerEntry(name, "Norvik Line", "40 new lifeboats", "open", "no word since", lines, made="2031-05-04")
    return replace(made, **fields)
