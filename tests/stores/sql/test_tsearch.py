"""Search in PostgreSQL beside the contract: the latest rows first, the index where they will not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from accord.stores import Store, open_store
from accord.stores.sql import tsearch
from accord.stores.store import Query
from arrivals import BRIDGE, FERRY, article, keep

if TYPE_CHECKING:
    from databases import Server


@pytest.fixture
def store(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(tsearch, "_MOST_RANKED", 3)
    monkeypatch.setattr(tsearch, "_RECENT", {"articles": 4, "claims": 4})
    url = postgres.fresh()
    with closing(open_store(url)) as made:
        for n in range(1, 9):
            text = f"{FERRY}\n{BRIDGE}" if n < 3 else FERRY
            keep(made, article(f"a{n}", text, published=f"2031-05-{20 - n:02}"))
        yield made
    postgres.drop(url)


def found(store: Store, words: str = "", **rest: object) -> list[str]:
    return [hit.article for hit in store.search(Query(words, **rest))]  # type: ignore[arg-type]


def test_of_very_many_the_latest_are_ranked(store: Store) -> None:
    assert found(store, "aground", kind="article", limit=3) == ["a6", "a7", "a8"]
    assert found(store, "hurt", kind="quote", limit=3) == ["a6", "a7", "a8"]


def test_what_is_not_among_the_latest_is_found(store: Store) -> None:
    assert found(store, "beds", kind="article") == found(store, "beds", kind="quote") == ["a1", "a2"]
    assert found(store, "beds -lanternfish", kind="article") == ["a1", "a2"]
    assert found(store, "aground", kind="article", since="2031-05-18", until="2031-05-19") == ["a1", "a2"]


def test_as_many_as_are_asked_for_are_ranked(store: Store) -> None:
    assert sorted(found(store, "aground", kind="article", limit=8)) == [f"a{n}" for n in range(1, 9)]


def test_only_as_many_as_are_asked_for_are_listed(store: Store) -> None:
    assert found(store, kind="article", limit=2) == ["a1", "a2"]
    assert found(store, kind="article", limit=2, offset=2) == ["a3", "a4"]
    assert found(store, kind="quote", limit=1) == ["a1"]
    assert len(found(store, kind="article", limit=50)) == 8


@pytest.mark.parametrize("words", ["o1", "_o1", "o*", "_o*", "m203105", "d20310512", "k1"])
def test_marks_are_no_words(store: Store, words: str) -> None:
    hits = store.search(Query(words, kind="article"))
    assert all(words.strip("_*") in hit.text.lower() for hit in hits)
    assert not hits or "*" in words
