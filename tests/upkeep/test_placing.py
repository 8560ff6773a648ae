"""Placing: articles that come batch by batch form the stories that all form at once; stories keep their ids."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import pytest

from accord.cluster.grouping import Grouper, Sketch, pack, postings
from accord.records import Analysis, Article
from accord.stores import Store, open_store
from accord.stores.store import Arrival
from accord.upkeep.placing import place

AT = "2024-05-31T08:00:00Z"


def sketch(event: int, number: int, day: int) -> Sketch:
    """Return a sketch of one of several reports of an event: most words shared, leads that point one way."""
    words = [hash_of(f"e{event}w{n}") for n in range(number % 3, number % 3 + 9)]
    words += [hash_of(f"e{event}r{number}x{n}") for n in range(4)]
    vector = direction(f"event {event}") + 0.3 * direction(f"{event}-{number}")
    weights = np.ones(len(words), dtype=np.float32) / np.float32(np.sqrt(len(words)))
    unit = (vector / np.linalg.norm(vector)).astype(np.float32)
    return Sketch(f"{event}-{number}", day, np.array(words, dtype=np.uint64), weights, unit)


def hash_of(word: str) -> int:
    return int.from_bytes(np.random.default_rng(list(word.encode())).bytes(8), "little")


def direction(name: str) -> np.ndarray:
    return np.random.default_rng(list(name.encode())).normal(size=384).astype(np.float32)


def pile(events: int, reports: int, start: int = 738_000) -> list[Sketch]:
    return [sketch(event, n, start + 3 * event + n % 2) for event in range(events) for n in range(reports)]


def arrival(item: Sketch, *, follows: str | None = None) -> Arrival:
    article = Article(item.article, f"Text of {item.article}.", "The Lantern", version=2 if follows else 1)
    return Arrival(
        article=article,
        what="made by hand",
        page=None,
        mark=item.article,
        marks=(),
        analysis=Analysis(item.article),
        maker="tests",
        day=item.day,
        postings=postings(item),
        sketch=pack(item),
        follows=follows,
    )


def come(store: Store, sketches: Iterable[Sketch], batch: int = 100) -> tuple[str, ...]:
    touched: list[str] = []
    left = iter(sketches)
    while part := list(islice(left, batch)):
        with store.transaction():
            numbers = store.keep([arrival(item) for item in part], AT)
            touched.extend(place(store, numbers, AT).stories)
    return tuple(touched)


def stories(store: Store) -> dict[str, frozenset[str]]:
    found = {line.id: store.members([line.id])[line.id] for line in store.stories(limit=1000)}
    return {name: frozenset(item.article.id for item in store.numbered(members)) for name, members in found.items()}


def at_once(sketches: Sequence[Sketch]) -> set[frozenset[str]]:
    grouper = Grouper()
    grouper.add(sketches)
    return {frozenset(group.articles) for group in grouper.groups()}


@pytest.mark.parametrize("batch", [1, 3, 7, 100])
def test_batches_form_the_stories_that_all_form_at_once(batch: int) -> None:
    sketches = pile(6, 5)
    random.Random(batch).shuffle(sketches)
    store = open_store("memory:")
    come(store, sketches, batch)
    assert set(stories(store).values()) == at_once(pile(6, 5))


def test_a_story_keeps_its_id_while_it_grows() -> None:
    store = open_store("memory:")
    come(store, [s for s in pile(3, 5) if s.article.endswith(("-2", "-3"))])
    before = stories(store)
    come(store, [s for s in pile(3, 5) if not s.article.endswith(("-2", "-3"))])
    after = stories(store)
    assert after.keys() == before.keys()
    assert all(before[name] < after[name] for name in before)


def test_only_what_is_touched_is_said_to_be() -> None:
    store = open_store("memory:")
    come(store, pile(4, 3))
    (touched,) = come(store, [sketch(2, 3, 738_007)])
    assert {"2-0", "2-3"} <= stories(store)[touched]


def test_a_story_that_is_bridged_to_another_is_merged_and_its_id_leads_there() -> None:
    store = open_store("memory:")
    first, second = sketch(0, 0, 738_000), sketch(0, 1, 738_000)
    far = Sketch(second.article, 738_000, second.terms + np.uint64(1), second.weights, direction("elsewhere"))
    come(store, [first])
    come(store, [far])
    ids = set(stories(store))
    assert len(ids) == 2
    with store.transaction():
        numbers = store.keep([arrival(Sketch("0-1b", 738_000, *tail(second)), follows="0-1")], AT)
        place(store, numbers, AT)
    (left,) = stories(store)
    assert {line.id for name in ids if (line := store.story(name))} == {left}


def tail(item: Sketch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return item.terms, item.weights, item.vector


def test_stories_that_follow_one_another_are_a_chain_and_stay_one_while_it_grows() -> None:
    store = open_store("memory:")

    def report(number: int, n: int) -> Sketch:
        words = [hash_of(f"topic {at}") for at in range(9)] + [
            hash_of(f"episode {number} word {at}") for at in range(5)
        ]
        words += [hash_of(f"report {number} {n} word {at}") for at in range(3)]
        weights = np.array([0.2] * 9 + [0.37] * 5 + [0.25] * 3, dtype=np.float32)
        lead = direction("topic") + direction(f"episode {number}") + 0.5 * direction(f"report {number} {n}")
        unit = (lead / np.linalg.norm(lead)).astype(np.float32)
        scaled = weights / np.float32(np.linalg.norm(weights))
        return Sketch(f"{number}-{n}", 738_000 + 9 * number, np.array(words, dtype=np.uint64), scaled, unit)

    for number in range(12):
        come(store, [report(number, n) for n in range(3)])
    assert len(stories(store)) == 12
    (chain,) = store.chains()
    heads = [min(stories(store)[story]) for story in chain.stories]
    assert heads == [f"{number}-0" for number in range(12)]


def test_articles_without_a_day_are_placed_by_their_words() -> None:
    store = open_store("memory:")
    undated = [Sketch(s.article, None, s.terms, s.weights, s.vector) for s in pile(2, 3)]
    come(store, undated, 2)
    assert set(stories(store).values()) == {frozenset(f"{e}-{n}" for n in range(3)) for e in range(2)}


def test_articles_without_a_day_join_the_stories_of_those_with_one() -> None:
    store = open_store("memory:")
    come(store, pile(3, 3))
    late = [sketch(event, 4, 0) for event in range(3)]
    come(store, [Sketch(s.article, None, s.terms, s.weights, s.vector) for s in late])
    joined = {frozenset([*(f"{e}-{n}" for n in range(3)), f"{e}-4"]) for e in range(3)}
    assert set(stories(store).values()) == joined
