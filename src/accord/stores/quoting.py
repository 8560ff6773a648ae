"""Tells what is quoted from what is reported: whether a span stands between quotation marks."""

from __future__ import annotations

_OPENING = "“„«»\"‘‚‹'"
_WIDE_OPENING = "“„«"
_CLOSING = '”“»«"'
_WIDE_CLOSING = "»"
_BEFORE_OPENING = "([{—–-:…/" + _OPENING
_POINTS = ".,;:!?…"


def quoted(text: str, start: int, end: int) -> bool:
    """Tell whether the characters of `text` from `start` to `end` begin or end a passage in quotation marks.

    A mark opens where a word could begin, and closes where one could end: German „...“ and »...«, French « ... » with
    white space inside, and straight marks are told apart by that. Single marks only open: else they are apostrophes.

        quoted('“Run,” she said', 1, 5) -> True; quoted('she said the dam broke', 9, 22) -> False
    """
    return _opened(text, start) or _closed(text, end)


def _opened(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at].isspace():
        at -= 1
    marks = _OPENING if at == start - 1 else _WIDE_OPENING
    return at >= 0 and text[at] in marks and (at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING)


def _closed(text: str, end: int) -> bool:
    at = end
    if text[at : at + 1] and text[at] in _POINTS:
        at += 1
    marks = _CLOSING
    while at < len(text) and text[at].isspace():
        at, marks = at + 1, _WIDE_CLOSING
    after = text[at + 1 : at + 2]
    return at < len(text) and text[at] in marks and not after.isalnum()
