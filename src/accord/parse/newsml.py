"""NewsML-G2 (IPTC): news items, on their own or several in a news message.

Read with lxml: the NewsMLG2 library prints where a catalog is not its own, keeps catalogs in one global store, joins
the paragraphs of inline data into one line, and leaves the items of a message and all inline XML as elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from accord.config import Config
from accord.errors import ParseError
from accord.parse.draft import Draft
from accord.parse.fragments import text_of
from accord.parse.nitf import Body, body_of, check_status, language_of, with_dateline
from accord.parse.xml import below, first, line_of, name_of, root_of
from accord.records import Page, Rejected

if TYPE_CHECKING:
    from lxml.etree import _Element

_LISTS = {
    "packageitem": "a package, which only lists other items",
    "conceptitem": "a concept",
    "knowledgeitem": "a list of concepts",
    "planningitem": "a plan of coverage",
    "catalogitem": "a catalog",
}
_ITEMS = frozenset({"newsitem", *_LISTS})
_BROADCAST = frozenset("picture graphic video audio animation composite".split())


def drafts(page: Page, config: Config) -> Iterator[Draft | Rejected]:
    """Yield each text item of `page`; one that is no text, withheld, cancelled or under embargo is a `Rejected`."""
    root = root_of(page.content)
    found = [root] if name_of(root) in _ITEMS else list(below(root, "itemset", "newsitem"))
    others = [] if found else [child for items in below(root, "itemset") for child in items]
    if not found:
        names = ", ".join(_LISTS.get(name_of(other), name_of(other)) for other in others[:3]) or "nothing"
        raise ParseError(f"it holds no news item but {names}; take the items themselves")
    for number, item in enumerate(found, 1):
        what = page.location if len(found) == 1 else f"{page.location}, item {number}"
        try:
            yield _draft(item, what)
        except ParseError as error:
            yield Rejected(what, "parse", str(error))


def _draft(item: _Element, what: str) -> Draft:
    if name_of(item) in _LISTS:
        raise ParseError(f"it is {_LISTS[name_of(item)]}, not an article; take the news items themselves")
    meta, content = first(item, "itemmeta"), first(item, "contentmeta")
    check_status(_code(first(meta, "pubstatus")), line_of(first(meta, "embargoed")))
    kind = _code(first(meta, "itemclass")).rpartition(":")[2].lower()
    body = _body(first(item, "contentset"))
    if body is None:
        what_it_is = f"its class is {kind}" if kind in _BROADCAST else "its text lies elsewhere or is missing"
        raise ParseError(f"it holds no text ({what_it_is}); take the text items of the message")
    text = with_dateline(body.text, line_of(first(content, "dateline")))
    credits = [line_of(first(content, "creditline")), *map(_named, below(content, "infosource")), *body.credits]
    provider = _named(first(meta, "provider")) or _named(first(item, "rightsinfo", "copyrightholder"))
    creators = [name for creator in below(content, "creator") if (name := _name(creator))]
    return Draft(
        what=what,
        text=text,
        id=item.get("guid") or None,
        title=_headline(content) or body.title,
        byline=line_of(first(content, "by")) or body.byline or ", ".join(creators) or None,
        outlet=provider,
        published=_time(content, "contentcreated") or _time(meta, "firstcreated") or _time(meta, "versioncreated"),
        modified=_time(meta, "versioncreated") or _time(content, "contentmodified"),
        section=next((name for subject in below(content, "subject") if (name := _name(subject))), None),
        language=_language(content) or language_of(first(item, "contentset"), item),
        credits=tuple(dict.fromkeys(credit for credit in credits if credit and credit != provider)),
        captions=body.captions,
    )


def _body(contents: _Element | None) -> Body | None:
    """Return the first rendition of the content that is text: NITF, XHTML, HTML in a string, plain text."""
    for inline in below(contents, "inlinexml"):
        nitf = next((element for element in inline.iter() if name_of(element) == "nitf"), None)
        body = body_of(nitf) if nitf is not None else _plain(_xhtml(inline))
        if body.text:
            return body
    for inline in below(contents, "inlinedata"):
        if inline.get("encoding") or inline.get("encodinguri"):
            continue
        raw = "".join(map(str, inline.itertext()))
        kind = (inline.get("contenttype") or "").lower()
        text = text_of(raw) if "html" in kind or (not kind and raw.lstrip().startswith("<")) else raw.strip()
        if text:
            return _plain(text)
    return None


def _plain(text: str) -> Body:
    return Body(text, None, None, None, (), ())


def _xhtml(inline: _Element) -> str:
    """Return the text of the XHTML in `inline`, without its head."""
    body = next((element for element in inline.iter() if name_of(element) == "body"), inline)
    return text_of("".join(_html(child) for child in body) or escape(line_of(body) or ""))


def _html(element: _Element) -> str:
    """Return an element and what follows it as HTML, without namespaces and attributes."""
    inside = escape(element.text or "") + "".join(map(_html, element))
    tag = name_of(element)
    return (f"<{tag}>{inside}</{tag}>" if tag else inside) + escape(element.tail or "")


def _headline(content: _Element | None) -> str | None:
    """Return the main headline: the one without a role, or whose role says so, else the first."""
    found = list(below(content, "headline"))
    main = [h for h in found if not h.get("role") or "main" in h.get("role", "").lower()]
    return next((line for headline in (*main, *found) if (line := line_of(headline))), None)


def _language(content: _Element | None) -> str | None:
    language = first(content, "language")
    tag = "" if language is None else (language.get("tag") or "").split("-")[0].lower()
    return tag if len(tag) == 2 else None


def _named(element: _Element | None) -> str | None:
    """Return who an element means: its name, its literal, the code after the colon ("nprov:AFP" -> "AFP")."""
    if element is None:
        return None
    code = element.get("literal") or (element.get("qcode") or "").partition(":")[2]
    return _name(element) or code or None


def _name(element: _Element) -> str | None:
    return line_of(first(element, "name"))


def _code(element: _Element | None) -> str:
    """Return a controlled value: its QCode, or the last part of its URI."""
    if element is None:
        return ""
    return element.get("qcode") or (element.get("uri") or "").rstrip("/").rpartition("/")[2]


def _time(element: _Element | None, name: str) -> str | None:
    return line_of(first(element, name))
