"""What passes between the steps of grouping: arrays in a file each step maps into memory, none of them read whole.

    DIR/_work/groups/blocks/00012.arrow    terms/00012.arrow    links/00003.arrow    ...    stories.arrow

A file is one row of Apache Arrow's IPC format whose columns are lists: each is an array of its own length.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RunError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

UNFINISHED = ".tmp"


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write `arrays` of one dimension to `path`, whole or not at all."""
    import pyarrow as pa

    columns = {
        name: pa.LargeListArray.from_arrays(pa.array([0, len(values)], pa.int64()), pa.array(values))
        for name, values in arrays.items()
    }
    batch = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    with renamed(path) as other, pa.OSFile(str(other), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays at `path`, which stay in the file until they are looked at."""
    import pyarrow as pa

    try:
        with pa.memory_map(str(path)) as file:
            batch = pa.ipc.open_file(file).get_batch(0)
    except (pa.ArrowException, OSError) as error:
        raise RunError(f"{path}: it cannot be read, or is damaged; remove the run's folder and run again") from error
    return {name: batch.column(name).values.to_numpy(zero_copy_only=True) for name in batch.schema.names}


@contextmanager
def renamed(path: Path) -> Iterator[Path]:
    """Give a path to write to; it becomes `path` once all is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    other = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        yield other
        other.replace(path)
    except BaseException:
        other.unlink(missing_ok=True)
        raise


def sorted_by(place: NDArray[np.integer], count: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return the order that sorts by `place`, and where each of `count` places starts and the last one ends."""
    import numpy as np

    from accord.cluster.grouping.piles import starts_of

    return np.argsort(place, kind="stable"), starts_of(np.bincount(place, minlength=count))


def slices(folder: Path, names: list[str], place: int, columns: list[str]) -> list[NDArray[Any]]:
    """Return what the files `names` of a folder hold of a place, one file after another: each of `columns`."""
    import numpy as np

    parts: list[list[NDArray[Any]]] = [[] for _ in columns]
    for name in names:
        held = read_arrays(folder / f"{name}.arrow")
        inside = slice(int(held["starts"][place]), int(held["starts"][place + 1]))
        for column, found in zip(columns, parts, strict=True):
            found.append(held[column][inside])
    return [np.concatenate(found) for found in parts]
