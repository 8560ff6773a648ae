"""Finds how many and how much."""

from __future__ import annotations

from accord.analyze.reading import Reading
from accord.records import Figure, Time


def find_figures(reading: Reading, times: tuple[Time, ...]) -> tuple[Figure, ...]:
    """Return the figures of the article in text order."""
    return ()
