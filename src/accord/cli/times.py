"""Days, times and stretches of time as people give them on the command line. Times without a zone are UTC."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

import typer

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"([0-9]{1,6}) ?([smhdw])")
_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


def seconds(value: str, option: str) -> int:
    """Return the seconds in a length of time; bad usage of `option` where it is none, or is over a hundred years.

    seconds("10m", "--every") -> 600; seconds("2h", "--every") -> 7200
    """
    match = _DURATION.fullmatch(value.strip().lower())
    number = int(match[1]) * _SECONDS[match[2]] if match else 0
    if not 0 < number < 36_525 * 86_400:
        raise _bad(f"{value!r} is no length of time; write it as 90s, 10m, 2h, 1d or 1w", option)
    return number


def moment(value: str | None, option: str) -> str | None:
    """Return the ISO time in UTC (or the ISO day) that `value` names: a time, a day, or how long ago ("2d").

    moment("2024-06-01T09:00+02:00", "--since") -> "2024-06-01T07:00:00Z"
    """
    if value is None:
        return None
    if _is_duration(value):
        ago = datetime.now(UTC) - timedelta(seconds=seconds(value, option))
        return ago.isoformat(timespec="seconds").replace("+00:00", "Z")
    try:
        return _time(value)
    except (ValueError, OverflowError) as error:
        raise _bad(f"{error}, or how long ago, as 2d", option) from error


def day(value: str | None, option: str) -> str | None:
    """Return the ISO day that `value` names: a day, or how long ago ("2d").

    day("June 8, 2021", "--since") -> "2021-06-08"
    """
    if value is None:
        return None
    if _is_duration(value):
        return (datetime.now() - timedelta(seconds=seconds(value, option))).date().isoformat()
    return _day(value, option, ", or how long ago, as 2d")


def stretch(value: str | None, option: str) -> tuple[str | None, str | None] | None:
    """Return the first and the last ISO day of a stretch, None where it is open on that side.

    stretch("2024-06", "--due") -> ("2024-06-01", "2024-06-30")
    stretch("2024-06-08..", "--due") -> ("2024-06-08", None)
    """
    if value is None:
        return None
    start, given, end = (part.strip() for part in value.partition(".."))
    first = _ends(start, option)[0] if start else None
    last = _ends(end if given else start, option)[1] if end or not given else None
    if (first, last) == (None, None):
        raise _bad(f"{value!r} is no stretch of days; write it as 2024-06-01..2024-06-30 or 2024-06", option)
    if first and last and first > last:
        raise _bad(f"{value!r} ends before it starts; write the earlier day first", option)
    return first, last


def _ends(value: str, option: str) -> tuple[str, str]:
    """Return the first and the last day of a day, a month or a year."""
    match = _MONTH.fullmatch(value)
    if match is None:
        found = _day(value, option)
        return found, found
    year, first, last = int(match[1]), int(match[2] or 1), int(match[2] or 12)
    try:
        end = date(year, last, calendar.monthrange(year, last)[1])
        return date(year, first, 1).isoformat(), end.isoformat()
    except ValueError as error:
        raise _bad(f"{value!r} is no month; write it as 2024-06", option) from error


def _day(value: str, option: str, advice: str = "") -> str:
    from accord.parse import to_day

    try:
        return to_day(value)
    except ValueError as error:
        raise _bad(f"{error}{advice}", option) from error


def _time(value: str) -> str:
    from accord.parse.dates import to_time

    try:
        naive = datetime.fromisoformat(value.strip())
    except ValueError:
        return to_time(value)
    if len(value.strip()) > len("2024-06-01") and naive.tzinfo is None:
        return to_time(naive.replace(tzinfo=UTC).isoformat())
    return to_time(value)


def _is_duration(value: str) -> bool:
    return _DURATION.fullmatch(value.strip().lower()) is not None


def _bad(message: str, option: str) -> typer.BadParameter:
    return typer.BadParameter(message, param_hint=option)
