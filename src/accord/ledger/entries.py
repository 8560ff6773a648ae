"""Compiles lines into entries: what is known of each commitment, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from accord.ledger.history import history_of
from accord.ledger.merging import groups_of, is_founder, order_of
from accord.ledger.outcomes import PROMISED
from accord.ledger.status import PAST_DUE, is_past, judged
from accord.records import Citation, LedgerEntry, LedgerLine, content_id

_RUNNING = ("open", "changed")


def compiled(lines: Sequence[LedgerLine], before: Mapping[str, str] | None = None) -> tuple[LedgerEntry, ...]:
    """Return the entries that `lines` form. `before` names the entry that lines (by id) were in: entries keep ids.

    The order of `lines` does not matter. Lines that only tell what became of something, and fit no commitment, are in
    no entry.
    """
    groups = groups_of(lines)
    ids = _ids(groups, before or {})
    entries = [_entry(identity, group) for identity, group in zip(ids, groups, strict=True)]
    return tuple(sorted(entries, key=lambda entry: (entry.made or "9999", entry.id)))


def as_of(entry: LedgerEntry, today: date) -> LedgerEntry:
    """Return `entry` with its status on the day `today`: one that runs becomes overdue by the calendar alone."""
    if entry.status not in _RUNNING or not is_past(entry.due_date, today):
        return entry
    return replace(entry, status="overdue", rule=PAST_DUE.format(due=entry.due_date), rests_on=())


def _entry(identity: str, group: Sequence[LedgerLine]) -> LedgerEntry:
    history = history_of(group)
    status, rule, told = judged(history)
    ordered = sorted(group, key=order_of)
    founders = [line for line in ordered if is_founder(line)]
    first = history.first or founders[0]
    days = [line.published for line in ordered if line.published]
    return LedgerEntry(
        id=identity,
        who=next((line.who for line in (first, *founders) if line.who), None),
        what=first.what,
        status=status,
        rule=rule,
        lines=tuple(ordered),
        to_whom=next((line.to_whom for line in (first, *founders) if line.to_whom), None),
        strength=_strength(first, ordered),
        amount=history.amount,
        unit=history.unit,
        due=history.due,
        due_date=history.due_date,
        made=min(days, default=None),
        latest=max(days, default=None),
        rests_on=tuple(dict.fromkeys(_citation(each.line) for each in told)),
    )


def _strength(first: LedgerLine, lines: Sequence[LedgerLine]) -> str | None:
    """Return how firmly it was said: by the latest statement that says more than "planned", or by a look back on it."""
    refused = first.strength == "refused"
    said = [line.strength for line in lines if line.says == "made" and (line.strength == "refused") == refused]
    firm = next((strength for strength in reversed(said) if strength not in (None, "planned")), None)
    if (
        firm is None
        and first.strength == "planned"
        and any(line.recalled and PROMISED.search(line.text) for line in lines)
    ):
        return "promised"
    return firm or first.strength


def _citation(line: LedgerLine) -> Citation:
    return Citation(line.article, line.start, line.end, line.text)


def _ids(groups: Sequence[Sequence[LedgerLine]], before: Mapping[str, str]) -> list[str]:
    """Return an id for each group: that of the entry most of its lines were in, else one made of its first line.

    Where two groups claim one id, the one with more lines of that entry has it; of equals, the earlier one.
    """
    claims = []
    for number, group in enumerate(groups):
        held = Counter(before[line.id] for line in group if line.id in before)
        claims += [(-count, number, identity) for identity, count in held.items()]
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, number, identity in sorted(claims):
        if number not in ids and identity not in taken:
            ids[number] = identity
            taken.add(identity)
    for number, group in enumerate(groups):
        if number not in ids:
            founders = [line for line in group if is_founder(line)]
            made = (content_id("entry", line.id) for line in (*founders, *group))
            ids[number] = next((each for each in made if each not in taken), content_id("entry", number, *taken))
            taken.add(ids[number])
    return [ids[number] for number in range(len(groups))]
