"""A desk for the tests of containers: it records what is followed and gives a page for each link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from accord.config import Config
from accord.readers.inputs import Input, Link
from accord.records import Page, Rejected


class FakeDesk:
    """Gives an empty page for each link, named for it."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self.links: list[Link] = []

    def open(self, item: Input) -> Iterator[Page | Rejected]:
        yield Page(item.file.read(), item.name, item.media_type, listing=item.listing)

    def follow(self, links: Iterable[Link]) -> Iterator[Page | Rejected]:
        for link in links:
            self.links.append(link)
            yield Page(b"", link.url, "text/html", listing=link.listing)


def read_with(
    module: Any, content: bytes | str, base: str | None = "https://herald.example/feeds/all.xml", **fields: Any
) -> tuple[list[Page], list[Rejected], FakeDesk]:
    """Return the pages and rejects that the reader `module` finds in `content`, and the desk it asked."""
    data = content.encode() if isinstance(content, str) else content
    desk = FakeDesk()
    found = list(module.pages(Input(BytesIO(data), "f.xml", "", base=base, **fields), desk))
    pages = [item for item in found if isinstance(item, Page)]
    return pages, [item for item in found if isinstance(item, Rejected)], desk
