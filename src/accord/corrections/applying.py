"""Applies corrections to a briefing, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from accord.corrections import fixes, merging, parting
from accord.corrections.draft import Draft
from accord.corrections.outcome import Applied, Corrected, NotFoundError, NothingToDoError, Unmatched
from accord.records import Briefing, Correction, CorrectionKind

RULES: Mapping[CorrectionKind, Callable[[Draft, Correction], tuple[str, tuple[str, ...]]]] = {
    "origins merged": parting.merge,
    "origin split": parting.split,
    "findings merged": merging.merge,
    "finding split": merging.split,
    "finding dismissed": merging.dismiss,
    "dispute dismissed": merging.settle,
    "speaker": fixes.speaker,
    "value": fixes.value,
}
"""What each kind of correction of a briefing does; those of stories and of the ledger have no say in one."""


def applied(briefing: Briefing, corrections: Sequence[Correction], later: Mapping[str, str] | None = None) -> Corrected:
    """Return `briefing` with `corrections` applied by their times, and what each did. See the folder's docstring."""
    draft = Draft.of(briefing, later or {})
    done: list[Applied] = []
    idle: list[Applied] = []
    unmatched: list[Unmatched] = []
    for correction in standing(corrections):
        rule = RULES.get(correction.kind)
        if rule is None:
            continue
        try:
            changed, findings = rule(draft, correction)
        except NotFoundError as error:
            unmatched.append(Unmatched(correction, str(error)))
        except NothingToDoError as error:
            idle.append(Applied(correction, str(error)))
        else:
            done.append(Applied(correction, changed, findings))
    return Corrected(draft.done(), tuple(done), tuple(unmatched), tuple(idle))


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Return those of `corrections` that were not undone, each once, in the order in which they were made."""
    unique = {correction.id: correction for correction in corrections if correction.undone is None}
    return sorted(unique.values(), key=lambda correction: (correction.at, correction.id))
