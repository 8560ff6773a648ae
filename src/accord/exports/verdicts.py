"""Verdicts in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from accord.records import Article, Finding


def verdict_words(finding: Finding) -> str:
    """Return a verdict as a phrase.

    "corroborated by 3 origins", "from one origin only", "disputed between reports"
    """
    if finding.verdict == "corroborated":
        return f"corroborated by {finding.origins} origins"
    return "from one origin only" if finding.verdict == "single" else f"disputed between {finding.between or 'reports'}"


def sides(finding: Finding, articles: Mapping[str, Article]) -> Iterator[str]:
    """Yield the sides of a dispute with those who hold them: "two boats (Herald, Post)"."""
    for difference in finding.differences:
        if not difference.compatible:
            for value in difference.values:
                outlets = [articles[article].outlet for article in value.articles if article in articles]
                yield f"{value.value} ({', '.join(outlets)})" if outlets else value.value
