"""What every executor promises: each item once, in bounded memory, and though workers die."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.executors import EXECUTORS, Executor, executor
from chores import POISON, big, double, fail, fail_oddly, hang, kill, kill_once, length, rest

KINDS = [pytest.param(kind, marks=pytest.mark.xdist_group("ray")) if kind == "ray" else kind for kind in EXECUTORS]
DEADLY = KINDS[1:]  # who runs alone dies with its function


@pytest.fixture(scope="module")
def make(request: pytest.FixtureRequest) -> Callable[..., Executor]:
    """Give what makes executors of the kind that the test is run for."""
    kind = request.param
    if kind == "ray":
        request.getfixturevalue("nodes")
    return partial(executor, kind, workers=None if kind == "serial" else 2)


@pytest.fixture(scope="module")
def made(make: Callable[..., Executor]) -> Iterator[Executor]:
    """Give an executor, which stays from test to test: what one of them does to its workers must not harm the next."""
    with make() as found:
        yield found


everywhere = pytest.mark.parametrize("make", KINDS, indirect=True, scope="module")
where_workers_die = pytest.mark.parametrize("make", DEADLY, indirect=True, scope="module")


# items ----------------------------------------------------------------------------------------------------------------


@everywhere
def test_each_item_has_one_outcome(made: Executor) -> None:
    outcomes = list(made.map(double, range(100)))
    assert sorted((outcome.item, outcome.result) for outcome in outcomes) == [(n, 2 * n) for n in range(100)]
    assert not any(outcome.lost for outcome in outcomes)
    assert list(made.map(double, [])) == []
    assert Counter(outcome.result for outcome in made.map(double, [1, 1, 1])) == {2: 3}


@everywhere
def test_items_are_drawn_as_workers_become_free(made: Executor) -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        while True:
            drawn += 1
            yield drawn

    with closing(made.map(double, items())) as outcomes:
        for seen, _ in enumerate(itertools.islice(outcomes, 50)):
            assert drawn <= seen + 2 * made.workers
    assert drawn >= 50


@everywhere
def test_items_are_drawn_in_the_thread_of_the_caller_and_maps_can_be_chained(made: Executor) -> None:
    first = (outcome.result or 0 for outcome in made.map(double, range(20)))
    assert sorted(outcome.result or 0 for outcome in made.map(double, first)) == [4 * n for n in range(20)]


@everywhere
def test_items_and_results_can_be_big(made: Executor) -> None:
    assert [outcome.result for outcome in made.map(length, [b"x" * 20_000_000] * 4)] == [20_000_000] * 4
    assert [len(outcome.result or b"") for outcome in made.map(big, [20_000_000] * 4)] == [20_000_000] * 4


# errors ---------------------------------------------------------------------------------------------------------------


@everywhere
def test_what_the_function_raises_ends_the_map_and_not_the_executor(made: Executor) -> None:
    outcomes = made.map(fail, itertools.count())
    with pytest.raises(LookupError, match=f"there is no {POISON}"):
        for _ in outcomes:
            pass
    assert next(outcomes, None) is None
    assert len(list(made.map(fail, range(POISON)))) == POISON


@everywhere
def test_an_error_that_cannot_be_sent_comes_with_its_message(made: Executor) -> None:
    with pytest.raises(Exception, match=f"5 is as odd as {POISON}"):
        list(made.map(fail_oddly, [5]))


@everywhere
def test_what_the_items_raise_ends_the_map(made: Executor) -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(made.map(double, items()))
    assert [outcome.result for outcome in made.map(double, [4])] == [8]


@where_workers_die
def test_what_cannot_be_sent_is_an_error(made: Executor) -> None:
    with pytest.raises(Exception, match=r"pickle|local"):
        list(made.map(double, [lambda: 1]))  # type: ignore[list-item]
    with pytest.raises(Exception, match=r"pickle|local"):
        list(made.map(lambda item: item, [1]))


# deaths ---------------------------------------------------------------------------------------------------------------


@where_workers_die
def test_an_item_whose_worker_dies_is_tried_again(made: Executor, tmp_path: Path) -> None:
    outcomes = list(made.map(partial(kill_once, tmp_path), range(20)))
    assert sorted(outcome.result for outcome in outcomes if outcome.result is not None) == list(range(20))
    assert (tmp_path / "tried").exists()


@where_workers_die
def test_an_item_that_kills_its_worker_is_lost_and_no_other(made: Executor, capfd: pytest.CaptureFixture[str]) -> None:
    outcomes = {outcome.item: outcome for outcome in made.map(kill, range(20))}
    assert sorted(outcomes) == list(range(20))
    assert [outcome.item for outcome in outcomes.values() if outcome.lost] == [POISON]
    poison = outcomes.pop(POISON)
    assert poison.result is None
    assert poison.lost
    assert capfd.readouterr() == ("", "")
    assert re.match("its worker died 3 times: it was (ended by signal 9|killed)", poison.lost)
    assert all(outcome.result == item for item, outcome in outcomes.items())


@where_workers_die
def test_a_worker_that_does_not_come_back_is_killed(make: Callable[..., Executor]) -> None:
    with make(patience=0.7) as impatient:
        outcomes = {outcome.item: outcome for outcome in impatient.map(hang, range(10))}
    assert outcomes.pop(POISON).lost == "its worker died 3 times: stopped after 0.7 seconds"
    assert all(outcome.result == item for item, outcome in outcomes.items())


# ends -----------------------------------------------------------------------------------------------------------------


@where_workers_die
def test_what_is_given_up_is_ended_and_holds_up_nothing(made: Executor) -> None:
    with closing(made.map(rest, itertools.chain([0], itertools.repeat(60)))) as outcomes:
        assert next(outcomes).result
    assert [outcome.result for outcome in made.map(double, [2])] == [4]


@where_workers_die
def test_a_closed_executor_says_so(make: Callable[..., Executor]) -> None:
    with make() as made:
        begun = made.map(rest, [0, 60])
        next(begun)
    with pytest.raises(AccordError, match="closed"):
        next(begun)
    with pytest.raises(AccordError, match="closed"):
        list(made.map(double, [1]))
    made.close()
