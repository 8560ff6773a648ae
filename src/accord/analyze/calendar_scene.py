"""What a time expression is resolved against, what it then stands for, and the steps from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accord.analyze.calendar_tense import Tense
from accord.analyze.calendar_words import shifted


@dataclass(frozen=True, slots=True)
class Scene:
    """What an expression is resolved against.

    `today` is the day the article was written, None if unknown; `focus` the last date told (ISO), `year` the year that
    a narrative in the past stands in, `tense` that of the expression's clause, `settled` the days that the article's
    other mentions of weekdays stand for.
    """

    today: date | None
    focus: str | None = None
    year: int | None = None
    tense: Tense | None = None
    settled: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """The date of an expression; `sure` is False where it was guessed against no cue."""

    date: str | None
    until: str | None = None
    future: bool = False
    sure: bool = True


UNKNOWN = Value(None)


def year_named(which: str | None, scene: Scene) -> int | None:
    """Return the year that "last year", "that year" and the like name."""
    if which is None:
        return None
    if which in ("that", "the same") and scene.focus:
        return int(scene.focus[:4])
    if which in ("the previous", "the following") and scene.focus:
        return int(scene.focus[:4]) + (1 if which.endswith("following") else -1)
    if scene.today is None:
        return None
    return scene.today.year + {"last": -1, "next": 1}.get(which, 0)


def nearest(dates: list[str], scene: Scene) -> str:
    """Return the date that the tense asks for: the last one up to today, the next one from today, or the nearest."""
    if scene.today is None or len(dates) == 1:
        return dates[0]
    now = scene.today.isoformat()[: len(dates[0])]
    if scene.tense == "past":
        last = max((d for d in dates if d <= now), default=dates[0])
        soon = min((d for d in dates if d > now), default=last)
        return soon if len(now) == 10 and _days(now, soon) < 65 and _days(last, now) > 300 else last
    if scene.tense == "future":
        return min((d for d in dates if d >= now), default=dates[0])
    here = scene.today
    return min(dates, key=lambda d: (abs((date.fromisoformat(d if len(d) == 10 else d + "-15") - here).days), d))


def _days(first: str, last: str) -> int:
    """Return how many days lie between."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def planned_weekday(number: int, scene: Scene) -> str:
    """Return the weekday that was still ahead when the last date told was: "would open on Monday"."""
    focus = scene.today
    if focus is None:
        raise ValueError("a weekday needs a day to count from")
    if scene.focus and len(scene.focus) == 10:
        told = date.fromisoformat(scene.focus)
        if timedelta(0) <= focus - told <= timedelta(days=6):
            focus = told
    return (focus + timedelta(days=(number - focus.weekday()) % 7)).isoformat()


def moved(base: str, unit: str, count: int) -> Value:
    """Return the value `count` units from `base`."""
    if unit in ("hour", "minute"):
        return Value(base)
    if unit in ("decade", "century"):
        return Value(shifted(base, "year", count * (10 if unit == "decade" else 100)))
    return Value(shifted(base, unit, count))


def unit_of(word: str) -> str:
    """Return the unit in the singular; nights and mornings count as days, fortnights as weeks."""
    unit = word.lower().removesuffix("s")
    return {"night": "day", "morning": "day", "fortnight": "week", "weekend": "week", "centurie": "century"}.get(
        unit, unit
    )


def from_focus(scene: Scene, unit: str, count: int) -> Value:
    """Return a shift from the last date told: from a day for days, else from today."""
    base = scene.focus
    if base is None or (unit == "day" and len(base) == 4):
        base = scene.today.isoformat() if scene.today else None
    return moved(base, unit, count) if base else UNKNOWN


def same_day(scene: Scene) -> Value:
    """Return the day told last, else today."""
    if scene.focus and len(scene.focus) == 10:
        return Value(scene.focus, sure=False)
    return Value(scene.today.isoformat() if scene.today else None, sure=False)


def saturday(day: date, weeks: int) -> str:
    """Return the Saturday of the week `weeks` from that of `day`."""
    return (day - timedelta(days=day.weekday()) + timedelta(days=5, weeks=weeks)).isoformat()


def weekend_meant(scene: Scene) -> Value:
    """Return the Saturday and Sunday of the weekend that is meant: after past tense the last one, else the next."""
    day = scene.today
    if day is None:
        return UNKNOWN
    weeks = -1 if scene.tense in ("past", None) and day.weekday() < 5 else 0
    first = saturday(day, weeks)
    return Value(first, (date.fromisoformat(first) + timedelta(days=1)).isoformat())


def fourth_thursday(year: int) -> str:
    """Return the fourth Thursday of November."""
    first = date(year, 11, 1)
    return (first + timedelta(days=(3 - first.weekday()) % 7 + 21)).isoformat()
