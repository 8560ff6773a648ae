"""What a list of subscriptions in a file names, for one who reads the feeds at times of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from accord.config import Config
from accord.errors import ReadError
from accord.readers import opml
from accord.readers.files import beginning, open_file, printable
from accord.readers.inputs import Input, Link
from accord.readers.kinds import media_type
from accord.records import Page, Rejected


def subscriptions(path: str, config: Config | None = None) -> Iterator[Link | Rejected]:
    """Yield the feeds that the OPML file at `path` names, as links that stand for themselves, and what is wrong in it.

    Raises ReadError where it cannot be read, is no OPML file, or names no feed.
    """
    with open_file(path) as file:
        kind = media_type(path, beginning(file))
        if kind != "text/x-opml":
            raise ReadError(f"it holds {kind}, no list of feeds (OPML); add files by themselves, or name addresses")
        for item in opml.pages(Input(file, printable(path), kind), _Collecting(config or Config())):
            yield replace(item, depth=0) if isinstance(item, Link) else cast(Rejected, item)


class _Collecting:
    """A `Desk` that fetches nothing, and hands back the links themselves."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def open(self, item: Input) -> Iterator[Page | Rejected]:
        raise ReadError("a list of feeds holds no pages")

    def follow(self, links: Iterable[Link]) -> Iterator[Page | Rejected]:
        yield from (cast(Page, link) for link in links)  # as `_Reading` does: a container only hands them on
