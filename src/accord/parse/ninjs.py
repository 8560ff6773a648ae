"""ninjs (IPTC News in JSON), 1.x (`headline`, `body_html`) and 2.x and 3.x (`headlines`, `bodies`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from accord.errors import ParseError
from accord.parse.draft import Draft
from accord.parse.fragments import text_of
from accord.parse.nitf import check_status
from accord.records import Caption

_MARKS = frozenset("bodies headlines pubstatus versioncreated body_text body_xhtml body_html description_text".split())
_TEXT, _HTML = ("text/plain",), ("text/html", "application/xhtml+xml")
Item = Mapping[str, object]


def is_item(value: object) -> bool:
    """Tell whether a JSON value is a ninjs item: an object with a `uri` (or `guid`) and a property of ninjs' own."""
    return isinstance(value, dict) and ("uri" in value or "guid" in value) and not _MARKS.isdisjoint(value)


def draft_of(item: Item, what: str) -> Draft:
    """Return the article of a ninjs item, the captions of its associated pictures with it.

    Raises ParseError where it is no text, withheld, cancelled or under embargo.
    """
    check_status(_string(item.get("pubstatus")) or "", _string(item.get("embargoed")))
    kind = _string(item.get("type"))
    try:
        text = _body(item)
    except UnicodeError as error:
        raise ParseError("its text holds half a character (a lone surrogate); write it out whole") from error
    if not text:
        what_it_is = f"its type is {kind}" if kind and kind != "text" else "it has no body_text, body_html or bodies"
        raise ParseError(f"it holds no text ({what_it_is}); take the text items")
    return Draft(
        what=what,
        text=text,
        id=_string(item.get("uri")) or _string(item.get("guid")),
        title=_roled(item.get("headlines")) or _string(item.get("headline")) or _string(item.get("title")),
        byline=_string(item.get("byline")) or _string(item.get("by")),
        outlet=_outlet(item),
        url=next((link for name in ("canonicalurl", "url") if (link := _string(item.get(name)))), None),
        published=next((at for name in _CREATED if (at := _string(item.get(name)))), None),
        modified=_string(item.get("versioncreated")) or _string(item.get("contentmodified")),
        section=next(_names(item.get("subjects") or item.get("subject")), None),
        language=_language(item),
        credits=tuple(name for name in dict.fromkeys(_sources(item)) if name != _outlet(item)),
        captions=tuple(_captions(item.get("associations"))),
    )


_CREATED = ("contentcreated", "firstcreated", "versioncreated")


def _body(item: Item) -> str | None:
    """Return the text: plain where there is a plain body, else out of the HTML."""
    bodies = [body for body in _items(item.get("bodies")) if isinstance(body.get("value"), str)]
    for value in (*item.values(), *(body["value"] for body in bodies)):
        if isinstance(value, str):
            value.encode()
    for wanted, read in ((_TEXT, str.strip), (_HTML, text_of)):
        for body in bodies:
            if _string(body.get("contenttype")) in wanted and (text := read(str(body["value"]))):
                return text
        for name, value in item.items():
            plain = name.startswith("body_text")
            named = plain if wanted is _TEXT else name.startswith(("body_html", "body_xhtml"))
            if named and isinstance(value, str) and (text := read(value)):
                return text
    for body in bodies:
        if not body.get("contenttype") and (text := text_of(str(body["value"]))):
            return text
    return None


def _outlet(item: Item) -> str | None:
    providers = item.get("provider") or item.get("source")
    return _string(providers) or next(_sources(item), None) or _string(item.get("copyrightholder"))


def _sources(item: Item) -> Iterator[str]:
    yield from _names(item.get("infosources") or item.get("infosource"))


def _captions(associations: object) -> Iterator[Caption]:
    """Yield the captions of the pictures and videos that go with an article (an object in 1.x, a list later)."""
    for item in _items(list(associations.values()) if isinstance(associations, dict) else associations):
        if _string(item.get("type")) in ("picture", "graphic", "video", "photo"):
            text = _roled(item.get("descriptions")) or next(
                (
                    t
                    for name in ("description_text", "description_caption", "body_text")
                    if (t := _string(item.get(name)))
                ),
                None,
            )
            if text:
                credit = _string(item.get("byline")) or _string(item.get("by")) or _string(item.get("copyrightholder"))
                yield Caption(text, credit)


def _roled(values: object) -> str | None:
    """Return the value whose role is main or caption, else the first: [{"role": "main", "value": ...}]."""
    found = [(str(item.get("role") or ""), text) for item in _items(values) if (text := _string(item.get("value")))]
    return min(found, key=lambda pair: not pair[0].endswith(("main", "caption")), default=("", None))[1]


def _language(item: Item) -> str | None:
    tag = (_string(item.get("language")) or "").split("-")[0].lower()
    return tag if len(tag) == 2 else None


def _names(values: object) -> Iterator[str]:
    for item in _items(values):
        name = _string(item.get("name")) or _string(item.get("literal"))
        if name:
            yield name


def _items(values: object) -> list[dict[str, object]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _string(value: object) -> str | None:
    return " ".join(value.encode("utf-8", "replace").decode().split()) or None if isinstance(value, str) else None
