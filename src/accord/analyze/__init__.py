"""Analyze: an `Article` in, an `Analysis` out, each item with its span."""

from __future__ import annotations

from accord.config import Config
from accord.errors import AnalyzeError
from accord.records import Analysis, Article, Happening

__all__ = ["analyze"]


def analyze(article: Article, config: Config | None = None) -> Analysis:
    """Return the sentences, names, times, quotes, figures, commitments and statements of `article`."""
    from accord.analyze import (
        commitments,
        credits,
        datings,
        figures,
        language,
        names,
        quotes,
        sentences,
        statements,
        times,
    )
    from accord.analyze.reading import Reading

    if article.language not in (None, "en"):
        raise AnalyzeError(f"it is in {article.language!r}: accord reads English; leave it out or give a translation")
    split = sentences.find_sentences(article)
    reading = Reading(article, split, language.parse(article.text, split))
    found_times = times.find_times(reading)
    found_names = names.find_names(reading)
    found_quotes = quotes.find_quotes(reading, found_names)
    found_figures = figures.find_figures(reading, found_times)
    return Analysis(
        article=article.id,
        sentences=split,
        names=found_names,
        times=found_times,
        quotes=found_quotes,
        figures=found_figures,
        commitments=commitments.find_commitments(
            reading, found_names, found_times, found_quotes, found_figures, threads=(config or Config()).threads
        ),
        statements=statements.find_statements(reading, found_names, found_times, found_quotes),
        happenings=tuple(
            Happening(article.id, span.start, span.end, span.text, date)
            for span, date in datings.find_datings(reading, found_times)
        ),
        credits=credits.find_credits(article, split),
    )
