"""JSON Lines: an article a line. A line that cannot be used is rejected with its number, and the rest go on."""

from __future__ import annotations

from collections.abc import Iterator

from accord.errors import ParseError
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.parse.json import items, load
from accord.records import Page, Rejected


def drafts(page: Page) -> Iterator[Draft | Rejected]:
    """Yield the article of each line of `page`; blank lines do not count."""
    text = decode(page.content)
    if not text.strip():
        raise ParseError("it is empty; write an article as an object on each line")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        what = f"{page.location}, line {number}"
        try:
            value = load(line)
        except ParseError as error:
            yield Rejected(what, "parse", str(error))
        else:
            yield from items([(what, value)])
