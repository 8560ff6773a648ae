"""The first step of a run: pages are read here, in batches, and parsed by the workers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from accord.errors import RunError
from accord.records import Page, Rejected, Unchanged
from accord.runs.columns import whole, write_part
from accord.runs.gathering import small
from accord.runs.parts import WORK, part_in, place_of
from accord.runs.rows import ReadRow, RejectedRow

if TYPE_CHECKING:
    from collections.abc import Generator

    from accord.config import Config
    from accord.runs.steps import Receipt

READ = "read"
PAGES, BYTES = 64, 4_000_000
"""A batch ends with so many pages, or so many bytes."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """A batch of pages, and of what could not be read; `key` is its number and a digest of what it holds."""

    key: str
    items: tuple[Page | Rejected, ...]


def page_tasks(paths: Iterable[str], config: Config, known: Iterable[str] = ()) -> Iterator[PageTask]:
    """Yield the pages at `paths` in batches, in their order.

    `known` are the keys of batches that an earlier process had: raises RunError where the input gives others now.
    """
    before = {key.partition("-")[0]: key for key in known}
    number = -1
    for number, items in enumerate(_batches(paths, config)):
        task = PageTask(f"{number:07}-{_digest(items)}", items)
        if before.pop(f"{number:07}", task.key) != task.key:
            raise RunError(f"{_where(items)}: it is not what this run began with; start anew, with another --output")
        yield task
    if before:
        raise RunError("the inputs hold less than when this run began; start anew, with another --output")


def parse_batch(task: PageTask, *, output: str, config: Config) -> Receipt:
    """Parse a batch of pages; write its articles for the next step, and what was left out."""
    from accord.parse import parse_each
    from accord.parse.versions import keys_of, print_of

    rows: list[ReadRow] = []
    rejected: list[RejectedRow] = []
    for item in parse_each(task.items, config):
        if isinstance(item, Unchanged):
            continue
        if isinstance(item, Rejected):
            rejected.append(RejectedRow(item.what, item.stage, item.reason))
            continue
        parsed = replace(item, article=whole(item.article))
        place = (len(rows), len(parsed.article.text), parsed.what)
        rows.append(
            ReadRow(*place, print_of(parsed), keys_of(parsed), parsed.own_id, parsed.fetched, article=parsed.article)
        )
    write_part(read_file(Path(output), task.key), ReadRow, rows)
    write_rejected(output, READ, task.key, rejected)
    return {"articles": len(rows), "rejected": len(rejected)}


def try_batch(task: PageTask, *, config: Config) -> None:
    """Parse a batch, and write nothing: does the worker live through it?"""
    from accord.parse import parse_each

    for _ in parse_each(task.items, config):
        pass


def pieces(task: PageTask) -> list[PageTask]:
    """Return each item of a batch as a task of its own."""
    return [PageTask(f"{task.key}.{number}", (item,)) for number, item in enumerate(task.items)]


def without(task: PageTask, lost: Mapping[int, str]) -> PageTask:
    """Return the batch with a note in place of each item that workers died of."""
    return PageTask(
        task.key,
        tuple(
            Rejected(item.location, "parse", lost[number]) if number in lost and isinstance(item, Page) else item
            for number, item in enumerate(task.items)
        ),
    )


def read_file(output: Path, key: str) -> Path:
    """Return where the parsed articles of a batch stand."""
    return output / WORK / READ / key[:4] / f"{key}.parquet"


def write_rejected(output: str, step: str, key: str, rows: Sequence[RejectedRow]) -> None:
    """Write what a task left out, if anything: a part of the table `rejected`."""
    if rows:
        write_part(part_in(small(Path(output)), "rejected", place_of("stage", step), key), RejectedRow, rows)


def _batches(paths: Iterable[str], config: Config) -> Iterator[tuple[Page | Rejected, ...]]:
    from accord.readers import read

    batch: list[Page | Rejected] = []
    size = 0
    with closing(cast("Generator[Page | Rejected]", read(paths, config))) as pages:
        for item in pages:
            batch.append(item)
            size += len(item.content) if isinstance(item, Page) else 0
            if len(batch) >= PAGES or size >= BYTES:
                yield tuple(batch)
                batch, size = [], 0
    if batch:
        yield tuple(batch)


def _digest(items: Iterable[Page | Rejected]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for item in items:
        note = b"" if isinstance(item, Page) else f"{item.what}: {item.reason}".encode(errors="replace")
        digest.update(item.content if isinstance(item, Page) else note)
        digest.update(b"\x1e")
    return digest.hexdigest()


def _where(items: Sequence[Page | Rejected]) -> str:
    first = items[0]
    return first.location if isinstance(first, Page) else first.what
