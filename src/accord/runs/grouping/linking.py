"""The steps of grouping that find which articles are alike: a block at a time with all that share keys with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.cluster.grouping.keys import Carriers
from accord.cluster.grouping.neighbours import sharing
from accord.cluster.grouping.piles import alike
from accord.runs.columns import write_columns
from accord.runs.grouping.blocks import Blocks
from accord.runs.grouping.files import read_arrays, slices, sorted_by, write_arrays
from accord.runs.grouping.indexing import carriers_in
from accord.runs.parts import part_in, place_of
from accord.runs.rows import LinkRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure
    from accord.runs.grouping.indexing import Place
    from accord.runs.steps import Receipt

    Ints = NDArray[np.int64]
    Links = tuple[Ints, Ints, NDArray[np.float64]]

REGION = 8
"""Blocks whose links are written to one file."""
LINKS = "links"
_FOUND = "found"
_ROUND = 5
_COLUMNS = ["a", "b", "alike"]


def regions(blocks: int) -> int:
    return -(-blocks // REGION)


def find_links(place: Place, *, folder: str, buckets: Sequence[Place], measure: Measure) -> Receipt:
    """Write whom the articles of a block are like, by the region of the earlier article."""
    root = Path(folder)
    blocks = Blocks(root)
    own = blocks[place.at]
    carriers = carriers_in(root, place.at, buckets)
    numbers, within = _compact(np.concatenate([carriers.owners, own.numbers]))
    held = Carriers(carriers.sizes, within[: len(carriers.owners)], carriers.weights)
    first, second = (numbers[side] for side in sharing((held,), within[len(carriers.owners) :], len(numbers)))
    first, second = _each_once(np.minimum(first, second), np.maximum(first, second))
    mine = (first >= own.numbers[0]) & (first <= own.numbers[-1])
    ours, other = own.rows_of(np.where(mine, first, second)), np.where(mine, second, first)
    value = np.zeros(len(first))
    for block, rows in blocks.each(other):
        value[rows] = alike(own.pile, ours[rows], block.pile, block.rows_of(other[rows]), measure)
    value = value.round(_ROUND)
    kept = value >= measure.edge
    first, second, value = first[kept], second[kept], value[kept]
    order, starts = sorted_by(blocks.holding(first) // REGION, regions(len(blocks)))
    _write(root / _FOUND / f"{place.key}.arrow", (first[order], second[order], value[order]), starts)
    return {"pairs": len(kept), "links": len(first)}


def merge_links(region: Place, *, folder: str, names: Sequence[str], table: str) -> Receipt:
    """Write each link of a region once: for the steps that follow, and as a part of the table of links."""
    root = Path(folder)
    a, b, value = slices(root / _FOUND, list(names), region.at, _COLUMNS)
    order = np.lexsort((b, a))
    a, b, value = a[order], b[order], value[order]
    fresh = np.ones(len(a), bool)
    fresh[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    a, b, value = a[fresh].astype(np.int64), b[fresh].astype(np.int64), value[fresh]
    _write(root / LINKS / f"{region.key}.arrow", (a, b, value))
    if len(a):
        path = part_in(Path(table), LINKS, place_of("block", "00000"), region.key)
        write_columns(path, LinkRow, {"a": a, "b": b, "alike": value})
    return {"links": len(a)}


def links_of(path: Path) -> Links:
    held = read_arrays(path)
    return held["a"].astype(np.int64), held["b"].astype(np.int64), held["alike"]


def each_links(root: Path, regions: Sequence[Place]) -> Iterator[Links]:
    """Yield all links, a region at a time."""
    for region in regions:
        yield links_of(root / LINKS / f"{region.key}.arrow")


def write_inner(region: Place, *, folder: str, tasks: int) -> Receipt:
    """Write the links of a region that lie inside a part, by the task that groups it."""
    root = Path(folder)
    homes = read_arrays(root / "parts.arrow")
    a, b, value = links_of(root / LINKS / f"{region.key}.arrow")
    inside = homes["part"][a] == homes["part"][b]
    a, b, value = a[inside], b[inside], value[inside]
    order, starts = sorted_by(homes["task"][a], tasks)
    _write(root / "inner" / f"{region.key}.arrow", (a[order], b[order], value[order]), starts)
    return {"links": len(a)}


def inner_links(root: Path, task: int, names: Sequence[str]) -> Links:
    """Return the links of the parts of a task."""
    a, b, value = slices(root / "inner", list(names), task, _COLUMNS)
    return a.astype(np.int64), b.astype(np.int64), value


def _write(path: Path, links: Links, starts: Ints | None = None) -> None:
    a, b, value = links
    arrays: dict[str, NDArray[Any]] = {"a": a.astype(np.uint32), "b": b.astype(np.uint32), "alike": value}
    write_arrays(path, arrays if starts is None else {**arrays, "starts": starts})


def _compact(numbers: Ints) -> tuple[Ints, Ints]:
    """Return the distinct numbers, ascending, and the place of each among them."""
    lowest = int(numbers.min())
    there = np.zeros(int(numbers.max()) - lowest + 1, bool)
    there[numbers - lowest] = True
    places = np.cumsum(there, dtype=np.int32)
    return np.flatnonzero(there) + lowest, places[numbers - lowest].astype(np.int64) - 1


def _each_once(first: Ints, second: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    fresh = np.ones(len(first), bool)
    fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return first[fresh], second[fresh]
