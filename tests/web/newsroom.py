"""A room with two stories, filled by hand: reports that give one quote in two wordings, a denial, commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.testclient import TestClient

from accord.records import Article, Briefing, LedgerEntry, LedgerLine, Name, Quote, Utterance, Value
from accord.stores import Store
from arrivals import AT, Citation, arrival, article, brief, briefing, entry, finding, keep, line, place, quote

COURIER = (
    "The ferry Halmar ran aground off Brennick on Sunday with 214 people aboard.\n"
    "“We will pay every passenger in full,” said harbour master Ilse Tarn.\n"
    "Tarn denied that the pilot had been asleep.\n"
    "The operator Norvik Line promised 40 new lifeboats by March."
)
POST = (
    "A ferry lies on the rocks at Brennick.\n"
    "“We will pay every passenger in part,” said Ilse Tarn, who runs the harbour.\n"
    "The county named no cause."
)
PLAIN = "The council at Quellmouth met on Monday.\nNobody spoke for long."
A = article("a", COURIER)
B = article("b", POST, "Halmar Post", published="2031-05-05")
C = article("c/1", PLAIN, "Quell Times", title="Council & <council>", published="2031-05-06")
FERRY, COUNCIL = "st-ferry", "st-council"
SAID = ("We will pay every passenger in full,", "We will pay every passenger in part,")


def span(of: Article, text: str) -> Citation:
    """Return where `text` stands in an article."""
    start = of.text.index(text)
    return Citation(of.id, start, start + len(text), text)


def spoken() -> tuple[Quote, ...]:
    """Return the quotes: one utterance in two wordings, and a denial that one report tells of."""
    full, part = (quote(of, text, "Ilse Tarn") for of, text in zip((A, B), SAID, strict=True))
    denied = span(A, "the pilot had been asleep")
    return (
        replace(full, utterance="u1"),
        replace(part, utterance="u1"),
        Quote("a", denied.start, denied.end, denied.text, "indirect", "Tarn", "denied"),
    )


def ferry() -> Briefing:
    """Return the briefing of the ferry: what is to be paid is disputed."""
    paid = replace(finding(A, SAID[0], "disputed"), id="f-paid", evidence=(span(A, SAID[0]), span(B, SAID[1])))
    words = (Value(SAID[0], ("a",)), Value(SAID[1], ("b",)))
    return replace(
        briefing(A, B),
        findings=(paid, finding(A, "The ferry Halmar ran", "corroborated")),
        quotes=tuple(replace(one, finding="f-paid") if one.utterance else one for one in spoken()),
        utterances=(Utterance("u1", (span(A, SAID[0]), span(B, SAID[1])), words),),
        names=(
            Name("n-tarn", "Ilse Tarn", "person", ("a", "b"), ("Tarn", "the harbour master"), role="harbour master"),
            Name("n-norvik", "Norvik Line", "organisation", ("a",)),
        ),
    )


def promised(name: str = "e1", **fields: object) -> LedgerEntry:
    """Return the entry of the lifeboats."""
    told = line(f"l-{name}", A, story=FERRY, finding="f-paid", strength="promised")
    return entry(name, told, **{"latest": "2031-05-04", "to_whom": "Brennick harbour", **fields})


def written(name: str, due: str | None, **fields: object) -> LedgerEntry:
    """Return an entry whose one line stands in the report of the council."""
    cited = span(C, "Nobody spoke for long")
    told = LedgerLine(
        f"l-{name}", C.id, cited.start, cited.end, cited.text, "made", C.outlet, "The council", "speak", C.published
    )
    made = LedgerEntry(name, "The council", f"speak {name}", "open", "no report says what became of it", (told,))
    return replace(made, **{"made": C.published, "latest": C.published, "due_date": due, **fields})


def fill(store: Store, *entries: LedgerEntry) -> None:
    """Put two stories and `entries` into a store."""
    analyzed = arrival(A)
    numbers = keep(store, replace(analyzed, analysis=replace(analyzed.analysis, quotes=spoken()[:1])), B, C)
    place(store, {FERRY: numbers[:2], COUNCIL: numbers[2:]})
    brief(store, FERRY, ferry(), weight=9.0)
    brief(store, COUNCIL, replace(briefing(C, title="Council & <council>"), names=()), weight=2.0, at=AT)
    enter(store, entries)


def enter(store: Store, entries: Sequence[LedgerEntry]) -> None:
    """Put entries into the ledger of a store."""
    lines = [one for each in entries for one in each.lines]
    with store.transaction():
        store.keep_lines(list(dict.fromkeys(one.article for one in lines)), lines)
        store.keep_entries(entries)


def store_of(room: TestClient) -> Store:
    """Return the store of a room over `memory:`, for the test to fill."""
    with room.app.state.desk.store() as store:  # type: ignore[attr-defined]
        return store  # type: ignore[no-any-return]
