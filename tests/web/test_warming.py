from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

import pytest

from accord.stores import Store
from accord.web.desk import Desk
from accord.web.routes import story
from accord.web.settings import Access, Settings, Token
from accord.web.warming import Warming
from web.bridge import STORY, fill


def until(condition: Callable[[], object], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note which pages are made ready, and for whom."""
    seen: list[tuple[str, str]] = []
    make = story.make_ready
    monkeypatch.setattr("accord.web.warming._PAUSE", 0.05)
    monkeypatch.setattr("accord.web.warming._QUIET", 0.05)
    monkeypatch.setattr(
        story, "make_ready", lambda desk, viewer, one: (make(desk, viewer, one), seen.append((one, viewer.role)))
    )
    return seen


@pytest.fixture
def warmed() -> Iterator[Callable[[Desk], Warming]]:
    begun: list[tuple[Desk, Warming]] = []

    def begin(desk: Desk) -> Warming:
        warming = Warming(desk)
        begun.append((desk, warming))
        warming.start()
        return warming

    yield begin
    for desk, warming in begun:
        warming.stop()
        desk.close()


def filled(settings: Settings | None = None) -> Desk:
    desk = Desk(settings or Settings(store="memory:"))
    with desk.store() as store:
        fill(store)
    return desk


def touch(store: Store) -> None:
    with store.transaction():
        store.tally(STORY, origins=1, agreed=1, disputed=1, single=1, lead="")


def test_a_story_is_made_ready_once_and_again_when_it_changed(
    made: list[tuple[str, str]], warmed: Callable[[Desk], Warming]
) -> None:
    desk = filled()
    warmed(desk)
    assert until(lambda: made)
    time.sleep(0.3)
    assert made == [(STORY, "editor")]
    with desk.store() as store:
        touch(store)
    assert until(lambda: len(made) == 2)


def test_where_people_sign_in_readers_have_pages_of_their_own(
    made: list[tuple[str, str]], warmed: Callable[[Desk], Warming]
) -> None:
    access = Access(tokens=(Token("Mara", "editor", "0" * 64),))
    warmed(filled(Settings(store="memory:", access=access)))
    assert until(lambda: len(made) == 2)
    assert made == [(STORY, "editor"), (STORY, "reader")]


def test_it_waits_while_pages_are_asked_for(made: list[tuple[str, str]], warmed: Callable[[Desk], Warming]) -> None:
    desk = filled()
    desk.asked = time.monotonic() + 3_600
    warming = warmed(desk)
    time.sleep(0.5)
    assert made == []
    warming.stop()


def test_a_store_that_fails_is_told_and_no_more(
    made: list[tuple[str, str]], warmed: Callable[[Desk], Warming], caplog: pytest.LogCaptureFixture
) -> None:
    desk = filled()

    def away() -> None:
        raise OSError("the disk is away")

    desk.store = away  # type: ignore[method-assign, assignment]
    with caplog.at_level(logging.WARNING):
        warmed(desk)
        assert until(lambda: "the disk is away" in caplog.text)
