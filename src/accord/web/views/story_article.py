"""An article's own page: its text with its evidence marked, where it came from, and how it changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.records import Citation
from accord.renderers import words
from accord.renderers.origins_picture import taken
from accord.renderers.outline import Line
from accord.web.filters import web
from accord.web.views.story import Reading, article_at, item_lines, numbered_lines
from accord.web.views.story_marks import Paragraph, paragraphs, part_of, parts
from accord.web.views.story_versions import History, history

if TYPE_CHECKING:
    from accord.records import Analysis, Article, Commitment, Figure, Quote
    from accord.stores.store import Held

ROOM = 190_000  # bytes for the text
LISTED = 200
CHANGES = 40_000


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The page. `latest` is the id of the version in this one's place, where there is one.

    `astray` is true where it was asked to point at characters that the text does not have.
    """

    article: Article
    held: Held
    paragraphs: tuple[Paragraph, ...]
    part: int
    of: int
    original: str | None
    origin: str
    shared: int
    lines: tuple[Line, ...]
    lines_more: int
    history: History | None
    latest: str | None
    pointed: str = ""
    astray: bool = False


def article_page(
    held: Held,
    versions: Sequence[Held],
    reading: Reading | None,
    analysis: Analysis | None = None,
    at: tuple[int, int] | None = None,
    part: int | None = None,
) -> ArticlePage:
    """Return the page of an article, in its story or (`reading` None) alone, then with what its `analysis` found.

    `at` are the exact characters to point at; `part` (from 1) which part of a long text is shown.
    """
    article = held.article
    inside = reading is not None and article.id in reading.articles
    lines = _lines(reading, article.id) if reading is not None and inside else list(alone(analysis))
    passages = reading.briefing.passages if reading is not None and inside else ()
    astray = at is not None and not 0 <= at[0] < at[1] <= len(article.text)
    if astray:
        at = None
    made = parts(paragraphs(article, lines, passages, at), ROOM)
    chosen = part - 1 if part is not None else (part_of(made, at[0]) if at else 0)
    chosen = min(max(0, chosen), len(made) - 1)
    numbered = [line for line in lines if line.number]
    latest = versions[-1].article.id if versions and versions[-1].article.id != article.id else None
    report = next((r for r in reading.shown.reports if r.article.id == article.id), None) if reading else None
    share = taken(reading.briefing)[article.id].share if reading is not None and inside else 0.0
    return ArticlePage(
        article=article,
        held=held,
        paragraphs=tuple(made[chosen]),
        part=chosen + 1,
        of=len(made),
        original=web(article.url),
        origin=report.origin if report else "",
        shared=round(100 * share),
        lines=tuple(numbered[:LISTED]),
        lines_more=max(0, len(numbered) - LISTED),
        history=history(words.plain(article.outlet), versions, [CHANGES]) if len(versions) > 1 else None,
        latest=article_at(latest) if latest else None,
        pointed=words.trim(article.text[at[0] : at[1]], 300) if at else "",
        astray=astray,
    )


def alone(analysis: Analysis | None) -> Iterable[Line]:
    """Yield lines of what one article says: quotes, figures, commitments, each its own."""
    if analysis is None:
        return
    items: list[Quote | Figure | Commitment] = [*analysis.quotes, *analysis.figures, *analysis.commitments]
    for n, item in enumerate(items):
        yield Line(f"a{n}", words.plain(item.text), (Citation(item.article, item.start, item.end, item.text),))


def _lines(reading: Reading, article: str) -> list[Line]:
    lines = [*numbered_lines(reading.shown), *item_lines(reading.shown)]
    return [line for line in lines if any(citation.article == article for citation in line.evidence)]
