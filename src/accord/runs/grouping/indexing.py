"""The first steps of grouping: sketches into blocks, and who carries which key of the index, a part of the keys each.

Each carrier of a key goes to every block that holds another one of it, so that a block finds for itself who shares keys
with its articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.cluster.grouping import keys
from accord.cluster.grouping.keys import Carriers, Postings
from accord.cluster.grouping.packing import unpack
from accord.cluster.grouping.piles import ranges, starts_of
from accord.runs.columns import read_part
from accord.runs.grouping.blocks import FOLDER, Blocks, read_block, write_block
from accord.runs.grouping.files import read_arrays, slices, sorted_by, write_arrays
from accord.runs.rows import SketchRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from accord.runs.steps import Receipt

    Ints = NDArray[np.int64]

TERMS, PAIRS = "terms", "pairs"
_COMMON = "common"
_COLUMNS = ["keys", "owners", "weights"]


@dataclass(frozen=True, slots=True)
class Place:
    """A block, or a part of the keys, or of the stories: `at` counts them."""

    key: str
    at: int


@dataclass(frozen=True, slots=True)
class BlockTask:
    """Sketches in files that become the block `at`; their keys are dealt out to so many `buckets`."""

    key: str
    at: int
    paths: tuple[str, ...]
    buckets: int


def places(count: int) -> list[Place]:
    return [Place(f"{at:05}", at) for at in range(count)]


def make_block(task: BlockTask, *, folder: str) -> Receipt:
    """Write a block, and which terms its articles carry, by the bucket of the term."""
    held: list[SketchRow] = [row for path in task.paths for row in read_part(Path(path), SketchRow)]
    if not held:
        return {"first": None, "last": None, "articles": 0}
    root = Path(folder)
    write_block(root / FOLDER / f"{task.key}.arrow", [(row.number, unpack(row.sketch)) for row in held])
    block = read_block(root / FOLDER / f"{task.key}.arrow")
    postings, days = keys.term_postings(block.leading(np.arange(len(held))), block.numbers)
    _write(root / TERMS / f"{task.key}.arrow", postings, task.buckets, days)
    return {"first": held[0].number, "last": held[-1].number, "articles": len(held)}


def carry_terms(bucket: Place, *, folder: str, names: Sequence[str]) -> Receipt:
    """Write the carriers of the terms in a bucket for the blocks; and its terms that too many articles carry."""
    root = Path(folder)
    found, owners, weights, days = slices(root / TERMS, list(names), bucket.at, [*_COLUMNS, "days"])
    postings = Postings(found, owners.astype(np.int64), weights.astype(np.int64))
    carriers, common = keys.term_carriers(postings, days.astype(np.int64))
    _send(root / "carriers" / f"{TERMS}-{bucket.key}.arrow", carriers, Blocks(root))
    write_arrays(root / _COMMON / f"{bucket.key}.arrow", {"terms": common})
    return {"keys": len(carriers.sizes), "common": len(common)}


def gather_common(root: Path, buckets: Sequence[Place]) -> int:
    """Write the terms that too many articles carry, of all buckets, to one file; return how many they are."""
    held = [read_arrays(root / _COMMON / f"{bucket.key}.arrow")["terms"] for bucket in buckets]
    terms = np.sort(np.concatenate(held))
    write_arrays(root / f"{_COMMON}.arrow", {"terms": terms})
    return len(terms)


def pair_terms(place: Place, *, folder: str, buckets: int) -> Receipt:
    """Write which pairs of common terms the articles of a block carry, by the bucket of the pair."""
    root = Path(folder)
    block = read_block(root / FOLDER / f"{place.key}.arrow")
    common = read_arrays(root / f"{_COMMON}.arrow")["terms"]
    postings = keys.pair_postings(block.leading(np.arange(len(block.numbers))), block.numbers, common)
    _write(root / PAIRS / f"{place.key}.arrow", postings, buckets)
    return {"pairs": len(postings.keys)}


def carry_pairs(bucket: Place, *, folder: str, names: Sequence[str]) -> Receipt:
    """Write the carriers of the pairs in a bucket for the blocks."""
    root = Path(folder)
    found, owners, weights = slices(root / PAIRS, list(names), bucket.at, _COLUMNS)
    carriers = keys.pair_carriers(Postings(found, owners.astype(np.int64), weights.astype(np.int64)))
    _send(root / "carriers" / f"{PAIRS}-{bucket.key}.arrow", carriers, Blocks(root))
    return {"keys": len(carriers.sizes)}


def carriers_in(root: Path, place: int, buckets: Sequence[Place]) -> Carriers:
    """Return the keys that articles of a block carry, with all of their carriers."""
    folder = root / "carriers"
    found: list[list[NDArray[np.integer]]] = [[], [], []]
    for kind in (TERMS, PAIRS):
        for bucket in buckets:
            held = read_arrays(folder / f"{kind}-{bucket.key}.arrow")
            keyed = slice(int(held["key_starts"][place]), int(held["key_starts"][place + 1]))
            inside = slice(int(held["starts"][place]), int(held["starts"][place + 1]))
            for part, values in zip(
                found, (held["sizes"][keyed], held["owners"][inside], held["weights"][inside]), strict=True
            ):
                part.append(values)
    sizes, owners, weights = (np.concatenate(part).astype(np.int64) for part in found)
    return Carriers(sizes, owners, weights)


def _write(path: Path, postings: Postings, buckets: int, days: Ints | None = None) -> None:
    """Write postings by the bucket of their keys."""
    order, starts = sorted_by((postings.keys % np.uint64(buckets)).astype(np.int64), buckets)
    arrays: dict[str, NDArray[Any]] = {
        "keys": postings.keys[order],
        "owners": postings.owners[order].astype(np.uint32),
        "weights": postings.weights[order].astype(np.uint16),
        "starts": starts,
    }
    if days is not None:
        arrays["days"] = days[order].astype(np.int32)
    write_arrays(path, arrays)


def _send(path: Path, carriers: Carriers, blocks: Blocks) -> None:
    """Write keys with their carriers once for each block that holds a carrier, by the block."""
    home = blocks.holding(carriers.owners)
    key = np.repeat(np.arange(len(carriers.sizes)), carriers.sizes)
    fresh = np.ones(len(key), bool)
    fresh[1:] = (key[1:] != key[:-1]) | (home[1:] != home[:-1])
    home, key = home[fresh], key[fresh]
    order, key_starts = sorted_by(home, len(blocks))
    key = key[order]
    sizes = carriers.sizes[key]
    inside = ranges(starts_of(carriers.sizes)[:-1][key], sizes)
    write_arrays(
        path,
        {
            "sizes": sizes.astype(np.uint8),
            "owners": carriers.owners[inside].astype(np.uint32),
            "weights": carriers.weights[inside].astype(np.uint16),
            "key_starts": key_starts,
            "starts": starts_of(sizes)[key_starts],
        },
    )
