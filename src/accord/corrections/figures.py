"""Whether two figures can both hold as written, once one of them was corrected; the rule of `reconcile` in small.

Figures of one unit only: what counts otherwise is left to the machine's own comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from accord.records import Difference, Figure, Value

_ROUGHLY = (0.025, 0.15)
_ROUNDING = 0.1


def compatible(a: Figure, b: Figure) -> bool:
    """Tell whether two figures of one unit can both hold: "more than 100" with 126, "$1.4 billion" with 1.375 billion.

    Of two units, or where one gives no number, nothing is known to part them.
    """
    if a.value is None or b.value is None or a.unit != b.unit:
        return True
    (low_a, high_a, slack_a), (low_b, high_b, slack_b) = _reach(a), _reach(b)
    apart = max(low_a - high_b, low_b - high_a, 0.0)
    return apart <= max(slack_a, slack_b) * (1 + 1e-9)


def same(a: Figure, b: Figure) -> bool:
    """Tell whether two figures say the same."""
    return (a.value, a.high, a.unit, a.qualifier) == (b.value, b.high, b.unit, b.qualifier)


def clash(one: Sequence[Figure], other: Sequence[Figure]) -> Difference | None:
    """Return how two sets of figures for one thing contradict each other, None where they do not.

    Those of one unit are compared, where each side gives one value of it and neither gives the other's.
    """
    for unit in dict.fromkeys(figure.unit for figure in one):
        sides = [
            [figure for figure in side if figure.unit == unit and figure.value is not None] for side in (one, other)
        ]
        agreed = all(sides) and all(same(a, b) for side in sides for a, b in combinations(side, 2))
        if agreed and not compatible(sides[0][0], sides[1][0]):
            return Difference("value", _values([*sides[0], *sides[1]]), compatible=False)
    return None


def difference(figures: Sequence[Figure], corrected: Sequence[Figure] = ()) -> Difference | None:
    """Return how figures for one thing, in several articles, differ; None where all say the same."""
    pairs = [(a, b) for a, b in combinations(figures, 2) if a.article != b.article]
    if all(same(a, b) for a, b in pairs):
        return None
    return Difference("value", _values(figures, corrected), all(compatible(a, b) for a, b in pairs))


def reading(figure: Figure) -> str:
    """Return what a figure is read as: "14 person", "1,400,000 USD", "dozens" without a number as it is written."""
    if figure.value is None:
        return figure.text
    high = f" to {figure.high:,.12g}" if figure.high is not None else ""
    word = "" if figure.qualifier == "exact" else figure.qualifier.replace("_", " ") + " "
    return f"{word}{figure.value:,.12g}{high}{f' {figure.unit}' if figure.unit else ''}"


def _values(figures: Sequence[Figure], corrected: Sequence[Figure] = ()) -> tuple[Value, ...]:
    sides: dict[str, set[str]] = {}
    for figure in figures:
        words = f"{figure.text} [{reading(figure)}]" if figure in corrected else figure.text
        sides.setdefault(words, set()).add(figure.article)
    return tuple(Value(words, tuple(sorted(articles))) for words, articles in sorted(sides.items()))


def _reach(figure: Figure) -> tuple[float, float, float]:
    """Return the least and greatest value that a figure states, and how far off either may be."""
    value = figure.value or 0.0
    low, high = value, figure.high if figure.high is not None else value
    money = figure.unit is not None and len(figure.unit) == 3 and figure.unit.isupper()
    step = 0.0 if figure.step == 1.0 and not money else figure.step or 0.0
    slack = min(step / 2, _ROUNDING * abs(value))
    if figure.qualifier in ("at_least", "more_than"):
        high = float("inf")
    elif figure.qualifier in ("at_most", "less_than"):
        low = float("-inf")
    elif figure.qualifier == "about":
        slack = max(slack, _roughly(low), _roughly(high))
    return low, high, slack


def _roughly(value: float) -> float:
    """Return half of the place of the last digit that is not zero, within limits."""
    digits, exponent = f"{abs(value):.11e}".split("e")
    place = 10.0 ** (int(exponent) - len(digits.replace(".", "").rstrip("0")) + 1)
    least, most = _ROUGHLY
    return min(max(place / 2, least * abs(value)), most * abs(value))
