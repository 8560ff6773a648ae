"""What executors with workers have in common, on seats that need no worker."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest

from accord.errors import AccordError
from accord.executors import pool
from accord.executors.answers import answer
from accord.executors.pool import Died, Pool
from chores import double, rest


class Chair:
    """A seat whose worker is the thread itself; `dies` says how it ends at which ask, `starts` what keeps it down."""

    def __init__(
        self, dies: Callable[[], str | None] = lambda: None, starts: Callable[[], object] = lambda: None
    ) -> None:
        self.dies, self.starts = dies, starts
        self.ended = False

    def ready(self) -> None:
        self.starts()

    def ask(self, function: bytes, item: bytes) -> bytes:
        if death := self.dies():
            raise Died(death)
        return answer(function, item)

    def kill(self) -> None: ...

    def end(self) -> None:
        self.ended = True


@pytest.fixture
def pools() -> Iterator[Callable[..., Pool]]:
    """Give what makes pools that are closed in the end."""
    made: list[Pool] = []

    def make(seat: Callable[[], Chair], wanted: Callable[[], int] = lambda: 1) -> Pool:
        made.append(Pool(seat, wanted))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_an_item_is_tried_three_times(pools: Callable[..., Pool]) -> None:
    deaths = itertools.chain(["it fell", "it fell"], itertools.repeat(None))
    outcomes = pools(lambda: Chair(lambda: next(deaths))).map(double, [1, 2, 3])
    assert sorted(outcome.result or 0 for outcome in outcomes) == [2, 4, 6]


def test_a_lost_item_says_in_which_ways_its_workers_died(pools: Callable[..., Pool]) -> None:
    deaths = iter(["it fell", "it burnt", "it fell", None])
    outcomes = pools(lambda: Chair(lambda: next(deaths))).map(double, iter([1]))
    assert [outcome.lost for outcome in outcomes] == ["its worker died 3 times: it fell, or it burnt"]


def test_a_pool_grows_with_what_there_is(pools: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LOOK", 0.001)
    cpus = itertools.count(1)
    made = pools(Chair, lambda: min(next(cpus), 5))
    assert made.workers == 1
    assert len(list(made.map(rest, [0.01] * 20))) == 20
    assert made.workers == 5


def test_a_pool_does_not_shrink(pools: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LOOK", 0.001)
    cpus = itertools.chain([4], itertools.repeat(1))
    made = pools(Chair, lambda: next(cpus))
    assert len(list(made.map(rest, [0.01] * 5))) == 5
    assert made.workers == 4


def test_a_worker_that_cannot_be_started_is_an_error(pools: Callable[..., Pool]) -> None:
    def fail() -> None:
        raise AccordError("there is no such machine")

    with pytest.raises(AccordError, match="no such machine"):
        list(pools(lambda: Chair(starts=fail)).map(double, [1]))


def test_a_map_does_not_wait_for_a_worker_for_ever(pools: Callable[..., Pool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LOOK", 0.01)
    monkeypatch.setattr(pool, "START", 0.05)
    free = threading.Event()
    with pytest.raises(AccordError, match=r"no worker came up in 0\.05 seconds"):
        list(pools(lambda: Chair(starts=free.wait)).map(double, [1]))
    free.set()


def test_an_item_does_not_wait_for_the_seat_whose_worker_died(pools: Callable[..., Pool]) -> None:
    """Where a node is lost and there is no other, its seat stays empty; the others take over what it had."""
    free, first = threading.Event(), threading.Event()

    def seat() -> Chair:
        if first.is_set():
            return Chair()
        first.set()
        starts = iter([lambda: None, *[free.wait] * 3])
        return Chair(lambda: "lost with its node", lambda: next(starts)())

    outcomes = list(pools(seat, lambda: 2).map(double, range(10)))
    free.set()
    assert sorted(outcome.result or 0 for outcome in outcomes) == [2 * n for n in range(10)]


def test_closing_ends_all_seats(pools: Callable[..., Pool]) -> None:
    chairs: list[Chair] = []

    def seat() -> Chair:
        chairs.append(Chair())
        return chairs[-1]

    made = pools(seat, lambda: 3)
    assert len(list(made.map(double, range(10)))) == 10
    made.close()
    assert chairs
    assert all(chair.ended for chair in chairs)
    assert not [thread for thread in threading.enumerate() if thread.name == "accord-executor"]
