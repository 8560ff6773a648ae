"""Units of measure and of time, as newspapers write them, each with one name ("kms", "kilometres" -> "km")."""

from __future__ import annotations

import re
from functools import cache

TIME = {
    "second": "second seconds sec secs",
    "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs",
    "day": "day days",
    "night": "night nights",
    "week": "week weeks wk wks",
    "fortnight": "fortnight fortnights",
    "month": "month months mth mths",
    "quarter": "quarters",
    "year": "year years yr yrs",
    "decade": "decade decades",
    "century": "century centuries",
}
"""Names of stretches of time: the unit's name, then its spellings."""

MEASURES = {
    "percent": "percent|per cent|per-cent|%|pct",
    "percentage point": "percentage points?|percent points?|pct points?|ppts?",
    "basis point": "basis points?|bps",
    "mm": "millimet(?:er|re)s?|mm",
    "cm": "centimet(?:er|re)s?|cm|cms",
    "dm": "decimet(?:er|re)s?|dm",
    "meter": "met(?:er|re)s?|m",
    "km": "kilomet(?:er|re)s?|kms?|klicks?",
    "inch": "inch|inches|in(?=[.)-])",
    "foot": "foot|feet|ft",
    "yard": "yards?|yds?",
    "mile": "miles?|mi",
    "nautical mile": "nautical miles?|nmi",
    "light-year": "light[ -]years?",
    "square meter": "square met(?:er|re)s?|sq\\.? ?m|m2|m²",
    "square km": "square kilomet(?:er|re)s?|sq\\.? ?kms?|km2|km²",
    "square foot": "square (?:foot|feet)|sq\\.? ?ft",
    "square mile": "square miles?|sq\\.? ?mi",
    "acre": "acres?",
    "hectare": "hectares?|ha",
    "milligram": "milligram(?:me)?s?|mg",
    "microgram": "microgram(?:me)?s?|mcg|μg|µg",
    "gram": "gram(?:me)?s?|g",
    "kg": "kilogram(?:me)?s?|kilos?|kgs?",
    "ounce": "ounces?|oz",
    "pound": "pounds?|lbs?",
    "stone": "stone",
    "ton": "tons?",
    "metric ton": "metric tons?|tonnes?|metric tonnes?",
    "milliliter": "millilit(?:er|re)s?|ml",
    "liter": "lit(?:er|re)s?",
    "gallon": "gallons?|gal",
    "barrel": "barrels?|bbl",
    "cubic foot": "cubic (?:foot|feet)",
    "cubic meter": "cubic met(?:er|re)s?|m3|m³",
    "celsius": "(?:degrees?|deg\\.?|°)? ?(?:celsius|celcius|centigrade)|C|degrees? c|deg\\.? c|° ?C",
    "fahrenheit": "(?:degrees?|deg\\.?|°)? ?(?:fahrenheit|farenheit)|F|degrees? f|deg\\.? f|° ?F",
    "degree": "degrees?|deg\\.?|°",
    "mile per hour": "miles? (?:per|an) hour|mph",
    "km per hour": "kilomet(?:er|re)s? (?:per|an) hour|km/h|kms?/hr?|kph|kmph",
    "knot": "knots?",
    "watt": "watts?",
    "kilowatt": "kilowatts?|kW",
    "megawatt": "megawatts?|MW",
    "gigawatt": "gigawatts?|GW",
    "kilowatt-hour": "kilowatt[ -]hours?|kWh",
    "megabyte": "megabytes?|MB",
    "gigabyte": "gigabytes?|GB",
    "terabyte": "terabytes?|TB",
    "carat": "carats?",
    "caliber": "calib(?:er|re)",
    "horsepower": "horsepower|hp",
    "decibel": "decibels?|dB",
    "barrel per day": "barrels? (?:per|a) day|bpd",
    "magnitude": "magnitude",
}
"""Names of measures and the pattern of their spellings. Letters alone count only behind digits ("5m", "10 kg")."""

SHORT = {"m", "g", "mi", "in", "ha", "gal", "hp", "C", "F", "bps", "min", "sec", "ft"}
_CASED = {"kW", "MW", "GW", "kWh", "MB", "GB", "TB", "dB"}


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return one pattern for each unit, those with more words first."""
    entries = {name: spelling.replace(" ", "|") for name, spelling in TIME.items()} | MEASURES
    ordered = sorted(entries, key=lambda name: (-name.count(" "), -len(entries[name])))
    flags = {name: re.NOFLAG if set(entries[name].split("|")) & _CASED else re.IGNORECASE for name in ordered}
    return tuple(
        (re.compile(rf"[\s\u00a0-]*(?P<unit>{entries[name]})(?!\w)(?!-?\d)", flags[name]), name) for name in ordered
    )


def unit_after(text: str, end: int, *, digits: bool) -> tuple[str, int] | None:
    """Return the unit named right after a number that ends at `end`, and where its name ends.

    `digits` tells that the number ends in digits: "5 m" is a length, "five m" is not.
    "13 metres" -> ("meter", end of "metres"); "40-hour" -> ("hour", ...)
    """
    best: tuple[str, int] | None = None
    for pattern, name in _spellings():
        match = pattern.match(text, end)
        if match is None or "\n" in match.group():
            continue
        written = match["unit"]
        if written.lower() in SHORT and (not digits or written not in SHORT or "-" in match.group()):
            continue
        if written in ("C", "F") and match.start("unit") != end:
            continue
        if best is None or match.end() > best[1]:
            best = name, match.end()
    return best
