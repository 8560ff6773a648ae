"""OPML: the feeds that a list of subscriptions names, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input, Link
from accord.readers.listed import absolute, one_line, outlet_of
from accord.readers.xml_events import Start, address, events
from accord.records import Listing, Page, Rejected

MOST_BYTES = 20_000_000
MOST_FEEDS = 50_000
_OUTLINE = frozenset({"outline"})
LISTS = frozenset({"application/rss+xml", "application/feed+json", "application/sitemap+xml", "text/x-opml"})


def pages(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the articles of the feeds that an OPML file names, feed by feed, folders at any level.

    An outline's category, else the folder it lies in, is the section of articles whose feed gives none; its title is
    the outlet where the feed's own title does not tell. An outline that names no feed and holds none is rejected by
    its number. Raises ReadError where the file names no feed.
    """
    folders: list[str | None] = []
    filled: list[bool] = []
    number = feeds = 0
    try:
        for event in events(item.file, MOST_BYTES, _OUTLINE):
            if not isinstance(event, Start):
                folders.pop()
                if not filled.pop():
                    place = f"{item.name}, outline {number}"
                    yield Rejected(place, "read", "it names no feed (xmlUrl); correct the OPML file or leave it")
                continue
            number += 1
            told = event.attributes
            title = one_line(told.get("title") or told.get("text"), markup=True)
            filled[-1:] = [True] if filled else []
            place = f'{item.name}, outline {number} "{title}"' if title else f"{item.name}, outline {number}"
            named = told.get("xmlurl")
            if named is not None:
                feeds += 1
                if feeds > MOST_FEEDS:
                    yield Rejected(item.name, "read", f"it names over {MOST_FEEDS:,} feeds; the rest is left out")
                    return
                section = _category(told.get("category")) or next((name for name in reversed(folders) if name), None)
                yield from _followed(named, told, title, section, place, item, desk)
            folders.append(title)
            filled.append(named is not None)
    except ReadError as error:
        yield Rejected(item.name, "read", str(error))
    if not feeds:
        raise ReadError("it names no feed (an outline with xmlUrl); export the subscriptions again")


def _followed(
    named: str, told: dict[str, str], title: str | None, section: str | None, place: str, item: Input, desk: Desk
) -> Iterator[Page | Rejected]:
    url = absolute(address(named), item.base)
    if url is None:
        yield Rejected(place, "read", f"{named[:200]!r} is no web address; correct the OPML file")
        return
    hint = Listing(outlet=outlet_of(title, told.get("htmlurl"), url), section=section)
    yield from desk.follow([Link(url, hint, place, item.depth + 1, LISTS, item.base)])


def _category(value: str | None) -> str | None:
    """Return the innermost name of the first category: "/World/Africa,/Top" -> "Africa"."""
    return one_line((value or "").split(",")[0].rstrip("/").rpartition("/")[2], markup=True)
