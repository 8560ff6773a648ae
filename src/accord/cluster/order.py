"""One order of articles, whatever order they came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.records import Analysis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.records import Article


def canonical(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return `articles` by publication (undated ones last), outlet, title and text; ids part only what is the same."""
    return tuple(sorted(articles, key=sort_key))


def sort_key(article: Article) -> tuple[bool, str, str, str, str, str]:
    """Return what puts articles in canonical order."""
    return (
        article.published is None,
        article.published or "",
        article.outlet,
        article.title or "",
        article.text,
        article.id,
    )


def in_order(articles: Sequence[Article], analyses: Sequence[Analysis]) -> list[tuple[Article, Analysis]]:
    """Return the articles in canonical order, each with its analysis (an empty one where there is none)."""
    by_article = {analysis.article: analysis for analysis in analyses}
    return [(article, by_article.get(article.id, Analysis(article.id))) for article in canonical(articles)]
