"""An article's page: its text with its evidence marked, its origin, its versions, and exact characters pointed at."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from accord.web.access import AsViewer
from accord.web.desk import AtDesk
from accord.web.kept import Kept, keep, send
from accord.web.pages import rendered
from accord.web.problems import not_found
from accord.web.routes.story import Corrections, reading_of, standing_of
from accord.web.views.story_article import article_page

router = APIRouter()

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_NOWHERE = (0, 0)


@router.get("/articles/{identity:path}")
def article(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    identity: str,
    at: Annotated[str, Query(max_length=40)] = "",
    part: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    corrections: Corrections = "on",
) -> Response:
    """Show an article; `at` ("120-180") are the exact characters to point at; the page says where it has none such.

    With `corrections` off it shows what the machine found in it.
    """
    with desk.store() as store:
        held = next(iter(store.held([identity])), None)
        if held is None:
            raise not_found(f"the article {identity}", "look for its words in the search")
        versions = store.versions(identity) if held.superseded or held.article.replaces else [held]
        story = held.story or (versions[-1].story if versions else None)
        analysis = None if story else store.analyses([identity]).get(identity)
    standing = standing_of(desk, story) if story else None
    reading = reading_of(desk, standing, machine=corrections == "off") if standing else None
    found = _SPAN.fullmatch(at)
    span = (int(found[1]), int(found[2])) if found else _NOWHERE if at else None

    def make() -> tuple[Kept, int]:
        page = article_page(held, versions, reading, analysis, span, part)
        content = rendered("story/article.html", viewer=viewer, section=None, r=reading, page=page, tab="article")
        kept = keep(content)
        return kept, kept.size

    if span or not standing:
        return send(request, make()[0])
    who = (viewer.role, viewer.name if viewer.known else "")
    return send(request, desk.cache.get(("article", identity, held.gone, standing.mark, part, corrections, *who), make))
