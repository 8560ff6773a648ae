"""Makes ready what the first reader would wait for: templates are compiled, and the stories on top of Today read."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from accord.web.access import Viewer

if TYPE_CHECKING:
    from accord.web.desk import Desk

_STORIES = 5


def warm(desk: Desk) -> threading.Thread:
    """Begin in a thread of its own; nobody has to wait for it."""
    thread = threading.Thread(target=_warm, args=(desk,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(desk: Desk) -> None:
    from accord.web.pages import environment, rendered
    from accord.web.routes.story import reading_of, standing_of
    from accord.web.views.story_briefing import briefing_page, levels

    try:
        made = environment()
        for name in made.list_templates(extensions=["html"]):
            made.get_template(name)
        with desk.store() as store:
            stories = store.stories(order="weight", limit=_STORIES)
        for story in stories:
            reading = reading_of(desk, standing_of(desk, story.id), machine=False)
            if reading is not None:
                page = briefing_page(reading, next(iter(levels(reading))))
                rendered("story/briefing.html", viewer=Viewer(), r=reading, tab="", page=page)
    except Exception as error:  # a store that changes or fails meanwhile: the first reader is told
        logging.getLogger("accord.web").warning("not warmed up: %s", error)
