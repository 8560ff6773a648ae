"""One item after another, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Self

from accord.executors.executor import Item, Outcome, Result


class Serial:
    """Runs everything in the caller's own process: the simplest to follow, and to look into with a debugger.

    An item is drawn, worked on and given before the next one is drawn. There is nobody to outlive a worker that dies
    and nobody to watch its time: a function that ends the process ends the caller, and none is ended for lateness, so
    no item is ever lost.
    """

    workers = 1

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        """Yield the outcome of each item, in their order."""
        for item in items:
            yield Outcome(item, function(item))

    def close(self) -> None:
        """Do nothing: there are no workers."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
