"""Reconcile: a `Story` and its analyses in, `Finding`s (and the names of the story) out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.config import Config
from accord.reconcile.names import link_names
from accord.records import Analysis, Finding, Name, Story

if TYPE_CHECKING:
    from accord.reconcile.claims import Claim
    from accord.reconcile.disputes import DisputeWeights
    from accord.reconcile.likeness import Weights

__all__ = ["Tables", "link_names", "reconcile"]


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of weights to use in place of those that accord ships, for measuring without the event at hand."""

    likeness: Weights | None = None
    disputes: DisputeWeights | None = None


def reconcile(
    story: Story, analyses: Sequence[Analysis], config: Config | None = None, *, tables: Tables | None = None
) -> tuple[tuple[Finding, ...], tuple[Name, ...]]:
    """Return what the reports of `story` assert, each thing once, with its verdict, and the names in them.

    The order of the reports does not matter, nor do their ids: they are read in the order of `story`.
    """
    from accord.reconcile.assemble import assemble
    from accord.reconcile.claims import find_claims
    from accord.reconcile.compare import Context
    from accord.reconcile.likeness import likeness
    from accord.reconcile.spoken import find_spoken

    config = config or Config()
    tables = tables or Tables()
    place = {article.id: number for number, article in enumerate(story.articles)}
    analyses = sorted(analyses, key=lambda analysis: place.get(analysis.article, len(place)))
    names, linked = link_names(analyses)
    claims = find_claims(analyses, linked)
    found = likeness(claims, threads=config.threads, weights=tables.likeness)
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    context = Context({name.id: name for name in names}, {key: tuple(value) for key, value in by_article.items()})
    spoken = find_spoken(analyses, linked, names, claims, threads=config.threads)
    return assemble(found, story, context, spoken, tables.disputes, threads=config.threads), names
