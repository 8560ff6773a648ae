"""Finds quotes and who said them."""

from __future__ import annotations

from accord.analyze.reading import Reading
from accord.records import Name, Quote


def find_quotes(reading: Reading, names: tuple[Name, ...]) -> tuple[Quote, ...]:
    """Return the quotes of the article in text order."""
    return ()
