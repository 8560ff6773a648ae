"""Finds the articles that may tell of one event where an index keeps the terms of those that came before.

The same keys as in `neighbours`, asked for one batch at a time: what is held is not gone through, so a batch costs the
same whether ten thousand articles came before it or ten million.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from accord.cluster.grouping.keys import BUCKET, MOST_CARRIERS, MOST_NEIGHBOURS, PAIRED
from accord.cluster.grouping.packing import postings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accord.cluster.grouping.sketches import Sketch

_MOST_PAIRED = 1000
_ROUND = 6


class Carrier(Protocol):
    """That the article `number` carries a term, with its weight."""

    @property
    def number(self) -> int: ...
    @property
    def weight(self) -> float: ...


class Index(Protocol):
    """Says which articles carry terms: the latest `most` of each, of the days between `days` where these are given."""

    def __call__(
        self, terms: Sequence[int], days: tuple[int, int] | None, most: int
    ) -> Mapping[int, Sequence[Carrier]]: ...


def nearest(fresh: Mapping[int, Sketch], index: Index) -> list[tuple[int, int]]:
    """Return pairs (article, other) that share rare terms: for each of `fresh` (by number) the 32 that share most.

    A term that more than `MOST_CARRIERS` articles carry counts within some days only; where it is too common there as
    well, and for articles without a day, together with another of the article's leading terms: of very many articles
    that have both, the latest. `fresh` are in `index` already.
    """
    terms = {number: postings(item) for number, item in fresh.items()}
    wanted = sorted({term for pairs in terms.values() for term, _ in pairs})
    rare = {t: found for t, found in index(wanted, None, MOST_CARRIERS + 1).items() if len(found) <= MOST_CARRIERS}
    leading = {term for pairs in terms.values() for term, _ in pairs[:PAIRED]} - rare.keys()
    paired = dict(index(sorted(leading), None, _MOST_PAIRED)) if leading else {}
    by_day: defaultdict[int, list[int]] = defaultdict(list)
    for number, item in fresh.items():
        by_day[-1 if item.day is None else item.day].append(number)
    pairs: list[tuple[int, int]] = []
    for day, numbers in sorted(by_day.items()):
        near = _around(day, sorted({t for n in numbers for t, _ in terms[n] if t not in rare}), index)
        for number in numbers:
            pairs.extend((number, other) for other in _most_shared(number, terms[number], (rare, near, paired)))
    return pairs


def _around(day: int, terms: Sequence[int], index: Index) -> dict[int, Sequence[Carrier]]:
    """Return who carries each of `terms` within half a bucket of `day`."""
    if day < 0 or not terms:
        return {}
    return dict(index(terms, (day - BUCKET // 2, day + BUCKET // 2), _MOST_PAIRED))


def _most_shared(
    number: int,
    terms: Sequence[tuple[int, float]],
    carriers: tuple[Mapping[int, Sequence[Carrier]], ...],
) -> list[int]:
    """Return the articles that share most with the article `number`, of two that share as much the first.

    `carriers` are those of rare terms, those of common ones within some days, and the latest of common leading ones.
    """
    rare, near, paired = carriers
    shared: defaultdict[int, float] = defaultdict(float)
    for term, weight in terms:
        found = rare.get(term) or near.get(term, ())
        if len(found) <= MOST_CARRIERS:
            for carrier in found:
                shared[carrier.number] += weight**2 * carrier.weight**2
    leading = terms[:PAIRED]
    if any(term not in rare for term, _ in leading):
        held = {
            term: {c.number: c.weight for c in (*rare.get(term, ()), *near.get(term, ()), *paired.get(term, ()))}
            for term, _ in leading
        }
        for (one, first), (two, second) in combinations(leading, 2):
            both = held[one].keys() & held[two].keys()
            for other in both if len(both) <= MOST_CARRIERS else sorted(both)[-MOST_CARRIERS:]:
                mean = (held[one][other] + held[two][other]) / 2
                shared[other] += ((first + second) / 2) ** 2 * mean**2
    shared.pop(number, None)
    ranked = sorted(shared.items(), key=lambda item: (-round(item[1], _ROUND), item[0]))
    return [other for other, _ in ranked[:MOST_NEIGHBOURS]]
