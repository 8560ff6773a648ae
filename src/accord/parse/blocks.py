"""What else a page offers where trafilatura finds too little: its JSON-LD body, its largest block, its standfirst."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from accord.parse.naming import squeezed
from accord.parse.trees import lines_of, short_text, text_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from accord.parse.metadata import Head

_FEWEST = 40
_RUNNING = ("p", "pre", "blockquote", "dd")
_HOLDERS = ("div", "td", "section", "article", "main", "center", "font", "li")
_INLINE = frozenset("a abbr b bdi br cite code em font i mark q s small span strong sub sup time u wbr".split())
_NO_BODY = frozenset("nav aside footer form figure header menu dialog".split())
_STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|excerpt|sub-?title|sub-?head(?:line)?|sub-?heading|lede|lead-?(?:text"
    r"|paragraph)?|article-?intro|intro-?text"
    r"|teaser-?text|article-?summary|story-?summary|vorspann|chapo|entradilla|sommario|kicker-?text)(?:$|[\s_-])",
    re.I,
)
_NO_STANDFIRST = re.compile(
    r"^(?:by|von|par|por)\s|^(?:published|updated|posted)\b|\d{1,2}:\d\d|\b[^\W\d_]{3,9}\.? \d{1,2},? (?:19|20)\d\d$",
    re.I,
)
_LEAST_STANDFIRST, _MOST_STANDFIRST = 40, 600
_MOST_LOOKED_AT = 3_000


def largest_block(tree: HtmlElement) -> list[str]:
    """Return the lines of the element that directly holds the most running text (as readability scores it)."""
    scores: dict[HtmlElement, float] = defaultdict(float)
    for element in tree.iter(*_RUNNING, *_HOLDERS):
        length = _own_length(element)
        if length < _FEWEST:
            continue
        if element.tag in _HOLDERS:
            scores[element] += length
            continue
        parent = element.getparent()
        if parent is not None:
            scores[parent] += length
            above = parent.getparent()
            if above is not None:
                scores[above] += length / 2
    if not scores:
        return []
    return lines_of(max(scores, key=lambda element: scores[element]), _skipped)


def _own_length(element: HtmlElement) -> int:
    """Return how many characters `element` shows outside of links and of blocks in it."""
    length = len((element.text or "").strip())
    for child in element:
        length += len((child.tail or "").strip())
        if child.tag in _INLINE and child.tag != "a":
            length += len((child.text or "").strip())
    return length


def _skipped(element: HtmlElement) -> bool:
    return element.tag in _NO_BODY


def standfirst_of(tree: HtmlElement, head: Head, first: str) -> str | None:
    """Return the paragraph under the title that sums the article up, None where none is marked as such.

    It is an element between the title and the text's `first` line whose class says so, the only such element of the
    page where it has no h1, or the element that shows what the page gives as its description.
    """
    described = {squeezed(text)[:60] for text in head.descriptions if len(squeezed(text)) >= _LEAST_STANDFIRST}
    start = squeezed(first)[:60]
    titled = False
    marked: list[str] = []
    for number, element in enumerate(tree.iter("h1", "p", "h2", "h3", "div", "span")):
        if number > _MOST_LOOKED_AT:
            break
        if element.tag == "h1":
            titled = True
            continue
        is_marked = _is_marked(element)
        if not is_marked and (element.tag in ("div", "span") and len(element)):
            continue
        text = short_text(element, _MOST_STANDFIRST)
        if not text or len(text) < _LEAST_STANDFIRST or _is_elsewhere(element):
            continue
        plain = squeezed(text)[:60]
        is_marked = is_marked and not _NO_STANDFIRST.search(text)
        if plain in described or (is_marked and titled):
            return text_in(element)
        if plain == start and titled:
            return None
        if is_marked and text not in marked:
            marked.append(text_in(element))
    return marked[0] if len(marked) == 1 and not titled else None


def _is_marked(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return len(names) > 2 and _STANDFIRST_CLASS.search(names[:200]) is not None


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(ancestor.tag in ("a", "aside", "nav", "footer", "li") for ancestor in element.iterancestors())
