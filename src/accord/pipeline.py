"""The map: read -> parse -> analyze -> cluster -> reconcile -> brief (-> render). Only this module knows the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from accord.config import Config
from accord.errors import AnalyzeError, NothingToBriefError
from accord.records import Analysis, Article, Briefing, Grouping, Rejected, Unchanged

if TYPE_CHECKING:
    from collections.abc import Generator

    from accord.history import History
    from accord.reconcile import Tables
    from accord.records import Page

Progress = Callable[[str, int, int], None]
_BATCH = 256

MOST_COMPARED = 40
"""Of a story with more reports than this, so many are compared: all outlets in turn, the latest of each first."""


def read(
    paths: Iterable[str], *, config: Config | None = None, history: History | None = None
) -> Iterator[Article | Rejected]:
    """Yield the articles at `paths` (files, folders, globs, URLs, `-`) one at a time, and what was left out.

    Memory does not grow with their number. An article that comes twice is given once; one that has changed is a new
    version of the same article, with what changed, and an older version that comes late is left out with a note. With a
    `history` kept in a file, what an earlier run gave and has not changed is left out too.
    """
    from accord.history import History
    from accord.parse import parse_each
    from accord.readers import read as read_pages
    from accord.revisions import placed

    config = config or Config()
    known = history or History()
    try:
        with closing(cast("Generator[Page | Rejected]", read_pages(paths, config, memory=known))) as pages:
            for item in parse_each(pages, config):
                if isinstance(item, Unchanged):
                    known.unchanged += 1
                elif isinstance(item, Rejected):
                    yield item
                else:
                    yield from placed(item, known)
        known.finish()
    finally:
        if known is not history:
            known.close()


def group(paths: Iterable[str], *, config: Config | None = None, progress: Progress | None = None) -> Grouping:
    """Return the articles at `paths` grouped into stories of one event, and the chains of the stories.

    Of several versions of an article the latest is used. The order of the input does not matter.
    """
    config = config or Config()
    articles: list[Article] = []
    rejected: list[Rejected] = []
    for item in read(paths, config=config):
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            articles.append(item)
            if progress:
                progress("read", len(articles), 0)
    replaced = {article.replaces for article in articles}
    latest = [article for article in articles if article.id not in replaced]
    return group_articles(latest, config=config, rejected=rejected, progress=progress)


def group_articles(
    articles: Sequence[Article],
    *,
    config: Config | None = None,
    rejected: Sequence[Rejected] = (),
    progress: Progress | None = None,
) -> Grouping:
    """Return `articles` grouped into stories of one event, each with its origins, and the chains of the stories."""
    from accord.cluster import cluster
    from accord.cluster.grouping import Grouper, sketch

    config = config or Config()
    grouper = Grouper()
    sketches = []
    for at in range(0, len(articles), _BATCH):
        sketches.extend(sketch(articles[at : at + _BATCH], threads=config.threads))
        if progress:
            progress("group", len(sketches), len(articles))
    grouper.add(sketches)
    by_id = {article.id: article for article in articles}
    stories = [
        replace(cluster([by_id[a] for a in made.articles], ()), id=made.id, title=by_id[made.central].title)
        for made in grouper.groups()
    ]
    return Grouping(tuple(stories), grouper.chains(), tuple(rejected))


def brief(paths: Sequence[str], *, config: Config | None = None, progress: Progress | None = None) -> Briefing:
    """Return the briefing on the reports at `paths` (files, folders, globs, URLs, `-`).

    Of several versions of a report the latest is used. What cannot be read or analyzed is in `Briefing.rejected`;
    raises `NothingToBriefError` when no report is left.
    `progress` is told (stage, done, total).
    """
    from accord.parse import parse_latest
    from accord.readers import read_all

    config = config or Config()
    pages, unread = read_all(paths, config)
    articles, unparsed = parse_latest(pages, config)
    return brief_articles(articles, config=config, rejected=(*unread, *unparsed), progress=progress)


def brief_articles(
    articles: Sequence[Article],
    *,
    config: Config | None = None,
    rejected: Sequence[Rejected] = (),
    progress: Progress | None = None,
) -> Briefing:
    """Return the briefing on `articles`; raises `NothingToBriefError` when none of them can be analyzed."""
    from concurrent.futures import ThreadPoolExecutor

    from accord.analyze import analyze
    from accord.models import pairs

    config = config or Config()
    kept: list[Article] = []
    analyses: list[Analysis] = []
    refused = list(rejected)
    with ThreadPoolExecutor(max_workers=1) as ahead:
        for number, article in enumerate(articles):
            if progress:
                progress("analyze", number, len(articles))
            ahead.submit(pairs.load)  # the next stage needs it
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


def compared(articles: Sequence[Article]) -> list[int]:
    """Return which articles of a story (their places, in order) are compared: all, or `MOST_COMPARED` of many."""
    if len(articles) <= MOST_COMPARED:
        return list(range(len(articles)))
    turns: Counter[str] = Counter()
    ranked: list[tuple[int, int, int]] = []
    for at in sorted(range(len(articles)), key=lambda at: (articles[at].published or "", at), reverse=True):
        ranked.append((turns[articles[at].outlet], len(ranked), at))
        turns[articles[at].outlet] += 1
    return sorted(at for _, _, at in sorted(ranked)[:MOST_COMPARED])


def left_out(articles: Sequence[Article], reports: int) -> list[Rejected]:
    """Return notes on `articles` of a story of so many `reports`, which are not compared."""
    reason = f"its story has {reports:,} reports, of which {MOST_COMPARED} are compared; brief it with others of them"
    return [Rejected(f"{article.outlet}: {article.title or article.id}", "brief", reason) for article in articles]
