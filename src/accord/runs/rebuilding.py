"""Reads a run's tables side by side: articles with what was made of them, stories with their briefings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RunError
from accord.records import Briefing
from accord.runs.parts import rows_of
from accord.runs.rows import CommitmentRow, FigureRow, FindingRow, QuoteRow

if TYPE_CHECKING:
    from accord.records import Analysis, Article
    from accord.runs.parts import Manifest
    from accord.runs.rows import AnalysisRow, ArticleRow, SketchRow, StoryRow


@dataclass(frozen=True, slots=True)
class Made:
    """An article of a run, its analysis with what made it, and what grouping sees: nothing of an older version."""

    row: ArticleRow
    analysis: Analysis
    maker: str
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A story of a run, and the lists of its briefing that are tables of their own."""

    row: StoryRow
    findings: tuple[FindingRow, ...]
    quotes: tuple[QuoteRow, ...]
    figures: tuple[FigureRow, ...]
    commitments: tuple[CommitmentRow, ...]

    def briefing(self, articles: Mapping[str, Article]) -> Briefing:
        """Return the briefing as it was made of `articles`, by id."""
        row = self.row
        return Briefing(
            id=row.briefing,
            title=row.title,
            articles=tuple(articles[identity] for identity in row.compared),
            origins=row.origins,
            findings=tuple(one.finding for one in self.findings),
            quotes=tuple(one.quote for one in self.quotes),
            figures=tuple(one.figure for one in self.figures),
            commitments=tuple(one.commitment for one in self.commitments),
            timeline=row.timeline,
            names=row.names,
            summary=row.summary,
            rejected=row.rejected,
            utterances=row.utterances,
            passages=row.passages,
        )


def articles_of(output: Path, manifest: Manifest) -> Iterator[Made]:
    """Yield the articles of a run in the order of time; raises RunError where its tables do not fit together."""
    analyses: Iterator[AnalysisRow] = rows_of(output, manifest, "analyses")
    sketches: Iterator[SketchRow] = rows_of(output, manifest, "sketches")
    for row in rows_of(output, manifest, "articles"):
        made = next(analyses, None)
        if made is None or made.analysis.article != row.article.id:
            raise _misfit(output, "analyses", f"article {row.article.id}")
        sketch = next(sketches, None) if row.number is not None else None
        if row.number is not None and (sketch is None or sketch.number != row.number):
            raise _misfit(output, "sketches", f"article {row.article.id}")
        yield Made(row, made.analysis, made.maker, sketch.sketch if sketch else b"")


def stories_of(output: Path, manifest: Manifest) -> Iterator[Told]:
    """Yield the stories of a run in the order of their first days; raises RunError as `articles_of` does."""
    parts = {name: _Stretches(rows_of(output, manifest, name)) for name in _LISTS}
    for row in rows_of(output, manifest, "stories"):
        yield Told(row, *(parts[name].of(row.id) for name in _LISTS))
    for name, stretches in parts.items():
        if stretches.left is not None:
            raise _misfit(output, name, f"story {stretches.left}")


_LISTS = ("findings", "quotes", "figures", "commitments")


class _Stretches:
    """The rows of a table, those of one story after those of the one before."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    @property
    def left(self) -> str | None:
        """The story of the next row; None where there is none."""
        return None if self._next is None else str(self._next.story)

    def of(self, story: str) -> tuple[Any, ...]:
        found = []
        while self._next is not None and self._next.story == story:
            found.append(self._next)
            self._next = next(self._rows, None)
        return tuple(found)


def _misfit(output: Path, table: str, what: str) -> RunError:
    return RunError(f"{output}: its table {table} does not fit the others at {what}; make the run again")


def batches(items: Iterable[Any], size: int, cost: Callable[[Any], int] = lambda _: 1) -> Iterator[list[Any]]:
    """Yield `items` in lists; a list ends once its items cost `size`."""
    batch: list[Any] = []
    spent = 0
    for item in items:
        batch.append(item)
        spent += cost(item)
        if spent >= size:
            yield batch
            batch, spent = [], 0
    if batch:
        yield batch
