"""The side-by-side reader: two or three reports in columns, and the lines whose evidence stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from accord.renderers import words
from accord.renderers.outline import Line, Report
from accord.web.views.story import Reading, item_lines, numbered_lines
from accord.web.views.story_marks import Paragraph, paragraphs, part_of, parts

if TYPE_CHECKING:
    from accord.records import Article

COLUMNS = 3
ROOM = 165_000  # bytes for the texts of a page
LISTED = 55_000  # bytes for the lists beside them
ELSEWHERE = 40
CHARACTERS = 180


@dataclass(frozen=True, slots=True)
class Column:
    """One report: a part of its text (`part` of `of`, from 1), and the addresses of the parts around it."""

    article: Article
    report: Report
    paragraphs: tuple[Paragraph, ...]
    part: int
    of: int
    earlier: str | None = None
    later: str | None = None
    marked: bool = True

    @property
    def facts(self) -> list[str]:
        """What there is to know of it, in short."""
        return facts(self.report)


@dataclass(frozen=True, slots=True)
class Choice:
    """A report that may be set beside the others: `at` is the page with it, or without it where it is shown."""

    label: str
    at: str
    shown: bool
    carries: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list beside the reports: what kind of line, and in which of the reports it stands."""

    line: Line
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """The page: columns, what may be chosen, lists of lines by section, and how many there is no room for."""

    columns: tuple[Column, ...]
    choices: tuple[Choice, ...]
    sections: tuple[tuple[str, str, tuple[Listed, ...]], ...]
    elsewhere: tuple[Line, ...]
    elsewhere_more: int
    unlisted: int
    picked: Line | None = None
    everything: str = ""
    gist: str = ""


def facts(report: Report) -> list[str]:
    """Return what there is to know of a report in short: day, length, origin, credits."""
    told = [f"{words.number(report.words)} words", report.origin, *report.credits]
    return [one for one in told if one]


def reader(
    reading: Reading, wanted: Sequence[str] = (), finding: str | None = None, part: dict[str, int] | None = None
) -> Reader:
    """Return the page with the reports `wanted` (ids), or those that tell most of `finding`, else the first ones.

    `part` says which part of a long report is shown (from 1); without it, the one with the finding's first passage.
    """
    picked = _picked(reading, finding)
    chosen = _chosen(reading, wanted, finding)
    numbered, items = numbered_lines(reading.shown), item_lines(reading.shown)
    lines = [*numbered, *(line for line in reading.shown.lead.lines if not line.number), *items]
    if picked is not None and picked.key not in {line.key for line in lines}:
        lines.append(picked)
    texts = {one: paragraphs(reading.articles[one], lines, reading.briefing.passages) for one in chosen}
    rooms = _rooms({one: sum(paragraph.size for paragraph in made) for one, made in texts.items()})
    split = {one: parts(made, rooms[one]) for one, made in texts.items()}
    columns = tuple(_column(reading, one, split, picked, part or {}) for one in chosen)
    listed, unlisted = _sections(reading, set(chosen))
    carriers = {citation.article for citation in picked.evidence} if picked else set()
    away = [line for line in numbered if not any(c.article in chosen for c in line.evidence)]
    return Reader(
        columns=columns,
        choices=tuple(_choices(reading, chosen, carriers, finding)),
        sections=listed,
        elsewhere=tuple(away[:ELSEWHERE]),
        elsewhere_more=max(0, len(away) - ELSEWHERE),
        unlisted=unlisted,
        picked=picked,
        everything=_at(reading, chosen, None),
        gist=reading.gist_of(finding) if picked is not None and finding else "",
    )


def _picked(reading: Reading, finding: str | None) -> Line | None:
    """Return the line of a finding; one that has no number is given a line of its own."""
    if finding is None or finding not in reading.findings:
        return None
    one = reading.findings[finding]
    line = reading.numbered.get(finding)
    return line or Line(f"x{one.id}", words.plain(one.gist), one.evidence, verdict=one.verdict, findings=(one.id,))


def _chosen(reading: Reading, wanted: Sequence[str], finding: str | None) -> list[str]:
    """Return the ids of the reports to show, in the order of the story's reports."""
    order = list(reading.articles)
    named = [article for article in dict.fromkeys(wanted) if article in reading.articles][:COLUMNS]
    if not named:
        named = _telling(reading, finding)[:COLUMNS]
    return sorted(named, key=order.index)


def _telling(reading: Reading, finding: str | None) -> list[str]:
    """Return reports, best first: of a finding one of each side, then one of each origin; copies where it has one."""
    if finding is None or finding not in reading.findings:
        fresh, copies = _by_origin(reading, reading.articles)
        return [*fresh, *copies]
    one = reading.findings[finding]
    sides = [value.articles[0] for d in one.differences if not d.compatible for value in d.values if value.articles]
    fresh, copies = _by_origin(reading, [*sides, *(citation.article for citation in one.evidence)])
    return fresh if len(fresh) > 1 else [*fresh, *copies]


def _by_origin(reading: Reading, articles: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return those of `articles` that are the first of their origin, and the others."""
    seen: set[str] = set()
    fresh: list[str] = []
    rest: list[str] = []
    for article in dict.fromkeys(articles):
        origin = reading.origins.get(article)
        if article in reading.articles:
            (rest if origin and origin.id in seen else fresh).append(article)
        if origin:
            seen.add(origin.id)
    return fresh, rest


def _rooms(sizes: dict[str, int]) -> dict[str, int]:
    """Share out the room of a page: what short reports leave goes to the long ones."""
    rooms = {}
    left = ROOM
    for at, (article, size) in enumerate(sorted(sizes.items(), key=lambda item: item[1])):
        rooms[article] = max(size, 1) if size <= left // (len(sizes) - at) else left // (len(sizes) - at)
        left -= rooms[article]
    return rooms


def _column(
    reading: Reading,
    article: str,
    split: dict[str, list[list[Paragraph]]],
    picked: Line | None,
    part: dict[str, int],
) -> Column:
    one, made, chosen = reading.articles[article], split[article], list(split)
    own = [citation for citation in picked.evidence if citation.article == article] if picked else []
    at = part[article] - 1 if article in part else (part_of(made, own[0].start) if own else 0)
    at = min(max(0, at), len(made) - 1)
    around = [
        _at(reading, chosen, picked.findings[0] if picked else None, {**part, article: n + 1})
        if 0 <= n < len(made)
        else None
        for n in (at - 1, at + 1)
    ]
    report = next(report for report in reading.shown.reports if report.article.id == article)
    return Column(one, report, tuple(made[at]), at + 1, len(made), around[0], around[1], not picked or bool(own))


def _at(reading: Reading, chosen: Sequence[str], finding: str | None, part: dict[str, int] | None = None) -> str:
    """Return the address of the page with `chosen` reports."""
    asked: list[tuple[str, object]] = [("report", article) for article in chosen]
    asked += [("finding", finding)] if finding else []
    asked += [("part", f"{n}:{article}") for article, n in (part or {}).items() if article in chosen and n > 1]
    asked += [("corrections", "off")] if reading.machine else []
    return f"{reading.at}/reader?{urlencode(asked)}" if asked else f"{reading.at}/reader"


def _choices(reading: Reading, chosen: Sequence[str], carriers: set[str], finding: str | None) -> Iterable[Choice]:
    """Say where each report's link leads: to the page without it, with it, or with it in the last one's place."""
    for article, label in reading.shown.labels.items():
        if article in chosen:
            others = [one for one in chosen if one != article] or list(chosen)
        else:
            others = [*chosen[: COLUMNS - 1], article]
        yield Choice(label, _at(reading, others, finding), article in chosen, article in carriers)


def _sections(reading: Reading, chosen: set[str]) -> tuple[tuple[tuple[str, str, tuple[Listed, ...]], ...], int]:
    """Return the lines that stand in the chosen reports, by section, as many as there is room for."""
    shown = reading.shown
    disputes = {dispute.line.key: " / ".join(side.value for side in dispute.sides) for dispute in shown.disputed}
    numbered = numbered_lines(shown)
    quotes = [line for speaker in shown.speakers for line in speaker.quoted.lines]
    speakers = {line.key: speaker.title for speaker in shown.speakers for line in speaker.lines}
    sections = [
        ("disputed", "Disputed", [line for line in numbered if line.verdict == "disputed"]),
        ("agreed", "Agreed", [line for line in numbered if line.verdict == "corroborated"]),
        ("single", "Only in one origin", [line for line in numbered if line.verdict == "single"]),
        ("quotes", "Quotes", quotes),
        ("figures", "Figures", list(shown.figures.lines)),
        ("commitments", "Commitments", list(shown.commitments.lines)),
    ]
    room, unlisted = LISTED, 0
    found = []
    for key, title, lines in sections:
        here = []
        for line in lines:
            carriers = {c.article for c in line.evidence} & chosen
            if not carriers:
                continue
            if room <= 0:
                unlisted += 1
                continue
            labels = tuple(label for article, label in shown.labels.items() if article in carriers)
            text = _words(line, disputes, speakers)
            here.append(Listed(line, text, labels))
            room -= len(text) + 260
        if here:
            found.append((key, title, tuple(here)))
    return tuple(found), unlisted


def _words(line: Line, disputes: dict[str, str], speakers: dict[str, str]) -> str:
    text = line.text or disputes.get(line.key, "")
    if line.key in speakers:
        text = f"{speakers[line.key]}: “{text}”" if line.quoted else f"{speakers[line.key]}: {text}"
    elif line.head:
        text = f"{line.head} {text}"
    return words.trim(text, CHARACTERS)
