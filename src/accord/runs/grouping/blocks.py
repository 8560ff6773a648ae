"""Blocks of sketches: those of some thousand articles as arrays in one file, mapped into memory by whoever asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from accord.cluster.grouping.keys import TERMS, Leading
from accord.cluster.grouping.piles import Pile, pile_of, ranges, starts_of
from accord.cluster.grouping.sketches import Sketch
from accord.errors import RunError
from accord.runs.grouping.files import read_arrays, write_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

FOLDER = "blocks"
_CATALOG = "catalog"
_OPEN = 64
_NO_DAY = -1
NOWHERE = int(np.iinfo(np.int64).max)
"""The first number of a block that is empty, where none follows that is not; else that of the next."""
_MOST = 2**32 - 1
"""Numbers of articles are written as 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The sketches of articles that follow one another: their `numbers`, ascending, and days, -1 for none.

    `told` has the places of each one's terms in `pile`, from its first one, the most telling term first.
    """

    numbers: Ints
    days: Ints
    pile: Pile
    told: NDArray[np.uint16]
    name_starts: Ints
    names: NDArray[np.uint8]

    def rows_of(self, numbers: Ints) -> Ints:
        rows: Ints = np.searchsorted(self.numbers, numbers).astype(np.int64)
        return rows

    def sketch(self, row: int) -> Sketch:
        inside = slice(int(self.pile.starts[row]), int(self.pile.starts[row + 1]))
        told = self.told[inside]
        name = self.names[int(self.name_starts[row]) : int(self.name_starts[row + 1])].tobytes()
        day = int(self.days[row])
        return Sketch(
            name.decode("utf-8", "surrogatepass"),
            None if day == _NO_DAY else day,
            self.pile.terms[inside][told],
            self.pile.weights[inside][told].astype(np.float32),
            self.pile.vectors[row].astype(np.float32),
        )

    def leading(self, rows: Ints, most: int = TERMS) -> Leading:
        """Return the most telling terms of some articles."""
        starts = self.pile.starts[rows]
        sizes = np.minimum(self.pile.starts[rows + 1] - starts, most)
        places = np.repeat(starts, sizes) + self.told[ranges(starts, sizes)]
        weights = self.pile.weights[places].astype(np.float32)
        return Leading(starts_of(sizes), self.pile.terms[places], weights, self.days[rows])


def write_block(path: Path, sketches: Sequence[tuple[int, Sketch]]) -> None:
    """Write sketches, in the order of their numbers. Those from `unpack` come back bit for bit: in half precision."""
    items = [item for _, item in sketches]
    if sketches[-1][0] > _MOST:
        raise RunError(f"article {sketches[-1][0]}: a run holds {_MOST} articles at most; divide it")
    if len({len(item.vector) for item in items}) != 1:
        raise RunError(f"{path.name}: its sketches were made by different models; run again from the start")
    pile = pile_of(items)
    told = np.concatenate([np.zeros(0, np.uint16), *(_ranks(item.terms) for item in items)])
    names = [item.article.encode("utf-8", "surrogatepass") for item in items]
    write_arrays(
        path,
        {
            "numbers": np.array([number for number, _ in sketches], np.int64),
            "days": np.array([_NO_DAY if item.day is None else item.day for item in items], np.int64),
            "starts": pile.starts,
            "terms": pile.terms,
            "weights": pile.weights.astype(np.float16),
            "told": told,
            "vectors": pile.vectors.astype(np.float16).ravel(),
            "name_starts": starts_of(np.array([len(name) for name in names], np.int64)),
            "names": np.frombuffer(b"".join(names), np.uint8),
        },
    )


def _ranks(terms: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Return the place of each term among the same terms sorted."""
    ranks = np.empty(len(terms), np.uint16)
    ranks[np.argsort(terms, kind="stable")] = np.arange(len(terms), dtype=np.uint16)
    return ranks


def read_block(path: Path) -> Block:
    held = read_arrays(path)
    count = len(held["numbers"])
    pile = Pile(held["starts"], held["terms"], held["weights"], held["vectors"].reshape(count, -1))
    return Block(held["numbers"], held["days"], pile, held["told"], held["name_starts"], held["names"])


class Blocks:
    """The blocks of a run, in the order of their numbers; some are kept open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self.firsts = read_arrays(self._folder / f"{_CATALOG}.arrow")["firsts"]
        self._open: OrderedDict[int, Block] = OrderedDict()

    def __len__(self) -> int:
        return len(self.firsts)

    def __getitem__(self, at: int) -> Block:
        if at in self._open:
            self._open.move_to_end(at)
        else:
            self._open[at] = read_block(self._folder / f"{at:05}.arrow")
            if len(self._open) > _OPEN:
                self._open.popitem(last=False)
        return self._open[at]

    def holds(self, at: int) -> bool:
        """Return whether there is anything in a block."""
        return int(self.firsts[at]) != int(np.append(self.firsts, NOWHERE)[at + 1])

    def holding(self, numbers: NDArray[np.integer]) -> Ints:
        """Return the block that each of `numbers` is in."""
        found: Ints = np.searchsorted(self.firsts, numbers, "right").astype(np.int64) - 1
        return found

    def each(self, numbers: Ints) -> Iterator[tuple[Block, NDArray[np.intp]]]:
        """Yield the blocks that hold any of `numbers`, with the places of these among `numbers`."""
        home = self.holding(numbers)
        order = np.argsort(home, kind="stable")
        touched, starts = np.unique(home[order], return_index=True)
        for at, places in zip(touched.tolist(), np.split(order, starts[1:]), strict=bool(len(order))):
            yield self[at], places

    def sketches(self, numbers: Sequence[int]) -> list[Sketch]:
        found = []
        for number, home in zip(numbers, self.holding(np.array(numbers, np.int64)).tolist(), strict=True):
            block = self[home]
            found.append(block.sketch(int(np.searchsorted(block.numbers, number))))
        return found

    def gathered(self, numbers: Ints, named: int) -> tuple[Pile, Leading]:
        """Return the arrays of some articles, and the leading terms of each, so many at most."""
        sizes, heads = np.zeros(len(numbers), np.int64), np.zeros(len(numbers), np.int64)
        parts = []
        for block, places in self.each(numbers):
            rows = block.rows_of(numbers[places])
            sizes[places] = block.pile.starts[rows + 1] - block.pile.starts[rows]
            leading = block.leading(rows, named)
            heads[places] = np.diff(leading.starts)
            parts.append((places, block.pile, rows, leading))
        starts, head_starts = starts_of(sizes), starts_of(heads)
        width = parts[0][1].vectors.shape[1] if parts else 1
        vectors = np.zeros((len(numbers), width), np.float16)
        terms, weights = np.zeros(starts[-1], np.uint64), np.zeros(starts[-1], np.float16)
        head_terms, head_weights = np.zeros(head_starts[-1], np.uint64), np.zeros(head_starts[-1], np.float32)
        for places, pile, rows, leading in parts:
            there, here = ranges(pile.starts[rows], sizes[places]), ranges(starts[places], sizes[places])
            terms[here], weights[here] = pile.terms[there], pile.weights[there]
            vectors[places] = pile.vectors[rows]
            here = ranges(head_starts[places], heads[places])
            head_terms[here], head_weights[here] = leading.terms, leading.weights
        days = np.zeros(len(numbers), np.int64)
        return Pile(starts, terms, weights, vectors), Leading(head_starts, head_terms, head_weights, days)


def write_catalog(folder: Path, firsts: Iterable[int]) -> None:
    """Say which number each block begins with."""
    write_arrays(folder / FOLDER / f"{_CATALOG}.arrow", {"firsts": np.array(list(firsts), np.int64)})
