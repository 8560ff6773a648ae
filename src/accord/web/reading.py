"""Reads briefings and the ledger from a store, with the corrections of its analysts applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from accord.records import Briefing, LedgerEntry
from accord.web.views import ledger as views

if TYPE_CHECKING:
    from accord.stores import Store


def briefing_of(store: Store, story: str) -> Briefing | None:
    """Return the briefing of a story, corrections applied; None where there is none so far."""
    from accord.upkeep.correcting import corrected

    found = corrected(store, story)
    return found.briefing if found is not None else None


def rows_of(store: Store, entries: Sequence[LedgerEntry], today: date, *, dismissed: bool = False) -> list[views.Row]:
    """Return rows of entries, corrections applied; those that a person dismissed only if asked for, at the end."""
    from accord.upkeep.correcting import corrected_ledger

    corrected = corrected_ledger(store, entries)
    fixed = views.fixed_by(entries, corrected.applied)
    stay = {entry.id for entry in corrected.entries}
    gone = [entry for entry in entries if entry.id not in stay] if dismissed else []
    shown = views.standing((*corrected.entries, *gone), today, corrected.fixed)
    return [
        replace(views.row(entry, today, fixed.get(entry.id, ())), dismissed=entry.id not in stay) for entry in shown
    ]
