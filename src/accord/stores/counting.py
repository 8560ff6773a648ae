"""What lists are told by: how often things come, and what a briefing begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from accord.records import Briefing

K = TypeVar("K", bound=str)


def frequent(values: Iterable[K], most: int | None = None) -> tuple[tuple[K, int], ...]:
    """Return the `most` frequent of `values` with how often they come; those that come as often in their own order.

    frequent("babc", 2) -> (("b", 2), ("a", 1))
    """
    return ranked(Counter(values), most)


def ranked(times: Mapping[K, int], most: int | None = None) -> tuple[tuple[K, int], ...]:
    """Return the `most` frequent of what comes so many times; those that come as often in their own order."""
    return tuple(sorted(times.items(), key=lambda row: (-row[1], row[0]))[:most])


def lead_of(briefing: Briefing) -> str:
    """Return the first sentence of a briefing; "" where it has none."""
    return briefing.summary[0].text if briefing.summary else ""
