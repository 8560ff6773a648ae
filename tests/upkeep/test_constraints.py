"""Stories that people merged and split: they stay so whatever comes, and undoing gives the machine's answer back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from accord.corrections import merge_stories, split_story
from accord.errors import CorrectionError
from accord.records import Correction
from accord.stores import Store, open_store
from accord.upkeep.correcting import correct, undo
from accord.upkeep.placing import place
from upkeep.test_placing import AT, arrival, at_once, come, pile, sketch, stories

WHO = {"by": "Mara Tolk", "at": "2031-05-05T08:00:00Z"}


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(open_store("memory:" if request.param == "memory" else str(tmp_path / "accord.db"))) as opened:
        yield opened


def reports(event: int, *numbers: int) -> list[str]:
    return [f"{event}-{number}" for number in numbers]


def sets(store: Store) -> set[frozenset[str]]:
    return set(stories(store).values())


def test_merged_stories_are_one_under_the_id_of_the_first(store: Store) -> None:
    come(store, pile(3, 3))
    before = stories(store)
    name_of = {min(members): name for name, members in before.items()}
    drawn = correct(store, merge_stories(reports(1, 0, 1, 2), reports(0, 0, 1, 2), **WHO))
    after = stories(store)
    assert after[name_of["1-0"]] == frozenset((*reports(0, 0, 1, 2), *reports(1, 0, 1, 2)))
    assert set(after) == {name_of["1-0"], name_of["2-0"]}
    assert drawn.stories == (name_of["1-0"],)
    line = store.story(name_of["0-0"])
    assert line is not None
    assert (line.id, line.stale) == (name_of["1-0"], True)
    assert [update.kind for update in drawn.updates] == ["merged"]


def test_undoing_a_merge_gives_the_stories_back_with_their_ids(store: Store) -> None:
    come(store, pile(3, 3))
    before = stories(store)
    made = merge_stories(reports(1, 0, 1, 2), reports(0, 0, 1, 2), **WHO)
    correct(store, made)
    undo(store, made.id, "Mara Tolk")
    assert stories(store) == before
    assert all((line := store.story(name)) is not None and line.id == name for name in before)


def test_a_split_story_is_two_and_one_again_once_it_is_undone(store: Store) -> None:
    come(store, pile(2, 4))
    before = stories(store)
    (name,) = (name for name, members in before.items() if "0-0" in members)
    made = split_story(reports(0, 1, 3), reports(0, 0, 2), **WHO)
    drawn = correct(store, made)
    after = stories(store)
    assert after[name] == frozenset(reports(0, 0, 2))
    assert sets(store) == {*map(frozenset, (reports(0, 1, 3), reports(0, 0, 2), reports(1, 0, 1, 2, 3)))}
    assert set(drawn.stories) == set(after) - (set(before) - {name})
    undo(store, made.id, "Mara Tolk")
    assert stories(store) == before


def test_what_is_undone_twice_or_is_not_there_is_told(store: Store) -> None:
    come(store, pile(2, 2))
    made = merge_stories(reports(0, 0), reports(1, 0), **WHO)
    correct(store, made)
    undo(store, made.id, "Mara Tolk")
    with pytest.raises(CorrectionError, match="Mara Tolk undid it on"):
        undo(store, made.id, "Jon")
    with pytest.raises(CorrectionError, match="there is no correction with this id"):
        undo(store, "nothing", "Jon")


def test_a_correction_of_articles_that_are_not_held_is_refused_and_changes_nothing(store: Store) -> None:
    come(store, pile(2, 2))
    with pytest.raises(CorrectionError, match="9-9: the store holds no article with this id"):
        correct(store, merge_stories(reports(0, 0), reports(9, 9), **WHO))
    assert sets(store) == at_once(pile(2, 2))
    assert store.corrections(standing=False) == []


def test_later_reports_join_merged_stories(store: Store) -> None:
    come(store, pile(3, 3))
    correct(store, merge_stories(reports(1, 0, 1, 2), reports(0, 0, 1, 2), **WHO))
    come(store, [sketch(0, 3, 738_001), sketch(1, 4, 738_004), sketch(2, 5, 738_006)])
    assert sets(store) == {
        frozenset((*reports(0, 0, 1, 2, 3), *reports(1, 0, 1, 2, 4))),
        frozenset(reports(2, 0, 1, 2, 5)),
    }


def test_later_reports_join_the_side_of_a_split_that_they_are_more_like(store: Store) -> None:
    come(store, pile(1, 4))
    correct(store, split_story(reports(0, 0, 3), reports(0, 1, 2), **WHO))
    near = sketch(0, 6, 738_000)  # it shares its first words with 0 and 3
    come(store, [replace(near, vector=sketch(0, 3, 738_000).vector)])
    assert sets(store) == {frozenset(reports(0, 0, 3, 6)), frozenset(reports(0, 1, 2))}


def test_new_versions_stay_where_the_older_ones_were_put(store: Store) -> None:
    come(store, pile(2, 3))
    correct(store, split_story(reports(0, 1), reports(0, 0, 2), **WHO))
    with store.transaction():
        item = replace(sketch(0, 1, 738_001), article="0-1b")
        numbers = store.keep([arrival(item, follows="0-1")], AT)
        place(store, numbers, AT)
    assert frozenset(["0-1b"]) in sets(store)
    assert frozenset(reports(0, 0, 2)) in sets(store)
    (made,) = store.corrections()
    undo(store, made.id, "Mara Tolk")
    assert frozenset(["0-1b", "0-0", "0-2"]) in sets(store)


def test_later_corrections_win(store: Store) -> None:
    come(store, pile(2, 3))
    correct(store, merge_stories(reports(0, 0, 1, 2), reports(1, 0, 1, 2), **WHO))
    parted = split_story(reports(1, 0, 1, 2), reports(0, 0, 1, 2), by="Jon", at="2031-05-06T08:00:00Z")
    correct(store, parted)
    assert sets(store) == at_once(pile(2, 3))


@pytest.mark.parametrize("seed", range(8))
def test_the_order_in_which_articles_and_corrections_arrive_does_not_matter(seed: int) -> None:
    """What a correction names comes before it; all else comes in any order."""
    draw = random.Random(seed)
    made = [
        merge_stories(reports(0, 0, 1), reports(1, 0, 1), by="Mara", at="2031-05-05T08:00:00Z"),
        split_story(reports(2, 0, 3), reports(2, 1), by="Mara", at="2031-05-05T09:00:00Z"),
        merge_stories(reports(3, 0), reports(2, 0), by="Jon", at="2031-05-05T10:00:00Z"),
    ]
    wanted = {name for one in made for name in (*one.articles, *one.others)}
    first = [item for item in pile(5, 5) if item.article in wanted]
    rest: list[object] = [*(item for item in pile(5, 5) if item.article not in wanted), *made]
    draw.shuffle(first)
    draw.shuffle(rest)
    store = open_store("memory:")
    come(store, first, draw.choice([1, 3, 20]))
    for item in rest:
        if isinstance(item, Correction):
            correct(store, item)
        else:
            come(store, [item])  # type: ignore[list-item]
    whole = open_store("memory:")
    come(whole, pile(5, 5))
    for one in made:
        correct(whole, one)
    assert sets(store) == sets(whole)
    for one in draw.sample(made, 3):
        undo(store, one.id, "Mara")
    assert sets(store) == at_once(pile(5, 5))


def test_undone_in_any_order_the_machine_s_stories_are_left_with_their_ids() -> None:
    for seed in range(6):
        store = open_store("memory:")
        come(store, pile(4, 4))
        before = stories(store)
        made = [
            merge_stories(reports(0, 0, 1, 2, 3), reports(1, 0, 1, 2, 3), by="Mara", at="2031-05-05T08:00:00Z"),
            split_story(reports(0, 1), [*reports(0, 0, 2, 3), *reports(1, 0)], by="Mara", at="2031-05-05T09:00:00Z"),
            merge_stories(reports(2, 0), reports(0, 1), by="Jon", at="2031-05-05T10:00:00Z"),
        ]
        for one in made:
            correct(store, one)
        assert stories(store) != before
        random.Random(seed).shuffle(made)
        for one in made:
            undo(store, one.id, "Mara")
        assert stories(store) == before


def test_a_store_that_nobody_corrected_is_grouped_as_ever() -> None:
    store = open_store("memory:")
    come(store, pile(6, 5), 3)
    assert store.stamp("stories by the machine") is None
