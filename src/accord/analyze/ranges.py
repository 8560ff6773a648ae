"""Joins neighbouring quantities into ranges ("$800 to $1,000"), chances ("one in seven") and scores ("52-48")."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.analyze.numerals import find_numerals
from accord.analyze.quantity import Quantity, after, before

_CHANCE = re.compile(r"\s(?:in|out\sof(?:\severy)?|in\severy)\s$", re.IGNORECASE)
_GAP = re.compile(r"\s?(?:-|–|—|-?\s?to(?:\s|-)|~|\sthrough\s|\sto\s|\sor\s|\sand\s|\s/\s|-\sto\s|-\sor\s)\s?")


_CHANGE = re.compile(
    r"\b(?:r[io]se|risen|rais\w+|f[ae]ll\w*|dropp?\w*|increas\w+|decreas\w+|cut\w*|reduc\w+|gr[eo]w\w*|declin\w+|climb\w+|"
    r"jump\w*|surg\w+|slip\w*|plung\w+|lower\w*|shr[aiu]nk\w*|chang\w+|w[ie]nt|up|down|expand\w*|swell\w*|edg\w+|widen\w*|"
    r"narrow\w*|revis\w+|soar\w*|doubl\w+|tripl\w+|improv\w+|slid\w*)\b",
    re.IGNORECASE,
)


def join_ranges(text: str, items: list[Quantity]) -> list[Quantity]:
    """Join neighbours that make a range, a chance ("one in seven") or the two sides of a score."""
    joined: list[Quantity] = []
    at = 0
    while at < len(items):
        pair = _pair(text, items[at], items[at + 1]) if at + 1 < len(items) else None
        if pair is None:
            joined.append(items[at])
            at += 1
        else:
            joined.extend(pair)
            at += 2
    return joined


def _pair(text: str, a: Quantity, b: Quantity) -> tuple[Quantity, ...] | None:
    if a.value is None or b.value is None:
        return None
    gap = text[a.end : b.start]
    if (
        _CHANCE.fullmatch(gap)
        and a.unit is None
        and 0 < a.value < b.value <= 1000
        and b.unit in (None,)
        and not b.scaled
    ):
        return (Quantity(a.start, b.end, b.end, a.value / b.value, None, "fraction", "fraction", digits=a.digits),)
    if not _GAP.fullmatch(gap) and not (gap == "-" and b.digits):
        return None
    if _is_score(text, a, b, gap):
        return tuple(Quantity(a.start, b.end, b.end, side.value, 1.0, "score", "vote", digits=True) for side in (a, b))
    return _range(text, a, b, gap)


def _is_score(text: str, a: Quantity, b: Quantity, gap: str) -> bool:
    """52-48, 134 to 63: whole numbers, the greater first, and nothing rises or falls between them."""
    if not (a.digits and b.digits and a.value is not None and b.value is not None) or a.unit or b.unit:
        return False
    whole = a.value == int(a.value) and b.value == int(b.value) and "." not in text[a.start : b.end]
    joint = gap.strip(" -–").lower() in ("", "to") and "and" not in gap and "/" not in gap
    changes = re.search(r"\b(?:from|between|of|No\.)\s$", before(text, a.start)) and "-" not in gap and "–" not in gap
    return whole and joint and a.value >= b.value and a.value < 1000 and not changes and not _dated(text, a, b)


def _dated(text: str, a: Quantity, b: Quantity) -> bool:
    """Tell whether digits go on on either side, as in phone numbers and dates."""
    return bool(re.search(r"[\d/-]$", before(text, a.start)) or re.match(r"[-–/]\d", after(text, b.end)))


def _range(text: str, a: Quantity, b: Quantity, gap: str) -> tuple[Quantity, ...] | None:
    left = before(text, a.start)
    if "and" in gap and not re.search(r"\bbetween\s+(?:[a-z]+\s)?$", left, re.IGNORECASE):
        return None
    if (
        "to" in gap
        and _CHANGE.search(left)
        and (re.search(r"\bfrom\s$", left) or (a.unit and not re.search(r"\bby\s$", left)))
    ):
        return None
    if a.unit is not None and b.unit is not None and a.unit != b.unit:
        return None
    if a.unit is not None and b.unit is None and a.kind != "money":
        return None
    low, step = a.value or 0.0, a.step or 1.0
    high = b.value or 0.0
    if not a.scaled and b.scaled and low < high:
        size = _scale(text, b)
        if low * size < high:
            low, step = low * size, step * size
    elif (
        "," in text[b.start : b.end]
        and low * 1000 < high
        and ("-" in gap or "–" in gap or "to" in gap)
        and low < 1000 <= high
    ):
        low, step = low * 1000, step * 1000
    if not low < high or (a.kind == "fraction") != (b.kind == "fraction") or _dated(text, a, b):
        return None
    own = a if a.unit else b
    return (
        replace(
            b,
            start=a.start,
            value=low,
            high=high,
            step=min(step, b.step or step) if b.step else None,
            kind=own.kind if own.unit else b.kind,
            unit=own.unit,
            digits=a.digits,
        ),
    )


def _scale(text: str, quantity: Quantity) -> float:
    mantissa = re.match(r"[\d.,]+|\w+", text[quantity.start : quantity.end].lstrip("$£€¥₪₹ USACN"))
    numerals = find_numerals(mantissa.group().rstrip(",")) if mantissa else []
    small = numerals[0].value if numerals and numerals[0].value else None
    return (quantity.value or 1.0) / small if small else 1.0
