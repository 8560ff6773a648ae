"""Finds which findings of a later briefing carry on which of an earlier one, by the passages that they cite.

A finding's id is a hash of its claims and changes when one joins or leaves, so ids tell only what stayed as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from accord.records import Briefing, Change, Citation, Finding
from accord.updates.versions import Version

_WORD = re.compile(r"\S+")
_MOST_PLACES = 16
_SAME = 0.5
"""Two passages that share so much of both together are one, however many findings rest on it."""
_Rank = TypeVar("_Rank", float, tuple[float, bool])


@dataclass(frozen=True, slots=True)
class Matches:
    """Which findings are made of the same passages.

    `ancestors` are, by the id of each later finding, the earlier ones whose passages are among its own; `heirs`, by the
    id of each earlier finding, the later ones that have its passages. `akin` are, by the id of each later finding, all
    earlier ones that rest on its passages, also those that still stand beside it, and those of another kind. All in the
    order of the briefings.
    """

    ancestors: Mapping[str, Sequence[Finding]]
    heirs: Mapping[str, Sequence[Finding]]
    akin: Mapping[str, Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage of the finding with the number `finding` stands in an article of the later briefing."""

    start: int
    end: int
    finding: int


def match(before: Briefing, after: Briefing, versions: Mapping[str, Version]) -> Matches:
    """Return which findings of `before` and `after` carry on one another; `versions` are new ones by the old one's id.

    Two findings are tied where a passage of one lies nearest to a passage of the other, of all that share at least half
    of the shorter one with it: nearest is the largest share of both together, then the same kind. A finding that stayed
    as it is carries on itself alone. Akin are also two that this leaves apart though passages of theirs share half of
    both together: several findings may rest on one passage, and what one of them was is known of it.
    """
    later = {finding.id: number for number, finding in enumerate(after.findings)}
    same = {
        number: later[f.id]
        for number, f in enumerate(before.findings)
        if f.id in later and after.findings[later[f.id]].evidence == f.evidence
    }
    kept = set(same.values())
    old = _places(before, after, versions)
    new: dict[str, list[_Place]] = defaultdict(list)
    for number, finding in enumerate(after.findings):
        for citation in finding.evidence:
            new[citation.article].append(_Place(citation.start, citation.end, number))
    ties, wide = set(same.items()), set(same.items())
    for article in old:
        near = _near(old[article], new.get(article, ()))
        wide |= {(one.finding, other.finding) for share, one, other in near if share >= _SAME}
        changed = [
            ((share, before.findings[one.finding].kind == after.findings[other.finding].kind), one, other)
            for share, one, other in near
            if one.finding not in same and other.finding not in kept
        ]
        ties |= _nearest(changed)
    ancestors: dict[str, list[Finding]] = defaultdict(list)
    heirs: dict[str, list[Finding]] = defaultdict(list)
    akin: dict[str, list[Finding]] = defaultdict(list)
    for at, to in sorted(ties):
        ancestors[after.findings[to].id].append(before.findings[at])
        heirs[before.findings[at].id].append(after.findings[to])
    for at, to in sorted(wide | ties):
        akin[after.findings[to].id].append(before.findings[at])
    return Matches(dict(ancestors), dict(heirs), dict(akin))


def moved(citation: Citation, version: Version) -> tuple[int, int] | None:
    """Return where a passage of an article stands in its later version; None where it was dropped.

    A passage that is there word for word stands where it did, as nearly as can be told; one in a sentence that was
    reworded where its words were. Offsets are code points.
    """
    text = version.new.text
    places: list[int] = []
    at = text.find(citation.text)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(citation.text, at + 1)
    if places:
        share = citation.start / (len(version.old.text) or 1) if version.old else 0.0
        start = min(places, key=lambda place: abs(place / len(text) - share))
        return start, start + len(citation.text)
    for change in version.changes:
        if change.before and change.after and change.part == "text":
            inside = change.before.find(citation.text)
            if inside >= 0:
                return _reworded(change, inside, inside + len(citation.text))
            if change.before in citation.text:
                return change.start, change.end
    return None


def _places(before: Briefing, after: Briefing, versions: Mapping[str, Version]) -> dict[str, list[_Place]]:
    """Return the passages of the earlier findings by the article of the later briefing in which they stand."""
    still = {article.id for article in after.articles}
    found: dict[str, list[_Place]] = defaultdict(list)
    for number, finding in enumerate(before.findings):
        for citation in finding.evidence:
            if citation.article in still:
                found[citation.article].append(_Place(citation.start, citation.end, number))
            elif (version := versions.get(citation.article)) is not None:
                place = moved(citation, version)
                if place is not None:
                    found[version.new.id].append(_Place(*place, number))
    return found


def _near(old: Sequence[_Place], new: Sequence[_Place]) -> list[tuple[float, _Place, _Place]]:
    """Return the passages of one article, earlier and later, that touch, with their share of both together."""
    new = sorted(new, key=lambda place: (place.start, place.end, place.finding))
    starts = [place.start for place in new]
    longest = max((place.end - place.start for place in new), default=0)
    near: list[tuple[float, _Place, _Place]] = []
    for one in old:
        for other in new[bisect_left(starts, one.start - longest) : bisect_left(starts, one.end)]:
            shared = min(one.end, other.end) - max(one.start, other.start)
            sizes = (one.end - one.start, other.end - other.start)
            if shared > 0 and shared * 2 >= min(sizes):
                near.append((round(shared / (sum(sizes) - shared), 6), one, other))
    return near


def _nearest(near: Sequence[tuple[_Rank, _Place, _Place]]) -> set[tuple[int, int]]:
    """Return the numbers of the findings, earlier and later, a passage of one of which is nearest to the other's."""
    best: dict[tuple[str, _Place], _Rank] = {}
    for rank, one, other in near:
        for key in (("old", one), ("new", other)):
            best[key] = max(best.get(key, rank), rank)
    return {
        (one.finding, other.finding)
        for rank, one, other in near
        if rank == best["old", one] or rank == best["new", other]
    }


def _reworded(change: Change, start: int, end: int) -> tuple[int, int]:
    """Return where the words `start` to `end` of `change.before` went in the new text; its sentence if nowhere."""
    before = list(_WORD.finditer(change.before or ""))
    after = list(_WORD.finditer(change.after or ""))
    first = next((n for n, word in enumerate(before) if word.end() > start), 0)
    last = next((n for n, word in enumerate(before) if word.end() >= end), len(before) - 1) + 1
    reached: list[int] = []
    matcher = SequenceMatcher(None, [w[0] for w in before], [w[0] for w in after], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        low, high = max(i, first), min(j, last)
        if tag == "equal" and low < high:
            reached += (k + low - i, k + high - i)
        elif tag == "replace" and low < high:
            reached += (k, m)
    if not reached:
        return change.start, change.end
    return change.start + after[min(reached)].start(), change.start + after[max(reached) - 1].end()
