"""Addresses of what a page links to, and the words around a passage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from accord.renderers.words import plain


@lru_cache(maxsize=20_000)
def segment(value: object) -> str:
    """Return `value` as one segment of an address."""
    return quote(str(value), safe="")


def passage_at(article: str, start: int, end: int) -> str:
    """Return the address of exact characters of an article: `/articles/3f2a?at=120-180#at`."""
    return f"/articles/{segment(article)}?at={start}-{end}#at"


def finding_at(story: str, finding: str) -> str:
    """Return the address of a finding of a story."""
    return f"/stories/{segment(story)}/findings/{segment(finding)}"


def name_at(name: str, kind: str | None = None) -> str:
    """Return the address of a person or body."""
    return address(f"/names/{segment(name)}", kind=kind)


def address(path: str, **asked: object) -> str:
    """Return `path` with what is asked of it; what is None, False, 0 or empty is left out.

    address("/ledger", who="Dagny Holm", status=None) -> "/ledger?who=Dagny+Holm"
    """
    given = {key: 1 if value is True else value for key, value in asked.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def at_last(address: str) -> dict[str, str]:
    """Return the header by which htmx puts `address` in the place of the browser's: what is empty is left out of it."""
    return {"HX-Replace-Url": address}


@dataclass(frozen=True, slots=True)
class Around:
    """A passage with the words before and after it, on one line each; an ellipsis stands where words were cut."""

    before: str
    text: str
    after: str


def around(text: str, start: int, end: int, size: int = 90) -> Around:
    """Return the passage of `text` from `start` to `end` with about `size` characters on both sides.

    The words around end where the paragraph does, and are never cut in two.

        around("The dam held. Nobody was hurt.", 14, 20) -> Around("The dam held. ", "Nobody", " was hurt.")
    """
    start = min(max(0, start), len(text))
    end = min(max(start, end), len(text))
    low = max(text.rfind("\n", 0, start) + 1, start - size)
    cut = low > 0 and text[low - 1] != "\n"
    while cut and low < start and not text[low - 1].isspace():
        low += 1
    line = text.find("\n", end)
    high = min(len(text) if line < 0 else line, end + size)
    more = high < len(text) and text[high] != "\n"
    while more and high > end and not text[high].isspace():
        high -= 1
    before = ("… " if cut else "") + _inner(text[low:start])
    return Around(before, plain(text[start:end]), _inner(text[end:high]) + (" …" if more else ""))


def _inner(words: str) -> str:
    """Return words on one line, with one space at each end that has white space."""
    inner = plain(words)
    if not inner:
        return " " if words else ""
    return (" " if words[0].isspace() else "") + inner + (" " if words[-1].isspace() else "")
