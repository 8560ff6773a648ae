"""The fifth step of a run: stories are reconciled and briefed, in batches of one month."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import AccordError
from accord.pipeline import MOST_COMPARED, brief_analyses, compared, left_out
from accord.runs.columns import read_part, write_part
from accord.runs.gathering import small
from accord.runs.parts import UNDATED, part_in, place_of
from accord.runs.reading import write_rejected
from accord.runs.rows import (
    AnalysisRow,
    ArticleRow,
    CommitmentRow,
    FigureRow,
    FindingRow,
    QuoteRow,
    RejectedRow,
    StoryRow,
)

if TYPE_CHECKING:
    from accord.config import Config
    from accord.records import Analysis, Article, Briefing
    from accord.runs.steps import Receipt

BRIEF = "brief"
STORIES, COST = 64, 80.0
"""A batch ends with so many stories, or so much to compare: an article counts 1, two reports of one story half."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where the articles from number `first` to `last` stand: a part of the tables `articles` and `analyses`."""

    key: str
    month: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class StoryPick:
    """A story to brief: its articles, by number, and the chain that it is in. `day` is that of its first article."""

    id: str
    day: int | None
    articles: tuple[int, ...]
    chain: str | None = None


@dataclass(frozen=True, slots=True)
class StoryTask:
    """A batch of stories of one month, and the parts that hold their articles; `lost` says why some are left out."""

    key: str
    month: str
    stories: tuple[StoryPick, ...]
    parts: tuple[Part, ...]
    lost: Mapping[int, str] = field(default_factory=dict)


def story_tasks(stories: Iterable[StoryPick], parts: Sequence[Part]) -> Iterator[StoryTask]:
    """Yield `stories` in batches, in their order; a batch ends where another month begins. `parts` are in order."""
    batch: list[StoryPick] = []
    month = ""
    cost = 0.0
    number = 0
    for story in stories:
        its_month, its_cost = _month(story.day), _cost(len(story.articles))
        if batch and (its_month != month or len(batch) >= STORIES or cost + its_cost > COST):
            yield StoryTask(f"{number:07}", month, tuple(batch), _parts_of(batch, parts))
            number, batch, cost = number + 1, [], 0.0
        batch.append(story)
        month = its_month
        cost += its_cost
    if batch:
        yield StoryTask(f"{number:07}", month, tuple(batch), _parts_of(batch, parts))


def brief_batch(task: StoryTask, *, output: str, config: Config) -> Receipt:
    """Brief a batch of stories; write them, their findings and what else is in their briefings."""
    stories: list[StoryRow] = []
    findings: list[FindingRow] = []
    quotes: list[QuoteRow] = []
    figures: list[FigureRow] = []
    commitments: list[CommitmentRow] = []
    rejected: list[RejectedRow] = []
    articles, analyses = _read(task, Path(output))
    for at, story in enumerate(task.stories):
        held = [articles[number] for number in story.articles]
        briefing = task.lost[at] if at in task.lost else _briefed(story, held, analyses, config)
        if isinstance(briefing, str):
            rejected.append(RejectedRow(f"story {story.id}", "reconcile", briefing))
            continue
        stories.append(_story(story, held, briefing))
        findings.extend(FindingRow(story.id, rank, each) for rank, each in enumerate(briefing.findings, 1))
        quotes.extend(QuoteRow(story.id, each) for each in briefing.quotes)
        figures.extend(FigureRow(story.id, each) for each in briefing.figures)
        commitments.extend(CommitmentRow(story.id, each) for each in briefing.commitments)
    for table, kind, rows in (
        ("stories", StoryRow, stories),
        ("findings", FindingRow, findings),
        ("quotes", QuoteRow, quotes),
        ("figures", FigureRow, figures),
        ("commitments", CommitmentRow, commitments),
    ):
        if rows:
            write_part(part_in(small(Path(output)), table, place_of("month", task.month), task.key), kind, rows)
    write_rejected(output, BRIEF, task.key, rejected)
    return {
        "stories": len(task.stories),
        "briefed": len(stories),
        "findings": len(findings),
        "commitments": len(commitments),
        "rejected": len(rejected),
    }


def try_batch(task: StoryTask, *, output: str, config: Config) -> None:
    """Brief a batch, and write nothing: does the worker live through it?"""
    articles, analyses = _read(task, Path(output))
    for story in task.stories:
        _briefed(story, [articles[number] for number in story.articles], analyses, config)


def pieces(task: StoryTask) -> list[StoryTask]:
    """Return each story of a batch as a task of its own."""
    return [
        StoryTask(f"{task.key}.{at}", task.month, (story,), _parts_of([story], task.parts))
        for at, story in enumerate(task.stories)
    ]


def without(task: StoryTask, lost: Mapping[int, str]) -> StoryTask:
    """Return the batch, told which of its stories workers died of."""
    return replace(task, lost=lost)


def _briefed(
    story: StoryPick, held: Sequence[Article], analyses: Mapping[int, Analysis], config: Config
) -> Briefing | str:
    """Return the briefing of a story, or why there is none."""
    kept = compared(held)
    left = [held[at] for at in sorted(set(range(len(held))) - set(kept))]
    try:
        return brief_analyses(
            [held[at] for at in kept],
            [analyses[story.articles[at]] for at in kept],
            config=config,
            rejected=left_out(left, len(held)),
        )
    except (AccordError, MemoryError):
        raise
    except Exception as error:  # a defect met by one story must not keep the others out, and is told
        return f"accord fails on it ({error!r:.200}); please report it with the story's articles"


def _story(story: StoryPick, held: Sequence[Article], briefing: Briefing) -> StoryRow:
    days = sorted(article.published[:10] for article in held if article.published)
    shown = tuple(article.id for article in briefing.articles)
    verdicts = [finding.verdict for finding in briefing.findings]
    return StoryRow(
        id=story.id,
        briefing=briefing.id,
        title=briefing.title,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        articles=tuple(article.id for article in held),
        compared=shown,
        outlets=tuple(sorted({article.outlet for article in held})),
        agreed=verdicts.count("corroborated"),
        disputed=verdicts.count("disputed"),
        single=verdicts.count("single"),
        chain=story.chain,
        origins=briefing.origins,
        timeline=briefing.timeline,
        names=briefing.names,
        summary=briefing.summary,
        utterances=briefing.utterances,
        passages=briefing.passages,
        rejected=briefing.rejected,
    )


def _read(task: StoryTask, output: Path) -> tuple[dict[int, Article], dict[int, Analysis]]:
    """Return the articles of a batch of stories, and their analyses, by number."""
    wanted: dict[Part, list[int]] = defaultdict(list)
    for number in sorted({number for story in task.stories for number in story.articles}):
        wanted[_part_of(number, task.parts)].append(number)
    articles: dict[int, Article] = {}
    analyses: dict[int, Analysis] = {}
    for part, numbers in wanted.items():
        place = place_of("month", part.month)
        path = part_in(small(output), "articles", place, part.key)
        rows = [_rows(path)[number] for number in numbers]
        for row in read_part(path, ArticleRow, rows):
            articles[row.number or 0] = row.article
        for found in read_part(part_in(small(output), "analyses", place, part.key), AnalysisRow, rows):
            analyses[found.number or 0] = found.analysis
    return articles, analyses


@lru_cache(maxsize=512)
def _rows(path: Path) -> dict[int, int]:
    """Return in which row of a part each number stands."""
    from pyarrow import parquet

    numbers = parquet.read_table(path, columns=["number"]).column("number").to_pylist()
    return {number: row for row, number in enumerate(numbers) if number is not None}


def _parts_of(stories: Iterable[StoryPick], parts: Sequence[Part]) -> tuple[Part, ...]:
    found = {_part_of(number, parts) for story in stories for number in story.articles}
    return tuple(sorted(found, key=lambda part: part.first))


def _part_of(number: int, parts: Sequence[Part]) -> Part:
    return parts[bisect_right(parts, number, key=lambda part: part.first) - 1]


def _month(day: int | None) -> str:
    return UNDATED if day is None else date.fromordinal(day).isoformat()[:7]


def _cost(reports: int) -> float:
    compared = min(reports, MOST_COMPARED)
    return reports + compared * (compared - 1) / 4
