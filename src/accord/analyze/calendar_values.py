"""Gives time expressions their dates: one function for each form in `calendar_patterns`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from accord.analyze.calendar_scene import (
    UNKNOWN,
    Scene,
    Value,
    fourth_thursday,
    from_focus,
    moved,
    nearest,
    planned_weekday,
    same_day,
    saturday,
    unit_of,
    weekend_meant,
    year_named,
)
from accord.analyze.calendar_words import FEASTS, MONTHS, SEASONS, WEEKDAYS, iso_day, number_of, shifted, week_of


def _month_of(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def full_day(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day of a full date."""
    if match["iso"]:
        parts = [int(part) for part in match["iso"].split("-")]
        day = iso_day(*parts)
    else:
        month, digits = match["month"] or match["month2"], match["day"] or match["day2"]
        day = iso_day(int(match["year"] or match["year2"]), _month_of(month), int(re.sub(r"\D", "", digits)))
    return Value(day) if day else None


def slashed(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day of 6/8/2021, the month first unless it cannot be one."""
    first, second, year = int(match["month"]), int(match["day"]), int(match["year"])
    month, day = (second, first) if first > 12 else (first, second)
    found = iso_day(year, month, day)
    return Value(found) if found else None


def attacks(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day of the attacks that are named by their date."""
    return Value("2001-09-11")


def year_day(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day of a date without a year: the year named or told, else the one that the tense asks for."""
    month = _month_of(match["month"] or match["month2"])
    day = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    year = int(match["ahead"]) if match["ahead"] else year_named(match["which"], scene)
    if scene.today is None and scene.year is None and year is None:
        return UNKNOWN
    if year is not None:
        found = iso_day(year, month, day)
        return Value(found) if found else None
    today = scene.today
    years = [scene.year] if scene.year is not None else []
    if today is not None and not years:
        years = [today.year, today.year - 1, today.year + 1]
    days = [found for year in years if (found := iso_day(year, month, day))]
    if not days:
        return None
    weekday = WEEKDAYS[match["weekday"].rstrip(".").lower()] if match["weekday"] else None
    if weekday is not None:
        days = [found for found in days if date.fromisoformat(found).weekday() == weekday] or days
    return Value(nearest(days, scene), sure=scene.tense is not None)


def month_year(match: re.Match[str], scene: Scene) -> Value | None:
    """Return a month with its year."""
    return Value(f"{match['year']}-{_month_of(match['month']):02}")


def month_of(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the month of "last year" and the like."""
    year = year_named(match["which"], scene)
    return Value(f"{year}-{_month_of(match['month']):02}") if year is not None else UNKNOWN


def month(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the month that the tense asks for."""
    number = _month_of(match["month"])
    if match["ahead"]:
        return Value(f"{match['ahead']}-{number:02}")
    if scene.year is not None and not match["which"]:
        return Value(f"{scene.year}-{number:02}")
    if scene.today is None:
        return UNKNOWN
    year = scene.today.year
    months = [f"{y}-{number:02}" for y in (year, year - 1, year + 1)]
    which = (match["which"] or "").lower()
    if which in ("last", "this past"):
        return Value(max(m for m in months if m < scene.today.isoformat()[:7]))
    if which in ("next", "this coming", "the following"):
        return Value(min(m for m in months if m > scene.today.isoformat()[:7]))
    if which == "this":
        return Value(months[0])
    if re.search(
        r"\b(?:until|till|through|effective|due|by)\s$",
        match.string[max(0, match.start() - 12) : match.start()],
        re.IGNORECASE,
    ):
        scene = replace(scene, tense=None)
    return Value(nearest(months, scene), sure=scene.tense is not None)


def weekday(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the weekday that the words around it or the tense ask for."""
    if scene.today is None:
        return UNKNOWN
    number = WEEKDAYS[match["weekday"].lower()]
    today = scene.today
    back = timedelta(days=(today.weekday() - number) % 7)
    ahead = timedelta(days=(number - today.weekday()) % 7)
    which = (match["which"] or "").lower()
    far = (match["far"] or "").strip()
    monday = today - timedelta(days=today.weekday())
    if far:
        weeks = 1 if far.startswith("next") else -1
        return Value((monday + timedelta(days=number, weeks=weeks)).isoformat())
    if which in ("last", "this past", "the previous", "the preceding"):
        return Value((today - (back or timedelta(days=7))).isoformat())
    if which in ("next", "the following", "the next"):
        sunday = today - timedelta(days=(today.weekday() + 1) % 7)
        return Value((sunday + timedelta(days=7 + (number + 1) % 7)).isoformat())
    if which == "this coming":
        return Value((today + ahead).isoformat())
    if which == "this":
        return Value((today + ahead if scene.tense in ("future", "present", "would") else today - back).isoformat())
    settled = dict(scene.settled).get(number)
    possessive = re.match(r"['’]s\b", match.string[match.end() : match.end() + 4]) is not None
    if possessive and (settled or scene.tense not in ("future", None)):
        return Value(settled or (today - back).isoformat(), sure=False)
    if scene.tense in ("future", "present"):
        return Value((today + ahead).isoformat())
    if scene.tense == "would":
        return Value(planned_weekday(number, scene))
    if scene.tense == "past":
        return Value((today - back).isoformat())
    return Value(settled or (today - back).isoformat(), sure=False)


def ago(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the date so many units back from today."""
    count, unit = number_of(match["count"]), unit_of(match["unit"])
    if count is None or scene.today is None:
        return UNKNOWN
    return moved(scene.today.isoformat(), unit, -count)


def count_from(match: re.Match[str], scene: Scene) -> Value | None:
    """Return "two days later", "a year earlier" counted from the date told last."""
    way, unit = match["way"], unit_of(match["unit"])
    given = match["count"]
    if given is None and not match["unit"].endswith("s"):
        return None
    if way in ("before", "after") and not _ends_clause(match):
        if given is None or given.lower() != "the" or unit != "day":
            return None
        return from_focus(scene, unit, -1 if way == "before" else 1) if _ends_phrase(match) else None
    if given is not None and given.lower() in ("that",):
        return None
    if unit in ("hour", "minute"):
        return same_day(scene)
    count = 1 if given is not None and given.lower() in ("the", "one") else number_of(given) if given else None
    if count is None:
        return UNKNOWN
    return from_focus(scene, unit, -count if way in ("earlier", "before", "previously") else count)


def the_day(match: re.Match[str], scene: Scene) -> Value | None:
    """Return "the next day", "that year" and the like, counted from the date told last."""
    way = match["way"].lower()
    if "first" in way:
        return None
    count = 1 if "next" in way or "following" in way else -1 if "previous" in way or "preceding" in way else 0
    unit = match["unit"] and match["unit"].lower()
    if unit is None:
        return from_focus(scene, "day", count) if count else same_day(scene)
    if scene.focus is None:
        return UNKNOWN
    if unit in ("year", *SEASONS):
        return Value(shifted(scene.focus[:4], "year", count))
    if unit == "month":
        return Value(shifted(scene.focus[:7], "month", count))
    if len(scene.focus) < 10:
        return Value(scene.focus)
    if unit == "weekend":
        return Value(saturday(date.fromisoformat(scene.focus), count))
    return Value(*week_of(date.fromisoformat(scene.focus), count))


def in_day(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day told last for "later in the day"."""
    return same_day(scene)


def today(match: re.Match[str], scene: Scene) -> Value | None:
    """Return today and its neighbours."""
    if scene.today is None:
        return UNKNOWN
    word = " ".join(match["word"].lower().split())
    if word == "overnight" and scene.tense in ("future", "would"):
        return None
    steps = {
        "yesterday": -1,
        "last night": -1,
        "overnight": -1,
        "tomorrow": 1,
        "tomorrow night": 1,
        "the day after tomorrow": 2,
    }
    steps["the day before yesterday"] = -2
    count = steps.get(word, 0)
    return Value((scene.today + timedelta(days=count)).isoformat())


def this_unit(match: re.Match[str], scene: Scene) -> Value | None:
    """Return "this week", "last year" and the like; a week is given by the month of its Monday and its last day."""
    if scene.today is None:
        return UNKNOWN
    which, unit = match["which"].lower(), match["unit"].lower()
    count = -1 if which in ("last", "the previous") else 1 if which in ("next", "this coming", "the coming") else 0
    if which == "the past" or (which == "this past" and unit not in ("weekend", "week", "year")):
        days = {"week": 6, "month": 30, "weekend": 6}.get(unit)
        back = (scene.today - timedelta(days=days)).isoformat()[:7] if days else None
        return Value(back, scene.today.isoformat()) if unit == "week" else UNKNOWN
    if unit == "weekend":
        if which == "this past":
            return Value(saturday(scene.today, -1))
        return weekend_meant(scene) if count == 0 else Value(saturday(scene.today, count))
    if unit == "week":
        return Value(*week_of(scene.today, -1 if which == "this past" else count))
    if unit in ("quarter", "decade", "century"):
        return UNKNOWN
    return Value(shifted(scene.today.isoformat()[: 4 if unit == "year" else 7], unit, count))


def season_year(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the year of a season."""
    return Value(match["year"])


def season(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the year of the season that is meant."""
    if scene.today is None:
        return UNKNOWN
    which = match["which"].lower()
    first, last = SEASONS[match["season"].lower()]
    today, year = scene.today, scene.today.year
    over = today.month > last + 1 if first < last else last < today.month < first
    if which in ("last", "this past"):
        return Value(str(year if over else year - 1))
    if which in ("next", "this coming"):
        return Value(str(year if today.month < first and which != "next" else year + 1))
    if which == "this":
        return Value(str(year))
    if scene.tense in ("future", "present", "would"):
        return Value(str(year + 1 if over else year))
    return Value(str(year if today.month >= first else year - 1), sure=False)


def weekend(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the weekend that is meant."""
    if scene.today is None:
        return UNKNOWN
    if match["ahead"]:
        return Value(saturday(scene.today, 0 if match["ahead"].lower() == "coming" else -1))
    if match["which"].lower() == "the":
        return None
    return weekend_meant(scene)


def year_end(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the year, month or week that ends."""
    if scene.today is None:
        return UNKNOWN
    day = scene.today.isoformat()
    return Value(day[:7] if "month" in match[0] else week_of(scene.today)[0] if "week" in match[0] else day[:4])


def feast(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day of a feast, the one nearest to today."""
    name = re.sub(r",?\s\d{4}$", "", match[0].lower().replace("’", "'").replace("years", "year's"))
    given = int(match["year"]) if match["year"] else None
    if scene.today is None and given is None:
        return UNKNOWN
    now = scene.today.year if scene.today else 0
    years = [given] if given is not None else [now, now - 1, now + 1]
    if name.startswith("thanksgiving"):
        days = [fourth_thursday(y) for y in years]
    else:
        days = [f"{y}-{FEASTS[name][0]:02}-{FEASTS[name][1]:02}" for y in years]
    return Value(nearest(days, replace(scene, tense=None)), sure=False)


def fiscal(match: re.Match[str], scene: Scene) -> Value | None:
    """Return a fiscal year."""
    return Value(match["year"] or match["year2"])


def years(match: re.Match[str], scene: Scene) -> Value | None:
    """Return a stretch of years written with a dash."""
    last = match["year2"]
    last = match["year"][:2] + last if len(last) == 2 else last
    return Value(match["year"], last) if last > match["year"] else None


def quarter(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the year of a quarter, where it is given."""
    return Value(match["year"]) if match["year"] else UNKNOWN


def year(match: re.Match[str], scene: Scene) -> Value | None:
    """Return a year."""
    return Value(match["year"])


def vague(match: re.Match[str], scene: Scene) -> Value | None:
    """Return a stretch around today ("in recent days"): no date, but the end of one that lies ahead."""
    ahead = match["way"].lower() in ("next", "coming", "following")
    count = number_of(match["count"]) if match["count"] else None
    if not ahead or count is None or scene.today is None:
        return Value(None, future=ahead)
    return Value(None, shifted(scene.today.isoformat(), unit_of(match["unit"]), count), future=True)


def ahead(match: re.Match[str], scene: Scene) -> Value | None:
    """Return "in two weeks", counted from today."""
    if scene.tense != "future":
        return None
    count = number_of(match["count"])
    if count is None or scene.today is None:
        return Value(None, future=True)
    later = moved(scene.today.isoformat(), unit_of(match["unit"]), count)
    if match[0].lower().startswith("within"):
        return Value(None, later.date, future=True)
    return Value(later.date, future=True)


def clock(match: re.Match[str], scene: Scene) -> Value | None:
    """Return the day told last for a time of day."""
    return same_day(scene)


def _ends_clause(match: re.Match[str]) -> bool:
    """Tell whether "before" or "after" ends its clause ("two days before.") and governs nothing ("before the vote")."""
    return bool(
        re.match(
            r"\s*(?:$|[,.;:!?)”\"’—–-]|and\b|but\b|when\b|in\b|at\b|on\b)", match.string[match.end() : match.end() + 8]
        )
    )


def _ends_phrase(match: re.Match[str]) -> bool:
    """Tell whether nothing follows that an expression could govern."""
    return bool(
        re.match(
            r"\s*(?:$|[,.;:!?)”\"’—–-]|(?:and|but|as|when|while|in|at|with|for|to)\b)",
            match.string[match.end() : match.end() + 8],
        )
    )


VALUES: dict[str, Callable[[re.Match[str], Scene], Value | None]] = {
    "full_day": full_day,
    "slashed": slashed,
    "attacks": attacks,
    "year_day": year_day,
    "month_year": month_year,
    "month_of": month_of,
    "month": month,
    "weekday": weekday,
    "ago": ago,
    "count_from": count_from,
    "the_day": the_day,
    "in_day": in_day,
    "today": today,
    "this_unit": this_unit,
    "season_year": season_year,
    "season": season,
    "weekend": weekend,
    "year_end": year_end,
    "feast": feast,
    "fiscal": fiscal,
    "years": years,
    "quarter": quarter,
    "year": year,
    "vague": vague,
    "ahead": ahead,
    "clock": clock,
}
