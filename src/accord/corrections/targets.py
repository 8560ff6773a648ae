"""Finds what a correction is about among findings, quotes, figures and commitments, by its passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from accord.corrections.places import overlap, size, touches
from accord.records import Citation, Commitment, Figure, Finding, Quote

MOST = 0.5
"""A finding is the one that was meant where it has more than this share of the passages."""
_WITHIN = 0.8
"""It is a part of the one that was meant where they have so much of it."""
_Item = TypeVar("_Item", Quote, Figure, Commitment)


def meant(
    passages: Sequence[Citation], findings: Sequence[Finding], gist: str | None = None, *, disputed: bool = False
) -> list[Finding]:
    """Return the findings that `passages` mean: the one that shares most with them, then what the rest of them makes.

    Of several that share as much, the one that has least besides, then the one with the words `gist`, then the
    heaviest; of `disputed` findings alone where that is asked. More than one are returned where the machine tells by
    now as two things what was one: each further one stands wholly in what is left of the passages.
    """
    left = list(passages)
    found: list[Finding] = []
    while left:
        known = {finding.id for finding in found}
        ranked = []
        for place, finding in enumerate(findings):
            if finding.id in known or (disputed and finding.verdict != "disputed"):
                continue
            shared, inside, of_left = _shared(finding, left)
            if (found and inside >= _WITHIN) or (not found and (of_left > MOST or inside >= _WITHIN)):
                own = sum(map(size, finding.evidence))
                ranked.append((shared, -own, finding.gist == gist, -place))
        if not ranked:
            break
        best = findings[-max(ranked)[3]]
        found.append(best)
        left = [passage for passage in left if not any(_same(passage, own) for own in best.evidence)]
    return found


def item_at(passage: Citation, items: Sequence[_Item]) -> _Item | None:
    """Return the quote, figure or commitment that stands at `passage`: the very one, else the one that shares most."""
    near = [item for item in items if item.article == passage.article and touches(item, passage)]
    return max(near, key=lambda item: (overlap(item, passage) / _both(item, passage), -item.start), default=None)


def _both(item: Quote | Figure | Commitment, passage: Citation) -> int:
    return max(item.end, passage.end) - min(item.start, passage.start)


def _shared(finding: Finding, passages: Sequence[Citation]) -> tuple[int, float, float]:
    """Return how many characters `finding` shares with `passages`, and which share of its own and of theirs that is.

    Of theirs, by characters or by their number, whichever is less: one long passage of two is no more than half.
    """
    each = [max((overlap(p, e) for e in finding.evidence if _same(p, e)), default=0) for p in passages]
    own = sum(max((overlap(p, e) for p in passages if _same(p, e)), default=0) for e in finding.evidence)
    theirs = min(sum(each) / (sum(map(size, passages)) or 1), sum(map(bool, each)) / (len(each) or 1))
    return sum(each), own / (sum(map(size, finding.evidence)) or 1), theirs


def _same(passage: Citation, own: Citation) -> bool:
    return passage.article == own.article and touches(passage, own)
