"""One article through all analyzers."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from accord.analyze import analyze
from accord.config import Config
from accord.errors import ModelError
from accord.models import attribution
from accord.records import Article

ARTICLE = Article(id="a", text="Ruth Abelard said the pier was safe.\n\nVelmar Steel pledged to repay it.", outlet="o")


def test_the_model_reads_an_article_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    run = attribution.run

    def counted(*args: Any, **options: Any) -> Any:
        runs.append(args)
        return run(*args, **options)

    monkeypatch.setattr(attribution, "run", counted)
    analysis = analyze(ARTICLE)
    assert "Ruth Abelard" in [quote.speaker for quote in analysis.quotes]
    assert [commitment.what for commitment in analysis.commitments] == ["repay it"]
    assert len(runs) == 1


def test_with_one_thread_no_other_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    analyze(ARTICLE, Config(threads=1))
    started: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", started.append)
    analyze(ARTICLE, Config(threads=1))
    assert not started


def test_threads_change_nothing() -> None:
    assert analyze(ARTICLE, Config(threads=1)) == analyze(ARTICLE, Config(threads=3))


def test_an_error_of_the_model_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ModelError("it is damaged")

    monkeypatch.setattr(attribution, "attribute", fail)
    with pytest.raises(ModelError, match="damaged"):
        analyze(ARTICLE)
