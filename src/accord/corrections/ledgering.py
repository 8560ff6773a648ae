"""Applies corrections to entries of the ledger: dismissed ones, other statuses, and what their lines were read as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from accord.corrections.applying import standing
from accord.corrections.outcome import Applied, CorrectedLedger
from accord.corrections.places import latest, overlap, reworded, size, touches
from accord.corrections.targets import MOST
from accord.corrections.values import as_field
from accord.corrections.words import described, reason, said
from accord.records import Citation, Correction, LedgerEntry, LedgerLine, Status

_FIELDS = frozenset({"who", "what", "to_whom", "amount", "unit", "due", "due_date", "strength"})
_KINDS = frozenset({"entry dismissed", "status", "finding dismissed", "speaker", "value"})


def ledger_applied(
    entries: Iterable[LedgerEntry], corrections: Sequence[Correction], later: Mapping[str, str] | None = None
) -> CorrectedLedger:
    """Return `entries`, as the store has them, with `corrections` applied. See the folder's docstring."""
    wanted = [correction for correction in standing(corrections) if correction.kind in _KINDS]
    by_article: dict[str, list[Correction]] = {}
    for correction in wanted:
        for name in {passage.article for passage in correction.passages}:
            by_article.setdefault(name, []).append(correction)
    forms: dict[str, set[str]] = {}
    for name in by_article:
        forms.setdefault(name, set()).add(name)
        passed = {name}
        follower = (later or {}).get(name)
        while follower is not None and follower not in passed:
            passed.add(follower)
            forms.setdefault(follower, set()).add(name)
            follower = (later or {}).get(follower)
    kept: list[LedgerEntry] = []
    done: dict[str, Applied] = {}
    fixed: set[str] = set()
    for entry in entries:
        names = {name for line in entry.lines for name in forms.get(line.article, ())}
        mine = {c.id: c for name in names for c in by_article[name]}
        found: LedgerEntry | None = entry
        for correction in standing(mine.values()):
            if found is None:
                break
            after = _corrected(found, entry, correction, later or {})
            if after != found or (correction.kind == "status" and _is_meant(found, correction, later or {})):
                done[correction.id] = Applied(correction, described(correction))
                fixed |= {entry.id} if correction.kind == "status" else set()
            found = after
        if found is not None:
            kept.append(found)
    ordered = [done[correction.id] for correction in wanted if correction.id in done]
    return CorrectedLedger(tuple(kept), tuple(ordered), frozenset(fixed & {entry.id for entry in kept}))


def _corrected(
    entry: LedgerEntry, machine: LedgerEntry, correction: Correction, later: Mapping[str, str]
) -> LedgerEntry | None:
    """Return `entry` as `correction` has it, itself where that is not about it, None where it is dismissed.

    `machine` is the entry as it was before any correction.
    """
    if correction.kind == "entry dismissed":
        return None if _is_meant(entry, correction, later) else entry
    if correction.kind == "status":
        if not _is_meant(entry, correction, later) or correction.value is None:
            return entry
        return replace(entry, status=cast("Status", correction.value), rule=said(correction), rests_on=())
    if correction.kind == "finding dismissed":
        return _without(entry, correction, later)
    read = {line.id: line for line in machine.lines}
    lines = tuple(
        _read(line, read.get(line.id, line), correction) if _stands(line, correction.passages, later) else line
        for line in entry.lines
    )
    if lines == entry.lines:
        return entry
    made = replace(entry, lines=lines)
    field = "amount" if correction.field == "value" else correction.field
    if correction.kind == "value" and field in _FIELDS:
        old = {getattr(line, field) for line, new in zip(entry.lines, lines, strict=True) if line != new}
        if getattr(entry, field) in old:
            made = replace(made, **{field: as_field(correction.field or "", correction.value)})  # type: ignore[arg-type]
    return made


def _read(line: LedgerLine, machine: LedgerLine, correction: Correction) -> LedgerLine:
    """Return `line` as a correction of a speaker or a value has it, where `machine` read what it corrects."""
    if correction.kind == "speaker":
        same = correction.before is not None and correction.before in (line.speaker, machine.speaker)
        return replace(line, speaker=correction.value) if same else line
    field = "amount" if correction.field == "value" else correction.field or ""
    before = as_field(correction.field or "", correction.before)
    if field not in _FIELDS or before not in (getattr(line, field), getattr(machine, field)):
        return line
    return replace(line, **{field: as_field(correction.field or "", correction.value)})  # type: ignore[arg-type]


def _without(entry: LedgerEntry, correction: Correction, later: Mapping[str, str]) -> LedgerEntry | None:
    """Return `entry` without the lines of a dismissed finding; None where none is left that states the commitment."""
    kept = tuple(line for line in entry.lines if not _stands(line, correction.passages, later))
    if kept == entry.lines:
        return entry
    if not any(line.strength is not None for line in kept):
        return None
    gone = {(line.article, line.start, line.end) for line in entry.lines if line not in kept}
    rests_on = tuple(c for c in entry.rests_on if (c.article, c.start, c.end) not in gone)
    days = [line.published for line in kept if line.published]
    made = replace(entry, lines=kept, rests_on=rests_on, made=min(days, default=None), latest=max(days, default=None))
    if entry.rests_on and not rests_on:
        return replace(made, status="open", rule=f"what it rested on was dismissed by {reason(correction)}")
    return made


def _is_meant(entry: LedgerEntry, correction: Correction, later: Mapping[str, str]) -> bool:
    """Tell whether `entry` has most of the lines that a correction names, or they most of its lines."""
    named = [p for p in correction.passages if any(_stands(line, [p], later) for line in entry.lines)]
    own = [line for line in entry.lines if _stands(line, correction.passages, later)]
    if not named:
        return False
    return sum(map(size, named)) > MOST * sum(map(size, correction.passages)) or len(own) > MOST * len(entry.lines)


def _stands(line: LedgerLine, passages: Sequence[Citation], later: Mapping[str, str]) -> bool:
    """Tell whether `line` is at one of `passages`: in the same place, or in its words in a later version."""
    for passage in passages:
        if line.article == passage.article:
            if touches(line, passage) and overlap(line, passage):
                return True
        elif latest(passage.article, later, {line.article}) is not None and (
            line.text == passage.text or passage.text in line.text or reworded(line.text, passage.text)
        ):
            return True
    return False
