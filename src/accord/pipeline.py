"""The map: read -> parse -> analyze -> cluster -> reconcile -> brief (-> render). Only this module knows the order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from accord.config import Config
from accord.errors import AnalyzeError, NothingToBriefError
from accord.records import Analysis, Article, Briefing, Rejected

if TYPE_CHECKING:
    from accord.reconcile import Tables

Progress = Callable[[str, int, int], None]


def brief(paths: Sequence[str], *, config: Config | None = None, progress: Progress | None = None) -> Briefing:
    """Return the briefing on the reports at `paths` (files, folders, globs, `-`).

    What cannot be read or analyzed is in `Briefing.rejected`; raises `NothingToBriefError` when no report is left.
    `progress` is told (stage, done, total).
    """
    from accord.parse import parse_pages
    from accord.readers import read

    config = config or Config()
    pages, unread = read(paths, config)
    articles, unparsed = parse_pages(pages, config)
    return brief_articles(articles, config=config, rejected=(*unread, *unparsed), progress=progress)


def brief_articles(
    articles: Sequence[Article],
    *,
    config: Config | None = None,
    rejected: Sequence[Rejected] = (),
    progress: Progress | None = None,
) -> Briefing:
    """Return the briefing on `articles`; raises `NothingToBriefError` when none of them can be analyzed."""
    from accord.analyze import analyze

    config = config or Config()
    kept: list[Article] = []
    analyses: list[Analysis] = []
    refused = list(rejected)
    for number, article in enumerate(articles):
        if progress:
            progress("analyze", number, len(articles))
        try:
            analyses.append(analyze(article, config))
            kept.append(article)
        except AnalyzeError as error:
            refused.append(Rejected(article.outlet, "analyze", str(error)))
    if not kept:
        raise NothingToBriefError(refused)
    if progress:
        progress("reconcile", len(articles), len(articles))
    return brief_analyses(kept, analyses, config=config, rejected=refused)


def brief_analyses(
    articles: Sequence[Article],
    analyses: Sequence[Analysis],
    *,
    config: Config | None = None,
    rejected: Sequence[Rejected] = (),
    tables: Tables | None = None,
) -> Briefing:
    """Return the briefing on `articles`, each with its analysis at the same place in `analyses`.

    `tables` replaces weights that accord ships (for measuring on events that they were trained on).
    """
    from accord.brief import brief as compose
    from accord.cluster import cluster
    from accord.reconcile import reconcile

    config = config or Config()
    story = cluster(articles, analyses)
    findings, names = reconcile(story, analyses, config, tables=tables)
    refused = (*rejected, *(item for analysis in analyses for item in analysis.rejected))
    return compose(story, analyses, findings, names, refused)
