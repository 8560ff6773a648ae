"""Analyze: an `Article` in, an `Analysis` out, each item with its span."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, Protocol, TypeVar

from accord.config import Config
from accord.errors import AnalyzeError
from accord.records import Analysis, Article, Happening

__all__ = ["analyze"]

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Start(Protocol):
    """Starts a call, and returns what gives its answer."""

    def __call__(
        self, function: Callable[Given, Answer], /, *arguments: Given.args, **options: Given.kwargs
    ) -> Callable[[], Answer]: ...


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
    from accord.analyze.attributed import running_paragraphs
    from accord.analyze.reading import Reading
    from accord.models import meanings
    from accord.models.attribution import attribute

    if article.language not in (None, "en"):
        raise AnalyzeError(f"it is in {article.language!r}: accord reads English; leave it out or give a translation")
    split = sentences.find_sentences(article)
    threads = (config or Config()).threads
    with _beside(threads) as start:
        attributions = start(attribute, article.text, running_paragraphs(split), threads=max(1, threads - 1))
        start(meanings.load)  # before it is needed
        reading = Reading(article, split, language.parse(article.text, split))
        prospects = start(commitments.find_prospects, reading, threads=max(1, threads - 1))
        found_times = times.find_times(reading)
        found_names = names.find_names(reading)
        found_quotes = quotes.find_quotes(reading, found_names, attributions())
        found_figures = figures.find_figures(reading, found_times)
        found_statements = statements.find_statements(reading, found_names, found_times, found_quotes)
        dated = datings.find_datings(reading, found_times)
        found_commitments = commitments.find_commitments(
            reading, found_names, found_times, found_quotes, found_figures, prospects=prospects()
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


@contextmanager
def _beside(threads: int) -> Iterator[Start]:
    """Give what starts calls on another thread; with one thread alone, what makes them at once.

    Models let go of Python's lock while they compute: they read beside spaCy and the rules, which keep one core busy.
    """
    from concurrent.futures import ThreadPoolExecutor

    def at_once(
        function: Callable[Given, Answer], /, *arguments: Given.args, **options: Given.kwargs
    ) -> Callable[[], Answer]:
        answer = function(*arguments, **options)
        return lambda: answer

    if threads < 2:
        yield at_once
        return
    with ThreadPoolExecutor(max_workers=1) as pool:

        def start(
            function: Callable[Given, Answer], /, *arguments: Given.args, **options: Given.kwargs
        ) -> Callable[[], Answer]:
            return pool.submit(function, *arguments, **options).result

        yield start
