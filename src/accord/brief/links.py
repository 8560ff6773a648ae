"""Ties every quote, figure and commitment to the finding that it is evidence of, and quotes to their utterance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from accord.brief.index import overlap
from accord.records import Citation, Commitment, Figure, Finding, Happening, Quote, Spanned

_Item = TypeVar("_Item", Quote, Figure, Commitment)
Cited = Mapping[str, Sequence[tuple[Citation, Finding]]]


def cite(findings: Sequence[Finding]) -> Cited:
    """Return what each article is cited for, in the order of `findings`."""
    cited: dict[str, list[tuple[Citation, Finding]]] = defaultdict(list)
    for finding in findings:
        for citation in finding.evidence:
            cited[citation.article].append((citation, finding))
    return cited


def link(items: Sequence[_Item], cited: Cited) -> tuple[_Item, ...]:
    """Return `items`, each with the id of the finding whose evidence shares most with it, the heaviest first."""
    linked = []
    for item in items:
        finding = finding_of(item, cited.get(item.article, ()))
        linked.append(replace(item, finding=finding.id if finding else None))
    return tuple(linked)


def tie(quotes: Sequence[Quote], findings: Sequence[Finding]) -> tuple[Quote, ...]:
    """Return `quotes`, those that give one utterance with its id and with the finding that carries it.

    A quote that shares nothing with the evidence of that finding keeps its own.
    """
    homes = {
        (span.article, span.start, span.end): (utterance.id, finding)
        for finding in findings
        for utterance in finding.utterances
        for span in utterance.quotes
    }
    tied = []
    for quote in quotes:
        id, finding = homes.get((quote.article, quote.start, quote.end), (None, None))
        held = finding is not None and any(c.article == quote.article and overlap(c, quote) for c in finding.evidence)
        tied.append(replace(quote, utterance=id, finding=finding.id if finding and held else quote.finding))
    return tuple(tied)


def finding_of(
    item: Quote | Figure | Commitment | Happening, cited: Sequence[tuple[Citation, Finding]]
) -> Finding | None:
    """Return the finding that `item` belongs to: of those that hold nearly as much of it as any, the heaviest.

    Of the passages of one finding and of findings of one weight the shorter passage counts: it is about the item. What
    is alike in both stands as in `cited`, the first first.
    """
    shared = [(overlap(citation, item), citation, finding) for citation, finding in cited]
    shared = [each for each in shared if each[0] * 2 >= min(_size(item), _size(each[1])) > 0]
    if not shared:
        return None
    most = max(size for size, _, _ in shared)
    close = [each for each in shared if each[0] * 2 >= most]
    return max(close, key=lambda each: (each[2].weight, -_size(each[1])))[2]


def _size(span: Spanned) -> int:
    return span.end - span.start
