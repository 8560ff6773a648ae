"""Headings, lists and tables that were lost between the paragraphs of an article, put back where they stood.

trafilatura keeps nothing but paragraphs on pages whose markup does not say where the article is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from accord.parse.naming import squeezed
from accord.parse.trees import lines_of, short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h2", "h3", "h4")
_LISTS = ("ul", "ol", "dl", "table")
_NOT_IN = frozenset("nav aside footer header form figure menu dialog li table a".split())
_LONGEST = 4_000
_SHORT = 40
_LONGEST_HEADING = 200
_MOST_LINKED = 0.5
_MOST_LINES = 2_000


def with_lost(tree: HtmlElement, lines: Sequence[str]) -> list[str]:
    """Return `lines`, the paragraphs found in `tree`, with the headings, lists and tables that stood between them.

    Only what lies in the very elements that hold those paragraphs counts, and no list or heading of links.

        <p>It opens.</p><h2>The price</h2><ul><li>Adults: 3</ul><p>It is big.</p>, ["It opens.", "It is big."]
        -> ["It opens.", "The price", "Adults: 3", "It is big."]
    """
    places = {squeezed(line): number for number, line in reversed([*enumerate(lines)][:_MOST_LINES]) if line}
    paragraphs = {
        element: places[plain]
        for element in tree.iter("p")
        if (text := short_text(element, _LONGEST)) and (plain := squeezed(text)) in places
    }
    if len(paragraphs) < 2:
        return list(lines)
    last = max(paragraphs.values())
    holders = {_holder(paragraph) for paragraph in paragraphs}
    whole = squeezed("\n".join(lines))
    after: dict[int, list[str]] = {}
    place = -1
    for element in tree.iter("p", *_HEADINGS, *_LISTS):
        if element.tag == "p":
            place = max(place, paragraphs.get(element, place))
        elif 0 <= place < last and _holder(element) in holders and not _is_link_list(element):
            found = [line for line in lines_of(element) if squeezed(line)]
            if not any(_is_there(squeezed(line), places, whole) for line in found):
                after.setdefault(place, []).extend(found)
    return [line for number, kept in enumerate(lines) for line in (kept, *after.get(number, ()))]


def _is_there(plain: str, places: Collection[str], whole: str) -> bool:
    """Tell whether a squeezed line is one of those found, or, where it is long, stands within one."""
    return plain in places or (len(plain) > _SHORT and plain in whole)


def _holder(element: HtmlElement) -> HtmlElement | None:
    """Return the element that holds `element` among others, past wrappers of it alone; None where it is furniture."""
    parent: HtmlElement | None = element.getparent()
    while parent is not None and parent.tag in ("div", "section") and len(parent) == 1:
        parent = parent.getparent()
    if parent is None or parent.tag in _NOT_IN or any(above.tag in _NOT_IN for above in parent.iterancestors()):
        return None if element.tag != "p" else parent
    return parent


def _is_link_list(element: HtmlElement) -> bool:
    """Tell whether `element` is mostly links, too long to be sure, or a heading over such a list or over nothing."""
    text = short_text(element, _LONGEST_HEADING if element.tag in _HEADINGS else _LONGEST)
    if not text:
        return True
    linked = sum(len(short_text(link, _LONGEST) or "") for link in element.iter("a"))
    if linked > _MOST_LINKED * len(text):
        return True
    following = element.getnext() if element.tag in _HEADINGS else None
    return following is not None and following.tag in _LISTS and _is_link_list(following)
