"""NITF (IPTC News Industry Text Format 3.x): an article as agencies mark it up, on its own or within NewsML-G2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from accord.config import Config
from accord.errors import ParseError
from accord.parse.dates import to_time
from accord.parse.draft import Draft
from accord.parse.xml import below, first, line_of, name_of, root_of
from accord.records import Caption, Page

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINES = frozenset("p hl2 li dt dd pre bq credit tr caption".split())
_HELD = frozenset("media note fn ed-msg table.reference virtloc".split())
_STOPPED = {"withheld": "is withheld", "canceled": "was cancelled", "cancelled": "was cancelled", "kill": "was killed"}


@dataclass(frozen=True, slots=True)
class Body:
    """What a NITF body holds: the text, a line a paragraph, and what stands around it."""

    text: str
    title: str | None
    byline: str | None
    dateline: str | None
    credits: tuple[str, ...]
    captions: tuple[Caption, ...]


def drafts(page: Page, config: Config) -> Iterator[Draft]:
    """Yield the article of a NITF document. Raises ParseError where it is withheld, cancelled or under embargo."""
    root = root_of(page.content)
    data = first(root, "head", "docdata")
    release = _norm(first(data, "date.release"))
    check_status((data.get("management-status") if data is not None else None) or "", release)
    body = body_of(root)
    published = first(root, "head", "pubdata")
    identity = first(data, "doc-id")
    holder = first(data, "doc.copyright")
    yield Draft(
        what=page.location,
        text=body.text,
        id=(identity.get("id-string") if identity is not None else None) or None,
        title=body.title or line_of(first(root, "head", "title")),
        byline=body.byline,
        outlet=_of(published, "name") or _of(holder, "holder") or _of(identity, "regsrc"),
        url=_of(published, "ex-ref"),
        published=_norm(first(data, "date.issue")) or release or _of(published, "date.publication"),
        section=_of(published, "position.section"),
        language=language_of(root, first(root, "body")),
        credits=body.credits,
        captions=body.captions,
    )


def body_of(root: _Element) -> Body:
    """Return the body of a `nitf` element."""
    body = first(root, "body")
    head = first(body, "body.head")
    lines = [line for content in below(body, "body.content") for line in _text_lines(content)]
    dateline = line_of(first(head, "dateline"))
    agency = line_of(first(head, "distributor"))
    return Body(
        text=with_dateline("\n".join(lines), dateline),
        title=line_of(first(head, "hedline", "hl1")) or line_of(first(head, "hedline")),
        byline=line_of(first(head, "byline")),
        dateline=dateline,
        credits=(agency,) if agency else (),
        captions=tuple(_captions(body)),
    )


def with_dateline(text: str, dateline: str | None) -> str:
    """Return `text` after the line that says where and when it was written, unless it starts with it."""
    plain = "".join(filter(str.isalnum, (dateline or "").lower()))
    opening = "".join(filter(str.isalnum, text[:300].lower()))
    return text if not plain or plain in opening or not text else f"{dateline}\n{text}"


def check_status(status: str, embargo: str | None) -> None:
    """Raise ParseError where an item may not be used: its publishing status, or an embargo that has not ended."""
    told = _STOPPED.get(status.rpartition(":")[2].strip().lower())
    if told:
        raise ParseError(f"the agency says that it {told} (status {status!r}); it is left out")
    until = _moment(embargo)
    if until and until > datetime.now(UTC):
        raise ParseError(f"it is under embargo until {embargo}; read it again after that")


def language_of(*elements: _Element | None) -> str | None:
    """Return the language that the first of `elements` to name one is in, as ISO 639-1: "en-GB" -> "en"."""
    for element in elements:
        tag: str | None = None if element is None else element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if tag and len(tag.split("-")[0]) == 2:
            return tag.split("-")[0].lower()
    return None


def _text_lines(element: _Element) -> Iterator[str]:
    """Yield each paragraph, heading, list item and table row under `element` as a line."""
    if name_of(element) in _LINES and not any(name_of(child) in _LINES for child in element.iterdescendants()):
        cells = [line for cell in element if (line := line_of(cell))] if name_of(element) == "tr" else []
        line = " | ".join(cells) or line_of(element)
        if line:
            yield line
        return
    if element.text and element.text.strip():
        yield " ".join(element.text.split())
    for child in element:
        if name_of(child) not in _HELD:
            yield from _text_lines(child)
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split())


def _captions(body: _Element | None) -> Iterator[Caption]:
    for media in () if body is None else body.iter():
        if name_of(media) == "media":
            text = line_of(first(media, "media-caption"))
            if text:
                yield Caption(text, line_of(first(media, "media-producer")))


def _moment(value: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(to_time(value)) if value else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _norm(element: _Element | None) -> str | None:
    """Return a NITF date as dates are written elsewhere: 20240501T101500+0200 -> 2024-05-01T10:15:00+02:00."""
    value: str | None = None if element is None else element.get("norm")
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        return value


def _of(element: _Element | None, name: str) -> str | None:
    value: str | None = None if element is None else element.get(name)
    return " ".join(value.split()) or None if value else None
