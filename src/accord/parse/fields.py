"""The names under which files give an article's fields, and one article's fields as a `Draft`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.config import TEXT_NAMES, plain_name
from accord.errors import ParseError
from accord.parse.draft import Draft
from accord.parse.parts import captions_of, changes_of, credits_of, entries_of

# Case, "_" and "-" do not count: published_at, publishedAt and Published-At are one name. Earlier names win.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "outlet": ("outlet", "source", "publisher", "domain", "sitename"),
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "datepublished", "publishedat", "publicationdate", "pubdate"),
    "modified": ("modified", "datemodified", "modifiedat", "updated", "updatedat", "lastmodified"),
    "url": ("url", "link", "canonicalurl"),
    "section": ("section", "articlesection"),
    "language": ("language", "inlanguage", "lang"),
    "text": TEXT_NAMES,
}
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9-_]*)?", re.I)


def draft_of(
    item: dict[str, object], what: str, text: str | None = None, *, columns: Sequence[tuple[str, str]] = ()
) -> Draft:
    """Return the fields of one article; `text` where it does not stand among them.

    `columns` pairs fields with the names that this input gives them; such a name wins over the usual ones. What
    `renderers.articles` writes comes back as it was; a part in a shape of its own is left out with a note.

    Raises ParseError where there is no text, or it is not a string.
    """
    values = {plain_name(key): value for key, value in reversed(item.items()) if value not in (None, "", [], {})}
    chosen = {field: (plain_name(column),) for field, column in columns}
    found = {
        field: next((values[n] for n in (*chosen.get(field, ()), *names) if n in values), None)
        for field, names in NAMES.items()
    }
    text = _text(found["text"], item) if text is None else text
    notes: list[str] = []
    paywalled = values.get("paywalled")
    replaces = _name(values.get("replaces"))
    version = _version(values.get("version")) if replaces else 1
    return Draft(
        what=what,
        text=text,
        id=_name(found["id"]),
        title=_name(found["title"]),
        byline=_name(found["byline"]),
        outlet=_name(found["outlet"]),
        url=_name(found["url"]),
        published=_date(found["published"]),
        modified=_date(found["modified"]),
        section=_name(found["section"]),
        language=_language(_name(found["language"])),
        credits=credits_of(values.get("credits"), notes),
        paywalled=paywalled if isinstance(paywalled, bool) else None,
        captions=captions_of(values.get("captions"), notes),
        entries=entries_of(values.get("entries"), text, notes),
        version=version,
        replaces=replaces if version > 1 else None,
        changes=changes_of(values.get("changes"), text, notes) if version > 1 else (),
        notes=tuple(notes),
    )


def _text(value: object, item: dict[str, object]) -> str:
    if isinstance(value, str):
        return value
    if value is not None:
        raise ParseError(f"its text is {kind_of(value)}, not a string; put the whole report into one string")
    if any(plain_name(key) in NAMES["text"] for key in item):
        raise ParseError("its text is empty; put the report's text into it")
    names = ", ".join(NAMES["text"])
    raise ParseError(f"it has no text under any of the names {names}; name the report's text so")


def _name(value: object) -> str | None:
    """Return a name that may stand as a string, a number, an object with a name, or a list of these."""
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("title") or value.get("id"))
    if isinstance(value, list):
        return ", ".join(name for name in map(_name, value) if name) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).encode("utf-8", "replace").decode().split()) or None


def _date(value: object) -> str | int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else _name(value)


def _language(name: str | None) -> str | None:
    """Return the ISO 639-1 code that a language tag (BCP 47) starts with, None for any other name: "en-GB" -> "en"."""
    match = _LANGUAGE.fullmatch(name or "")
    return match[1].lower() if match else None


def _version(value: object) -> int:
    return value if isinstance(value, int) and value > 1 and not isinstance(value, bool) else 1


def kind_of(value: object) -> str:
    """Return what JSON calls `value`, with its article."""
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "a string" if isinstance(value, str) else "null")
