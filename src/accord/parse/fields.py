"""The names under which files give an article's fields, and one article's fields as a `Draft`."""

from __future__ import annotations

from accord.errors import ParseError
from accord.parse.draft import Draft

# Case, "_" and "-" do not count: published_at, publishedAt and Published-At are one name. Earlier names win.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "outlet": ("outlet", "source", "publisher", "domain", "sitename"),
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "datepublished", "publishedat", "publicationdate", "pubdate"),
    "url": ("url", "link", "canonicalurl"),
    "text": ("text", "body", "content", "articlebody"),
}


def draft_of(item: dict[str, object], what: str, text: str | None = None) -> Draft:
    """Return the fields of one article; `text` where it does not stand among them.

    Raises ParseError where there is no text, or it is not a string.
    """
    values = {_plain(key): value for key, value in reversed(item.items()) if value not in (None, "", [], {})}
    found = {field: next((values[n] for n in names if n in values), None) for field, names in NAMES.items()}
    published = found["published"]
    return Draft(
        what=what,
        text=_text(found["text"], item) if text is None else text,
        id=_name(found["id"]),
        title=_name(found["title"]),
        byline=_name(found["byline"]),
        outlet=_name(found["outlet"]),
        url=_name(found["url"]),
        published=published if isinstance(published, int | float) else _name(published),
    )


def _text(value: object, item: dict[str, object]) -> str:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ParseError(
                f"its text holds half a character (a lone surrogate) at position {error.start}; write it out whole"
            ) from error
        return value
    if value is not None:
        raise ParseError(f"its text is {kind_of(value)}, not a string; put the whole report into one string")
    if any(_plain(key) in NAMES["text"] for key in item):
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


def kind_of(value: object) -> str:
    """Return what JSON calls `value`, with its article."""
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "a string" if isinstance(value, str) else "null")


def _plain(key: object) -> str:
    return str(key).lower().replace("_", "").replace("-", "")
