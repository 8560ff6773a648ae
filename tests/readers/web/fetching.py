"""What the tests of fetching share: a fetcher on short delays, and a clock on which waiting takes no time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Condition
from time import monotonic
from typing import Any

from accord.config import Config, Web
from accord.readers.inputs import Link
from accord.readers.web import Answer, Fetcher, Validators
from accord.readers.web.clock import Clock
from accord.records import Rejected

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUICK: dict[str, Any] = {"delay": 0.01, "timeout": 5.0, "total": 10.0, "private": True, "retries": 0}


class FastClock(Clock):
    """Begins at noon; waiting moves it on at once. `waits` are the seconds that were waited."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._begun = monotonic()
        self.waits: list[float] = []

    def now(self) -> float:
        return monotonic() + self._ahead

    def date(self) -> datetime:
        return NOON + timedelta(seconds=self.now() - self._begun)

    def wait(self, condition: Condition, seconds: float) -> None:
        self.waits.append(seconds)
        self._ahead += seconds


class Remembered:
    """A memory that is a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, Validators] = {}

    def validators(self, url: str) -> Validators | None:
        return self.kept.get(url)

    def remember(self, url: str, validators: Validators) -> None:
        self.kept[url] = validators

    def forget(self, url: str) -> None:
        self.kept.pop(url, None)


def fetcher(
    max_bytes: int = 1_000_000, memory: Remembered | None = None, clock: Clock | None = None, **web: Any
) -> Fetcher:
    config = Config(max_bytes=max_bytes, web=Web(**{**QUICK, **web}))
    return Fetcher(config, memory, clock=clock, chance=lambda: 0.0)


def links(urls: Iterable[str]) -> Iterator[Link]:
    return (Link(url) for url in urls)


def fetched(*urls: str, **settings: Any) -> list[Answer | Rejected]:
    """Return what comes of `urls`."""
    with closing(fetcher(**settings)) as made:
        return [answer for _, answer in made.fetch(links(urls))]


def page_of(answer: Answer | Rejected) -> Answer:
    assert isinstance(answer, Answer), answer
    return answer


def reason_of(answer: Answer | Rejected) -> str:
    assert isinstance(answer, Rejected), answer
    assert answer.stage == "read"
    return answer.reason
