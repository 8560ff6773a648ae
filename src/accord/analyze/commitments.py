"""Finds stated future acts."""

from __future__ import annotations

from accord.analyze.reading import Reading
from accord.records import Commitment, Figure, Name, Quote, Time


def find_commitments(
    reading: Reading, names: tuple[Name, ...], times: tuple[Time, ...], quotes: tuple[Quote, ...], figures: tuple[Figure, ...]
) -> tuple[Commitment, ...]:
    """Return the commitments of the article in text order."""
    return ()
