"""Compares how many and how much: figures of one quantity hold together within their precision and qualifiers."""

from __future__ import annotations

from collections.abc import Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context
from accord.reconcile.compare.figure import compare as compare_figures
from accord.reconcile.compare.figure import same_quantity

LIKELY = 0.1


def compare(a: Claim, b: Claim, context: Context) -> Iterator[Comparison]:
    """Yield a comparison for each figure of `a` and its counterpart in `b`; equal ones find each other first.

    "killed 12" against "at least 10 dead" -> compatible; against "14 dead" -> not.
    """
    scored = []
    for i, figure in enumerate(a.figures):
        for j, other in enumerate(b.figures):
            likely = same_quantity(figure, other)
            compatible, why = compare_figures(figure, other)
            equal = figure.value is not None and figure.value == other.value and figure.unit == other.unit
            if likely >= LIKELY or equal:
                scored.append((-int(equal), -int(compatible), -likely, i, j, why))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for _, held, unlikely, i, j, why in sorted(scored):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            yield Comparison("value", a.figures[i].text, b.figures[j].text, held < 0, -unlikely, why)
