"""Reads what an address asks for: words, days, pages. What cannot be read is told in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

T = TypeVar("T", bound=str)
MOST_WORDS = 400
MOST_PAGES = 500
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class Wrong(Exception):
    """What was asked cannot be read: `field` of the form, and what is wrong with it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
        self.problem = problem


def words(text: str, most: int = MOST_WORDS) -> str:
    """Return what somebody typed on one line, without control characters, cut after `most` characters."""
    return " ".join(_CONTROL.sub(" ", text).split())[:most].rstrip()


def day(text: str, field: str, *, last: bool = False) -> str | None:
    """Return an ISO day; of a month or a year the first day, or the last one. None for nothing.

    day("2031-05", "since") -> "2031-05-01"; day("2031", "until", last=True) -> "2031-12-31". Raises Wrong.
    """
    told = words(text)
    if not told:
        return None
    try:
        found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", told)
        if not found:
            raise ValueError(told)
        year, month, number = (int(part) if part else 0 for part in found.groups())
        if number:
            return date(year, month, number).isoformat()
        first = date(year, month or (12 if last else 1), 1)
        return (_end(first) if last else first).isoformat()
    except ValueError:
        raise Wrong(field, f"“{told[:40]}” is no day; write it like 2031-05-14, 2031-05 or 2031") from None


def _end(first: date) -> date:
    """Return the last day of the month that begins on `first`."""
    from calendar import monthrange

    return first.replace(day=monthrange(first.year, first.month)[1])


def number(text: str, most: int = MOST_PAGES) -> int:
    """Return the number of a page, from 1; what is none is the first page."""
    return min(most, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def choice(text: str, choices: Iterable[T], default: T) -> T:
    """Return the one of `choices` that is asked for, else `default`."""
    return next((one for one in choices if one == text), default)
