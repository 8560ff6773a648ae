"""Reports per day as a row of small bars, with the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accord.web.filters import counted

WIDE, HIGH = 120, 24
_BARS = 30
_STEP = WIDE // _BARS
_LEAST = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in units of a 120 x 24 box: its left edge and top, how wide and high."""

    x: int
    y: float
    wide: int
    high: float


@dataclass(frozen=True, slots=True)
class Spark:
    """The bars of one story, and what they say in words."""

    bars: tuple[Bar, ...]
    words: str


def spark(days: Sequence[tuple[str, int]]) -> Spark | None:
    """Return the bars of `days` (ISO days with counts, in order); None where no day is known.

    The last day stands at the right edge. A bar is a day where there are 30 days or less, else several.

        spark([("2031-05-01", 3), ("2031-05-02", 1)]).words -> "3 reports on 1 May 2031, 1 on 2 May 2031"
    """
    dated = [(day, count) for text, count in days if (day := _day(text)) is not None and count > 0]
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    span = max(_LEAST, (last - first).days + 1)
    per = -(-span // _BARS)
    counts: dict[int, int] = {}
    for day, count in dated:
        at = (last - day).days // per
        counts[at] = counts.get(at, 0) + count
    most = max(counts.values())
    bars = []
    for at, count in sorted(counts.items(), reverse=True):
        high = round(max(2.0, HIGH * count / max(most, 3)), 1)
        bars.append(Bar(WIDE - (at + 1) * _STEP, round(HIGH - high, 1), _STEP - 1, high))
    return Spark(tuple(bars), _words(dated))


def _words(dated: Sequence[tuple[date, int]]) -> str:
    total = sum(count for _, count in dated)
    if len(dated) > 3:
        day, most = max(dated, key=lambda one: one[1])
        span = f"{counted(total, 'report')} from {_told(dated[0][0])} to {_told(dated[-1][0])}"
        return f"{span}, most on {_told(day)}: {most}"
    first, *rest = dated
    told = [f"{counted(first[1], 'report')} on {_told(first[0])}", *(f"{count} on {_told(day)}" for day, count in rest)]
    return ", ".join(told)


def _told(day: date) -> str:
    return f"{day.day} {day.strftime('%b %Y')}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
