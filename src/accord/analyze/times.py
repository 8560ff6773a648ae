"""Finds time expressions and resolves them against the date of the article."""

from __future__ import annotations

from accord.analyze.reading import Reading
from accord.records import Time


def find_times(reading: Reading) -> tuple[Time, ...]:
    """Return the time expressions of the article in text order."""
    return ()
