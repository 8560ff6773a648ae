"""HTML: the article's text and what the page says of it.

The page's metadata, captions and live-blog entries are read from its tree; then what is no part of the report is taken
out of the tree, and trafilatura takes the text out of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.config import Config
from accord.errors import ParseError
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.parse.html_text import body_of
from accord.parse.metadata import head_of, metadata_of
from accord.parse.published import readable
from accord.parse.tongue import agreed
from accord.parse.trees import MAX_CHARACTERS, MAX_DEPTH, MAX_TAGS, measure, tree_of
from accord.records import Page

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "MAX_TAGS", "drafts", "measure"]

_SHORTEST = 20
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})|^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,40})",
    re.I,
)


def drafts(page: Page, config: Config) -> Iterator[Draft]:
    """Yield the one article of `page`. Raises ParseError where the page is over a cap or holds no article."""
    declared = _CHARSET.search(page.content[:4096])
    tree = tree_of(decode(page.content, page.charset, (declared[1] or declared[2]).decode() if declared else None))
    if tree is None:
        raise ParseError("no article was found on the page; save the report's text as .txt")
    head = head_of(tree)
    facts = metadata_of(tree, head, page.url)
    day = next((day for _, day in readable([facts.published])), None)
    body = body_of(tree, head, facts, day)
    if len(body.text) < _SHORTEST:
        raise ParseError("no article was found on the page; save the report's text as .txt")
    yield Draft(
        what=page.location,
        text=body.text,
        title=facts.title,
        byline=facts.byline or body.byline,
        outlet=facts.outlet,
        url=facts.url,
        published=facts.published,
        modified=facts.modified,
        section=facts.section,
        language=agreed(facts.language, body.text),
        credits=tuple(dict.fromkeys((*facts.credits, *body.credits))),
        paywalled=facts.paywalled,
        captions=body.captions,
        entries=body.entries,
    )
