"""A finished run, made here step by step from a few articles: what `accord run` writes, in one process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from accord.cluster.grouping import Grouper, in_time, pack, sketch, unpack
from accord.config import Config
from accord.history import History
from accord.parse import Parsed, parse_each
from accord.parse.versions import keys_of, print_of
from accord.pipeline import brief_analyses
from accord.readers import read
from accord.records import Analysis, Article, Rejected
from accord.renderers.articles import to_line
from accord.revisions import placed
from accord.runs.columns import write_part
from accord.runs.parts import month_of, part_in, place_of, write_manifest
from accord.runs.rows import (
    AnalysisRow,
    ArticleRow,
    CommitmentRow,
    FigureRow,
    FindingRow,
    LinkRow,
    QuoteRow,
    RejectedRow,
    SketchRow,
    StoryRow,
)
from accord.upkeep.maker import analyzed, maker

CONFIG = Config(threads=1)


REPORTS = (
    (
        "2031-05-04",
        "Brennick Courier",
        "Ferry runs aground off Brennick",
        "The ferry Halmar ran aground off Brennick on Sunday with 214 people aboard, the coastguard said.\n\n"
        "“Nobody was hurt,” said Ilse Tarn, the harbour master of Brennick. All passengers were taken off by noon.\n\n"
        "The operator Norvik Line promised to buy 40 new lifeboats by March 2032.",
    ),
    (
        "2031-05-04",
        "Sella Evening Post",
        "All safe as ferry Halmar hits rocks off Brennick",
        "All 214 passengers of the ferry Halmar were brought ashore on Sunday after it ran aground off Brennick.\n\n"
        "Ilse Tarn, the harbour master, said that nobody was hurt. The ferry operator Norvik Line said that it would"
        " buy 40 new lifeboats by March 2032.",
    ),
    (
        "2031-05-05",
        "Northfirth Radio",
        "Halmar ferry stuck off Brennick, three hurt",
        "The ferry Halmar lay aground off Brennick for a second day on Monday. Three passengers were hurt when it ran"
        " aground on Sunday, a doctor said.\n\n"
        "“We were thrown against the rail,” said Tomas Reve, a baker who was aboard with 213 others.",
    ),
    (
        "2031-05-06",
        "Quellmouth Gazette",
        "Barge strikes old bridge at Quellmouth",
        "A crane barge struck the old bridge at Quellmouth before dawn on Tuesday and broke two of its arches.\n\n"
        "“We heard it in our beds,” said Mira Holt, who lives beside the bridge. The county offered 3 million dollars"
        " for repairs.",
    ),
    (
        "2031-05-07",
        "Uplands Mail",
        "Quellmouth bridge closed after barge breaks its arches",
        "The old bridge at Quellmouth is closed after a crane barge broke two arches on Tuesday.\n\n"
        "The county will pay 3 million dollars for repairs, said Jon Vask, its treasurer.",
    ),
    (
        "2031-05-09",
        "Halm Gazette",
        "Halm counts its bees",
        "The town of Halm counted its bees on Friday. There were nine hives in the old orchard, said Ada Bray, a"
        " gardener, and each had a queen.",
    ),
    (
        "2032-04-02",
        "Brennick Courier",
        "Norvik Line has its lifeboats",
        "The ferry operator Norvik Line has bought the 40 new lifeboats that it promised after the ferry Halmar ran"
        " aground off Brennick, the coastguard said on Friday.",
    ),
)
"""Day, outlet, title and text of a few invented reports: two events, what came of one, and something else."""


def reports() -> list[Article]:
    """Return the reports as articles."""
    return [
        Article(f"r{number}", text, outlet, title, published=day, url=f"https://wire.example/{number}/report")
        for number, (day, outlet, title, text) in enumerate(REPORTS)
    ]


def write_lines(path: Path, articles: Sequence[Article]) -> Path:
    """Write `articles` as JSON Lines, as `accord read` does."""
    path.write_bytes(b"".join(to_line(article) for article in articles))
    return path


def changed(article: Article, before: str, after: str) -> Article:
    """Return a later version of `article`, as its outlet would print it."""
    assert before in article.text
    return replace(article, id="", text=article.text.replace(before, after), modified="2031-06-01T09:00:00Z")


@dataclass
class Desk:
    """Makes runs, and analyzes each article once for all of them."""

    known: dict[str, Analysis] = field(default_factory=dict)

    def analyzed(self, article: Article, config: Config) -> Analysis | str:
        """Stand in for `upkeep.maker.analyzed`."""
        if article.text not in self.known:
            made = analyzed(article, CONFIG)
            assert not isinstance(made, str)
            self.known[article.text] = made
        made = self.known[article.text]
        return made if made.article == article.id else _renamed(made, article.id)

    def run(self, folder: Path, paths: Sequence[str], left: Sequence[str] = ()) -> Path:
        """Write a run over the articles at `paths`; it left out the stories with an article of the outlets `left`."""
        rows, rejected = _settled(paths)
        old = {row.article.replaces for row in rows}
        made = sketch([row.article for row in rows], threads=1)
        sketches = {row.article.id: unpack(pack(item)) for row, item in zip(rows, made, strict=True)}
        rows.sort(key=lambda row: in_time(sketches[row.article.id]))
        latest = [row.article.id for row in rows if row.article.id not in old]
        numbers = {name: number for number, name in enumerate(latest)}
        rows = [replace(row, number=numbers.get(row.article.id)) for row in rows]
        grouper = Grouper()
        grouper.add([sketches[name] for name in latest])
        links = [
            LinkRow(a, b, alike) for a, near in enumerate(grouper._near) for b, alike in sorted(near.items()) if a < b
        ]
        articles = {row.article.id: row.article for row in rows}
        parts = _Parts(folder)
        for month in sorted({month_of(row.article) for row in rows}):
            here = [row for row in rows if month_of(row.article) == month]
            made = [self.analyzed(row.article, CONFIG) for row in here]
            parts.add("articles", month, ArticleRow, here)
            parts.add(
                "analyses",
                month,
                AnalysisRow,
                [AnalysisRow(r.number, maker(), a) for r, a in zip(here, made, strict=True) if isinstance(a, Analysis)],
            )
            packed = [
                SketchRow(r.number, r.article.id, pack(sketches[r.article.id])) for r in here if r.number is not None
            ]
            parts.add("sketches", month, SketchRow, packed)
        parts.add("links", "all", LinkRow, links)
        self._stories(parts, grouper, articles, left)
        parts.add("rejected", "all", RejectedRow, rejected)
        write_manifest(folder, {"inputs": list(paths), "maker": maker(), "config": {}}, {}, parts.made)
        return folder

    def _stories(self, parts: _Parts, grouper: Grouper, articles: Mapping[str, Article], left: Sequence[str]) -> None:
        chain_of = {story: chain.id for chain in grouper.chains() for story in chain.stories}
        stories: list[StoryRow] = []
        lists: dict[type, list[object]] = {FindingRow: [], QuoteRow: [], FigureRow: [], CommitmentRow: []}
        for group in grouper.groups():
            held = [articles[name] for name in group.articles]
            if any(article.outlet in left for article in held):
                continue
            analyses = [a for article in held if isinstance(a := self.analyzed(article, CONFIG), Analysis)]
            made = brief_analyses(held, analyses, config=CONFIG)
            days = sorted(article.published for article in held if article.published)
            verdicts = [finding.verdict for finding in made.findings]
            stories.append(
                StoryRow(
                    *(group.id, made.id, made.title, days[0], days[-1], group.articles),
                    tuple(article.id for article in made.articles),
                    tuple(sorted({article.outlet for article in held})),
                    *(verdicts.count("corroborated"), verdicts.count("disputed"), verdicts.count("single")),
                    chain_of.get(group.id),
                    *(made.origins, made.timeline, made.names, made.summary, made.utterances, made.passages),
                    made.rejected,
                )
            )
            lists[FindingRow] += [FindingRow(group.id, rank, one) for rank, one in enumerate(made.findings, 1)]
            lists[QuoteRow] += [QuoteRow(group.id, one) for one in made.quotes]
            lists[FigureRow] += [FigureRow(group.id, one) for one in made.figures]
            lists[CommitmentRow] += [CommitmentRow(group.id, one) for one in made.commitments]
        parts.add("stories", "all", StoryRow, stories)
        names = ("findings", "quotes", "figures", "commitments")
        for name, (kind, rows) in zip(names, lists.items(), strict=True):
            parts.add(name, "all", kind, rows)


class _Parts:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[dict[str, object]] = []

    def add(self, table: str, month: str, kind: type, rows: Sequence[object]) -> None:
        path = part_in(self.folder, table, place_of("month", month), "00000")
        count = write_part(path, kind, rows)
        size = path.stat().st_size
        self.made.append({"path": path.relative_to(self.folder).as_posix(), "rows": count, "bytes": size})


def _settled(paths: Sequence[str]) -> tuple[list[ArticleRow], list[RejectedRow]]:
    """Return the articles at `paths` with their versions settled, and what was left out."""
    rows: list[ArticleRow] = []
    rejected: list[RejectedRow] = []
    with History() as history:
        for item in parse_each(read(paths, CONFIG), CONFIG):
            for found in [item] if isinstance(item, Rejected) else _placed(item, history):
                if isinstance(found, Rejected):
                    rejected.append(RejectedRow(found.what, found.stage, found.reason))
                else:
                    assert isinstance(item, Parsed)
                    words = len(found.text.split())
                    rows.append(ArticleRow(None, item.what, print_of(item), keys_of(item), None, words, found))
    return rows, rejected


def _placed(item: Parsed, history: History) -> Iterator[Article | Rejected]:
    yield from placed(item, history)


def _renamed(analysis: Analysis, name: str) -> Analysis:
    """Return the analysis as that of the same text under another id."""
    import msgspec

    old = json.dumps(analysis.article)
    text = msgspec.json.encode(analysis).decode().replace(old, json.dumps(name))
    return msgspec.json.decode(text, type=Analysis)
