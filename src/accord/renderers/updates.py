"""Updates as text, as JSON, and as an Atom feed (RFC 4287): what later coverage changed, the latest first."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from accord.records import Update
from accord.renderers.lines import json_document, json_lines
from accord.renderers.words import plain, trim

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SCHEMA = "accord/changes@1"
ATOM = "http://www.w3.org/2005/Atom"
_WIDE = 300
_PASSAGES = 6
_NEVER = "1970-01-01T00:00:00Z"
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def line(update: Update) -> str:
    """Return an update as one line.

    "newly corroborated: Two boats sank off Osk Point (Herald -> Herald, Lantern)"
    """
    change = _change(update)
    return f"{update.kind}: {trim(update.gist, _WIDE)}{f' ({change})' if change else ''}"


def render_text(updates: Sequence[Update]) -> str:
    """Return updates as text to read, a paragraph each, the days as headings; times are UTC.

    They stay in their order.
    """
    lines: list[str] = []
    day = None
    for update in updates:
        at = update.at or ""
        at = at[:10] if len(at) <= 10 else time_of(at) or at[:10]
        if at[:10] != day:
            day = at[:10]
            lines += [*([""] if lines else []), *([day] if day else [])]
        time = at[11:16]
        lines.append(f"  {f'{time}Z  ' if time else ''}{update.kind}: {trim(update.gist, _WIDE)}")
        lines += [f"      {said}" for said in _said(update)]
        facts = [f"story {update.story}", *(["article " + plain(update.article)] if update.article else [])]
        lines.append("      " + " · ".join([*facts, *([", ".join(map(plain, update.names))] if update.names else [])]))
    return "\n".join(lines) + "\n" if lines else "nothing changed\n"


def render_json(updates: Sequence[Update]) -> str:
    """Return updates as one JSON document (`accord/changes@1`), with all their fields."""
    return json_document(SCHEMA, "updates", updates)


def atom(
    updates: Sequence[Update],
    *,
    title: str,
    id: str,
    updated: str | None,
    link: str | None = None,
    page: str | None = None,
    at: Callable[[Update], str] | None = None,
) -> str:
    """Return updates as an Atom feed (RFC 4287), an entry each, in their order.

    `id` is the feed's own IRI, the same for ever; `updated` when it last changed (ISO time; None: with its latest
    entry); `link` where the feed itself stands, `page` where the same is to be read, `at` where an update is (absolute
    addresses). An entry keeps its id in every feed that it is in. What XML cannot hold
    becomes U+FFFD.
    """
    from xml.etree.ElementTree import Element, indent, tostring

    times = [time_of(update.at) for update in updates]
    latest = time_of(updated) or max(filter(None, times), default=None) or _NEVER
    feed = Element("feed", {"xmlns": ATOM})
    _add(feed, "id", id)
    _add(feed, "title", title)
    _add(feed, "updated", latest)
    _add(_add(feed, "author"), "name", "accord")
    _add(feed, "generator", "accord")
    if link:
        _add(feed, "link", rel="self", type="application/atom+xml", href=link)
    if page:
        _add(feed, "link", rel="alternate", type="text/html", href=page)
    for update, time in zip(updates, times, strict=True):
        entry = _add(feed, "entry")
        _add(entry, "id", entry_id(update))
        _add(entry, "title", line(update))
        if at:
            _add(entry, "link", rel="alternate", type="text/html", href=at(update))
        _add(entry, "updated", time or latest)
        for term in (update.kind, *update.names):
            _add(entry, "category", term=plain(term))
        _add(entry, "content", html_of(update), type="html")
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def render_atom(updates: Sequence[Update], of: Mapping[str, str | None] | None = None) -> str:
    """Return updates as the Atom feed of a store's changes, or of what they were asked for by (`{"name": "Ada Moll"}`).

    Each of these has a title and an id of its own, as RFC 4287 asks.
    """
    title, identity = feed_of(of)
    return atom(updates, title=title, id=identity, updated=None)


RENDERERS: dict[str, Callable[[Sequence[Update]], str]] = {
    "text": render_text,
    "json": render_json,
    "jsonl": json_lines,
    "atom": render_atom,
}


def _change(update: Update) -> str:
    """Return what changed into what, in short; empty where the gist says it all."""
    if update.kind == "corrected":
        return " -> ".join(f"“{trim(said, 120)}”" if said else "nothing" for said in (update.before, update.after))
    return " -> ".join(trim(said, _WIDE) for said in (update.before, update.after) if said)


def _said(update: Update) -> list[str]:
    """Return what was said before and after, and the passages that it rests on, as lines of their own."""
    lines = [f"{label}: {trim(said, _WIDE)}" for label, said in _sides(update)]
    if update.kind != "corrected":
        shown, more = update.evidence[:_PASSAGES], len(update.evidence) - _PASSAGES
        lines += [f"“{trim(c.text, _WIDE)}” [{plain(c.article)} {c.start}-{c.end}]" for c in shown]
        lines += [f"and {more} more" if more > 1 else "and one more"] if more > 0 else []
    return lines


def _sides(update: Update) -> list[tuple[str, str]]:
    labels = {"corrected": ("was", "is"), "new story": ("", "by"), "new report": ("", "by"), "retracted": ("", "")}
    sides = zip(labels.get(update.kind, ("before", "now")), (update.before, update.after), strict=True)
    return [(label, said) for label, said in sides if label and said]


def entry_id(update: Update) -> str:
    """Return the id that an update has in every feed that it is in (an IRI)."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'accord update {_clean(update.id)}')}"


def feed_of(of: Mapping[str, str | None] | None = None) -> tuple[str, str]:
    """Return the title and the id (an IRI) of the feed of what is asked for: `{"name": "Ada Moll"}`."""
    asked = {what: value for what, value in sorted((of or {}).items()) if value}
    about = ", ".join(f"{what} {value}" for what, value in asked.items())
    named = _clean("\x1f".join(("accord changes", *(f"{what}={value}" for what, value in asked.items()))))
    title = f"What later coverage changed{f': {about}' if about else ''}"
    return title, f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, named)}"


def html_of(update: Update) -> str:
    """Return an update as a piece of HTML: its gist, what it was before, the passages that it rests on."""
    parts = [f"<p>{escape(plain(update.gist))}</p>"]
    parts += [f"<p><b>{label}:</b> {escape(plain(said))}</p>" for label, said in _sides(update)]
    if update.evidence and update.kind != "corrected":
        passages = (
            f"<li><q>{escape(plain(c.text))}</q> ({escape(plain(c.article))}, {c.start}–{c.end})</li>"
            for c in update.evidence
        )
        parts.append(f"<ul>{''.join(passages)}</ul>")
    return "".join(parts)


def time_of(iso: str | None) -> str | None:
    """Return an ISO day or time as RFC 3339 gives it in UTC; None for what is none."""
    try:
        found = datetime.fromisoformat(iso or "")
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    from xml.etree.ElementTree import SubElement

    element = SubElement(parent, tag, {name: _clean(value) for name, value in attributes.items()})
    if text:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
