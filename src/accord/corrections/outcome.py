"""What applying corrections gives: what took effect, what changed, and what finds its passages no more."""

from __future__ import annotations

from dataclasses import dataclass

from accord.records import Briefing, Correction, LedgerEntry


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction that took effect, what it changed in plain words, and the ids of the findings that it touched."""

    correction: Correction
    changed: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A correction that could not be applied, and why."""

    correction: Correction
    why: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A briefing with corrections applied; each correction of a briefing's kinds is in one of the three tuples.

    `idle` are those with which the machine agrees by now, or which a later one made void: they changed nothing.
    """

    briefing: Briefing
    applied: tuple[Applied, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    idle: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectedLedger:
    """Entries of the ledger with corrections applied, those that were dismissed left out.

    `fixed` are the ids of those whose status a person gave: the calendar (`ledger.as_of`) has no say in these.
    """

    entries: tuple[LedgerEntry, ...]
    applied: tuple[Applied, ...] = ()
    fixed: frozenset[str] = frozenset()


class NotFoundError(Exception):
    """What a correction is about is there no more (raised and caught within this folder)."""


class NothingToDoError(Exception):
    """What a correction asks for is so already (raised and caught within this folder)."""
