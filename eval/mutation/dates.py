"""Another weekday, day, month or year, where another report states the same one."""

from __future__ import annotations

import re
from random import Random

from mutation.events import Change, Event, Evidence, Fact
from mutation.lexicon import MONTHS, WEEKDAYS

MONTH = "|".join(rf"{m[:3]}(?:{m[3:]})?" if m[3:] else m for m in MONTHS).replace("Sep(?:tember)?", "Sept?(?:ember)?")
_WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(WEEKDAYS)})(?!\w)(?!['’]s\b)")
_MONTH_DAY = re.compile(rf"(?<!\w)(?P<month>{MONTH})\b\.? (?P<day>\d{{1,2}})(?![\d:/])(?:st|nd|rd|th)?(?!\w)")
_BARE_MONTH = re.compile(rf"(?<=[a-z,] )(?P<month>{'|'.join(MONTHS)})(?! \d)(?!\w)")
_NAMED_DAYS = frozenset({("Dec", "25"), ("Dec", "31"), ("Jan", "1"), ("Jan", "6"), ("Jul", "4"), ("Sep", "11")})
_YEAR = re.compile(r"(?<![\w$€£.,/-])(?:19|20)\d\d(?![\w.,/-]\d|[\w-])")


def change_date(
    event: Event, fact: Fact, evidence: Evidence, others: tuple[Evidence, ...], rng: Random
) -> Change | None:
    for pattern, other in (
        (_WEEKDAY, _other_weekday),
        (_MONTH_DAY, _other_day),
        (_BARE_MONTH, _other_month),
        (_YEAR, _other_year),
    ):
        mine = list(pattern.finditer(evidence.text))
        if len({m.group() for m in mine}) != 1 or "@" in evidence.text:
            continue
        match = mine[0]
        theirs = tuple(e for e in others if {_date_key(m) for m in pattern.finditer(e.text)} == {_date_key(match)})
        new = other(match, event, rng)
        if not theirs or new is None or _date_key(match) in _NAMED_DAYS:
            continue
        edits = tuple((evidence.start + m.start(), evidence.start + m.end(), new) for m in mine)
        return Change(match.group(), new, edits, theirs)
    return None


def _date_key(match: re.Match[str]) -> tuple[str, ...]:
    groups = match.groupdict()
    return (groups["month"][:3], groups.get("day") or "") if groups else (match.group(),)


def _other_weekday(match: re.Match[str], event: Event, rng: Random) -> str | None:
    at = WEEKDAYS.index(match.group())
    return WEEKDAYS[(at + rng.choice((2, 3, 4, 5))) % 7]


def _other_day(match: re.Match[str], event: Event, rng: Random) -> str | None:
    """Return another day of the month, on the same day of the week where one is given with it."""
    day = int(match["day"])
    weekday = _WEEKDAY.search(match.string[max(0, match.start() - 12) : match.start()])
    new = rng.choice([d for d in range(1, 29) if 3 <= abs(d - day) <= 15 and (not weekday or (d - day) % 7 == 0)])
    return match.group().replace(match["day"], str(new))


def _other_month(match: re.Match[str], event: Event, rng: Random) -> str | None:
    rest = [m for m in MONTHS if m not in event.everything and m != "May"]
    return rng.choice(rest) if rest and match["month"] != "May" else None


def _other_year(match: re.Match[str], event: Event, rng: Random) -> str | None:
    year = int(match.group())
    rest = [y for y in (year - 3, year - 2, year + 2, year - 4) if str(y) not in event.everything]
    return str(rng.choice(rest)) if rest else None
