"""The same reports under other ids tell the same: ids break no tie, and order nothing."""

from __future__ import annotations

import random
import re
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from accord.analyze import analyze
from accord.pipeline import brief_analyses, read
from accord.records import Analysis, Article, Briefing

OF_IDS = re.compile(r"id|finding|utterance|.*_id")
EXAMPLES = Path(__file__).parent.parent / "examples"


@cache
def reports(example: str) -> tuple[Article, ...]:
    """Return the reports of an example."""
    return tuple(item for item in read([str(EXAMPLES / example / "articles")]) if isinstance(item, Article))


@cache
def analyzed(article: Article, id: str) -> tuple[Article, Analysis]:
    """Return `article` under another id, and its analysis."""
    renamed = replace(article, id=id)
    return renamed, analyze(renamed)


def told(briefing: Briefing, old: dict[str, str]) -> list[Any]:
    """Return all that `briefing` says, with the ids of articles put back and without those made of them."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {name: plain(each) for name, each in value.items() if not OF_IDS.fullmatch(name)}
            if isinstance(value.get("articles"), tuple):
                kept["articles"] = sorted(kept["articles"])
            return kept
        if isinstance(value, (list, tuple)):
            return [plain(each) for each in value]
        return old.get(value, value) if isinstance(value, str) else value

    parts = (briefing.findings, briefing.quotes, briefing.figures, briefing.commitments, briefing.timeline)
    summary = [sentence.text for sentence in briefing.summary]
    return [briefing.title, summary, *(plain([asdict(each) for each in part]) for part in parts)]


@pytest.mark.parametrize("example", ["harbour-deal", "night-ferry"])
def test_reports_under_other_ids_tell_the_same(example: str) -> None:
    articles = reports(example)
    same = told(brief_analyses(*zip(*(analyzed(article, article.id) for article in articles), strict=True)), {})
    for seed in range(3):
        chance = random.Random(seed)
        others = [analyzed(article, f"{chance.getrandbits(48):012x}") for article in articles]
        old = {renamed.id: article.id for (renamed, _), article in zip(others, articles, strict=True)}
        chance.shuffle(others)
        assert told(brief_analyses(*zip(*others, strict=True)), old) == same
