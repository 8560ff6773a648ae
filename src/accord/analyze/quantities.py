"""Joins numerals with the money and measures beside them; works on text alone."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.analyze.idioms import AND_HALF, find_idioms
from accord.analyze.money import currency_after, currency_before
from accord.analyze.numerals import Numeral, find_numerals
from accord.analyze.quantity import NEAR, Kind, Quantity
from accord.analyze.ranges import join_ranges
from accord.analyze.units import TIME, unit_after

_BETWEEN = re.compile(
    r"\s(?:or\smore|or\sso|of|more|full|whole|straight|consecutive|additional|other|long)\s", re.IGNORECASE
)
_MAGNITUDE = re.compile(r"\bmagnitude(?:\sof|\sa)?[\s-]$", re.IGNORECASE)
_ADDRESS = re.compile(r"\b\d{3}-\d{4}\b|\(\d{3}\)\s?\d{3}|\+\d{1,3}[\s-]\d[\d\s-]*|https?://\S+|www\.\S+|[@#]\w+")
_OLD = re.compile(r"[\s-]old\b|\sof\sage\b", re.IGNORECASE)
_MINUS = re.compile(r"(?:^|(?<=[\s(]))(?P<minus>[-−]|(?:minus|negative)\s)$", re.IGNORECASE)


def find_quantities(text: str, *, sterling: bool = False) -> list[Quantity]:
    """Return the quantities of `text` in order. `sterling` tells that a bare "pound" is money rather than weight.

    "$800 to $1,000" -> 800..1000 USD; "40- to 60-hour" -> 40..60 hour; "52-48" -> two scores
    """
    special = find_idioms(text)
    taken = [(item.start, item.end) for item in special] + [match.span() for match in _ADDRESS.finditer(text)]
    numerals = [n for n in find_numerals(text) if not any(a < n.end and n.start < b for a, b in taken)]
    plain: list[Quantity] = []
    for numeral in numerals:
        if not plain or numeral.start >= plain[-1].end:
            plain.append(_attach(text, numeral, sterling))
    return sorted((*join_ranges(text, plain), *special), key=lambda item: (item.start, item.end))


def _attach(text: str, numeral: Numeral, sterling: bool) -> Quantity:
    """Give a numeral the currency or unit that stands beside it."""
    kind: Kind = numeral.kind if numeral.kind != "number" else "count"
    bare = Quantity(
        numeral.start, numeral.end, numeral.end, numeral.value, numeral.step, kind,
        digits=numeral.digits, article=numeral.article, scaled=numeral.scaled,
    )  # fmt: skip
    return _money(text, bare, sterling) or _measured(text, bare) or bare


def _money(text: str, bare: Quantity, sterling: bool) -> Quantity | None:
    before = currency_before(text, bare.start)
    if before is not None:
        return _signed(text, replace(bare, start=before.edge, kind="money", unit=before.code))
    after = currency_after(text, bare.end)
    if after is None or (after.name == "pound" and not sterling) or (after.name == "won" and (bare.value or 0) < 100):
        return None
    value = None if bare.value is None else round(bare.value * after.factor, 9)
    step = None if bare.step is None else bare.step * after.factor
    return replace(bare, end=after.edge, kind="money", unit=after.code, value=value, step=step)


def _measured(text: str, bare: Quantity) -> Quantity | None:
    unit = unit_after(text, bare.end, digits=bare.digits and text[bare.end - 1].isdigit())
    between = _BETWEEN.match(text, bare.end)
    if unit is None and between is not None:
        unit = unit_after(text, between.end() - 1, digits=False)
        unit = unit if unit and unit[0] in TIME else None
    if unit is None and bare.digits and _MAGNITUDE.search(text, max(0, bare.start - NEAR), bare.start):
        return replace(bare, kind="measure", unit="magnitude")
    if unit is None or (unit[0] == "percent" and bare.kind == "vague"):
        return None
    name, end = unit
    if name not in TIME:
        return _signed(text, replace(bare, end=end, kind="measure", unit=name))
    old = _OLD.match(text, end)
    if old is not None:
        return replace(bare, end=old.end(), kind="age", unit="age" if name == "year" else name)
    half = AND_HALF.match(text, end)
    if half is None or bare.value is None:
        return replace(bare, end=end, kind="duration", unit=name)
    part = 0.5 if half.group().lower().endswith("half") else 0.25
    return replace(bare, end=half.end(), kind="duration", unit=name, value=bare.value + part, step=part)


def _signed(text: str, quantity: Quantity) -> Quantity:
    """Take in a minus before money, shares and temperatures: "-5 degrees", "minus 2 percent"."""
    minus = _MINUS.search(text, max(0, quantity.start - NEAR), quantity.start)
    signed = quantity.kind == "money" or quantity.unit in ("percent", "celsius", "fahrenheit", "degree")
    if minus is None or not signed or quantity.value is None:
        return quantity
    return replace(quantity, start=minus.start("minus"), value=-quantity.value)
