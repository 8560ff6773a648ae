"""Makes ready what readers would wait for: templates are compiled, and the latest and heaviest stories rendered.

It works while nobody asks for a page, and later on the stories that have changed. A page that is kept costs a hundredth
of one that is made.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from accord.web.access import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accord.stores.store import StoryLine
    from accord.web.desk import Desk
    from accord.web.settings import Role

STORIES = 1_000
"""So many of the latest stories are made ready, and as many of the heaviest as Today lists on two pages."""

_HEAVIEST = 60
_QUIET = 0.5
_PAUSE = 5.0


class Warming:
    """A thread that makes pages ready until it is stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, or begin again after `stop`."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="warming", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop it, and wait until it is at its end: at most as long as one page takes."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        seen: str | None = None
        made: dict[str, StoryLine] = {}
        try:
            if not self._stop.wait(_QUIET):
                _compile()
            while not self._stop.is_set():
                with self._desk.store() as store:
                    pulse = store.pulse()
                if pulse != seen:
                    seen = pulse
                    lines = self._lines()
                    self._make([line.id for line in lines if made.get(line.id) != line])
                    made = {line.id: line for line in lines}
                self._stop.wait(_PAUSE)
        except Exception as error:  # a store that fails: the reader is told
            logging.getLogger("accord.web").warning("pages are not made ready any more: %s", error)

    def _make(self, stories: Iterable[str]) -> None:
        from accord.web.problems import Problem
        from accord.web.routes.story import make_ready

        for story in stories:
            for role in self._roles():
                while time.monotonic() - self._desk.asked < _QUIET and not self._stop.is_set():
                    self._stop.wait(_QUIET)
                if self._stop.is_set():
                    return
                try:
                    make_ready(self._desk, Viewer(role=role), story)
                except Problem:  # it was merged into another one meanwhile
                    continue

    def _lines(self) -> list[StoryLine]:
        with self._desk.store() as store:
            heaviest = store.stories(order="weight", limit=_HEAVIEST)
            latest = store.stories(limit=STORIES)
        return list({line.id: line for line in (*heaviest, *latest)}.values())

    def _roles(self) -> tuple[Role, ...]:
        access = self._desk.settings.access
        return ("editor",) if access.open else ("editor", "reader")


def _compile() -> None:
    from accord.web.pages import environment

    made = environment()
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)
