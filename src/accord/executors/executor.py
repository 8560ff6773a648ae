"""What every executor does: it maps a function over items, each item once, though workers die."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

TRIES = 3
"""So often an item is tried whose worker dies; then it is lost."""
PATIENCE = 900.0
"""Seconds after which a worker that has not finished its item is killed."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Result]):
    """What became of an item: its `result`; or, in `lost`, why it has none: "its worker died 3 times (signal 9)"."""

    item: Item
    result: Result | None
    lost: str | None = None


class Executor(Protocol):
    """Runs a function over items, here or on other machines.

    `map` yields one outcome for each item, as they are finished, in any order. Items are drawn as workers become free,
    at most about two for each, so memory does not grow with their number. `function` stands at the top of a module, or
    is a `functools.partial` of one that does, and can be run twice on an item without harm: an item whose worker dies
    is tried again, `TRIES` times in all. What `function` raises is raised by `map`, which then ends.

        with Serial() as executor: [outcome.result for outcome in executor.map(abs, [-1, 2])] -> [1, 2]
    """

    @property
    def workers(self) -> int:
        """How many items are worked on at a time."""
        ...

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]: ...

    def close(self) -> None:
        """End the workers; what they were at is given up."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
