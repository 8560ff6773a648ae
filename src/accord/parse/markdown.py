"""Markdown: front matter gives the fields, else the first heading the title. The text stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.config import Config
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.parse.fields import draft_of
from accord.parse.text import first_line_title
from accord.records import Page

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*\S)")
_HEAD = 20_000


def drafts(page: Page, config: Config) -> Iterator[Draft]:
    """Yield the one article of `page`. Its text is all that follows the front matter, marks and headings included."""
    text = decode(page.content)
    fields: dict[str, object] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        fields = {match[1]: _unquoted(match[2]) for match in map(_FIELD.match, front[1].splitlines()) if match}
    if front and fields:
        text = text[front.end() :]
    fields.setdefault("title", heading(text) or first_line_title(text))
    yield draft_of(fields, page.location, text)


def heading(text: str) -> str | None:
    """Return the words of the first level-one heading of `text`, else of a heading that opens it, marks left out."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(text[:_HEAD])
    headings = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    chosen = next((i for i in headings if tokens[i].tag == "h1"), 0 if headings[:1] == [0] else None)
    if chosen is None:
        return None
    children = tokens[chosen + 1].children or []
    return "".join(child.content if child.content else " " * (child.type == "softbreak") for child in children) or None


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
