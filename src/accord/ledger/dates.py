"""Days of commitments: what ISO dates span, and what words of a due date come to."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30.44, "quarter": 91.3, "year": 365.25, "decade": 3652.5}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), start=1
    )
} | {"a": 1, "an": 1, "the next": 1, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_LENGTH = re.compile(
    r"\b(?:with)?in (?:the )?(?:next |coming |space of )*(?P<number>\d+|[a-z]+) (?P<unit>day|week|fortnight"
    r"|month|year|decade)s?\b"
    r"|\bover (?:the )?(?:next|coming) (?P<number2>\d+|[a-z]+) (?P<unit2>day|week|month|year|decade)s?\b"
    r"|\bover (?:the )?(?:next|coming) (?P<unit3>day|week|month|year|decade)\b",
    re.I,
)


def first_day(when: str | None) -> date | None:
    """Return the first day of an ISO day, month or year; None for anything else."""
    return _edges(when)[0]


def last_day(when: str | None) -> date | None:
    """Return the last day of an ISO day, month or year: "2031-06" -> 30 June 2031; None for anything else."""
    return _edges(when)[1]


def _edges(when: str | None) -> tuple[date | None, date | None]:
    parts = (when or "")[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return (day := date(*numbers[:3])), day
    except (ValueError, OverflowError):
        return None, None


def same_time(one: str | None, other: str | None) -> bool:
    """Whether two ISO dates may mean the same time: the less exact may stand for the more exact."""
    a, b = one or "", other or ""
    short = min(len(a), len(b))
    return bool(short) and a[:short] == b[:short]


def term_of(text: str, published: str | None) -> tuple[str, str] | None:
    """Return the words that give a term from now on in `text`, and the day or month in which it ends.

    "will be paid within a year", 2031-02-01 -> ("within a year", "2032-02")
    """
    start = first_day(published)
    found = _LENGTH.search(text)
    if start is None or found is None:
        return None
    unit = (found["unit"] or found["unit2"] or found["unit3"]).lower()
    number = (found["number"] or found["number2"] or "one").lower()
    count = int(number) if number.isdigit() else _NUMBERS.get(number)
    if count is None or count > 100:
        return None
    try:
        end = start + timedelta(days=round(_DAYS[unit] * count))
    except OverflowError:
        return None
    exact = unit in {"day", "week", "fortnight"}
    return found[0], end.isoformat() if exact else end.isoformat()[:7]
