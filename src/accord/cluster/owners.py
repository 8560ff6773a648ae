"""Tells whose text the copied passages of a mixed article are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accord.cluster.agencies import agency_of_outlet
from accord.cluster.crediting import find_credits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.records import Analysis, Article, Origin, Passage


def whose(
    passages: Sequence[Passage], articles: Sequence[Article], analyses: Sequence[Analysis], origins: Sequence[Origin]
) -> tuple[Passage, ...]:
    """Return `passages` with the origin and the agency that each belongs to, as far as the articles tell.

    A passage that only articles of one origin carry is theirs. Of several origins it is the agency's: of the one whose
    whole text an agency wrote or published. Where there is none, it is by the one agency that its articles credit with
    a contribution, and of the origin that was published on an earlier day than the others.
    """
    origin_of = {article: origin for origin in origins for article in origin.articles}
    by_id = {article.id: article for article in articles}
    analysis_of = {analysis.article: analysis for analysis in analyses}
    carriers: dict[str, set[str]] = {}
    for passage in passages:
        carriers.setdefault(passage.shared, set()).add(passage.article)
    credited = {
        name: {c.agency for c in find_credits(by_id[name], analysis_of.get(name)) if c.role != "picture"}
        for name in set().union(*carriers.values())
    }
    owners = {
        shared: _owner([a for a in articles if a.id in names], origin_of, credited)
        for shared, names in carriers.items()
    }
    return tuple(replace(p, origin=owners[p.shared][0], agency=owners[p.shared][1]) for p in passages)


def _owner(
    carriers: Sequence[Article], origin_of: dict[str, Origin], credited: dict[str, set[str]]
) -> tuple[str | None, str | None]:
    """Return (origin id, agency) of a text that `carriers` print; None for what is not known."""
    origins = {origin_of[article.id].id: origin_of[article.id] for article in carriers if article.id in origin_of}
    written = {
        origin.id: origin.agency for origin in origins.values() if origin.kind == "agency" and origin.agency is not None
    }
    for article in carriers:
        agency = agency_of_outlet(article.outlet)
        if agency is not None and article.id in origin_of:
            written.setdefault(origin_of[article.id].id, agency)
    if len(origins) == 1:
        (only,) = origins
        return only, written.get(only)
    if written:
        agencies = set(written.values())
        return (next(iter(written)), agencies.pop()) if len(agencies) == 1 else (None, None)
    named = set().union(*(credited[article.id] for article in carriers))
    return _earliest(carriers, origin_of), named.pop() if len(named) == 1 else None


def _earliest(carriers: Sequence[Article], origin_of: dict[str, Origin]) -> str | None:
    """Return the origin that printed a text on an earlier day than any other, None where dates do not tell."""
    days: dict[str, str] = {}
    for article in carriers:
        if article.published is None or article.id not in origin_of:
            return None
        origin = origin_of[article.id].id
        days[origin] = min(days.get(origin, article.published), article.published)
    first = min(days.values())
    earliest = [origin for origin, day in days.items() if day[:10] == first[:10]]
    return earliest[0] if len(earliest) == 1 else None
