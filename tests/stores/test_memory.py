"""What is particular to the store in memory: it is always new, and `check` finds what does not belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from accord.errors import StoreError
from accord.records import Citation, Correction, Finding, Quote
from accord.stores import open_store
from accord.stores.memory import MemoryStore
from accord.stores.memory.folding import folded, holds, words_of
from arrivals import AT, analysis, arrival, article, brief, briefing, entry, keep, line, place


def filled() -> MemoryStore:
    store = cast("MemoryStore", open_store("memory:"))
    report = article("a")
    place(store, {"s": keep(store, report, "b")})
    brief(store, "s", briefing(report))
    with store.transaction():
        store.keep_lines(["a"], [line("l1")])
        store.keep_entries([entry("e1", line("l1"))])
    return store


def test_each_store_is_a_new_one() -> None:
    filled()
    assert open_store("memory:").counts().articles == 0
    with pytest.raises(StoreError, match="always a new one; "):
        open_store("memory:", make=False)


def test_what_is_undone_leaves_no_trace() -> None:
    store = filled()
    rows = {name: dict(table.rows) for name, table in vars(store).items() if hasattr(table, "rows")}
    with pytest.raises(ZeroDivisionError), store.transaction():  # noqa: PT012
        store.keep([arrival(article("a2", version=2, replaces="a"))], "2031")
        store.place({"t": [3]}, {"s": "t"}, "2031")
        store.keep_lines(["a"], [])
        raise ZeroDivisionError
    assert {name: dict(table.rows) for name, table in vars(store).items() if hasattr(table, "rows")} == rows


def _misquote(store: MemoryStore) -> None:
    made = analysis(article("a"))
    store.reanalyze([replace(made, quotes=(Quote("a", 0, 3, "Not", "direct", None),))], "m")


def _cite_nobody(store: MemoryStore) -> None:
    made = briefing(article("a"))
    cited = Citation("none", 0, 3, "The")
    told = store.story("s")
    assert told is not None
    findings = (replace(made.findings[0], evidence=(cited,)),)
    store.brief("s", told.revision, replace(made, findings=findings), 1.0, "2031")


def _astray() -> Finding:
    return Finding("f", "statement", "It held", "single", None, 1, ("Sarn Bote",), (Citation("never", 0, 2, "It"),))


def _of_nobody() -> Correction:
    return Correction("c1", "story split", "Ida Lund", AT, articles=("never",))


DAMAGES: dict[str, Callable[[MemoryStore], object]] = {
    "what it cites is not in the article a": _misquote,
    "cites the article none, which is not held": _cite_nobody,
    "its bytes are not those": lambda store: store.pages.set(next(iter(store.pages.rows)), b"other"),
    "is not held; read it again": lambda store: store.pages.drop(next(iter(store.pages.rows))),
    "which it is not in": lambda store: store.told.drop("s"),
    "names the article 1, which is not held": lambda store: store.articles.drop(1),
    "names the entry e1": lambda store: store.ledger_entries.drop("e1"),
    "cites the article never, which is not held": lambda store: store.former.set("f", ("s", _astray())),
    "names the article never, which is not held": lambda store: store.correct(_of_nobody()),
    "linked with article 9": lambda store: store.alike.set(1, {9: 0.5}),
}


@pytest.mark.parametrize("problem", DAMAGES)
def test_damage_is_found_and_named(problem: str) -> None:
    store = filled()
    assert list(store.check()) == []
    with store.transaction():
        DAMAGES[problem](store)
    assert any(problem in f"{found.where}: {found.problem}" for found in store.check())


def test_words_are_folded() -> None:
    assert folded("Élise İ ﬁ e\u0301") == "elise i fi e"
    assert holds("Señora Élise Brandt", "brandt SEN")
    assert not holds(None, "a")
    assert words_of("½ Élise") == [("1", 0, 1), ("2", 0, 1), ("elise", 2, 7)]
