"""Finds people, organisations and places, one entry per real one, with all their mentions."""

from __future__ import annotations

from accord.analyze.reading import Reading
from accord.records import Name


def find_names(reading: Reading) -> tuple[Name, ...]:
    """Return the names of the article in text order."""
    return ()
