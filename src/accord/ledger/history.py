"""The lines of one commitment, read in their order: what each says of it, and which terms hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from accord.ledger.dates import first_day, last_day, same_time
from accord.ledger.likeness import act_of, has_change, profile_of
from accord.ledger.merging import is_founder, order_of
from accord.ledger.outcomes import KEPT, MISSED, NEVER, SHIFTED, SIZED, WITHDRAWN
from accord.ledger.wording import stems_of
from accord.records import LedgerLine, Says

_PRECISION = 0.005
_SHORT_OF = 0.1
_STARTED = re.compile(
    r"\b(?:start(?:s|ed)?|beg[au]n|begins|tenders?|under ?way|set aside|on course|on track|ordered"
    r"|laid the foundation)\b",
    re.I,
)
_ENDS = re.compile(r"\b(?:cease|end|stop|close|abolish|scrap|phase out|phasing out|withdraw|ban|retire|drop)", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what it says of this commitment, which may not be what its words say alone; `day` orders them."""

    line: LedgerLine
    says: Says
    day: str


@dataclass(slots=True)
class History:
    """What was said of one commitment. Terms are those of the latest line that gives them."""

    told: list[Told] = field(default_factory=list)
    first: LedgerLine | None = None
    amount: float | None = None
    unit: str | None = None
    due: str | None = None
    due_date: str | None = None
    never: tuple[Told, ...] = ()
    missed: Told | None = None
    again: Told | None = None

    @property
    def undone(self) -> Told | None:
        """The latest line that says that it was not done; None where it only denies that it was promised."""
        never = {told.line.id for told in self.never}
        return next((t for t in reversed(self.told) if t.says == "denied" and t.line.id not in never), None)

    def latest(self, says: Says) -> Told | None:
        """Return the latest line that says so."""
        return next((told for told in reversed(self.told) if told.says == says), None)


def history_of(lines: Sequence[LedgerLine]) -> History:
    """Read the lines of one commitment in the order of their days."""
    ordered = sorted(lines, key=order_of)
    founders = [line for line in ordered if is_founder(line)]
    first = next((line for line in founders if line.says == "made" and not line.recalled), founders[0])
    history = History(first=first)
    acts = frozenset(act for line in founders if (act := act_of(line)))
    refused = first.strength == "refused"
    starts = min((line.published or "9999" for line in founders if not line.recalled), default=first.published or "")
    for line in ordered:
        says = _says(line, first, acts, refused=refused, starts=starts)
        if says == "done" and _is_less(history, line):
            says = "partly done"
        says = _terms(history, line, says)
        told = Told(line, says, line.published or "9999")
        if says == "denied" and NEVER.search(_with_cue(line)):
            history.never = (*history.never, told)
        elif says == "denied" and MISSED.search(line.text):
            history.missed = told
        if says == "made" and is_founder(line) and not line.recalled:
            history.again = told
        history.told.append(told)
    return history


def _says(line: LedgerLine, first: LedgerLine, acts: frozenset[str], *, refused: bool, starts: str) -> Says:
    """Return what `line` says of the commitment: "scrapped the fee" is done where scrapping was what was promised."""
    if line.says == "made":
        opposite = (line.strength == "refused") != refused
        later = (line.published or "") > (first.published or "")
        return "withdrawn" if is_founder(line) and opposite and later and not line.recalled else "made"
    if (line.published or "") <= starts and not first.recalled and not is_founder(line):
        return "made"
    if line.says == "withdrawn" and _ENDS.search(first.what) and re.search(r"\bno longer\b", line.text, re.I):
        return "made" if re.search(r"\b(?:will|would)\b", line.text) else "done"
    if line.says in ("withdrawn", "changed"):
        cue = (WITHDRAWN if line.says == "withdrawn" else SHIFTED).search(line.text)
        cue = cue or (SIZED.search(line.text) if line.says == "changed" else None)
        if cue and not is_founder(line) and acts & frozenset(stems_of(cue[0])):
            return "done"
        return line.says
    if line.says in ("done", "partly done"):
        if _is_before(line.date, starts) or _STARTED.search(line.text) or not _answers(line, first, acts):
            return "made"
        return "withdrawn" if refused else line.says
    return line.says


def _answers(line: LedgerLine, first: LedgerLine, acts: frozenset[str]) -> bool:
    """Whether a line tells of the act that was promised: by its verb, a word for keeping, or the sum or number."""
    if KEPT.search(line.text) or acts & frozenset(stems_of(line.text)):
        return True
    return bool(profile_of(line).numbers & profile_of(first).numbers)


def _is_before(when: str | None, day: str) -> bool:
    """Whether a time lies wholly before a day."""
    last, start = last_day(when), first_day(day)
    return last is not None and start is not None and last < start


def _terms(history: History, line: LedgerLine, says: Says) -> Says:
    """Take over the terms that a line gives, and return "changed" where they are not those known so far."""
    if says not in ("made", "changed") or (says == "made" and (not is_founder(line) or line.recalled)):
        if says == "made" and is_founder(line):
            _fill(history, line)
        return says
    known_day = history.first.published if history.first else None
    later = (line.published or "") > (known_day or "")
    differs = _other_amount(history, line) or _other_due(history, line)
    if line.amount is not None and (history.amount is None or says == "changed" or later or has_change(line)):
        history.amount, history.unit = line.amount, line.unit
    if line.due_date is not None and (history.due_date is None or says == "changed" or _other_due(history, line)):
        history.due, history.due_date = line.due, line.due_date
    if says == "made" and differs and later:
        return "changed"
    return says


def _fill(history: History, line: LedgerLine) -> None:
    if history.amount is None:
        history.amount, history.unit = line.amount, line.unit
    if history.due_date is None:
        history.due, history.due_date = line.due, line.due_date


def _other_amount(history: History, line: LedgerLine) -> bool:
    if line.amount is None or history.amount is None or line.unit != history.unit:
        return False
    return abs(line.amount - history.amount) > _PRECISION * max(abs(line.amount), abs(history.amount))


def _other_due(history: History, line: LedgerLine) -> bool:
    if line.due_date is None or history.due_date is None:
        return False
    return not same_time(line.due_date, history.due_date) and last_day(line.due_date) != last_day(history.due_date)


def _is_less(history: History, line: LedgerLine) -> bool:
    """Whether a line tells of a smaller sum or number than was promised."""
    if line.amount is None or history.amount is None or line.unit != history.unit:
        return False
    return line.amount < (1 - _SHORT_OF) * history.amount


def _with_cue(line: LedgerLine) -> str:
    return f"{line.about or ''} {line.text}" if re.search(r"\bever\b|\bhad\b", line.text) else line.text
