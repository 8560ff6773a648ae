"""HTML fragments that are an article's body: a feed's full content, a newsletter, an agency's inline XHTML.

The whole fragment is the text, furniture left out; no search for the article within it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from accord.config import Config
from accord.errors import ParseError
from accord.parse.captions import take_captions
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.parse.hidden import show_addresses
from accord.parse.pruning import prune
from accord.parse.sifting import sifted
from accord.parse.trees import lines_of, tree_of
from accord.records import Caption, Page

_NO_TEXT = frozenset(("figure", "figcaption", "form", "nav"))


def drafts(page: Page, config: Config) -> Iterator[Draft]:
    """Yield the one article of `page`. Raises ParseError where the fragment is over a cap or holds no text."""
    text, captions = _read(decode(page.content, page.charset))
    if not text:
        raise ParseError("no text was found in the fragment; save the report's text as .txt")
    yield Draft(what=page.location, text=text, url=page.url, captions=captions)


def text_of(html: str) -> str:
    """Return the text of `html`, a line a paragraph, heading or list item; "" where it shows none.

    Captions, embedded posts, sharing and subscription lines are left out. Raises ParseError where `html` is over a cap
    of `trees`.

        "<p>The dam opens.</p><p>The post <a>Dam</a> appeared first on <a>Herald</a>.</p>" -> "The dam opens."
    """
    return _read(html)[0]


def _read(html: str) -> tuple[str, tuple[Caption, ...]]:
    """Return the text and the captions of `html`."""
    captions: tuple[Caption, ...] = ()
    if "<" not in html:
        lines = [" ".join(line.split()) for line in unescape(html).splitlines()]
    else:
        root = tree_of(html)
        if root is None:
            return "", ()
        show_addresses(root)
        captions = take_captions(root)
        prune(root)
        lines = lines_of(root, lambda element: element.tag in _NO_TEXT)
    kept, more = sifted(lines)
    return "\n".join(kept), (*captions, *more)
