"""Reads quantities said without a plain number: "an hour and a half", "in her 50s", "5-foot-11", "a lone gunman"."""

from __future__ import annotations

import re

from accord.analyze.quantity import NEAR, Quantity, before
from accord.analyze.units import TIME

_ARTICLE_TIME = re.compile(
    rf"\b(?:an?\s(?P<whole>(?:full|whole|single|entire)\s)?(?P<unit>{'|'.join(TIME)})\b(?!-|['’]s)"
    rf"|(?:next|last|past)\s(?P<bare>{'|'.join(TIME)})(?=\sand\sa\s(?:half|quarter)\b))",
    re.IGNORECASE,
)
AND_HALF = re.compile(r"\s+and\s+(?:a\s+)?(?:half|quarter)\b", re.IGNORECASE)
_HEIGHT = re.compile(
    r"\b(?P<feet>\d)(?:[\s-]*(?:foot|feet|ft)[\s,-]+(?:and\s)?|['’′]\s?)(?P<inches>\d{1,2})"
    r"(?:[\s-]*(?:inches|inch|in)\b|[\"”″])?"
)
_IN_HIS = re.compile(r"\b(?P<part>early|mid|late)?[\s-]*(?P<decade>[1-9]0)[’']?s\b")
_STRETCH = re.compile(r"\b(?P<unit>centurie|decade|year|month|week|day|hour)s(?:-long\b|(?=\sof\s))", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\d|\b(?:the|these|those|all|first|last|final|early|late|latter|opening|closing|next|past|previous|several|few|many|couple"
    r"|(?:\w*(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty|hundred|thousand|million|billion|dozens?))))"
    r"[\s-](?:of\s|full\s|more\s|other\s)?$",
    re.IGNORECASE,
)


def find_idioms(text: str) -> list[Quantity]:
    """Return the quantities of `text` that need no numeral, in no order."""
    readers = (_article_times, _heights, _decades, _singles, _zeros, _stretches, _ranks)
    return [quantity for reader in readers for quantity in reader(text)]


def _article_times(text: str) -> list[Quantity]:
    """A year, an hour and a half, half an hour: one unit of time without a numeral."""
    found = []
    for match in _ARTICLE_TIME.finditer(text):
        start, end, value = match.start(), match.end(), 1.0
        half_of = re.search(r"\b(?P<half>half|(?:a\s)?quarter\sof)\s$", before(text, start), re.IGNORECASE)
        if half_of is not None:
            value, start = (0.5 if half_of["half"].lower() == "half" else 0.25), half_of.start() + max(0, start - NEAR)
        half = AND_HALF.match(text, end)
        if half is not None:
            value, end = value + (0.5 if half.group().lower().endswith("half") else 0.25), half.end()
        unit = (match["unit"] or match["bare"]).lower()
        if unit == "decade" and half is not None:
            unit, value = "year", 10 * value
        found.append(
            Quantity(start, end, start + 1, value, 1.0 if half is None else 0.5, "duration", unit,
                     article=not (match["whole"] or half or half_of))
        )  # fmt: skip
    return found


def _stretches(text: str) -> list[Quantity]:
    """Decades of service, a weeks-long review: a time without a number."""
    return [
        Quantity(m.start(), m.end(), m.end(), None, None, "duration", m["unit"].lower().replace("centurie", "century"))
        for m in _STRETCH.finditer(text)
        if not _COUNTED.search(before(text, m.start()))
    ]


def _ranks(text: str) -> list[Quantity]:
    """Third-largest, second-oldest: a place in an order."""
    places = {
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
    }
    return [
        Quantity(m.start(), m.end(), m.end(), float(places[m["place"].lower()]), 1.0, "measure", "rank")
        for m in re.finditer(rf"\b(?P<place>{'|'.join(places)})[\s-](?:\w+est|most\s\w+)\b", text, re.IGNORECASE)
    ]


def _singles(text: str) -> list[Quantity]:
    """A single shot, a lone gunman: one, said with weight."""
    return [
        Quantity(m.start(), m.end(), m.end(), 1.0, 1.0, "count", scaled=True)
        for m in re.finditer(r"\b(?:a|one)\s(?:single|lone)(?=\s(?!cent\b|out\b))", text, re.IGNORECASE)
    ]


def _zeros(text: str) -> list[Quantity]:
    """No passengers, no injuries, no one was hurt: none, where some were to be feared."""
    return [
        Quantity(m.start(), m.end(), m.end(), 0.0, 1.0, "none")
        for m in re.finditer(r"\bno(?=\s(?:other\s|further\s)?(?:[a-z]+s|people|casualty|one)\b)", text, re.IGNORECASE)
    ]


def _heights(text: str) -> list[Quantity]:
    """5-foot-11, 6 feet 2 inches, 6'2": one height in inches."""
    return [
        Quantity(
            m.start(), m.end(), m.end(), 12.0 * int(m["feet"]) + int(m["inches"]), 1.0, "measure", "inch", digits=True
        )
        for m in _HEIGHT.finditer(text)
        if int(m["inches"]) < 12
        and ("foot" in m.group() or "feet" in m.group() or "ft" in m.group() or m.group()[-1] in '"”″')
    ]


def _decades(text: str) -> list[Quantity]:
    """In his 50s, in their mid-20s: an age with a range."""
    found = []
    for match in _IN_HIS.finditer(text):
        if not re.search(
            r"\b(?:his|her|their|my|our|your)\s(?:early|mid|late)?[\s-]*$", before(text, match.start("decade"))
        ):
            continue
        low = float(match["decade"])
        offset = {None: (0, 9), "early": (0, 3), "mid": (5, None), "late": (7, 9)}[match["part"]]
        high = None if offset[1] is None else low + offset[1]
        start = match.start() if match["part"] else match.start("decade")
        found.append(Quantity(start, match.end(), match.end(), low + offset[0], 1.0, "age", "age", high, digits=True))
    return found
