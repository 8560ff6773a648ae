"""Corrections: what analysts say against the machine's answer, which stays as it is beside theirs.

Each correction (`records.Correction`) names what it is about by articles or by exact passages, and is kept with who
made it, when and why. Applying them gives another briefing; leaving one out gives the machine's answer again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from accord.corrections.making import (
    dismiss_dispute,
    dismiss_entry,
    dismiss_finding,
    fix_speaker,
    fix_value,
    merge_findings,
    merge_origins,
    merge_stories,
    set_status,
    split_finding,
    split_origin,
    split_story,
)
from accord.corrections.outcome import Applied, Corrected, CorrectedLedger, Unmatched
from accord.corrections.words import described
from accord.records import Briefing, Correction, LedgerEntry

__all__ = [
    "Applied",
    "Corrected",
    "CorrectedLedger",
    "Unmatched",
    "applied",
    "described",
    "dismiss_dispute",
    "dismiss_entry",
    "dismiss_finding",
    "fix_speaker",
    "fix_value",
    "ledger_applied",
    "merge_findings",
    "merge_origins",
    "merge_stories",
    "set_status",
    "split_finding",
    "split_origin",
    "split_story",
]


def applied(briefing: Briefing, corrections: Sequence[Correction], later: Mapping[str, str] | None = None) -> Corrected:
    """Return `briefing` with `corrections` applied in the order of `at`, what each changed, and which found nothing.

    Later ones win. Those that were undone, and those of stories and of the ledger, are passed over. `later` maps the
    id of an article that was replaced to that of the version in its place (`Article.replaces` of the briefing's own
    articles is known). `briefing` itself is never changed, and is what comes back where nothing takes effect.

        applied(briefing, [dismiss_finding(briefing.findings[0], by="Mara", at="2031-03-05T08:00:00Z")]).applied
        -> (Applied(..., changed="“The bridge was shut on Monday” is left out", findings=("f01",)),)
    """
    from accord.corrections.applying import applied as apply

    return apply(briefing, corrections, later)


def ledger_applied(
    entries: Iterable[LedgerEntry], corrections: Sequence[Correction], later: Mapping[str, str] | None = None
) -> CorrectedLedger:
    """Return `entries`, as a store gives them, with `corrections` applied; `later` as for `applied`.

    Dismissed entries are left out, and so are lines of dismissed findings, with entries that nothing states any more.
    A status that a person gave stands whatever the calendar says: call `ledger.as_of` on all but `fixed`. Other
    corrections change the terms of an entry; what was reported of it is judged as before.
    """
    from accord.corrections.ledgering import ledger_applied as apply

    return apply(entries, corrections, later)
