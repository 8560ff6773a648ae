"""Read: paths and URLs in, `Page`s out, one at a time. What cannot be read is a `Rejected`, and the rest go on.

A new format is one line in `readers.kinds.MEDIA_TYPES` and a module in `parse`; a format that holds several pages (an
archive, a table, a feed) is one function in a module here and one line in `CONTAINERS`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, cast

from accord.config import Config
from accord.errors import ReadError
from accord.readers import archives, feeds, json_feed, lines, mail, opml, parquet, sitemaps, tables, warc
from accord.readers.files import beginning, expand, identity, open_file, printable, whole
from accord.readers.inputs import DEEPEST, Desk, Guide, Input, Link
from accord.readers.kinds import MEDIA_TYPES, media_type, web_address
from accord.readers.links import Asked
from accord.readers.streams import open_stdin
from accord.records import Page, Rejected, Unchanged
from accord.urls import normal

if TYPE_CHECKING:
    from accord.readers.web import Answer, Fetcher
    from accord.readers.web.memory import Memory

__all__ = ["CONTAINERS", "MEDIA_TYPES", "media_type", "read", "read_all"]

CONTAINERS: dict[str, Callable[[Input, Desk], Iterator[Page | Rejected]]] = {
    "application/jsonl": lines.pages,
    "application/rss+xml": feeds.pages,
    "application/feed+json": json_feed.pages,
    "application/sitemap+xml": sitemaps.pages,
    "text/x-opml": opml.pages,
    "application/gzip": archives.packed,
    "application/zstd": archives.packed,
    "application/zip": archives.zipped,
    "application/warc": warc.pages,
    "text/csv": tables.rows,
    "message/rfc822": mail.message,
    "application/mbox": mail.mailbox,
    "application/vnd.apache.parquet": parquet.rows,
}

_TOO_DEEP = f"over {DEEPEST} archives or lists lie in each other; unpack or read the inner ones by themselves"
_HELD = 32_000_000
"""So many bytes of pages are held back while links before them are fetched."""


def read(
    paths: Iterable[str | Link],
    config: Config | None = None,
    *,
    memory: Memory | None = None,
    stdin: bytes | None = None,
    guide: Guide | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Page | Rejected]:
    """Yield the pages that `paths` name, in the order given, and what could not be read.

    A folder gives its files with a known suffix (all levels, sorted), a pattern (`*`, `?`, `[...]`, `**`) what it
    matches, a URL what stands there, `-` standard input or the bytes in `stdin`; archives, tables and feeds give the
    pages in them. A file or a page named twice is read once. Each failure is a `Rejected` that says what to do; no path
    makes the others fail. `memory` keeps what servers said of pages from run to run, so that unchanged ones are not
    sent again. Who reads again and again brings a `guide`, which says which links are followed, and a `fetcher` with a
    memory of its own, which is used and left open; `paths` may hold links, too.

        read(["reports/", "page.html", "-"]) -> Page(b"...", "reports/a.txt", "text/plain"), ...
    """
    with closing(_Reading(config or Config(), memory, guide, fetcher)) as reading:
        yield from reading.pages(paths, stdin)


class _Reading:
    """One run over some paths: the `Desk` that containers see.

    Links are not fetched where a container asks for them. `follow` hands them on in their places, and a row of
    `_fetched`, one for each level of lists (an OPML file's feeds, their articles ...), puts the pages there. So the
    pages of all feeds pass through one fetch, side by side over their hosts, and a level holds one list open at a time.
    """

    def __init__(self, config: Config, memory: Memory | None, guide: Guide | None, fetcher: Fetcher | None) -> None:
        self._config = config
        self._memory = memory
        self._guide = guide
        self._fetcher = fetcher
        self._lent = fetcher is not None
        self._incomplete: set[str] = set()
        self._asked = Asked()
        self._led_to = Asked()

    @property
    def config(self) -> Config:
        return self._config

    def close(self) -> None:
        if self._fetcher is not None and not self._lent:
            self._fetcher.close()

    def pages(self, paths: Iterable[str | Link], stdin: bytes | None) -> Iterator[Page | Rejected]:
        """Yield the pages of `paths`, those they link to in their places."""
        found: Iterator[Page | Rejected | Link] = self._named(paths, stdin)
        for _ in range(DEEPEST + 1):
            found = self._fetched(found)
        for item in found:
            yield Rejected(item.url, "read", _TOO_DEEP) if isinstance(item, Link) else item
        for url in self._incomplete:  # once more: what was said of a list may be remembered after a page of it failed
            self._fetching().forget(url)

    def _named(self, paths: Iterable[str | Link], stdin: bytes | None) -> Iterator[Page | Rejected | Link]:
        seen: set[str] = set()
        for path in paths:
            if isinstance(path, Link):
                yield from self.follow([path])
            elif web_address(path):
                yield from self.follow([Link(path)])
            else:
                yield from self._path(path, seen, stdin)

    def _path(self, path: str, seen: set[str], stdin: bytes | None) -> Iterator[Page | Rejected]:
        try:
            names, unlisted = expand(path)
        except ReadError as error:
            yield Rejected(printable(path), "read", str(error))
            return
        yield from unlisted
        for name in names:
            key = identity(name)
            if key in seen:
                continue
            seen.add(key)
            try:
                if name == "-":
                    yield from self.open(open_stdin(stdin))
                else:
                    with open_file(name) as file:
                        yield from self.open(Input(file, printable(name), media_type(name, beginning(file))))
            except ReadError as error:
                yield Rejected(printable(name), "read", str(error))

    def open(self, item: Input) -> Iterator[Page | Rejected]:
        """Yield the pages of `item`. Raises ReadError where it holds none."""
        if item.depth > DEEPEST:
            raise ReadError(_TOO_DEEP)
        container = CONTAINERS.get(item.media_type)
        if container is not None:
            yield from container(item, self)
        else:
            content = whole(item.file, self._config)
            yield Page(content, item.name, item.media_type, item.fetched, item.charset, item.listing, item.address)

    def follow(self, links: Iterable[Link]) -> Iterator[Page | Rejected]:
        """Hand on the links that are new to this run; `_fetched` puts their pages in their places."""
        for link in links:
            if link.depth > DEEPEST:
                yield Rejected(link.url, "read", _TOO_DEEP)
            elif (self._guide is None or self._guide.wanted(link)) and self._asked.add(link.url):
                yield cast(Page, link)  # for all that a container may do with it, which is to yield it

    def _fetched(self, found: Iterator[Page | Rejected | Link]) -> Iterator[Page | Rejected | Link]:
        """Yield what is `found`, the pages of links in their places, links that those lead to left for the next."""
        for item in found:
            if isinstance(item, Link):
                yield from self._stretch(item, found)
            else:
                yield item

    def _stretch(self, first: Link, found: Iterator[Page | Rejected | Link]) -> Iterator[Page | Rejected | Link]:
        """Fetch `first` and the links after it, until more than may be held lies between them."""
        ahead: deque[Page | Rejected | None] = deque()  # what is found, None for each link
        held = 0

        def links() -> Iterator[Link]:
            nonlocal held
            for item in chain([first], found):
                if isinstance(item, Link):
                    ahead.append(None)
                    yield item
                    continue
                ahead.append(item)
                held += _size(item)
                if held > _HELD:
                    return

        for link, answer in self._fetching().fetch(links()):
            while (item := ahead.popleft()) is not None:
                held -= _size(item)
                yield item
            yield from self._opened(link, answer)
        yield from (item for item in ahead if item is not None)

    def _opened(self, link: Link, answer: Answer | Rejected) -> Iterator[Page | Rejected]:
        """Yield the pages of what came of `link`."""
        self._tell(link, answer)
        if isinstance(answer, Unchanged):
            yield answer
            return
        if isinstance(answer, Rejected):
            if link.base is not None:
                self._fetching().forget(link.base)
                self._incomplete.add(link.base)
            listed = f" (listed in {link.listed_in})" if link.listed_in else ""
            yield Rejected(answer.what, answer.stage, answer.reason + listed)
            return
        if normal(answer.url) == normal(link.url):
            if answer.url in self._led_to:  # another link was redirected to it, and its page is read
                return
        elif answer.url in self._asked or not self._led_to.add(answer.url):
            yield Rejected(link.url, "read", f"it leads to {answer.url}, which is listed already")
            return
        item = Input(
            file=BytesIO(answer.content),
            name=answer.url,
            media_type=media_type(answer.url, answer.content, answer.media_type),
            fetched=answer.fetched,
            charset=answer.charset,
            listing=link.listing,
            base=answer.url,
            address=answer.url,
            depth=link.depth,
        )
        if link.formats and item.media_type not in link.formats:
            reason = f"it holds {item.media_type}, not what {link.listed_in} says; correct the address there"
            yield self._told(link, Rejected(answer.url, "read", reason))
            return
        try:
            yield from self.open(item)
        except ReadError as error:
            self._incomplete.add(answer.url)
            yield self._told(link, Rejected(answer.url, "read", str(error)))

    def _tell(self, link: Link, answer: Answer | Rejected) -> None:
        if self._guide is not None:
            self._guide.came(link, answer)

    def _told(self, link: Link, rejected: Rejected) -> Rejected:
        self._tell(link, rejected)
        return rejected

    def _fetching(self) -> Fetcher:
        if self._fetcher is None:
            from accord.readers.web import Fetcher

            self._fetcher = Fetcher(self._config, self._memory)
        return self._fetcher


def _size(item: Page | Rejected) -> int:
    return 1000 + (len(item.content) if isinstance(item, Page) else 0)


def read_all(paths: Sequence[str], config: Config | None = None) -> tuple[tuple[Page, ...], tuple[Rejected, ...]]:
    """Return what `read` yields, pages and rejects apart."""
    items = list(read(paths, config))
    return (
        tuple(item for item in items if isinstance(item, Page)),
        tuple(item for item in items if isinstance(item, Rejected)),
    )
