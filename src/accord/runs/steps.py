"""Takes a run through its steps: each maps tasks over the workers, and what is finished is never done again.

A journal in the run's folder holds a line for each finished task. A task's function writes files under names that are
its own, whole or not at all, so that doing a task twice changes nothing: a run may be killed at any moment.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from accord.errors import RunError

if TYPE_CHECKING:
    from accord.executors.executor import Executor

Receipt = Mapping[str, Any]
"""What a task's function returns, and the journal keeps: numbers and names (JSON), the same whenever it is done."""
Progress = Callable[[str, int, int], None]

ASIDE = "its workers died of it each time it was tried; it is set aside"

_JOURNAL = "journal.jsonl"


class Task(Protocol):
    """Something to do: `key` names it within its step, and its files. It can be pickled."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Task)


@dataclass(frozen=True, slots=True)
class Apart(Generic[T]):
    """How a task is taken apart, to find what in it workers die of.

    `pieces` gives each thing in it as a task of its own, `trial` does such a one and writes nothing; `without` gives
    the task again, told which of the pieces (by their places) are left out, and why.
    """

    pieces: Callable[[T], Sequence[T]]
    trial: Callable[[T], None]
    without: Callable[[T, Mapping[int, str]], T]


class Steps:
    """The steps of the run in the folder `work`, on the workers of `executor`; goes on where the journal there ends.

    A process at a time: the journal is locked. `told` is given what workers died of, and how.
    """

    def __init__(
        self,
        work: Path,
        executor: Executor,
        progress: Progress | None = None,
        told: Callable[[str], None] | None = None,
    ) -> None:
        self._executor = executor
        self._progress = progress or (lambda *_: None)
        self._told = told or (lambda _: None)
        self._path = work / _JOURNAL
        self._done: dict[str, dict[str, Receipt]] = {}
        self._read()
        self._journal = self._path.open("a", encoding="utf-8")
        self._lock()

    def close(self) -> None:
        self._journal.close()

    def each(
        self,
        step: str,
        function: Callable[[T], Receipt],
        tasks: Iterable[T],
        *,
        total: int = 0,
        size: Callable[[Receipt], int] = lambda _: 1,
        apart: Apart[T] | None = None,
    ) -> Iterator[tuple[str, Receipt]]:
        """Do each of `tasks` that the journal has not, and yield (key, receipt) of all of them, in any order.

        `function` runs on a worker. Of a task that workers keep dying of, `apart` finds the pieces that they die of,
        and it is done without these; where there is no `apart` the run ends with a `RunError`. `size` says how much of
        `total` a receipt stands for, for the progress.
        """
        known = self._done.get(step, {})
        passed: deque[str] = deque()
        lost: list[T] = []
        told = 0

        def fresh() -> Iterator[T]:
            for task in tasks:
                if task.key in known:
                    passed.append(task.key)
                else:
                    yield task

        self._progress(step, 0, total)
        for found in self._mapped(step, function, fresh(), lost):
            for key in (*_drained(passed), found):
                told += size(self._done[step][key])
                yield key, self._done[step][key]
            self._progress(step, told, total)
        again = [self._without(step, task, apart) for task in lost]
        lost = []
        for key in chain(_drained(passed), self._mapped(step, function, again, lost)):
            told += size(self._done[step][key])
            yield key, self._done[step][key]
        if lost:
            raise _died(step, lost[0])
        self._progress(step, told, total)

    def _mapped(self, step: str, function: Callable[[T], Receipt], tasks: Iterable[T], lost: list[T]) -> Iterator[str]:
        """Do `tasks` and yield the keys of those that are done; those that workers die of go to `lost`."""
        for outcome in self._executor.map(function, tasks):
            if outcome.lost is not None or outcome.result is None:
                lost.append(outcome.item)
            else:
                self._note(step, outcome.item.key, outcome.result)
                yield outcome.item.key

    def _without(self, step: str, task: T, apart: Apart[T] | None) -> T:
        """Return `task` without those of its pieces that workers die of, each tried by itself."""
        if apart is None:
            raise _died(step, task)
        pieces = apart.pieces(task)
        places = {piece.key: at for at, piece in enumerate(pieces)}
        lost: dict[int, str] = {}
        for outcome in self._executor.map(apart.trial, pieces):
            if outcome.lost is not None:
                lost[places[outcome.item.key]] = ASIDE  # how a worker died is told by each executor in its own words
                self._told(f"{step}, {outcome.item.key}: {outcome.lost}; it is set aside")
        return apart.without(task, lost)

    def once(self, step: str, function: Callable[[], Receipt]) -> Receipt:
        """Do something here, not on a worker, unless the journal has it."""
        if step not in self._done:
            self._progress(step, 0, 0)
            self._note(step, "", function())
        return self._done[step][""]

    def receipt(self, step: str, key: str = "") -> Receipt | None:
        """Return the receipt of a task that is done."""
        return self._done.get(step, {}).get(key)

    def all(self, step: str) -> list[tuple[str, Receipt]]:
        """Return the receipts of all tasks of a step that are done, in the order of their keys."""
        return sorted(self._done.get(step, {}).items())

    def tell(self, step: str, done: int, total: int) -> None:
        """Tell how far a step is that is done here."""
        self._progress(step, done, total)

    def keys(self, step: str) -> Iterable[str]:
        """Return the keys of the tasks of a step that are done."""
        return self._done.get(step, {}).keys()

    # the journal ------------------------------------------------------------------------------------------------------

    def _note(self, step: str, key: str, receipt: Receipt) -> None:
        self._journal.write(json.dumps([step, key, receipt], ensure_ascii=False) + "\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self._done.setdefault(step, {})[key] = receipt

    def _read(self) -> None:
        """Read the journal, and cut off a last line that was not written whole."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        whole = content[: content.rfind(b"\n") + 1]
        for number, line in enumerate(whole.splitlines(), 1):
            try:
                step, key, receipt = json.loads(line)
            except ValueError as error:
                raise RunError(f"{self._path}, line {number}: it is damaged; start the run anew elsewhere") from error
            self._done.setdefault(step, {})[key] = receipt
        if len(whole) < len(content):
            with self._path.open("r+b") as file:
                file.truncate(len(whole))

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # no locks of this kind on Windows
            return
        try:
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._journal.close()
            raise RunError(f"{self._path.parent}: another process is at this run; wait for its end") from error


def _drained(keys: deque[str]) -> Iterator[str]:
    while keys:
        yield keys.popleft()


def _died(step: str, task: Task) -> RunError:
    return RunError(f"{step}, task {task.key}: its workers die of it; see docs/scale.md, then go on with --resume")
