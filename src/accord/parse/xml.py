"""XML of agencies: safe parsing, and the small questions that its readers ask of an element.

No DTD is loaded, no entity of a document's own is expanded, nothing is fetched; libxml2's caps on depth (256) and on a
text node (10 MB) hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING

from accord.errors import ParseError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_TAGS = 300_000
_ENTITY_DECLARED = re.compile(rb"<!ENTITY", re.I)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = (b"amp", b"lt", b"gt", b"quot", b"apos")


def root_of(content: bytes) -> _Element:
    """Return the root element of an XML document, HTML's named characters (&nbsp;) written out.

    Raises ParseError where it is not well-formed, or declares entities of its own.
    """
    from lxml import etree

    if content.count(b"<") > 2 * MOST_TAGS:
        raise ParseError(f"it has over {MOST_TAGS:,} elements; split it, a message a file")
    if _ENTITY_DECLARED.search(content):
        raise ParseError("it declares entities of its own, which are not expanded; write their text out")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(_NAMED.sub(_written_out, content), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ParseError(f"it is not well-formed XML: {error}; mend it there") from error


def name_of(element: _Element) -> str:
    """Return an element's name without its namespace, lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def below(element: _Element | None, *names: str) -> Iterator[_Element]:
    """Yield the elements at the end of the path `names` under `element`, whatever their namespace."""
    if element is None:
        return
    for child in element:
        if name_of(child) == names[0]:
            if len(names) == 1:
                yield child
            else:
                yield from below(child, *names[1:])


def first(element: _Element | None, *names: str) -> _Element | None:
    """Return the first element at the end of the path `names` under `element`."""
    return next(below(element, *names), None)


def line_of(element: _Element | None) -> str | None:
    """Return all text in an element as one line, None where there is none."""
    if element is None:
        return None
    return " ".join("".join(map(str, element.itertext())).split()) or None


def _written_out(match: re.Match[bytes]) -> bytes:
    if match[1] in _OF_XML:
        return match[0]
    text = html5.get(match[1].decode() + ";")
    return "".join(f"&#{ord(c)};" for c in text).encode() if text else match[0]
