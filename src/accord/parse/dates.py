"""Reads the day on which an article came out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

_ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_WRITTEN = re.compile(
    r"\b[^\W\d_]{3,}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{3,}\.?,? (?:de )?\d{4}\b"
)
_LANGUAGES = ["en", "es", "fr", "de", "it", "pt", "nl"]
_ADVICE = "write it as an ISO day such as 2024-05-31"


def to_day(value: str | int | float) -> str:
    """Return the ISO day that `value` names: ISO, e-mail and written dates, and seconds or milliseconds since 1970.

    The day is the one written, in whatever time zone that is. Raises ValueError where no single day is named: relative
    dates, months, and numeric dates where day and month could change places.

        to_day("2021-06-08T23:10:00Z") -> "2021-06-08"; to_day("June 8, 2021") -> "2021-06-08"; to_day("6/8/2021") fails
    """
    if isinstance(value, int | float):
        return _stamp(value)
    text = value.strip()
    day = _iso(text) or _numeric(text) or _written(text)
    if day is None:
        raise ValueError(f"the date {_short(text)} names no single day; {_ADVICE}")
    return day.isoformat()


def to_time(value: str | int | float) -> str:
    """Return the ISO time in UTC, to the second, that `value` names; the ISO day where it gives no time with a zone.

    Raises ValueError as `to_day` does.

        to_time("2021-06-08T23:10:00+02:00") -> "2021-06-08T21:10:00Z"; to_time("8 June 2021") -> "2021-06-08"
    """
    moment = None
    if isinstance(value, str):
        for read in (datetime.fromisoformat, parsedate_to_datetime):
            try:
                moment = read(value.strip())
                break
            except ValueError:
                continue
    if moment is None or moment.tzinfo is None:
        return to_day(value)
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:  # in the first or the last hours of the calendar
        return to_day(value)


def _iso(text: str) -> date | None:
    match = _ISO_DAY.match(text)
    if match:
        return _day(*map(int, match.groups()))
    if text.isdigit() and len(text) in (10, 13):
        return date.fromisoformat(_stamp(int(text)))
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _numeric(text: str) -> date | None:
    match = _NUMERIC.match(text)
    if not match:
        return None
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if mark == "." or first > 12:  # dots are used where the day comes first
        return _day(year, second, first)
    if second > 12 or first == second:
        return _day(year, first, second)
    raise ValueError(f"in the date {_short(text)} day and month could change places; {_ADVICE}")


def _written(text: str) -> date | None:
    match = _WRITTEN.search(text)
    return _parsed(match[0]) if match else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> date | None:
    """Return the day that dateparser reads; all its languages would take it two seconds to say no."""
    import dateparser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "PREFER_LOCALE_DATE_ORDER": False}
    found = dateparser.parse(text, languages=_LANGUAGES, settings=settings)
    return found.date() if found else None


def _stamp(value: int | float) -> str:
    """Return the day (UTC) of a Unix time in seconds, or in milliseconds where it is that large; 20240531 is a day."""
    if isinstance(value, int) and 1900_00_00 < value < 2200_00_00:
        day = _iso_digits(value)
        if day is not None:
            return day.isoformat()
    try:
        seconds = value / 1000 if abs(value) >= 1e11 else value
        if seconds < 1e8:
            raise ValueError("too early for an article's time stamp")
        return datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"the date {value!r:.60} is no time stamp in seconds; {_ADVICE}") from error


def _iso_digits(value: int) -> date | None:
    return _day(value // 10_000, value // 100 % 100, value % 100)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
