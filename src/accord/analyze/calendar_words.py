"""The words of the calendar: months, weekdays, numbers, feasts, and the dates of shifted days, weeks and months."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_ONES = "zero one two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBERS = {word: number for number, word in enumerate((*_ONES.split(), *_TEENS.split()))}
NUMBERS |= {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "a": 1,
    "an": 1,
    "the": 1,
    "couple": 2,
    "dozen": 12,
    "half": 0,
}
FEASTS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "independence day": (7, 4),
    "fourth of july": (7, 4),
    "halloween": (10, 31),
    "veterans day": (11, 11),
}


def number_of(words: str) -> int | None:
    """Return the whole number that `words` name ("a couple of" -> 2), None for "several" and the like."""
    parts = words.lower().replace("-", " ").replace(" of", "").split()
    if len(parts) == 1 and parts[0].isdigit():
        return int(parts[0])
    if len(parts) == 2 and parts[0] in ("a", "the"):
        return NUMBERS.get(parts[1])
    known = [NUMBERS.get(part) for part in parts]
    numbers = [number for number in known if number is not None]
    return sum(numbers) if numbers and len(numbers) == len(known) else None


def shifted(iso: str, unit: str, count: int) -> str | None:
    """Return the date `count` units from `iso`, as precise as both allow: weeks and months give a month, years a year.

    ("2018-01-01", "week", -2) -> "2017-12"; ("1991", "year", 2) -> "1993"; ("2017-12", "day", 3) -> "2017-12"
    """
    year = int(iso[:4])
    if unit == "year":
        return f"{year + count:04}" if 0 < year + count < 10_000 else None
    if len(iso) == 4:
        return iso
    if unit == "month":
        months = year * 12 + int(iso[5:7]) - 1 + count
        return f"{months // 12:04}-{months % 12 + 1:02}" if 12 <= months < 120_000 else None
    if len(iso) == 7:
        return iso
    try:
        moved = date.fromisoformat(iso) + timedelta(days=count * (7 if unit == "week" else 1))
    except OverflowError:
        return None
    return moved.isoformat() if unit == "day" else moved.isoformat()[:7]


def iso_day(year: int, month: int, day: int) -> str | None:
    """Return the ISO day, None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def week_of(day: date, weeks: int = 0) -> tuple[str, str]:
    """Return the month of the Monday and the last day of the week `weeks` from that of `day`."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday.isoformat()[:7], (monday + timedelta(days=6)).isoformat()
