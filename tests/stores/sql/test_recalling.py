"""What a store remembers of its names: asked for again with nothing changed between, they are found without a scan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from accord.stores import Store, open_store
from accord.stores.sql import recalling
from accord.stores.sql.recalling import Recall
from arrivals import article, brief, briefing, keep, place


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(str(tmp_path / "accord.db"))) as made:
        told(made, "a")
        yield made


def told(store: Store, name: str) -> None:
    """Keep a story with the name Ilse Tarn, also called the harbour master."""
    place(store, {f"s-{name}": keep(store, name)})
    brief(store, f"s-{name}", briefing(article(name)))


def held(store: Store, recall: Recall, *words: str) -> list[str] | None:
    with store._read() as connection:  # type: ignore[attr-defined]
        return recall.holding(connection, words)


WHOLE = "ilse tarn\ntarn\nthe harbour master"


def test_names_are_remembered_from_the_second_time_on_until_something_changes(store: Store) -> None:
    recall = Recall()
    assert held(store, recall, "tarn") is None
    assert held(store, recall, "tarn") == held(store, recall, "master", "ilse") == [WHOLE]
    assert held(store, recall, "reve") == []
    told(store, "b")
    assert held(store, recall, "tarn") is None
    assert held(store, recall, "tarn") == [WHOLE]


def test_no_words_hold_for_all_names(store: Store) -> None:
    recall = Recall()
    assert [held(store, recall), held(store, recall)] == [None, None]


@pytest.mark.parametrize("limit", ["_MOST_NAMES", "_MOST_CHARACTERS", "_MOST_FOUND"])
def test_too_many_names_are_not_remembered(store: Store, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalling, limit, 0)
    recall = Recall()
    assert [held(store, recall, "tarn") for _ in range(3)] == [None, None, None]
    assert [store.named("tarn") for _ in range(3)] == [[("Ilse Tarn", "person", 1)]] * 3
