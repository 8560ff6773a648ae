"""Cluster: articles on one event in, a `Story` with its origins and copied passages out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.cluster.copies import find_copies
from accord.cluster.lines import read_text
from accord.cluster.order import in_order
from accord.cluster.origins import find_origins, origins_of
from accord.cluster.overlaps import find_overlaps
from accord.cluster.owners import whose
from accord.cluster.passages import passages_of, shared_passages
from accord.records import Story, content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.records import Analysis, Article

__all__ = ["cluster", "find_copies", "find_origins", "shared_passages"]


def cluster(articles: Sequence[Article], analyses: Sequence[Analysis]) -> Story:
    """Return `articles` as one story, in canonical order, with their origins and the passages that they copied.

    The order of the input does not matter; `analyses` are matched to articles by id.
    """
    pairs = in_order(articles, analyses)
    texts = [read_text(article, analysis) for article, analysis in pairs]
    overlaps = find_overlaps(texts)
    origins = origins_of(texts, [analysis for _, analysis in pairs], overlaps)
    return Story(
        id=content_id("story", *(part for article, _ in pairs for part in (article.outlet, article.id, article.text))),
        articles=tuple(article for article, _ in pairs),
        origins=origins,
        passages=whose(passages_of(texts, overlaps), articles, analyses, origins),
    )
