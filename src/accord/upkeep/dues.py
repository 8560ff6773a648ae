"""Tells which commitments of the ledger fell due without a word since it was last looked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from accord.records import Update, content_id
from accord.upkeep.clock import now
from accord.upkeep.correcting import corrected_ledger
from accord.upkeep.following import first_story, gist_of, names_of

if TYPE_CHECKING:
    from accord.records import LedgerEntry
    from accord.stores import Store

_LOOKED = "dues"
_BACK = 366
"""A due date that is a month or a year is over when its last day is; so far back entries are looked at."""


def fall_due(store: Store, at: str | None = None) -> tuple[Update, ...]:
    """Keep, and return, an update for each entry that became overdue since the last call, whatever `store` was told.

    The first call only notes the day: what was overdue before anybody looked is no news. Entries are taken as people
    corrected them: one that was dismissed, or whose status a person gave, does not fall due.
    """
    from accord.ledger import as_of

    at = at or now()
    today, last = date.fromisoformat(at[:10]), store.stamp(_LOOKED)
    if last == today.isoformat():
        return ()
    found = []
    if last is not None:
        before = date.fromisoformat(last)
        since = date.fromordinal(max(before.toordinal() - _BACK, 1)).isoformat()
        corrected = corrected_ledger(store, store.ledger(due=(since, today.isoformat())))
        for entry in corrected.entries:
            if entry.id in corrected.fixed:
                continue
            if as_of(entry, before).status != "overdue" and as_of(entry, today).status == "overdue":
                found.append(_update(as_of(entry, today), entry, at))
    with store.transaction():
        store.stamp(_LOOKED, today.isoformat())
        store.tell(found)
    return tuple(found)


def _update(entry: LedgerEntry, before: LedgerEntry, at: str) -> Update:
    last = entry.lines[-1]
    return Update(
        id=content_id("commitment", entry.id, "overdue", entry.due_date),
        kind="commitment",
        story=first_story(entry) or "",
        gist=gist_of(entry),
        at=at,
        article=last.article,
        before=before.status,
        after=f"overdue, due {entry.due_date}",
        names=names_of(entry),
    )
