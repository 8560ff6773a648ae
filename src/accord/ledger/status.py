"""What became of a commitment, by what was reported: a table of rules, the first that applies decides.

Each rule names what it rests on, words or an absence. The table in docs/ledger.md says the same with examples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from accord.ledger.dates import last_day
from accord.ledger.history import History, Told
from accord.records import Status

Found = Sequence[Told] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name as an entry gives it, the status, and what it rests on (None: it does not apply)."""

    name: str
    status: Status
    rests_on: Callable[[History], Found]


def _promise_denied(history: History) -> Found:
    return history.never or None


def _contradicted(history: History) -> Found:
    """Done by one report and not done by another of the same time or later; or by two voices of one report."""
    done, undone = history.latest("done"), history.latest("denied")
    if done is None or undone is None or undone.day < done.day:
        return None
    return (done, undone)


def _both_ways(history: History) -> Found:
    """Done and withdrawn in reports of one day."""
    done, gone = history.latest("done"), history.latest("withdrawn")
    if done is None or gone is None or done.day != gone.day:
        return None
    return (done, gone)


def _withdrawn(history: History) -> Found:
    gone = history.latest("withdrawn")
    if gone is None or any(later.day > gone.day for later in (history.latest("done"), history.again) if later):
        return None
    return (gone,)


def _done(history: History) -> Found:
    done = history.latest("done")
    gone, partly = history.latest("withdrawn"), history.latest("partly done")
    if done is None or (gone and gone.day > done.day) or (partly and partly.day > done.day):
        return None
    return (done,)


def _partly(history: History) -> Found:
    partly = history.latest("partly done") or history.latest("done")
    return (partly,) if partly is not None else None


def _missed(history: History) -> Found:
    missed = history.missed
    changed = history.latest("changed")
    if missed is None or (changed is not None and changed.day >= missed.day):
        return None
    return (missed,)


def _overdue(history: History) -> Found:
    """Told on or after the last day of its due date that it was not done."""
    undone, due = history.undone, last_day(history.due_date)
    if undone is None or due is None or undone.day < due.isoformat() or undone.day == "9999":
        return None
    return (undone,)


def _changed(history: History) -> Found:
    changed = history.latest("changed")
    return (changed,) if changed is not None else None


def _not_yet(history: History) -> Found:
    return (history.undone,) if history.undone is not None else None


RULES: tuple[Rule, ...] = (
    Rule("it is denied that it was promised", "disputed", _promise_denied),
    Rule("one report says that it was done, one that it was not", "disputed", _contradicted),
    Rule("reports of one day say that it was done and that it was called off", "disputed", _both_ways),
    Rule("the latest word is that it will not be done", "withdrawn", _withdrawn),
    Rule("the latest word is that it was done", "reported done", _done),
    Rule("part of it is reported done", "reported partly done", _partly),
    Rule("it is reported that its date was missed", "overdue", _missed),
    Rule("its due date {due} has passed, and a report says that it was not done", "overdue", _overdue),
    Rule("its terms were changed", "changed", _changed),
    Rule("a report says that it was not done so far", "open", _not_yet),
)
NO_WORD = "no report says what became of it"
PAST_DUE = "its due date {due} has passed, and no report says that it was done"


def judged(history: History) -> tuple[Status, str, tuple[Told, ...]]:
    """Return the status of a history by the reports alone, the rule, and the lines that it rests on."""
    for rule in RULES:
        found = rule.rests_on(history)
        if found is not None:
            return rule.status, rule.name.format(due=history.due_date), tuple(found)
    return "open", NO_WORD, ()


def is_past(due_date: str | None, today: date) -> bool:
    """Whether the last day of a due date is over: 2031-06 is past on 2031-07-01."""
    last = last_day(due_date)
    return last is not None and last < today
