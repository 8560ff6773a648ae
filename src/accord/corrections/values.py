"""Reads what an analyst writes in the place of a value: numbers, dates, names, words of a list."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

from accord.errors import CorrectionError
from accord.records import Status

MOST_NOTE, MOST_NAME, MOST_WORDS = 2_000, 120, 500
STATUSES: tuple[str, ...] = get_args(Status)
QUALIFIERS = ("exact", "about", "at_least", "at_most", "more_than", "less_than")
STRENGTHS = ("promised", "agreed", "planned", "offered", "threatened", "ordered", "refused", "considering")
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?:[ \u00a0]?(?P<scale>[a-z]+))?", re.I | re.A
)
_TURNING = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}


def number(text: str) -> str:
    """Return the number that `text` gives as plain digits: "1.4 million" -> "1400000", "1,250.5" -> "1250.5".

    Raises CorrectionError for what is none: "a dozen", "1,4", "12 or 14".
    """
    from babel.numbers import NumberFormatError, parse_decimal

    match = _NUMBER.fullmatch(text.strip())
    scale = 1.0 if match is None or match["scale"] is None else _SCALES.get(match["scale"].casefold())
    if match is None or scale is None:
        raise CorrectionError(f"{_short(text)} is no number; write it in digits, as 1400000 or 1.4 million")
    try:
        value = float(parse_decimal(match["digits"], locale="en", strict=True)) * scale
    except NumberFormatError as error:
        raise CorrectionError(f"{_short(text)} is no number; write it as 1400, 1,400 or 1.4") from error
    value = float(f"{value:.15g}") * (-1 if match["sign"] in ("-", "−") else 1)
    if not math.isfinite(value) or abs(value) > 1e18:
        raise CorrectionError(f"{_short(text)} is too great a number; check its digits")
    return f"{value:.15g}" if abs(value) < 1e15 and value != int(value) else str(int(value))


def day(text: str) -> str:
    """Return the ISO day, month or year that `text` is: "2031-06-08", "2031-06", "2031"; CorrectionError for others."""
    given = text.strip()
    parts = given.split("-")
    if re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", given, re.A):
        try:
            date(*(int(part) for part in [*parts, "1", "1"][:3]))
            return given
        except ValueError:
            pass
    raise CorrectionError(f"{_short(text)} is no date; write a day as 2031-06-08, a month as 2031-06 or a year as 2031")


def words(text: str, what: str, most: int = MOST_WORDS) -> str:
    """Return `text` without space around it; CorrectionError where it is empty, too long, or not one line of text."""
    found = unicodedata.normalize("NFC", text).strip()
    if not found:
        raise CorrectionError(f"{what} is empty; write it, or leave the correction")
    return line(found, what, most)


def line(text: str, what: str, most: int) -> str:
    """Return `text`; CorrectionError where it is too long, or has control characters or marks that turn it round."""
    if len(text) > most:
        raise CorrectionError(f"{what} has {len(text):,} characters; write {most:,} at most")
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in _TURNING), None)
    if bad is not None:
        raise CorrectionError(f"{what} has a control character (U+{ord(bad):04X}); write it again without it")
    return text


def note(text: str) -> str:
    """Return a note of several lines at most: spaces round it dropped, line ends as "\\n"."""
    found = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    line(found.replace("\n", " ").replace("\t", " "), "the note", MOST_NOTE)
    return found


def one_of(allowed: tuple[str, ...], what: str) -> Callable[[str], str]:
    """Return what checks that a text is one of `allowed`."""

    def check(text: str) -> str:
        found = text.strip().casefold().replace("-", " ") if " " in "".join(allowed) else text.strip().casefold()
        if found not in allowed:
            raise CorrectionError(f"{_short(text)} is no {what}; choose one of {', '.join(allowed)}")
        return found

    return check


def _text(what: str, most: int = MOST_WORDS) -> Callable[[str], str]:
    return lambda text: words(text, what, most)


FIGURE_FIELDS: Mapping[str, Callable[[str], str]] = {
    "value": number,
    "high": number,
    "unit": _text("the unit", MOST_NAME),
    "of": _text("what is counted"),
    "qualifier": one_of(QUALIFIERS, "qualifier"),
}
COMMITMENT_FIELDS: Mapping[str, Callable[[str], str]] = {
    "who": _text("who", MOST_NAME),
    "what": _text("what"),
    "to_whom": _text("to whom", MOST_NAME),
    "amount": number,
    "unit": _text("the unit", MOST_NAME),
    "due": _text("the due date in words", MOST_NAME),
    "due_date": day,
    "strength": one_of(STRENGTHS, "strength"),
}
NEEDED = frozenset({"qualifier", "what", "strength"})
"""Fields that cannot be emptied."""
NUMBERS = frozenset({"value", "high", "amount"})


def as_field(field: str, value: str | None) -> str | float | None:
    """Return the value of a correction as the records have it: numbers as numbers."""
    return float(value) if value is not None and field in NUMBERS else value


def as_words(value: object) -> str | None:
    """Return the value of a field as a correction keeps it: 12.0 -> "12"."""
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else f"{value:.15g}"
    return None if value is None else str(value)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
