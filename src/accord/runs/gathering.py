"""The last step of a run: the many small parts that its workers wrote become the few of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from accord.runs.columns import gathered
from accord.runs.parts import WORK, part_in, parts_of

if TYPE_CHECKING:
    from accord.runs.steps import Receipt

GATHER = "write"
BYTES = 64_000_000
"""A part of a table is about as large at most: so much is read at once with pleasure, and many can be side by side."""


@dataclass(frozen=True, slots=True)
class GatherTask:
    """Small parts of one partition of a table, in their order, that become one; paths are relative to the run."""

    key: str
    table: str
    place: str
    parts: tuple[str, ...]


def small(output: Path) -> Path:
    """Return the folder of the small parts."""
    return output / WORK / "tables"


def gather_tasks(output: Path, tables: Sequence[str]) -> Iterator[GatherTask]:
    """Yield what becomes a part of each of `tables`: neighbours in time, of one partition."""
    for table in tables:
        for place, found in groupby(parts_of(small(output), table), key=lambda path: path.parent.name):
            batch: list[str] = []
            size = number = 0
            for path in found:
                more = path.stat().st_size
                if batch and size + more > BYTES:
                    yield GatherTask(f"{table}/{place}/{number:05}", table, place, tuple(batch))
                    number, batch, size = number + 1, [], 0
                batch.append(path.relative_to(output).as_posix())
                size += more
            yield GatherTask(f"{table}/{place}/{number:05}", table, place, tuple(batch))


def gather(task: GatherTask, *, output: str) -> Receipt:
    """Write one part of a table from the small ones."""
    root = Path(output)
    path = part_in(root, task.table, task.place, task.key.rpartition("/")[2])
    rows = gathered(path, [root / part for part in task.parts])
    return {"path": path.relative_to(root).as_posix(), "rows": rows, "bytes": path.stat().st_size}
