"""Finds what stands between quotation marks: curly, straight, single, nested, mixed, or never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = "“„«"
_CLOSING = "”»"
_SINGLE_OPEN = re.compile(r"(?<![\w'’‘])['‘](?=[\w“\"$])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s'‘(])['’](?![\w])")
_PARAGRAPH = re.compile(r"[^\n]+")
_SAID = re.compile(r",\s(?:[A-Z][\w.’'-]*\s){1,4}(?:said|says|added)\.?$")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks, marks left out: `start` to `end`; `single` marks; `closed` or broken off."""

    start: int
    end: int
    single: bool = False
    closed: bool = True


def find_marked(text: str) -> tuple[Marked, ...]:
    """Return the outermost marked stretches of `text` in order; a paragraph's end closes what is still open.

    >>> find_marked('She said “I will.”')
    (Marked(start=10, end=17, single=False, closed=True),)
    """
    found: list[Marked] = []
    for paragraph in _PARAGRAPH.finditer(text):
        double = _double(text, paragraph.start(), paragraph.end())
        if found and not found[-1].closed:
            double = _go_on(text, paragraph.start(), paragraph.end(), found, double)
        found += double
        found += _single(text, paragraph.start(), paragraph.end(), double)
        found.sort(key=lambda marked: marked.start)
    return tuple(found)


def _go_on(text: str, start: int, end: int, found: list[Marked], double: list[Marked]) -> list[Marked]:
    """A paragraph with no opening mark goes on with the quote that the one before left open, up to its closing mark."""
    last = found[-1]
    close = next((at for at in range(start, end) if text[at] in '"”“„«»'), None)
    if text[last.end : start].strip(" \n") or close is None or close == start or text[close] in _OPENING:
        return double
    if text[close - 1].isspace() or (text[close] == '"' and text[close + 1 : close + 2].isalnum()):
        return double
    found[-1] = Marked(last.start, close, last.single)
    return _double(text, close + 1, end)


def _double(text: str, start: int, end: int) -> list[Marked]:
    found: list[Marked] = []
    opened: int | None = None
    depth = 0
    for at in range(start, end):
        mark = text[at]
        if mark not in '"“„«”»':
            continue
        if opened is None:
            if mark == '"' and text[at + 1 : at + 2] == '"' and text[at + 2 : at + 3].isalnum():
                continue  # two marks typed for one, or for a quote that begins with a quote
            if _opens(text, at, start, end):
                opened, depth = at + 1, 0
        elif mark in _OPENING:
            if _closes(text, at, end) and depth == 0:
                found += _marked(text, opened, at)
                opened = None
            elif _closed_later(text, at + 1, end):
                depth += 1
            else:
                found += _marked(text, opened, at, closed=False)
                opened = at + 1
        elif depth and (mark in _CLOSING or (mark == '"' and not text[at - 1].isspace())):
            depth -= 1
        elif mark == '"' and not depth and _nested(text, at, end):
            depth += 1
        else:
            found += _marked(text, opened, at)
            opened = None
    if opened is not None:
        found += _marked(text, opened, end, closed=False)
    return [_cut(text, marked) for marked in found]


def _cut(text: str, marked: Marked) -> Marked:
    """Where no mark closes, "..., Paz said." at the end is no more of the quote."""
    said = None if marked.closed else _SAID.search(text, marked.start, marked.end)
    return Marked(marked.start, said.start() + 1, marked.single) if said else marked


def _opens(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] in _OPENING:
        return not after.isspace() or at + 1 < end
    return not after.isspace() and (before.isspace() or before in "([{—–-―/:'‘’…;,.>*\"")


def _closes(text: str, at: int, end: int) -> bool:
    """A mark of the opening kind typed where a closing one belongs."""
    after = text[at + 1] if at + 1 < end else " "
    return not text[at - 1].isspace() and (after.isspace() or after in ".,;:!?)—–")


def _closed_later(text: str, at: int, end: int) -> bool:
    """Both the inner and the outer quote still find their closing marks."""
    return sum(text[i] in _CLOSING for i in range(at, end)) - sum(text[i] in _OPENING for i in range(at, end)) >= 2


def _nested(text: str, at: int, end: int) -> bool:
    """A straight mark inside straight marks: it opens in mid-clause, closes, and the outer one closes later."""
    if not text[at - 1].isspace() or not text[at + 1 : at + 2].isalnum() or not text[at - 2].isalnum():
        return False
    close = text.find('"', at + 1, end)
    outer = text.find('"', close + 1, end) if close > 0 else -1
    return outer > 0 and text[close + 1 : close + 2] == " " and text[outer - 1] in ",.!?" and text[close - 1] != " "


def _single(text: str, start: int, end: int, double: list[Marked]) -> list[Marked]:
    """Single marks used as outer marks; an apostrophe inside a word never counts."""
    found: list[Marked] = []
    at = start
    while match := _SINGLE_OPEN.search(text, at, end):
        begin = match.end()
        inside = next((marked for marked in double if marked.start <= begin <= marked.end), None)
        if inside is not None:
            at = inside.end + 1
            continue
        close = _closing_single(text, begin, end)
        if close is None:
            at = begin
            continue
        found += _marked(text, begin, close, single=True)
        at = close + 1
    return [marked for marked in found if not any(d.start <= marked.end and marked.start <= d.end for d in double)]


def _closing_single(text: str, begin: int, end: int) -> int | None:
    """Return where the quote opened before `begin` closes: a mark after punctuation wins over one after an s."""
    reopened = _SINGLE_OPEN.search(text, begin, end)
    limit = reopened.start() if reopened else end
    marks = [match.start() for match in _SINGLE_CLOSE.finditer(text, begin, limit)]
    if not marks:
        return None
    for mark in marks:
        if text[mark - 1] in ",.!?…":
            return mark
        if text[mark - 1] not in "sS" or mark == marks[-1]:
            return mark
    return None


def _marked(text: str, start: int, end: int, *, single: bool = False, closed: bool = True) -> list[Marked]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return [Marked(start, end, single, closed)] if 0 < end - start <= _LONGEST else []
