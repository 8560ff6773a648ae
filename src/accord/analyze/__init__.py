"""Analyze: an `Article` in, an `Analysis` out, each item with its span."""

from __future__ import annotations

from accord.config import Config
from accord.errors import AnalyzeError
from accord.records import Analysis, Article, Happening

__all__ = ["analyze"]


def analyze(article: Article, config: Config | None = None) -> Analysis:
    """Return the sentences, names, times, quotes, figures, commitments and statements of `article`."""
    from concurrent.futures import ThreadPoolExecutor

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
    from accord.analyze.attributed import running_paragraphs
    from accord.analyze.reading import Reading
    from accord.models.attribution import attribute

    if article.language not in (None, "en"):
        raise AnalyzeError(f"it is in {article.language!r}: accord reads English; leave it out or give a translation")
    split = sentences.find_sentences(article)
    threads = (config or Config()).threads
    # Models let go of Python's lock while they compute: they read beside spaCy and the rules, which keep one core busy.
    with ThreadPoolExecutor(max_workers=1) as beside:
        attributions = beside.submit(attribute, article.text, running_paragraphs(split), threads=max(1, threads - 1))
        reading = Reading(article, split, language.parse(article.text, split))
        prospects = beside.submit(commitments.find_prospects, reading, threads=threads)
        found_times = times.find_times(reading)
        found_names = names.find_names(reading)
        found_quotes = quotes.find_quotes(reading, found_names, attributions.result())
        found_figures = figures.find_figures(reading, found_times)
        found_statements = statements.find_statements(reading, found_names, found_times, found_quotes)
        dated = datings.find_datings(reading, found_times)
        found_commitments = commitments.find_commitments(
            reading, found_names, found_times, found_quotes, found_figures, prospects=prospects.result()
        )
    return Analysis(
        article=article.id,
        sentences=split,
        names=found_names,
        times=found_times,
        quotes=found_quotes,
        figures=found_figures,
        commitments=found_commitments,
        statements=found_statements,
        happenings=tuple(Happening(article.id, span.start, span.end, span.text, date) for span, date in dated),
        credits=credits.find_credits(article, split),
    )
