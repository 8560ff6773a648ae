"""When a page came out: the first day among what it states that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.parse.dates import to_day
from accord.parse.trees import short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 120
_EARLIEST = "1990-01-02"
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)|[/_-]((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_SHOWN = re.compile(
    r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)?\d\d\b|\b\d{1,2}/\d{1,2}/(?:19"
    r"|20)\d\d\b"
    r"|\b[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{3,12}\.?,? (?:de )?(?:19|20)\d\d\b"
)
_LABEL = re.compile(
    r"(?:publish|post|releas|creat|writt|author|autor|erstellt|veröffentlicht|publi|pubbl|gepubliceerd|geplaatst"
    r"|pub\.)",
    re.I,
)
_CHANGED = re.compile(
    r"updat|modif|edited|aktualisiert|geändert|mis à jour|actualiz|last|reviewed|expires|©|copyright", re.I
)
_DATED_CLASS = re.compile(
    r"(?:^|[-_\s])(?:date|time|timestamp|published|pub-?date|posted|post-?meta|entry-?meta|byline|dateline)", re.I
)
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|widget|footer|teaser|archive|calendar|recent|trending|popular|latest", re.I
)
_MOST_LOOKED_AT = 400
_MOST_LINES = 3_000


def readable(values: Iterable[str | None]) -> list[tuple[str, str]]:
    """Return (value, ISO day) of those `values` that name a day after 1990, in their order.

    Days that leave open which number is the month are left out.
    """
    found = []
    for value in values:
        if not value or len(value) > _LONGEST:
            continue
        try:
            day = to_day(value)
        except (ValueError, OverflowError):
            continue
        if day >= _EARLIEST:
            found.append((value, day))
    return found


def day_in_url(url: str | None) -> str | None:
    """Return the ISO day in the path of `url`: ".../2024/05/31/dam" -> "2024-05-31"."""
    match = _IN_URL.search(url[:500]) if url else None
    if not match:
        return None
    year, month, day = (part for part in match.groups() if part)
    days = readable([f"{year}-{month}-{day}"])
    return days[0][1] if days else None


def shown_day(tree: HtmlElement, heading: HtmlElement | None) -> str | None:
    """Return the ISO day that the page shows near its heading, else where its markup says that a day stands."""
    near = _near(tree, heading) if heading is not None else []
    for element in near:
        day = _day_in(element)
        if day:
            return day
    return _marked_day(tree) or _labelled_day(tree)


def _marked_day(tree: HtmlElement) -> str | None:
    """Return the first day in an element whose class says that a day stands there."""
    looked = 0
    for element in tree.iter("time", "span", "div", "p", "li", "small", "abbr"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if (element.tag != "time" and not _DATED_CLASS.search(marks)) or _elsewhere(element):
            continue
        looked += 1
        if looked > _MOST_LOOKED_AT:
            break
        day = _day_in(element)
        if day:
            return day
    return None


def _labelled_day(tree: HtmlElement) -> str | None:
    """Return the first day that stands after "published", "posted by ..." or the like in a line of its own."""
    for number, element in enumerate(tree.iter("p", "div", "span", "td", "li", "small", "em")):
        if number > _MOST_LINES:
            break
        text = short_text(element, _LONGEST)
        if text and _LABEL.match(text) and _SHOWN.search(text) and not _elsewhere(element):
            day = _day_in(element)
            if day:
                return day
    return None


def _near(tree: HtmlElement, heading: HtmlElement) -> list[HtmlElement]:
    """Return the small elements around the heading: after it, then before it."""
    around = heading
    for _ in range(4):
        parent = around.getparent()
        if parent is None or parent.tag == "html":
            break
        around = parent
        if short_text(around, 1_000) is None:
            break
    elements: list[HtmlElement] = []
    position = 0
    for number, element in enumerate(around.iter()):
        if number > 300:
            break
        if element is heading:
            position = len(elements)
        elif isinstance(element.tag, str) and (element.text or "").strip():
            elements.append(element)
    return [*elements[position : position + 20], *reversed(elements[max(position - 8, 0) : position])]


def _day_in(element: HtmlElement) -> str | None:
    stated = element.get("datetime") or element.get("content") if element.tag in ("time", "meta") else None
    shown = short_text(element, _LONGEST)
    if shown is None:
        return None
    before = shown if stated else _SHOWN.split(shown, maxsplit=1)[0]
    if _CHANGED.search(before):
        return None
    candidates = (
        [stated] if stated else [re.sub(r"(\d\.)\s(?=\d)", r"\1", match[0]) for match in _SHOWN.finditer(shown)]
    )
    days = readable(candidates)
    return days[0][1] if days else None


def _elsewhere(element: HtmlElement) -> bool:
    """Tell whether `element` lies in a comment, a sidebar or a list of other pages."""
    ancestor: HtmlElement | None = element
    for _ in range(8):
        if ancestor is None:
            return False
        if ancestor.tag in ("aside", "nav", "footer") or _ELSEWHERE.search(
            f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        ):
            return ancestor.tag not in ("body", "html")
        ancestor = ancestor.getparent()
    return False
