"""Orders the dated happenings of all reports, one entry for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from accord.brief.gists import make_gist
from accord.brief.index import Index, within
from accord.brief.links import Cited, finding_of
from accord.brief.wording import stems
from accord.records import Citation, Happening, TimelineEntry

ALIKE = 0.6  # shared words, as a share of the shorter telling, that make two tellings of a day one
LEAST_SHARED = 3


@dataclass(slots=True)
class _Entry:
    """Tellings of one happening, and the finding that carries it."""

    finding: str | None
    weight: float
    told: list[Happening] = field(default_factory=list)


def build_timeline(index: Index, cited: Cited) -> tuple[TimelineEntry, ...]:
    """Return the happenings by date, and those of one date by weight.

    What different reports tell of one date is one entry when one finding carries it or most of the words are the same.
    """
    days: dict[str, list[_Entry]] = defaultdict(list)
    happenings = dict.fromkeys(h for analysis in index.analyses.values() for h in analysis.happenings)
    for happening in sorted(happenings, key=lambda h: (h.date, index.order(h))):
        finding = finding_of(happening, cited.get(happening.article, ()))
        entry = next((e for e in days[happening.date] if _same(happening, finding.id if finding else None, e)), None)
        if entry is None:
            entry = _Entry(finding.id if finding else None, finding.weight if finding else 0.0)
            days[happening.date].append(entry)
        elif finding is not None and (entry.finding is None or finding.weight > entry.weight):
            entry.finding, entry.weight = finding.id, finding.weight
        entry.told.append(happening)
    return tuple(
        _write(date, entry, index)
        for date, entries in sorted(days.items())
        for entry in sorted(entries, key=lambda e: (-e.weight, index.order(e.told[0])))
    )


def _same(happening: Happening, finding: str | None, entry: _Entry) -> bool:
    """Tell whether `entry` tells of `happening`."""
    if finding is not None and finding == entry.finding:
        return True
    return any(_alike(happening, other) for other in entry.told)


def _alike(one: Happening, other: Happening) -> bool:
    if one.article == other.article:
        return within(one, other) or within(other, one)
    a, b = stems(one.text), stems(other.text)
    shared = len(a & b)
    return shared >= LEAST_SHARED and shared >= ALIKE * min(len(a), len(b))


def _write(date: str, entry: _Entry, index: Index) -> TimelineEntry:
    evidence = tuple(Citation(h.article, h.start, h.end, h.text) for h in entry.told)
    gists = [make_gist(citation, index) for citation in evidence]
    best = min(gists, key=lambda gist: (-gist.fitness, index.order(gist.citation)))
    return TimelineEntry(date=date, gist=best.text, evidence=evidence, finding=entry.finding)
