"""Chooses the briefing's title among the reports' own."""

from __future__ import annotations

from collections.abc import Sequence

from accord.brief.index import Index
from accord.brief.wording import share, stems
from accord.records import Article, Finding

LEAD_SENTENCES = 3
TITLE_WORDS = 5
MOST_WORDS = 22
ASKS = -0.3


def choose_title(findings: Sequence[Finding], index: Index) -> str:
    """Return the headline that says most of what the other reports open with.

    Without headlines, the gist of the heaviest finding, a corroborated one first.
    """
    titled = [article for article in index.story.articles if article.title and article.title.strip()]
    if titled:
        best = max(titled, key=lambda article: (_central(article, index), article.outlet))
        return " ".join((best.title or "").split())
    short = [f for f in findings if not f.gist.startswith(("…", "[", "“")) and len(f.gist.split()) <= MOST_WORDS]
    agreed = [f for f in short if f.verdict == "corroborated"]
    return next((finding.gist for finding in (*agreed, *short, *findings)), "Briefing")


def _central(article: Article, index: Index) -> float:
    """Return how much of the title the other reports open with, and how much of their titles it says."""
    title = article.title or ""
    others = [other for other in index.story.articles if other.id != article.id]
    said = sum(share(title, _opening(other, index)) + share(other.title or "", [title]) for other in others)
    short = min(1.0, len(stems(title)) / TITLE_WORDS)
    return round(said / max(1, len(others)) * short + ASKS * title.strip().endswith(("?", "...", "…")), 6)


def _opening(article: Article, index: Index) -> list[str]:
    analysis = index.analyses.get(article.id)
    body = [s.text for s in analysis.sentences if s.furniture is None][:LEAD_SENTENCES] if analysis else []
    return [article.title or "", *body]
