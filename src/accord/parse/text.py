"""Plain text: the file is the text, and its first line a title if it looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.config import Config
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.records import Page

_LONGEST = 140
_WORDS = range(2, 25)
_FIRST_LINE = re.compile(r"\s*([^\r\n]*\S)[^\S\r\n]*(\r\n|\r|\n|$)")
_CLOSING = "\"'”’»)]"
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|vs)\.$")
_BULLET = re.compile(r"[•*\-–—·>|]")
_BYLINE = re.compile(
    r"(?:By|BY) [A-Z][\w.'’-]*(?: (?:and|[A-Z][\w.,'’-]*))*$|[A-Z][\w'’-]+(?: [A-Z][\w'’-]*\.?){1,2}, [\w.]+$"
)
_CREDIT = re.compile(
    r"(?:photo|image|picture|media|video|source|credit)s?(?::| by\b| copyright\b| caption\b| playback\b)"
    r"|(?:last )?(?:published|updated|posted)\b",
    re.I,
)
_DATELINE = re.compile(r"[A-Z][\w., ]*\(\w+\)\s*[-–—]")
_TWO_SENTENCES = re.compile(r".*[a-z]{3}[.!?]\)? ?[A-Z(]")
_NOT_TITLES = (_BULLET, _BYLINE, _CREDIT, _DATELINE, _TWO_SENTENCES)


def drafts(page: Page, config: Config) -> Iterator[Draft]:
    """Yield the one article of `page`."""
    text = decode(page.content)
    yield Draft(what=page.location, text=text, title=first_line_title(text), url=page.url)


def first_line_title(text: str) -> str | None:
    """Return the first line of `text` if it looks like a title, else None; it stays in the text either way.

    A title is short, ends no sentence, is no byline, credit, dateline or list item, and stands before a blank line or a
    much longer line; a paragraph longer than itself comes after it.

        first_line_title("Dam opens in May\\n\\nThe dam at Oss opens in May, its keeper said.") -> "Dam opens in May"
    """
    match = _FIRST_LINE.match(text)
    if not match:
        return None
    line, rest = match[1], text[match.end() :]
    if len(line) > _LONGEST or len(line.split()) not in _WORDS or _ends_sentence(line):
        return None
    if any(pattern.match(line) for pattern in _NOT_TITLES):
        return None
    blank_follows = rest[:1] in ("\n", "\r") or not rest.partition("\n")[0].strip()
    paragraphs = [p for p in (part.strip() for part in rest[: 40 * _LONGEST].splitlines()) if p]
    if not paragraphs or paragraphs[0][0].islower():
        return None
    if blank_follows:
        return line if any(len(p) > len(line) for p in paragraphs[:6]) else None
    # A line of hard-wrapped text is about as long as the next, and the next seldom ends a sentence.
    ends = _ends_sentence(paragraphs[0]) and len(paragraphs[0]) > len(line)
    return line if ends or len(paragraphs[0]) > max(1.5 * len(line), 100) else None


def _ends_sentence(line: str) -> bool:
    end = line.rstrip(_CLOSING)
    return end.endswith((".", "!", ":", ";", ",")) and not (end.endswith("...") or _ABBREVIATION.search(end))
