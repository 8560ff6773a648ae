"""The ledger: commitments followed from story to story, by what the reports say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from accord.records import Analysis, Briefing, LedgerEntry, LedgerLine

__all__ = ["as_of", "compiled", "lines_of"]


def lines_of(story: str, briefing: Briefing, analyses: Sequence[Analysis]) -> tuple[LedgerLine, ...]:
    """Return what the articles of a briefed story say of commitments: those made, and what became of earlier ones."""
    from accord.ledger.lines import lines_of as read

    return read(story, briefing, analyses)


def compiled(lines: Sequence[LedgerLine], before: Mapping[str, str] | None = None) -> tuple[LedgerEntry, ...]:
    """Return the entries that `lines` form. `before` names the entry that lines (by id) were in: entries keep ids.

    The order of `lines` does not matter. Lines that only tell what became of something, and fit no commitment, are in
    no entry.
    """
    from accord.ledger.entries import compiled as compile_entries

    return compile_entries(lines, before)


def as_of(entry: LedgerEntry, today: date) -> LedgerEntry:
    """Return `entry` with its status on the day `today`: one that runs becomes overdue by the calendar alone."""
    from accord.ledger.entries import as_of as dated

    return dated(entry, today)
