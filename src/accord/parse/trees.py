"""HTML trees: one parser for all modules, and a walk that gives the lines of a reader's eye.

Size, depth and the number of tags are capped before parsing: past them parsers take minutes or return nothing in
silence.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from accord.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

MAX_CHARACTERS = 5_000_000
MAX_TAGS = 100_000
MAX_DEPTH = 240

_TAG = re.compile(r"<(/?)(!--|[a-zA-Z][a-zA-Z0-9-]*)")
_RAW_ENDS = {"script": re.compile("</script", re.I), "style": re.compile("</style", re.I), "!--": re.compile("-->")}
# Tags that need no end tag: they do not nest, whatever the count of open ones says.
_UNCLOSED_NAMES = """
area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option
optgroup colgroup html head body rp rt path circle rect line use polygon ellipse stop
"""
_UNCLOSED = frozenset(_UNCLOSED_NAMES.split())

_BLOCK_NAMES = """
address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NO_TEXT_NAMES = """
audio button canvas embed head iframe input link map math meta noscript object option script select source style svg
template textarea title track video
"""
_NO_TEXT = frozenset(_NO_TEXT_NAMES.split())
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"[^\S\n]+")
_EMPTY = re.compile("[|\\s\u200b\u200c\u200d\ufeff]*")
_SPACES = re.compile(r"\s+")


def tree_of(html: str) -> HtmlElement | None:
    """Return the root of `html`, None where there is no element in it. Raises ParseError where it is over a cap."""
    from lxml import etree
    from lxml.html import HTMLParser

    check_caps(html)
    content = _NO_XML.sub("", html).encode()
    if not content.strip():
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root: HtmlElement | None = etree.fromstring(content, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


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


def lines_of(root: HtmlElement, skip: Callable[[HtmlElement], bool] | None = None) -> list[str]:
    """Return the lines that `root` shows: one a paragraph, heading, list item, or row of a table; space is single.

    What `skip` says yes to is left out, with all that is in it.

        "<p>One <b>two</b></p><ul><li>three</ul>" -> ["One two", "three"]
    """
    parts: list[str] = []
    _walk(root, parts, skip)
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return [line for line in lines if not _EMPTY.fullmatch(line)]


def text_in(element: HtmlElement) -> str:
    """Return all that `element` shows as one line."""
    return " ".join(lines_of(element))


def short_text(element: HtmlElement, most: int) -> str | None:
    """Return what `element` shows as one line, None where it is over `most` characters; looks no further."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        length += len(part.strip())
        if length > most or len(parts) > most:
            return None
        parts.append(part)
    return " ".join("".join(parts).split())


def _walk(
    element: HtmlElement, parts: list[str], skip: Callable[[HtmlElement], bool] | None, *, in_row: bool = False
) -> None:
    """Add what `element` shows to `parts`; `in_row` tells that it lies in a table's row of short values."""
    name = element.tag
    if not isinstance(name, str) or name in _NO_TEXT or (skip is not None and skip(element)):
        return
    if name == "br":
        parts.append("\n")
        return
    cell = in_row and name in ("td", "th")
    block = name in _BLOCKS and not cell
    if block:
        parts.append("\n")
    elif cell and parts and parts[-1] != "\n":
        parts.append(" | ")
    inline = _verbatim if name == "pre" else _flowing
    if element.text:
        parts.append(inline(element.text))
    of_row = name == "tr" and _is_data_row(element)
    for child in element:
        _walk(child, parts, skip, in_row=of_row)
        if child.tail and not (of_row and child.tail.isspace()):
            parts.append(inline(child.tail))
    if block:
        parts.append("\n")


def _is_data_row(row: HtmlElement) -> bool:
    """Tell whether a table's row holds short values: no cell of it holds a paragraph, a list or another table."""
    return not any(e.tag in _BLOCKS for cell in row for e in cell.iterdescendants())


def _flowing(text: str) -> str:
    return _SPACES.sub(" ", text)


def _verbatim(text: str) -> str:
    return text
