"""JSON-LD (schema.org) in a page: its nodes, the one that is the article, and plain values out of them.

Broken blocks are mended where that is plain (comments around them, commas too many, raw line breaks), else left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = dict[str, object]

MOST_NODES = 4_000
_OPENINGS = ("//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "// <![CDATA[", "<!--")
_CLOSINGS = ("//]]>", "/*]]>*/", "]]>", "// ]]>", "-->", ";")
_COMMA_TOO_MANY = re.compile(r",(?=\s{0,100}[}\]])")
_BETWEEN_OBJECTS = re.compile(r"\}\s{0,100}\{")
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|^Report)$")
_LESSER_TYPES = frozenset({"CreativeWork", "Review", "WebPage", "ItemPage"})
_HOLDERS = ("@graph", "mainEntity", "itemReviewed", "mainEntityOfPage")


def nodes_of(tree: HtmlElement) -> list[Node]:
    """Return the nodes of all JSON-LD blocks of a page that stand for themselves, in page order.

    Nodes stand in lists, in `@graph` and in `mainEntity`; what hangs on a node (an author, a part) is no node here.
    """
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            found.extend(_nodes(read_json(script.text), MOST_NODES - len(found)))
    return found


def read_json(text: str) -> object:
    """Return the value that `text` holds, None where it cannot be mended."""
    text = _unwrapped(text)
    for attempt in (text, _COMMA_TOO_MANY.sub("", text), "[" + _BETWEEN_OBJECTS.sub("},{", text) + "]"):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _unwrapped(text: str) -> str:
    """Return `text` without the comment marks that older pages put around it."""
    text = text.strip()
    for opening in _OPENINGS:
        text = text.removeprefix(opening)
    for closing in _CLOSINGS:
        text = text.rstrip().removesuffix(closing)
    return text.strip()


def _nodes(value: object, most: int) -> Iterator[Node]:
    stack, count = [value], 0
    while stack and count < most:
        value = stack.pop()
        count += 1
        if isinstance(value, list):
            stack.extend(reversed(value[:most]))
        elif isinstance(value, dict):
            yield value
            stack.extend(value[key] for key in _HOLDERS if isinstance(value.get(key), dict | list))


def types_of(node: Node) -> tuple[str, ...]:
    """Return the schema.org types of `node`, without their namespace."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return tuple(re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str))


def article_of(nodes: list[Node]) -> Node:
    """Return the node that is the article ({} if none is): a live blog first, then the one that says most of itself."""
    best: Node = {}
    best_score = 0
    for node in nodes:
        kinds = types_of(node)
        is_article = any(_ARTICLE_TYPE.search(kind) for kind in kinds)
        if not is_article and _LESSER_TYPES.isdisjoint(kinds):
            continue
        score = sum(key in node for key in ("headline", "datePublished", "author", "articleBody", "publisher"))
        score += 20 * ("LiveBlogPosting" in kinds) + 10 * is_article
        if score > best_score:
            best, best_score = node, score
    return best


def text_of_value(value: object) -> str | None:
    """Return the string that a string, a number, a list of them or a node with a name holds; entities resolved."""
    if isinstance(value, list):
        return next((text for text in map(text_of_value, value[:20]) if text), None)
    if isinstance(value, dict):
        return text_of_value(value.get("name") or value.get("@value") or value.get("headline"))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = " ".join(unescape(str(value)[:5_000]).split())
    return text.encode("utf-8", "replace").decode() or None


def texts_of_value(value: object) -> list[str]:
    """Return all strings out of a value or a list of values."""
    values = value[:50] if isinstance(value, list) else [value]
    return [text for text in map(text_of_value, values) if text]
