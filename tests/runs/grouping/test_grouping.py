"""Grouping in parts: what `Grouper` gives, however the articles are divided."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "cluster" / "grouping"))

from piles import direction, pile, report, unit

from accord.cluster.grouping import Grouper, Measure, Sketch, in_time, keys, pack, unpack
from accord.executors.executor import Item, Outcome, Result
from accord.executors.serial import Serial
from accord.runs import grouping
from accord.runs.columns import read_part, write_part
from accord.runs.gathering import small
from accord.runs.grouping import linking, storying
from accord.runs.parts import parts_of
from accord.runs.rows import LinkRow, SketchRow
from accord.runs.steps import Steps


def whole(sketches: Sequence[Sketch], measure: Measure) -> tuple[Any, Any]:
    grouper = Grouper(measure)
    grouper.add(sketches)
    return grouper.groups(), [(chain.id, chain.stories) for chain in grouper.chains()]


def written(folder: Path, sketches: Sequence[Sketch], gap: int, size: int) -> tuple[list[Path], dict[int, Sketch]]:
    """Write sketches in the order of time, `size` to a file; every `gap`-th number is left out."""
    held = {n + n // gap: item for n, item in enumerate(sorted(sketches, key=in_time))}
    rows = [SketchRow(n, item.article, pack(item)) for n, item in held.items()]
    paths = []
    for at in range(0, len(rows), size):
        paths.append(folder / f"part-{at:05}.parquet")
        write_part(paths[-1], SketchRow, rows[at : at + size])
    return paths, held


def in_parts(
    folder: Path, sketches: Sequence[Sketch], measure: Measure, gap: int = 7, size: int = 3
) -> tuple[object, object]:
    """Return what grouping in parts gives, told as `Grouper` tells it."""
    from accord.cluster.grouping import Group

    work = folder / "_work"
    work.mkdir(parents=True)
    paths, held = written(folder / "given", sketches, gap, size)
    steps = Steps(work, Serial())
    try:
        receipt = grouping.group(work, paths, steps, measure)
    finally:
        steps.close()
    groups = tuple(
        Group(story.id, tuple(held[n].article for n in story.members), held[story.central].article)
        for story in grouping.stories(work)
    )
    chains = list(grouping.chains(work))
    assert receipt["stories"] == len(groups)
    assert receipt["chains"] == len(chains)
    assert receipt["articles"] == len(sketches)
    for story in grouping.stories(work):
        assert story.day == held[story.members[0]].day
    return groups, chains


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is divided after a few articles."""
    for module, name, value in (
        (grouping, "FILES", 2),
        (grouping, "BLOCKS", 3),
        (linking, "REGION", 2),
        (storying, "TASK", 5),
        (storying, "BATCH", 4),
        (keys, "MOST_CARRIERS", 6),
        (keys, "STRETCH", 4),
    ):
        monkeypatch.setattr(module, name, value)
    from accord.runs.grouping import following

    monkeypatch.setattr(following, "BATCH", 4)


def made(seed: int, count: int) -> list[Sketch]:
    """Return sketches of events that are like others, some without a day, some copies, some without words."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        event = int(rng.integers(0, max(count // 5, 1)))
        subject = event % 3
        words = {f"s{subject}w{w}" for w in rng.integers(0, 8, 5)} | {f"e{event}w{w}" for w in rng.integers(0, 10, 5)}
        words |= {f"own{number}", "city"} if rng.random() < 0.9 else set()
        day = None if rng.random() < 0.1 else 700 + 5 * event + int(rng.integers(0, 4))
        item = report(f"a{rng.integers(0, 10**9)}-{number}", " ".join(sorted(words)), f"event {event}", day, 0.4)
        vector = unit(item.vector + 0.8 * direction(f"subject {subject}"))
        order = rng.permutation(len(item.terms))
        weights = np.sort(rng.random(len(order)))[::-1].astype(np.float32)
        weights /= np.linalg.norm(weights)
        item = Sketch(item.article, day, item.terms[order], weights, vector)
        if rng.random() < 0.2 and found:
            other = found[int(rng.integers(0, len(found)))]
            item = Sketch(f"copy{number}", other.day, other.terms, other.weights, other.vector)
        found.append(unpack(pack(item)))
    return found


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 90), st.integers(1, 9), st.integers(1, 9), st.sampled_from([4096, 3, 1]))
def test_it_gives_what_grouper_gives(seed: int, count: int, gap: int, size: int, most: int) -> None:
    from tempfile import TemporaryDirectory

    measure = Measure(most=most)
    sketches = made(seed, count)
    with TemporaryDirectory() as folder:
        assert in_parts(Path(folder), sketches, measure, gap, size) == whole(sketches, measure)


def test_stories_of_many_reports_and_chains_are_the_same(tmp_path: Path) -> None:
    sketches = [unpack(pack(item)) for item in (*pile(20, 4), *pile(1, 40, 900))][:-3]
    sketches = list({item.article: item for item in sketches}.values())
    assert in_parts(tmp_path, sketches, Measure()) == whole(sketches, Measure())


def test_links_are_those_of_grouper_each_once(tmp_path: Path) -> None:
    sketches = made(5, 60)
    in_parts(tmp_path, sketches, Measure())
    rows = [row for path in parts_of(small(tmp_path), "links") for row in read_part(path, LinkRow)]
    grouper = Grouper()
    grouper.add(sketches)
    ordered = sorted(sketches, key=in_time)
    number = {n: n + n // 7 for n in range(len(ordered))}
    expected = {(number[a], number[b]): v for a, near in enumerate(grouper._near) for b, v in near.items() if a < b}
    assert {(row.a, row.b): row.alike for row in rows} == expected
    assert len(rows) == len(expected) > 30


class Backwards:
    """Does all tasks twice, the last one first."""

    workers = 1

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        for item in reversed(list(items)):
            function(item)
            yield Outcome(item, function(item))

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Stopping(Backwards):
    """Ends after so many tasks."""

    def __init__(self, tasks: int) -> None:
        self.left = tasks

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        for item in items:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            yield Outcome(item, function(item))


def test_the_files_are_the_same_in_whatever_order_tasks_are_done(tmp_path: Path) -> None:
    contents = []
    for name, executor in (("one", Serial()), ("other", Backwards())):
        work = tmp_path / name / "_work"
        work.mkdir(parents=True)
        paths, _ = written(tmp_path / "given", made(3, 70), 7, 3)
        steps = Steps(work, executor)
        grouping.group(work, paths, steps)
        steps.close()
        found = sorted(path for path in work.rglob("*") if path.is_file() and path.suffix in (".arrow", ".parquet"))
        contents.append({path.relative_to(work): path.read_bytes() for path in found})
    assert contents[0] == contents[1]
    assert len(contents[0]) > 10


def test_a_run_that_was_stopped_goes_on_after_any_task(tmp_path: Path) -> None:
    sketches, measure = made(4, 40), Measure()
    for stop in range(0, 40, 7):
        folder = tmp_path / str(stop)
        work = folder / "_work"
        work.mkdir(parents=True)
        paths, _ = written(folder / "given", sketches, 7, 3)
        steps = Steps(work, Stopping(stop))
        with pytest.raises(KeyboardInterrupt):
            grouping.group(work, paths, steps, measure)
        steps.close()
        steps = Steps(work, Serial())
        grouping.group(work, paths, steps, measure)
        steps.close()
        assert [story.id for story in grouping.stories(work)] == [g.id for g in whole(sketches, measure)[0]]


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    assert in_parts(tmp_path / "none", [], Measure()) == ((), [])
    (tmp_path / "_work").mkdir()
    write_part(tmp_path / "empty.parquet", SketchRow, [])
    steps = Steps(tmp_path / "_work", Serial())
    assert grouping.group(tmp_path / "_work", [tmp_path / "empty.parquet"], steps)["stories"] == 0
    steps.close()
    assert list(grouping.stories(tmp_path / "_work")) == list(grouping.chains(tmp_path / "_work")) == []
