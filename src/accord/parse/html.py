"""HTML: trafilatura takes the article's text and its metadata (JSON-LD, OpenGraph, meta tags) out of a page.

Size, depth and the number of tags are capped before parsing: past them parsers take minutes or return nothing in
silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from accord.errors import ParseError
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.records import Page

MAX_CHARACTERS = 5_000_000
MAX_TAGS = 100_000
MAX_DEPTH = 240

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_TAG = re.compile(r"<(/?)(!--|[a-zA-Z][a-zA-Z0-9-]*)")
_RAW_ENDS = {"script": re.compile("</script", re.I), "style": re.compile("</style", re.I), "!--": re.compile("-->")}
# Tags that need no end tag: they do not nest, whatever the count of open ones says.
_UNCLOSED_NAMES = """
area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option
optgroup colgroup html head body rp rt path circle rect line use polygon ellipse stop
"""
_UNCLOSED = frozenset(_UNCLOSED_NAMES.split())


def drafts(page: Page) -> Iterator[Draft]:
    """Yield the one article of `page`. Raises ParseError where the page is over a cap or holds no article."""
    declared = _CHARSET.search(page.content[:4096])
    html = decode(page.content, declared[1].decode("ascii") if declared else None)
    check_caps(html)
    import trafilatura

    address = page.location if page.location.startswith(("http://", "https://")) else None
    found = trafilatura.bare_extraction(
        html,
        url=address,
        fast=True,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    fields = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    text = fields.get("text")
    if not text:
        raise ParseError("no article was found on the page; save the report's text as .txt")
    outlet = _outlet(fields.get("sitename"))
    yield Draft(
        what=page.location,
        text=text,
        title=_title(fields.get("title"), outlet),
        byline=fields.get("author"),
        outlet=outlet,
        url=fields.get("url") or address,
        published=fields.get("date"),
    )


def check_caps(html: str) -> None:
    """Raise ParseError where `html` is larger, deeper or has more tags than a parser takes in reasonable time."""
    advice = "save the report's text as .txt"
    if len(html) > MAX_CHARACTERS:
        raise ParseError(f"the page has {len(html):,} characters, the limit is {MAX_CHARACTERS:,}; {advice}")
    depth, tags = measure(html)
    if tags > MAX_TAGS:
        raise ParseError(f"the page has over {MAX_TAGS:,} tags; {advice}")
    if depth > MAX_DEPTH:
        raise ParseError(f"the page's tags are nested {depth} deep, the limit is {MAX_DEPTH}; {advice}")


def measure(html: str) -> tuple[int, int]:
    """Return how deep the tags of `html` nest and how many there are, both at most just over their cap."""
    open_tags: Counter[str] = Counter()
    depth = deepest = tags = position = 0
    while deepest <= MAX_DEPTH and tags <= MAX_TAGS:
        match = _TAG.search(html, position)
        if match is None:
            break
        position = match.end()
        closing, name = match[1], match[2].lower()
        if name in _RAW_ENDS and not closing:
            end = _RAW_ENDS[name].search(html, position)
            if end is None:
                break
            position = end.end()
            continue
        tags += 1
        if name in _UNCLOSED:
            continue
        if not closing:
            open_tags[name] += 1
            depth += 1
        elif open_tags[name]:
            open_tags[name] -= 1
            depth -= 1
        deepest = max(deepest, depth)
    return deepest, tags


def _outlet(name: str | None) -> str | None:
    """Return a site's name; where the page gives an address for it, its host."""
    if name and name.startswith(("http://", "https://")):
        try:
            name = urlsplit(name).hostname
        except ValueError:
            return None
    return name.removeprefix("www.") if name else None


def _title(title: str | None, outlet: str | None) -> str | None:
    """Return the title without the outlet's name that many pages hang on: "Dam opens | The Herald" -> "Dam opens"."""
    if title and outlet:
        title = re.sub(rf"\s+[|\-–—]\s+{re.escape(outlet)}$", "", title) or title
    return title
