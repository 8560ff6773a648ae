"""accord's side of the comparison with its peers, as tasks for `bench.py`: on one thread, models warm."""

from __future__ import annotations

import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "eval"))

from accord.analyze import analyze
from accord.config import Config
from accord.records import Article
from peers_serve import Work, serve

Row = dict[str, Any]
Sentences = list[tuple[int, int, int, int]]
"""Pairs of sentences: (report, sentence, report, sentence)."""

CONFIG = Config(threads=1)
PARTS = ("sentences", "names", "times", "quotes", "figures", "commitments", "statements")


def _articles(rows: list[Row]) -> list[Article]:
    return [
        Article(
            f"a{number}",
            row["text"],
            row.get("outlet") or "outlet",
            row["title"],
            published=row.get("published"),
            language="en",
        )
        for number, row in enumerate(rows)
    ]


def analysis(rows: list[Row]) -> Work:
    """Analyze each article; count what is found."""
    articles = _articles(rows)

    def work() -> dict[str, int]:
        counts = dict.fromkeys(PARTS, 0)
        for article in articles:
            made = analyze(article, CONFIG)
            for part in PARTS:
                counts[part] += len(getattr(made, part))
        return counts

    return work


def quotes(rows: list[Row]) -> Work:
    """Return (start, end, speaker) of the direct and mixed quotes of each text."""
    articles = _articles(rows)

    def work() -> list[list[tuple[int, int, str | None]]]:
        found = [analyze(article, CONFIG).quotes for article in articles]
        return [[(q.start, q.end, q.speaker) for q in some if q.kind in ("direct", "mixed")] for some in found]

    return work


def grouping(rows: list[Row]) -> Work:
    """Return the story of each article: sketches (its vector among them), then groups."""
    from accord.cluster.grouping import Grouper, sketch

    articles = _articles(rows)

    def work() -> list[str]:
        grouper = Grouper()
        grouper.add(sketch(articles, threads=1))
        of = {article: group.id for group in grouper.groups() for article in group.articles}
        return [of[article.id] for article in articles]

    return work


@cache
def _event(name: str) -> Any:
    """Return a gold event, its analyses, and the seconds that these took."""
    import time

    from events import SETS, load_events

    event = next(event for event in load_events(SETS["gold"]) if event.name == name)
    analyze(event.articles[0], CONFIG)  # warms the models
    start = time.perf_counter()
    analyses = [analyze(article, CONFIG) for article in event.articles]
    return event, analyses, time.perf_counter() - start


def reports(name: str) -> Work:
    """Return of a gold event the sentences of each report and the pairs of sentences that tell one fact, by gold."""
    event, analyses, seconds = _event(name)
    texts = [[a.text[s.start : s.end] for s in found.sentences] for a, found in _zipped(event, analyses)]
    facts = [[(e, span[0], span[1]) for e, span in fact.evidence] for fact in event.facts()]
    gold = sorted({pair for fact in facts for pair in _pairs(event, analyses, fact)})
    return lambda: {"sentences": texts, "gold": gold, "seconds": seconds}


def aligned(name: str) -> Work:
    """Return the pairs of sentences that stand in one finding of the event, by weights that have not seen it."""
    from accord.cluster import cluster
    from accord.reconcile import reconcile
    from run import held_out

    event, analyses, _ = _event(name)
    story, tables = cluster(event.articles, analyses), held_out(event)

    def work() -> Sentences:
        findings, _ = reconcile(story, analyses, CONFIG, tables=tables)
        places = [[(c.article, c.start, c.end) for c in finding.evidence] for finding in findings]
        return sorted({pair for evidence in places for pair in _pairs(event, analyses, evidence)})

    return work


def _zipped(event: Any, analyses: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(event.articles, analyses, strict=True))


def _pairs(event: Any, analyses: list[Any], evidence: list[tuple[str, int, int]]) -> Sentences:
    """Return the pairs of sentences of two reports that touch the evidence: by half of the shorter, as gold counts."""
    from train_weights import touch

    touched = []
    for number, (article, analysis) in enumerate(_zipped(event, analyses)):
        spans = [(start, end) for name, start, end in evidence if name == article.id]
        for place, sentence in enumerate(analysis.sentences):
            if any(touch(span, (sentence.start, sentence.end)) for span in spans):
                touched.append((number, place))
    return [(*a, *b) for a, b in combinations(touched, 2) if a[0] != b[0]]


if __name__ == "__main__":
    tasks = (analysis, quotes, grouping, reports, aligned)
    serve({task.__name__: task for task in tasks})
