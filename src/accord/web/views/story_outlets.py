"""What each report left out of what the others agree on, what only it has, and the days of a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.renderers import words
from accord.web.views.story import Reading, article_at
from accord.web.views.story_reader import facts

if TYPE_CHECKING:
    from accord.records import Article
    from accord.renderers.outline import Line, Report

ROOM = 150_000  # bytes of all lists together
GIST = 200
Told = tuple["int | None", str, str]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One report: facts, how much of the agreed it carries, what it leaves out, what only it has.

    The lists hold number, gist and address of findings; `lacks_more` and `only_more` count what there is no room for.
    """

    article: Article
    label: str
    at: str
    facts: tuple[str, ...]
    carries: int
    agreed: int
    lacks: tuple[Told, ...]
    only: tuple[Told, ...]
    lacks_more: int = 0
    only_more: int = 0


def outlets(reading: Reading) -> list[Outlet]:
    """Return the reports in their order. What an origin of several reports has alone counts for each of them."""
    agreed = [f for f in reading.briefing.findings if f.verdict == "corroborated"]
    single = [f for f in reading.briefing.findings if f.verdict == "single"]
    each = ROOM // max(1, len(reading.shown.reports)) // 2
    return [
        _outlet(reading, report, [f.id for f in agreed], [f.id for f in single], each)
        for report in reading.shown.reports
    ]


def _outlet(reading: Reading, report: Report, agreed: list[str], single: list[str], room: int) -> Outlet:
    article = report.article

    def carried(finding: str) -> bool:
        return article.id in reading.carriers[finding]

    lacks, lacks_more = _told(reading, [one for one in agreed if not carried(one)], room)
    only, only_more = _told(reading, [one for one in single if carried(one)], room)
    return Outlet(
        article,
        report.label,
        article_at(article.id),
        tuple(facts(report)),
        sum(map(carried, agreed)),
        len(agreed),
        lacks,
        only,
        lacks_more,
        only_more,
    )


def _told(reading: Reading, findings: list[str], room: int) -> tuple[tuple[Told, ...], int]:
    told: list[Told] = []
    for finding in findings:
        gist = words.trim(reading.gist_of(finding), GIST)
        room -= len(gist) + 150
        if room < 0:
            break
        told.append((reading.number(finding), gist, reading.finding_at(finding)))
    return tuple(told), len(findings) - len(told)


# timeline -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """One date of the timeline: what the reports tell of it, and the reports that were published then."""

    date: str
    lines: tuple[Line, ...]
    published: tuple[tuple[str, str], ...] = ()


def timeline(reading: Reading) -> list[Day]:
    """Return the dates in order: years before their months, months before their days."""
    lines: dict[str, list[Line]] = {}
    for line in reading.shown.timeline.lines:
        if line.head:
            lines.setdefault(line.head, []).append(line)
    published: dict[str, list[tuple[str, str]]] = {}
    for article, label in reading.shown.labels.items():
        if day := reading.articles[article].published:
            published.setdefault(day[:10], []).append((label, article_at(article)))
    dates = sorted({*lines, *published})
    return [Day(date, tuple(lines.get(date, ())), tuple(published.get(date, ()))) for date in dates]
