"""A run's steps: what is finished is never done again, and what workers die of is found and set aside."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from accord.errors import RunError
from accord.executors.executor import Outcome
from accord.runs.steps import Apart, Steps


@dataclass(frozen=True)
class Sum:
    key: str
    numbers: tuple[int, ...]
    lost: Mapping[int, str] = field(default_factory=dict)


def added(task: Sum) -> dict[str, int]:
    if task.lost:
        return {"sum": sum(n for at, n in enumerate(task.numbers) if at not in task.lost), "lost": len(task.lost)}
    return {"sum": sum(task.numbers), "lost": 0}


APART: Apart[Sum] = Apart(
    lambda task: [Sum(f"{task.key}.{at}", (n,)) for at, n in enumerate(task.numbers)],
    lambda task: None,
    lambda task, lost: Sum(task.key, task.numbers, lost),
)


class Mortal:
    """Runs tasks here; `deadly` says of which its workers would die."""

    workers = 1

    def __init__(self, deadly: Callable[[Sum], bool] = lambda _: False, ends_after: int | None = None) -> None:
        self.done: list[str] = []
        self._deadly = deadly
        self._ends_after = ends_after

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Outcome[Any, Any]]:
        for item in items:
            if self._ends_after == len(self.done):
                raise KeyboardInterrupt
            if self._deadly(item):
                yield Outcome(item, None, "its worker died 3 times (signal 9)")
                continue
            self.done.append(item.key)
            yield Outcome(item, function(item))

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


TASKS = [Sum(f"{n:02}", (n, n + 1)) for n in range(6)]
WHOLE = {f"{n:02}": {"sum": 2 * n + 1, "lost": 0} for n in range(6)}


def steps(folder: Path, executor: Mortal, shown: list[tuple[str, int, int]] | None = None) -> Steps:
    return Steps(folder, executor, (lambda *told: shown.append(told)) if shown is not None else None)


def through(folder: Path, executor: Mortal, apart: Apart[Sum] | None = None) -> dict[str, Mapping[str, Any]]:
    run = steps(folder, executor)
    try:
        return dict(run.each("add", added, TASKS, apart=apart))
    finally:
        run.close()


def test_what_is_finished_is_not_done_again(tmp_path: Path) -> None:
    first, second, third = Mortal(ends_after=2), Mortal(), Mortal()
    with pytest.raises(KeyboardInterrupt):
        through(tmp_path, first)
    assert through(tmp_path, second) == WHOLE
    assert through(tmp_path, third) == WHOLE
    assert (first.done, second.done, third.done) == (["00", "01"], ["02", "03", "04", "05"], [])


def test_a_line_of_the_journal_that_was_cut_off_counts_as_not_done(tmp_path: Path) -> None:
    through(tmp_path, Mortal())
    journal = tmp_path / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-9])
    again = Mortal()
    assert through(tmp_path, again) == WHOLE
    assert again.done == ["05"]


def test_a_damaged_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text('["add", "00", {}]\nnonsense\n', encoding="utf-8")
    with pytest.raises(RunError, match="line 2: it is damaged"):
        through(tmp_path, Mortal())


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    run = steps(tmp_path, Mortal())
    with pytest.raises(RunError, match="another process is at this run"):
        steps(tmp_path, Mortal())
    run.close()


def test_what_workers_die_of_is_set_aside_and_the_rest_done(tmp_path: Path) -> None:
    deadly = Mortal(lambda task: 3 in task.numbers and 0 not in task.lost and 1 not in task.lost)
    found = through(tmp_path, deadly, APART)
    assert found["02"] == {"sum": 2, "lost": 1}
    assert found["03"] == {"sum": 4, "lost": 1}
    assert {k: v for k, v in found.items() if k not in ("02", "03")} == {
        k: v for k, v in WHOLE.items() if k not in ("02", "03")
    }


def test_a_task_that_died_of_chance_is_done_whole(tmp_path: Path) -> None:
    times: list[str] = []

    def unlucky(task: Sum) -> bool:
        times.append(task.key)
        return task.key == "04" and times.count("04") == 1

    assert through(tmp_path, Mortal(unlucky), APART) == WHOLE


def test_a_task_that_cannot_be_taken_apart_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"add, task 01: its workers die of it.* --resume"):
        through(tmp_path, Mortal(lambda task: task.key == "01"))
    assert set(through(tmp_path, Mortal())) == set(WHOLE)


def test_a_task_that_dies_without_any_of_its_pieces_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="task 01: its workers die of it"):
        through(tmp_path, Mortal(lambda task: task.key == "01"), APART)


def test_progress_counts_what_an_earlier_process_did(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        through(tmp_path, Mortal(ends_after=2))
    shown: list[tuple[str, int, int]] = []
    run = steps(tmp_path, Mortal(), shown)
    list(run.each("add", added, TASKS, total=12, size=lambda _: 2))
    run.close()
    assert shown[0] == ("add", 0, 12)
    assert shown[1] == ("add", 6, 12)
    assert shown[-1] == ("add", 12, 12)


def test_what_is_done_here_is_done_once(tmp_path: Path) -> None:
    calls: list[int] = []

    def count() -> dict[str, int]:
        calls.append(1)
        return {"calls": len(calls)}

    for _ in range(2):
        run = steps(tmp_path, Mortal())
        assert run.once("count", count) == {"calls": 1}
        assert run.receipt("count") == {"calls": 1}
        run.close()
    assert len(calls) == 1
