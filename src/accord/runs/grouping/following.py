"""The steps of grouping that join stories in chains: a block of stories at a time with those that they may follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.cluster.grouping.chains import Centres, centres_of, following, most_like, walked, within
from accord.cluster.grouping.piles import starts_of
from accord.records import content_id
from accord.runs.grouping.blocks import Blocks
from accord.runs.grouping.files import read_arrays, renamed, slices, sorted_by, write_arrays
from accord.runs.grouping.linking import LINKS, links_of
from accord.runs.grouping.storying import BATCH, ID, members_of

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from accord.cluster.grouping.likeness import Measure
    from accord.runs.grouping.indexing import Place
    from accord.runs.steps import Receipt

    Ints = NDArray[np.int64]

_NEAR, _FOLLOWED = "near", "followed"
_COLUMNS = ["later", "early"]
_CHAINS = "chains.arrow"
_NAMED = 12


def story_blocks(stories: int) -> int:
    return -(-stories // BATCH)


def find_near(region: Place, *, folder: str, measure: Measure) -> Receipt:
    """Write which stories the links of a region join, and may follow one another, by the block of the later one."""
    root = Path(folder)
    told = read_arrays(root / "told.arrow")
    a, b, _ = links_of(root / LINKS / f"{region.key}.arrow")
    first, second = told["story_of"][a].astype(np.int64), told["story_of"][b].astype(np.int64)
    early, later = np.minimum(first, second), np.maximum(first, second)
    kept = (early != later) & within(told["days"][early], told["days"][later], measure)
    pairs = np.unique(np.stack([later[kept], early[kept]], axis=1), axis=0)
    starts = starts_of(np.bincount(pairs[:, 0] // BATCH, minlength=story_blocks(len(told["days"]))))
    arrays: dict[str, NDArray[Any]] = {
        "later": pairs[:, 0].astype(np.uint32),
        "early": pairs[:, 1].astype(np.uint32),
        "starts": starts,
    }
    write_arrays(root / _NEAR / f"{region.key}.arrow", arrays)
    return {"pairs": len(pairs)}


def find_followed(place: Place, *, folder: str, names: Sequence[str], measure: Measure) -> Receipt:
    """Write which story each of a block of stories follows, if any."""
    root = Path(folder)
    pairs = np.unique(np.stack(slices(root / _NEAR, list(names), place.at, _COLUMNS), axis=1).astype(np.int64), axis=0)
    later, early = pairs[:, 0], pairs[:, 1]
    blocks = Blocks(root)
    mine = np.unique(later)
    own = _centres(root, mine, blocks) if len(mine) else None
    value = np.zeros(len(later))
    order, starts = sorted_by(early // BATCH, place.at + 1)
    for at in range(place.at + 1):
        rows = order[starts[at] : starts[at + 1]]
        if own is not None and len(rows):
            others = np.unique(early[rows])
            a, b = np.searchsorted(mine, later[rows]), np.searchsorted(others, early[rows])
            value[rows] = following(own, a, _centres(root, others, blocks), b, measure)
    later, early = most_like(later[value > 0], early[value > 0], value[value > 0])
    write_arrays(root / _FOLLOWED / f"{place.key}.arrow", {"later": later, "early": early})
    return {"followed": len(later)}


def write_chains(root: Path, places: Sequence[Place]) -> int:
    """Write the chains; return how many they are."""
    import pyarrow as pa

    held = [read_arrays(root / _FOLLOWED / f"{place.key}.arrow") for place in places]
    empty = np.zeros(0, np.int64)
    members, sizes = walked(*(np.concatenate([empty, *(part[name] for part in held)]) for name in _COLUMNS))
    starts = starts_of(sizes)
    ids = read_arrays(root / "told.arrow")["ids"].reshape(-1, ID) if places else np.zeros((0, ID), np.uint8)
    with (
        renamed(root / _CHAINS) as other,
        pa.OSFile(str(other), "wb") as file,
        pa.ipc.new_file(file, _schema()) as writer,
    ):
        for at in range(0, len(sizes), BATCH):
            bounds = starts[at : at + BATCH + 1]
            names = [ids[n].tobytes().decode("ascii") for n in members[bounds[0] : bounds[-1]].tolist()]
            listed = [names[a - bounds[0] : b - bounds[0]] for a, b in pairwise(bounds.tolist())]
            columns = [pa.array([content_id("chain", chain[0]) for chain in listed]), pa.array(listed)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=_schema()))
    return len(sizes)


def chains_of(root: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the id of each chain, and the ids of its stories."""
    import pyarrow as pa

    with pa.memory_map(str(root / _CHAINS)) as file:
        reader = pa.ipc.open_file(file)
        for at in range(reader.num_record_batches):
            columns = reader.get_batch(at)
            for name, listed in zip(
                columns.column("id").to_pylist(), columns.column("stories").to_pylist(), strict=True
            ):
                yield name, tuple(listed)


def _centres(root: Path, stories: Ints, blocks: Blocks) -> Centres:
    """Return the centres of stories, all of one batch."""
    numbers, sizes = members_of(root, stories)
    return centres_of(*blocks.gathered(numbers, _NAMED), sizes)


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("id", pa.string()), ("stories", pa.list_(pa.string()))])
