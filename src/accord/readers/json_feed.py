"""JSON Feed 1.0 and 1.1 (jsonfeed.org): full texts as pages, links followed where there is a stub."""

from __future__ import annotations

import json
from collections.abc import Iterator

from accord.errors import ReadError
from accord.readers.files import whole
from accord.readers.inputs import Desk, Input
from accord.readers.listed import FRAGMENT, PLAIN, Told, absolute, found, one_line, outlet_of
from accord.records import Listing, Page, Rejected


def pages(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the articles of a JSON Feed, in its order, as `feeds.pages` does. Raises ReadError where it is none."""
    try:
        feed = json.loads(whole(item.file, desk.config))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"it is called a JSON Feed but is not valid JSON ({error}); fetch it again") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ReadError("it is called a JSON Feed but has no list of items; check its address")
    if not items:
        raise ReadError("the feed has no entry; check its address, or read it again later")
    hint = item.listing or Listing()
    home = absolute(feed.get("home_page_url"), item.base)
    base = item.base or absolute(feed.get("feed_url"), None) or home
    own = Listing(
        byline=_authors(feed),
        outlet=outlet_of(one_line(feed.get("title"), markup=True), home, base) or hint.outlet,
        section=hint.section,
        url=base,
    )
    seen: set[tuple[str, str | None]] = set()
    for number, entry in enumerate(items, 1):
        place = f"{item.name}, entry {number}"
        if not isinstance(entry, dict):
            yield Rejected(place, "read", "it is not an object; an item of a JSON Feed is one")
            continue
        told = _told(entry, own, place)
        key = (str(entry.get("id"))[:500], told.listing.title)
        if not told.text.strip() and told.listing.url is None:
            yield Rejected(told.what, "read", "it has neither a text nor a link to a page; nothing can be read of it")
        elif entry.get("id") is not None and key in seen:
            yield Rejected(told.what, "read", "the feed has the same entry (id and title) before; that one is read")
        else:
            seen.add(key)
            yield from found(told, item, desk)


def _told(entry: dict[str, object], feed: Listing, place: str) -> Told:
    tags = entry.get("tags")
    listing = Listing(
        title=one_line(entry.get("title"), markup=True),
        byline=_authors(entry) or (feed.byline if feed.byline != feed.outlet else None),
        outlet=feed.outlet,
        published=one_line(entry.get("date_published")),
        modified=one_line(entry.get("date_modified")),
        section=(one_line(tags[0]) if isinstance(tags, list) and tags else None) or feed.section,
        url=absolute(entry.get("url"), feed.url) or absolute(entry.get("external_url"), feed.url),
    )
    for field, kind in (("content_html", FRAGMENT), ("content_text", PLAIN)):
        text = entry.get(field)
        if isinstance(text, str) and text.strip():
            return Told(place, text, kind, True, listing)
    summary = entry.get("summary")
    return Told(place, summary if isinstance(summary, str) else "", PLAIN, False, listing)


def _authors(entry: dict[str, object]) -> str | None:
    """Return the names of the authors: a list in version 1.1, one object in 1.0."""
    authors = entry.get("authors")
    people = authors if isinstance(authors, list) else [entry.get("author")]
    names = dict.fromkeys(one_line(person.get("name")) for person in people if isinstance(person, dict))
    return ", ".join(name for name in names if name) or None
