"""Sitemaps, news sitemaps and their indexes (sitemaps.org): the pages they list, fetched."""

from __future__ import annotations

from collections.abc import Iterator

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input, Link
from accord.readers.listed import absolute, one_line
from accord.readers.xml_events import Start, address, events
from accord.records import Listing, Page, Rejected

MOST_LINKS = 50_000
MOST_BYTES = 52_428_800
"""The protocol's own limits for one sitemap, unpacked."""

_SITEMAPS = frozenset({"application/sitemap+xml", "application/gzip"})
_LISTED = frozenset({"url", "sitemap"})
_FIELDS = {
    ("url", "loc"): "loc",
    ("sitemap", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("publication", "name"): "outlet",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
}
_WANTED = _LISTED | {name for _, name in _FIELDS}


def pages(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the pages that a sitemap lists, in its order; those of an index are the pages of its sitemaps.

    The file is read as a stream, in constant memory, up to the protocol's limits of 50,000 addresses and 50 MiB.
    Titles, dates and the outlet of a news sitemap go with the pages. An address that is none is rejected by its number.
    Raises ReadError where it lists nothing.
    """
    number = 0
    told: dict[str, str] = {}
    try:
        for event in events(item.file, MOST_BYTES, _WANTED):
            if isinstance(event, Start):
                if event.name in _LISTED:
                    told = {}
                continue
            field = _FIELDS.get((event.parent, event.name))
            if field:
                told.setdefault(field, event.text)
            if event.name not in _LISTED:
                continue
            number += 1
            if number > MOST_LINKS:
                yield Rejected(item.name, "read", f"it lists over {MOST_LINKS:,} addresses; the rest is left out")
                return
            yield from _followed(told, item, number, desk, index=event.name == "sitemap")
    except ReadError as error:
        yield Rejected(item.name, "read", str(error))
    if not number:
        raise ReadError("the sitemap lists no page; check its address, or read it again later")


def _followed(told: dict[str, str], item: Input, number: int, desk: Desk, *, index: bool) -> Iterator[Page | Rejected]:
    url = absolute(address(told.get("loc", "")), item.base)
    place = f"{item.name}, address {number}"
    if url is None:
        yield Rejected(place, "read", f"{told.get('loc', '')[:200]!r} is no web address; correct the sitemap")
        return
    listing = Listing(
        title=one_line(told.get("title"), markup=True),
        outlet=one_line(told.get("outlet"), markup=True),
        published=one_line(told.get("published")),
        modified=one_line(told.get("lastmod")),
        url=url,
    )
    if index:
        yield from desk.follow([Link(url, None, place, item.depth + 1, _SITEMAPS, item.base)])
    else:
        yield from desk.follow([Link(url, listing, place, item.depth + 1, base=item.base)])
