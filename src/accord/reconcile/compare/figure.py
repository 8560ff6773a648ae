"""Compares two figures: can both hold as written, and how likely do they count the same thing."""

from __future__ import annotations

import re

from accord.records import Figure

SCALES: dict[str, tuple[str, float]] = {
    "second": ("time", 1.0),
    "minute": ("time", 60.0),
    "hour": ("time", 3600.0),
    "day": ("time", 86400.0),
    "night": ("time", 86400.0),
    "week": ("time", 7 * 86400.0),
    "fortnight": ("time", 14 * 86400.0),
    "month": ("time", 365.25 / 12 * 86400.0),
    "quarter": ("time", 365.25 / 4 * 86400.0),
    "year": ("time", 365.25 * 86400.0),
    "decade": ("time", 3652.5 * 86400.0),
    "century": ("time", 36525 * 86400.0),
    "mm": ("length", 0.001),
    "cm": ("length", 0.01),
    "inch": ("length", 0.0254),
    "foot": ("length", 0.3048),
    "yard": ("length", 0.9144),
    "meter": ("length", 1.0),
    "metre": ("length", 1.0),
    "km": ("length", 1000.0),
    "mile": ("length", 1609.344),
    "nautical mile": ("length", 1852.0),
    "square foot": ("area", 0.09290304),
    "square meter": ("area", 1.0),
    "acre": ("area", 4046.8564),
    "hectare": ("area", 10000.0),
    "square km": ("area", 1e6),
    "square mile": ("area", 2589988.11),
    "microgram": ("weight", 1e-9),
    "milligram": ("weight", 1e-6),
    "gram": ("weight", 0.001),
    "ounce": ("weight", 0.0283495),
    "pound": ("weight", 0.45359237),
    "kg": ("weight", 1.0),
    "stone": ("weight", 6.35029),
    "ton": ("weight", 907.18474),
    "metric ton": ("weight", 1000.0),
    "milliliter": ("volume", 0.001),
    "liter": ("volume", 1.0),
    "gallon": ("volume", 3.785412),
    "barrel": ("volume", 158.987295),
    "cubic foot": ("volume", 28.316847),
    "cubic meter": ("volume", 1000.0),
    "km per hour": ("speed", 1.0),
    "mile per hour": ("speed", 1.609344),
    "knot": ("speed", 1.852),
    "watt": ("power", 1.0),
    "kilowatt": ("power", 1e3),
    "megawatt": ("power", 1e6),
    "gigawatt": ("power", 1e9),
    "megabyte": ("data", 1e6),
    "gigabyte": ("data", 1e9),
    "terabyte": ("data", 1e12),
    "percent": ("share", 0.01),
    "fraction": ("share", 1.0),
}
"""Units that convert: their dimension, and how many base units one of them is."""

ROUGHLY = (0.025, 0.15)
"""How far, as a share of its value, a figure given as "about" may be off at least and at most; see `_roughly`."""
ROUNDING = 0.1
"""The most that rounding may be off, as a share of the value, however coarse its last digit."""
SIMPLE_FRACTION = 0.02
"""How far "a third" or "half" may be off the share it stands for."""

_BOUNDED_BELOW = ("at_least", "more_than")
_BOUNDED_ABOVE = ("at_most", "less_than")
_STOP_WORDS = """
    a an the of in on for to at and or by with from as its their his her our that who which was were is are has had have
    age time number total be been this it they he she people person man men others
"""
_STOP = frozenset(_STOP_WORDS.split())


def compare(a: Figure, b: Figure) -> tuple[bool, str]:
    """Tell whether two figures for one quantity can both hold as written, and why.

    A vaguer figure is compatible with a more exact one: "more than 100" with 126, "$1.4 billion" with $1.375 billion,
    "about 30" with 28, "dozens" with 36, 10 miles with 16 km. 12 with 10 is not. The order of the two does not matter.
    """
    if a.value is None or b.value is None:
        return True, "one of the two gives no number"
    kind = _common_unit(a, b)
    if kind is None:
        return True, f"units cannot be compared: {' and '.join(sorted((str(a.unit), str(b.unit))))}"
    (low_a, high_a, slack_a), (low_b, high_b, slack_b) = _reach(a, kind), _reach(b, kind)
    apart = max(low_a - high_b, low_b - high_a, 0.0)
    slack = max(slack_a, slack_b)
    first, second = sorted((_say(a), _say(b)))
    if apart == 0.0:
        return True, f"same value: {first}" if first == second else f"both can hold: {first}, {second}"
    if apart <= slack * (1 + 1e-9):
        return True, f"same within rounding: {first}, {second}"
    return False, f"different values: {first}, {second}"


def same_quantity(a: Figure, b: Figure) -> float:
    """Return how likely, from 0 to 1, two figures count the same thing.

    Product of how well the units fit (same 1, convertible .9, one unknown .6, currencies .5, other noun .3, else 0), of
    how many words their `of` share (the unit's own word left out; by the geometric mean of their lengths), and of .6
    where one value is more than three times the other. An equal value that is no small number helps.
    """
    fit = _unit_fit(a, b)
    if fit == 0.0:
        return 0.0
    words_a, words_b = _words(a), _words(b)
    shared, sizes = len(words_a & words_b), len(words_a) * len(words_b)
    overlap = shared / sizes**0.5 if sizes else 0.4 * (words_a == words_b)
    score = fit * (0.1 + 0.9 * overlap)
    if a.value is not None and b.value is not None:
        if a.value == b.value and a.unit == b.unit:
            score = score if _is_common(a.value) else 0.4 + 0.6 * score
            score += 0.15 if overlap else 0.0
        elif a.unit == b.unit and max(abs(a.value), abs(b.value)) > 3 * min(abs(a.value), abs(b.value)):
            score *= 0.6
    return round(min(1.0, score), 4)


def _common_unit(a: Figure, b: Figure) -> str | None:
    """Return "plain" for figures compared as they stand, a dimension for those converted, None where neither goes."""
    if a.unit == b.unit:
        return "plain" if a.unit not in SCALES else SCALES[a.unit][0]
    of_a, of_b = SCALES.get(a.unit or "", ("", 0.0))[0], SCALES.get(b.unit or "", ("", 0.0))[0]
    if of_a and of_a == of_b:
        return of_a
    if {a.unit, b.unit} == {"age", "year"}:
        return "plain"
    if of_a or of_b or _is_currency(a.unit) or _is_currency(b.unit):
        return "plain" if None in (a.unit, b.unit) else None
    return "plain"


def _reach(figure: Figure, kind: str) -> tuple[float, float, float]:
    """Return the least and greatest value that a figure states, and how far off either may be, in base units."""
    value = figure.value if figure.value is not None else 0.0
    size = SCALES[figure.unit][1] if kind != "plain" and figure.unit in SCALES else 1.0
    low, high = value, figure.high if figure.high is not None else value
    slack = _slack(figure, value, kind)
    if figure.qualifier in _BOUNDED_BELOW:
        high = float("inf")
    elif figure.qualifier in _BOUNDED_ABOVE:
        low = float("-inf")
    elif figure.qualifier == "about":
        slack = max(slack, _roughly(low), _roughly(high))
    return low * size, high * size, slack * size


def _slack(figure: Figure, value: float, kind: str) -> float:
    """Return half of the last digit stated; whole numbers of people and things are exact to the last one."""
    if figure.unit == "fraction":
        return SIMPLE_FRACTION
    step = figure.step or 0.0
    if kind == "plain" and step == 1.0 and not _is_currency(figure.unit):
        return 0.0
    return min(step / 2, ROUNDING * abs(value))


def _roughly(value: float) -> float:
    """Return half of the place of the last digit that is not zero: about 30 is 25 to 35, about 3.6 is 3.51 to 3.69."""
    digits, exponent = f"{abs(value):.11e}".split("e")
    place = 10.0 ** (int(exponent) - len(digits.replace(".", "").rstrip("0")) + 1)
    least, most = ROUGHLY
    return min(max(place / 2, least * abs(value)), most * abs(value))


def _unit_fit(a: Figure, b: Figure) -> float:
    if a.unit == b.unit:
        return 1.0 if a.unit is not None else 0.6
    if a.unit is None or b.unit is None:
        return 0.6
    if _is_currency(a.unit) and _is_currency(b.unit):
        return 0.5
    dimension_a, dimension_b = SCALES.get(a.unit, ("", 0.0))[0], SCALES.get(b.unit, ("", 0.0))[0]
    if dimension_a and dimension_a == dimension_b:
        return 0.9
    if {a.unit, b.unit} == {"age", "year"}:
        return 0.5
    if dimension_a or dimension_b or _is_currency(a.unit) or _is_currency(b.unit):
        return 0.0
    return 0.3


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()


def _is_common(value: float) -> bool:
    """Tell whether a number is so small that many things come in it."""
    return value == int(value) and abs(value) < 13


def _words(figure: Figure) -> set[str]:
    """Return the content words of what is counted, endings cut off."""
    words = re.findall(r"[^\W_]+", (figure.of or "").lower())
    unit = {_stem(word) for word in (figure.unit or "").lower().split()}
    return {_stem(word) for word in words if word not in _STOP and len(word) > 1} - unit


def _stem(word: str) -> str:
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + rest
    return word.removesuffix("e") if len(word) > 4 else word


def _say(figure: Figure) -> str:
    """Write a figure for a reason: "more than 100 person"."""
    high = f"-{figure.high:,.10g}" if figure.high is not None else ""
    word = "" if figure.qualifier == "exact" else figure.qualifier.replace("_", " ") + " "
    return f"{word}{figure.value:,.10g}{high}{' ' + figure.unit if figure.unit else ''}"
