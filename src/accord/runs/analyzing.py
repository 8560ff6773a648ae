"""The third step of a run: articles are analyzed in batches of one month, in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from accord.runs.columns import read_part, write_part
from accord.runs.gathering import small
from accord.runs.parts import part_in, place_of
from accord.runs.reading import read_file, write_rejected
from accord.runs.rows import AnalysisRow, ArticleRow, ReadRow, RejectedRow, SketchRow
from accord.runs.settling import Pick, changes_of

if TYPE_CHECKING:
    from accord.config import Config
    from accord.records import Analysis, Article
    from accord.runs.steps import Receipt

T = TypeVar("T")

ANALYZE = "analyze"
ARTICLES, CHARACTERS = 32, 200_000
"""A batch ends with so many articles, or so many characters: about as long for a worker, whatever their length."""


@dataclass(frozen=True, slots=True)
class AnalyzeTask:
    """A batch of articles of one month; `lost` says why some of them (by their places in it) are left out."""

    key: str
    month: str
    picks: tuple[Pick, ...]
    lost: Mapping[int, str]


def analyze_tasks(picks: Iterable[Pick]) -> Iterator[AnalyzeTask]:
    """Yield `picks` in batches, in their order; a batch ends where another month begins."""
    batch: list[Pick] = []
    size = number = 0
    for pick in picks:
        if batch and (batch[0].month != pick.month or len(batch) >= ARTICLES or size + pick.size > CHARACTERS):
            yield AnalyzeTask(f"{number:07}", batch[0].month, tuple(batch), {})
            number, batch, size = number + 1, [], 0
        batch.append(pick)
        size += pick.size
    if batch:
        yield AnalyzeTask(f"{number:07}", batch[0].month, tuple(batch), {})


def analyze_batch(task: AnalyzeTask, *, output: str, config: Config) -> Receipt:
    """Analyze a batch of articles; write them, their analyses and their sketches, and what was left out."""
    from accord.cluster.grouping import pack, sketch
    from accord.upkeep.maker import analyzed, maker

    articles: list[ArticleRow] = []
    analyses: list[AnalysisRow] = []
    rejected: list[RejectedRow] = []
    for at, (pick, row) in enumerate(_rows(task, Path(output))):
        article = row.article
        analysis: Analysis | str = task.lost[at] if at in task.lost else analyzed(article, config)
        if isinstance(analysis, str):
            rejected.append(RejectedRow(row.what, "analyze", analysis))
            continue
        words = len(article.text.split())
        articles.append(ArticleRow(pick.number, row.what, row.mark, row.keys, row.fetched, words, article))
        analyses.append(AnalysisRow(pick.number, maker(), analysis))
    numbered = [(row.number, row.article) for row in articles if row.number is not None]
    drawn = sketch([article for _, article in numbered], threads=config.threads)
    sketches = [SketchRow(number, item.article, pack(item)) for (number, _), item in zip(numbered, drawn, strict=True)]
    _write(task, output, "articles", ArticleRow, articles)
    _write(task, output, "analyses", AnalysisRow, analyses)
    _write(task, output, "sketches", SketchRow, sketches)
    write_rejected(output, ANALYZE, task.key, rejected)
    return {
        "articles": len(task.picks),
        "kept": len(articles),
        "rejected": len(rejected),
        "month": task.month,
        "first": numbered[0][0] if numbered else None,
        "last": numbered[-1][0] if numbered else None,
    }


def try_batch(task: AnalyzeTask, *, output: str, config: Config) -> None:
    """Analyze a batch, and write nothing: does the worker live through it?"""
    from accord.cluster.grouping import sketch
    from accord.upkeep.maker import analyzed

    for _, row in _rows(task, Path(output)):
        analyzed(row.article, config)
        sketch([row.article], threads=config.threads)


def pieces(task: AnalyzeTask) -> list[AnalyzeTask]:
    """Return each article of a batch as a task of its own."""
    return [AnalyzeTask(f"{task.key}.{at}", task.month, (pick,), {}) for at, pick in enumerate(task.picks)]


def without(task: AnalyzeTask, lost: Mapping[int, str]) -> AnalyzeTask:
    """Return the batch, told which of its articles workers died of."""
    return replace(task, lost=lost)


def _write(task: AnalyzeTask, output: str, table: str, kind: type[T], rows: Sequence[T]) -> None:
    if rows:
        write_part(part_in(small(Path(output)), table, place_of("month", task.month), task.key), kind, rows)


def _rows(task: AnalyzeTask, output: Path) -> Iterator[tuple[Pick, ReadRow]]:
    """Yield the articles of a batch as they were parsed, under the ids and versions that they go on with."""
    places: dict[str, list[int]] = defaultdict(list)
    for pick in task.picks:
        places[pick.batch].append(pick.place)
    rows: dict[tuple[str, int], ReadRow] = {}
    for batch, wanted in places.items():
        for row in read_part(read_file(output, batch), ReadRow, sorted(wanted)):
            rows[batch, row.place] = row
    for pick in task.picks:
        row = rows[pick.batch, pick.place]
        yield pick, replace(row, article=_article(row.article, pick))


def _article(article: Article, pick: Pick) -> Article:
    if (pick.id, pick.version, pick.replaces) == (article.id, article.version, article.replaces):
        return article
    changes = changes_of(pick) or article.changes
    return replace(article, id=pick.id, version=pick.version, replaces=pick.replaces, changes=changes)
