"""What a page's markup hides: elements that nobody is shown, and addresses that a script has to decode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.parse.trees import short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST = 1_500
_LARGEST_SHARE = 0.6
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:mso-)?hide\s*:\s*all"
    r"|(?P<small>(?:font-size|max-height)\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?))\s*(?:!\s*important\s*)?(?=;|$)",
    re.I,
)
_SIZED = re.compile(r"font-size\s*:\s*(?!0(?:px|pt|em|%)?\s*(?:!|;|$))", re.I)
_HEX = re.compile(r"(?:[0-9a-f]{2}){4,200}", re.I)
_PROTECTED = re.compile(r"\s*\[email[\s\xa0]?protected\]", re.I)


def hidden_in(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements under `tree` that an attribute or an inline style hides: up to 1,500 characters each.

    A larger one, or one that holds a title, is taken for a page that shows itself by script. `font-size: 0` hides only
    what sets no size of its own: layouts use it against gaps.
    """
    from lxml import etree

    candidates: list[HtmlElement] = etree.XPath("descendant::*[@hidden or @style]")(tree)
    most = _LARGEST_SHARE * sum(len(part.strip()) for part in tree.itertext()) if candidates else 0.0
    return [element for element in candidates if _is_hidden(element, most)]


def _is_hidden(element: HtmlElement, most: float) -> bool:
    """Tell whether `element` is hidden and shows at most `most` characters."""
    if element.tag in ("html", "body", "head", "script", "style"):
        return False
    hiding = None if element.get("hidden") is not None else _HIDING.search((element.get("style") or "")[:1_000])
    if hiding is None and element.get("hidden") is None:
        return False
    text = short_text(element, _LARGEST)
    if not text or len(text) > most or next(element.iter("h1"), None) is not None:
        return False
    sized = hiding is not None and (hiding["small"] or "").lower().startswith("font")
    return not (sized and any(_SIZED.search((inner.get("style") or "")[:1_000]) for inner in element.iterdescendants()))


def show_addresses(tree: HtmlElement) -> None:
    """Write the e-mail addresses that Cloudflare's script would show into `tree`, in place of its marker.

    "<a data-cfemail='4223026c'>[email protected]</a>": the first byte is the key with which the others are XORed.
    """
    for element in tree.iter("a", "span"):
        link = element.get("href") or ""
        code = element.get("data-cfemail") or (
            link.partition("#")[2] if "/cdn-cgi/l/email-protection#" in link[:200] else ""
        )
        if not code or not _HEX.fullmatch(code):
            continue
        address = decoded(code).partition("?")[0]
        if address and _PROTECTED.search(" " + (short_text(element, 100) or "")):
            for inner in list(element):
                element.remove(inner)
            element.text = address


def decoded(code: str) -> str:
    """Return the address that `code`, hexadecimal, stands for; "" where it is no text."""
    key, *rest = bytes.fromhex(code)
    try:
        text = bytes(byte ^ key for byte in rest).decode()
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""


def without_marker(line: str) -> str:
    """Return `line` without "[email protected]", which stands for an address that the page does not give."""
    return _PROTECTED.sub("", line) if "protected]" in line else line
