"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom, by feedparser: full texts as pages, links followed where there is a stub.

feedparser is handed bytes, one entry at a time, and so never fetches anything. Its cleaning of HTML is left out: it
takes twenty times as long as the rest, is quadratic on hostile markup, and drops the classes that tell furniture from
text; `parse` reads HTML of any origin. No DOCTYPE is handed on, so that an entity bomb is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from io import BytesIO
from time import struct_time
from typing import Any
from xml.parsers import expat

from accord.errors import ReadError
from accord.readers.feed_entries import LONGEST, LONGEST_BROKEN, MOST_BROKEN, Shell, entries, shell_of, straight
from accord.readers.files import whole
from accord.readers.inputs import Desk, Input
from accord.readers.listed import FRAGMENT, PLAIN, Told, absolute, found, one_line, outlet_of
from accord.records import Listing, Page, Rejected

MOST_ENTRIES = 20_000
_KINDS = {"text/html": FRAGMENT, "application/xhtml+xml": FRAGMENT, PLAIN: PLAIN}
_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)\s*>", re.I)
_LAST = 10_000
"""In so many bytes a feed comes to its end, of which comments may be the most part."""
_DAY_AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d|(?:[a-z]{3,9},? )?\d{1,2} [a-z]{3,9} \d{4}\b", re.I)


def pages(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the articles of a feed, in its order: see `listed.found` for what is taken as a whole article.

    An entry that cannot be read, one that is there twice (the same guid and title), and one that holds neither text nor
    link is rejected by its number and title, and the rest go on. What the feed says of the outlet stands before its
    first entry. Of a feed that breaks off, the last entry, which may be half of one, is not given. Raises ReadError
    where it is no feed, has no entry or, after those that are whole, breaks off.
    """
    content = straight(whole(item.file, desk.config))
    shell = shell_of(content, item.charset)
    if shell is None:
        raise ReadError(
            "it is neither a feed (rss, rdf, feed) nor other XML that is read; save the page and name the file"
        )
    feed = _Feed(shell, item)
    if feed.problem:
        yield feed.problem
    number = 0
    broken = _END.search(content, max(0, len(content) - _LAST)) is None
    for number, raw in enumerate(entries(content), 1):
        if broken and content.endswith(raw):
            break
        if number > MOST_ENTRIES:
            yield Rejected(item.name, "read", f"it has over {MOST_ENTRIES:,} entries; the rest is left out")
            return
        told = feed.told(raw, number)
        if isinstance(told, Rejected):
            yield told
        else:
            yield from found(told, item, desk)
    if not number:
        raise ReadError("the feed has no entry; check its address, or read it again later")
    if broken:
        raise ReadError("the feed breaks off before its end; what is whole of it is read, so read it again later")


class _Feed:
    """What a feed says of all its entries."""

    def __init__(self, shell: Shell, item: Input) -> None:
        self._shell = shell
        self._name = item.name
        self._base = item.base
        head: Mapping[str, Any] = {}
        self.problem: Rejected | None = None
        try:
            head = _parsed(shell.document(shell.head), item.base)["feed"]
        except Exception as error:  # whatever feedparser does on it, the entries may be sound
            reason = f"feedparser fails on what it says of itself ({error!r:.200}); its entries are read without that"
            self.problem = Rejected(item.name, "read", reason)
        hint = item.listing or Listing()
        self._base = item.base or absolute(head.get("link"), None)
        title = one_line(head.get("title"), markup=True)
        publisher = _name(head.get("publisher"))
        self._outlet = publisher or outlet_of(title, head.get("link"), self._base) or hint.outlet
        self._section = hint.section
        self._byline = _authors(head) if shell.atom else None  # RFC 4287, 4.2.1; in RSS it is the managing editor
        self._seen: set[bytes] = set()
        self._broken = 0

    def told(self, raw: bytes, number: int) -> Told | Rejected:
        """Return what the entry `raw` tells, or why it tells nothing."""
        place = f"{self._name}, entry {number}"
        if len(raw) > LONGEST:
            return Rejected(place, "read", f"it is larger than {LONGEST:,} bytes; save the page and name the file")
        document = self._shell.document(raw)
        if not _well_formed(document):
            self._broken += len(raw)
            if len(raw) > LONGEST_BROKEN or self._broken > MOST_BROKEN:
                most = f"{LONGEST_BROKEN:,} bytes of an entry and {MOST_BROKEN:,} of a feed"
                reason = f"it is not well-formed XML, of which {most} are read; save the page and name the file"
                return Rejected(place, "read", reason)
        try:
            answer = _parsed(document, self._base)["entries"]
        except Exception as error:  # whatever feedparser does on one entry, the others go on
            return Rejected(place, "read", f"feedparser fails on it ({error!r:.200}); save the page and name the file")
        if not answer:
            return Rejected(place, "read", "it holds no entry that can be read; save the page and name the file")
        told = self._entry(answer[0], place)
        if not told.text.strip() and told.listing.url is None:
            return Rejected(told.what, "read", "it has neither a text nor a link to a page; nothing can be read of it")
        if self._known(answer[0], told):
            return Rejected(told.what, "read", "the feed has the same entry (guid and title) before; that one is read")
        return told

    def _entry(self, entry: Mapping[str, Any], place: str) -> Told:
        origin = entry.get("source") or {}
        named = one_line(origin.get("title"), markup=True) if isinstance(origin, dict) else None
        outlet = (
            (outlet_of(named, origin.get("href")) if named else None) or _name(entry.get("publisher")) or self._outlet
        )
        published = _date(entry, "published") or _date(entry, "created") or _date(entry, "updated")
        modified = _date(entry, "updated")
        text, kind, content = _text(entry)
        listing = Listing(
            title=_title(entry, named),
            byline=_authors(entry) or (self._byline if self._byline != outlet else None),
            outlet=outlet,
            published=published,
            modified=modified if modified != published else None,
            section=_section(entry) or self._section,
            url=absolute(entry.get("feedburner_origlink"), self._base) or absolute(entry.get("link"), self._base),
        )
        return Told(place, text, kind, content, listing)

    def _known(self, entry: Mapping[str, Any], told: Told) -> bool:
        """Tell whether the feed has had the entry. A guid alone says little: some feeds give all entries the same."""
        name = entry.get("id")
        if not name:
            return False
        key = blake2b(f"{name}\x1f{told.listing.title}\x1f{told.listing.url}".encode("utf-8", "replace"), digest_size=8)
        if key.digest() in self._seen:
            return True
        self._seen.add(key.digest())
        return False


def _parsed(document: bytes, base: str | None) -> dict[str, Any]:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base or ""}
    answer: dict[str, Any] = feedparser.parse(
        BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    plain = [dict(entry) for entry in answer["entries"]]  # its own dictionaries warn of keys that are not there
    return {"feed": dict(answer["feed"]), "entries": plain}


def _well_formed(document: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(document, True)
    except expat.ExpatError:
        return False
    return True


def _text(entry: Mapping[str, Any]) -> tuple[str, str, bool]:
    """Return the text, its media type, and whether the feed calls it the content."""
    usable = [part for part in entry.get("content") or () if part.get("type") in _KINDS and part.get("value")]
    summary = entry.get("summary") or ""
    if usable:
        longest = max(usable, key=lambda part: len(part["value"]))
        if len(longest["value"]) >= len(summary):
            return longest["value"], _KINDS[longest["type"]], True
    detail = entry.get("summary_detail") or {}
    return summary, _KINDS.get(detail.get("type", ""), FRAGMENT), False


def _title(entry: Mapping[str, Any], outlet: str | None) -> str | None:
    detail = entry.get("title_detail") or {}
    title = one_line(entry.get("title"), markup=detail.get("type") != PLAIN)
    ending = f" - {outlet}"
    return title.removesuffix(ending) if title and outlet and len(title) > len(ending) else title


def _authors(entry: Mapping[str, Any]) -> str | None:
    """Return the names of the authors, addresses left out."""
    names = dict.fromkeys(_name(author.get("name")) for author in entry.get("authors") or ())
    return ", ".join(name for name in names if name) or None


def _name(value: object) -> str | None:
    name = one_line(value, markup=True)
    return None if name is None or "@" in name or "://" in name or len(name) > 200 else name


def _section(entry: Mapping[str, Any]) -> str | None:
    for tag in entry.get("tags") or ():
        name = one_line(tag.get("label") or tag.get("term"), markup=True)
        if name and len(name) <= 60 and "://" not in name:
            return name
    return None


def _date(entry: Mapping[str, Any], field: str) -> str | None:
    """Return a date as written where `parse` can read it so, else in ISO as feedparser reads it, else as written."""
    written = one_line(entry.get(field))
    if written is None or _DAY_AS_WRITTEN.match(written):
        return written
    read = entry.get(f"{field}_parsed")
    if not isinstance(read, struct_time):
        return written
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*read[:6])
