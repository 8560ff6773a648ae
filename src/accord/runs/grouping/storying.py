"""The steps of grouping that make stories of what is alike: links into parts, parts into stories, these in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.cluster.grouping.components import parts
from accord.cluster.grouping.piles import ranges, starts_of
from accord.cluster.grouping.regrouping import central, regrouped
from accord.runs.grouping.blocks import Blocks
from accord.runs.grouping.files import read_arrays, renamed, write_arrays
from accord.runs.grouping.linking import each_links, inner_links

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure
    from accord.runs.grouping.indexing import Place
    from accord.runs.steps import Receipt

    Ints = NDArray[np.int64]

TASK = 4096
"""About so many articles are grouped by a task: parts are put together, never taken apart."""
BATCH = 4096
"""Stories in a batch of the file of stories."""
ID = 12
_NO_DAY = -1
_STORIES = "stories.arrow"


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its `id`, the day of its first article (from 1 January of year 1), its articles by number."""

    id: str
    day: int | None
    central: int
    members: tuple[int, ...]


def divide(root: Path, regions: Sequence[Place], last: int, measure: Measure) -> int:
    """Write which part, and which task, each article up to the number `last` is in; return how many tasks these are."""
    blocks = Blocks(root)
    numbers = np.concatenate([blocks[at].numbers for at in range(len(blocks)) if blocks.holds(at)])
    part = parts(lambda: each_links(root, regions), last + 1, measure)
    order = np.argsort(part[numbers], kind="stable")
    members = numbers[order]
    heads = part[members]
    starts = np.flatnonzero(np.diff(heads, prepend=-1))
    _, task_of_part = np.unique(starts // TASK, return_inverse=True)
    task = np.full(last + 1, -1, np.int32)
    task[members] = np.repeat(task_of_part, np.diff(starts, append=len(members)))
    tasks = int(task_of_part[-1]) + 1
    write_arrays(
        root / "parts.arrow",
        {
            "part": part,
            "task": task,
            "members": members,
            "starts": starts_of(np.bincount(task[numbers], minlength=tasks)),
        },
    )
    return tasks


def make_stories(task: Place, *, folder: str, names: Sequence[str], measure: Measure) -> Receipt:
    """Write the stories of the parts of a task."""
    root = Path(folder)
    held = read_arrays(root / "parts.arrow")
    members = held["members"][int(held["starts"][task.at]) : int(held["starts"][task.at + 1])]
    part = held["part"][members]
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for a, b, value in zip(*(side.tolist() for side in inner_links(root, task.at, names)), strict=True):
        near[a][b] = near[b][a] = value
    blocks = Blocks(root)
    ids: list[str] = []
    days: list[int] = []
    centres: list[int] = []
    sizes: list[int] = []
    found: list[int] = []
    for numbers in np.split(members, np.flatnonzero(np.diff(part)) + 1):
        listed = numbers.tolist()
        place = {number: at for at, number in enumerate(listed)}
        sketches = blocks.sketches(listed)
        linked = [{place[other]: alike for other, alike in near.pop(n, {}).items()} for n in listed]
        for name, places in regrouped(sketches, linked, [None] * len(listed), measure):
            first = sketches[places[0]]
            ids.append(name)
            days.append(_NO_DAY if first.day is None else first.day)
            centres.append(listed[places[central(np.stack([sketches[at].vector for at in places]))]])
            sizes.append(len(places))
            found.extend(listed[at] for at in places)
    write_arrays(
        root / "made" / f"{task.key}.arrow",
        {
            "ids": np.frombuffer("".join(ids).encode(), np.uint8),
            "days": np.array(days, np.int64),
            "central": np.array(centres, np.uint32),
            "sizes": np.array(sizes, np.int64),
            "members": np.array(found, np.uint32),
        },
    )
    return {"stories": len(ids), "articles": len(members)}


def put_in_order(root: Path, tasks: Sequence[Place], last: int) -> int:
    """Write all stories to one file, in the order of their first articles; return how many they are."""
    import pyarrow as pa

    held = [_Made(read_arrays(root / "made" / f"{task.key}.arrow")) for task in tasks]
    bounds = starts_of(np.array([len(made.sizes) for made in held], np.int64))
    order = np.argsort(np.concatenate([made.firsts for made in held]), kind="stable")
    story_of = np.full(last + 1, -1, np.int32)
    ids, days = np.zeros((len(order), ID), np.uint8), np.zeros(len(order), np.int64)
    with (
        renamed(root / _STORIES) as other,
        pa.OSFile(str(other), "wb") as file,
        pa.ipc.new_file(file, _schema()) as writer,
    ):
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            home = np.searchsorted(bounds, rows, "right") - 1
            stories = slice(at, at + len(rows))
            centres, sizes = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
            for number in np.unique(home).tolist():
                here, made, there = home == number, held[number], rows[home == number] - bounds[number]
                ids[stories][here], days[stories][here] = made.ids[there], made.days[there]
                centres[here], sizes[here] = made.central[there], made.sizes[there]
            starts = starts_of(sizes)
            members = np.zeros(starts[-1], np.int64)
            for number in np.unique(home).tolist():
                here, made, there = home == number, held[number], rows[home == number] - bounds[number]
                members[ranges(starts[:-1][here], sizes[here])] = made.members[ranges(made.starts[there], sizes[here])]
            story_of[members] = np.repeat(np.arange(at, at + len(rows), dtype=np.int32), sizes)
            writer.write_batch(_batch(ids[stories], days[stories], centres, starts, members))
    write_arrays(root / "told.arrow", {"story_of": story_of, "ids": ids.ravel(), "days": days})
    return len(order)


def write_no_stories(root: Path) -> None:
    import pyarrow as pa

    with renamed(root / _STORIES) as other, pa.OSFile(str(other), "wb") as file:
        pa.ipc.new_file(file, _schema()).close()


def stories_of(root: Path) -> Iterator[Story]:
    """Yield the stories in the order of their first articles, a batch in memory at a time."""
    import pyarrow as pa

    with pa.memory_map(str(root / _STORIES)) as file:
        reader = pa.ipc.open_file(file)
        for at in range(reader.num_record_batches):
            columns = [reader.get_batch(at).column(name).to_pylist() for name in _schema().names]
            for name, day, middle, members in zip(*columns, strict=True):
                yield Story(name, day, middle, tuple(members))


def members_of(root: Path, stories: Ints) -> tuple[Ints, Ints]:
    """Return the articles of `stories`, which are all of one batch, one story after another; and how many each has."""
    import pyarrow as pa

    with pa.memory_map(str(root / _STORIES)) as file:
        column = pa.ipc.open_file(file).get_batch(int(stories[0]) // BATCH).column("members")
    offsets = column.offsets.to_numpy().astype(np.int64)
    rows = stories % BATCH
    sizes = offsets[rows + 1] - offsets[rows]
    return column.values.to_numpy()[ranges(offsets[rows], sizes)], sizes


class _Made:
    """The stories of a task."""

    def __init__(self, held: dict[str, NDArray[Any]]) -> None:
        self.ids: NDArray[np.uint8] = held["ids"].reshape(-1, ID)
        self.days: Ints = held["days"]
        self.central: NDArray[np.uint32] = held["central"]
        self.sizes: Ints = held["sizes"]
        self.members: NDArray[np.uint32] = held["members"]
        self.starts = starts_of(self.sizes)

    @property
    def firsts(self) -> NDArray[np.uint32]:
        return self.members[self.starts[:-1]]


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [("id", pa.string()), ("day", pa.int64()), ("central", pa.int64()), ("members", pa.list_(pa.int64()))]
    )


def _batch(ids: NDArray[np.uint8], days: Ints, centres: Ints, starts: Ints, members: Ints) -> pa.RecordBatch:
    import pyarrow as pa

    names = [row.tobytes().decode("ascii") for row in ids]
    lists = pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pa.array(members, pa.int64()))
    columns = [pa.array(names, pa.string()), pa.array(days, mask=days == _NO_DAY), pa.array(centres), lists]
    return pa.RecordBatch.from_arrays(columns, schema=_schema())
