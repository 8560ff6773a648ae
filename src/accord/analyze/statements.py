"""Finds clause-level claims."""

from __future__ import annotations

from accord.analyze.reading import Reading
from accord.records import Name, Quote, Statement, Time


def find_statements(
    reading: Reading, names: tuple[Name, ...], times: tuple[Time, ...], quotes: tuple[Quote, ...]
) -> tuple[Statement, ...]:
    """Return the statements of the article in text order."""
    return ()
