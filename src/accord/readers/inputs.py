"""What passes between the readers: an opened input, a link to follow, and what a reader may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from accord.config import Config
from accord.records import Listing, Page, Rejected

if TYPE_CHECKING:
    from accord.readers.web import Answer

DEEPEST = 4
"""So many containers may lie in each other: a WARC in a gzip in a WACZ; a page of a feed of an OPML file."""


@dataclass(frozen=True, slots=True)
class Input:
    """An opened file, answer or member of an archive. `name` says where it is ("dump.warc.gz, record 17").

    `file` may not be seekable. `fetched`, `charset` and `listing` are those of the `Page`s made of it; `depth` counts
    the containers that it lies in; `base` is the URL that links in it are relative to, `address` its own URL.
    """

    file: BinaryIO
    name: str
    media_type: str
    fetched: str | None = None
    charset: str | None = None
    listing: Listing | None = None
    base: str | None = None
    depth: int = 0
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A page to fetch: its URL, what the feed or sitemap that lists it says of it, where it is listed.

    `formats` are the media types that it may have (a list names feeds, not their home pages); empty admits any. `base`
    is the URL of the list, where that was fetched too.
    """

    url: str
    listing: Listing | None = None
    listed_in: str | None = None
    depth: int = 0
    formats: frozenset[str] = frozenset()
    base: str | None = None


class Guide(Protocol):
    """Says which links a run follows, and is told what came of them, in the thread that takes the pages."""

    def wanted(self, link: Link) -> bool:
        """Tell whether `link` is to be fetched in this run; it is asked before anything of the page is looked at."""
        ...

    def came(self, link: Link, answer: Answer | Rejected) -> None:
        """Take note of what was fetched, or why nothing was; a list that cannot be read is told twice, the second
        time with the reason."""
        ...


class Desk(Protocol):
    """What a container's reader is handed: the settings, and the way to read what lies in it or is linked from it."""

    @property
    def config(self) -> Config: ...

    def open(self, item: Input) -> Iterator[Page | Rejected]:
        """Yield the pages of `item`, itself a container or not. Raises ReadError where it holds none."""
        ...

    def follow(self, links: Iterable[Link]) -> Iterator[Page | Rejected]:
        """Fetch `links` (lazily, several hosts side by side) and yield their pages in the order of the links.

        A container yields what this yields as it is, and does not look at it: in a run it stands for pages that are
        fetched later, together with those of other lists. A page that the run has read already is left out.
        """
        ...
