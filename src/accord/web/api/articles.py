"""Articles: a list of them; one with its text and its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from accord.web.api import models
from accord.web.api.answers import Route, answer, part
from accord.web.api.parameters import Day, Id, Paged, Words
from accord.web.desk import AtDesk
from accord.web.problems import not_found
from accord.web.reading import article_line, short

router = APIRouter(route_class=Route, tags=["articles"])


class ArticlesAsked(Paged):
    """Which articles."""

    outlet: Annotated[Words | None, Query(description="Only those of an outlet of this name.")] = None
    since: Annotated[Day | None, Query(description="Only those published on this day or later.")] = None
    until: Annotated[Day | None, Query(description="Only those published until this day.")] = None


@router.get("/articles", response_model=models.ArticlePage)
def articles(request: Request, desk: AtDesk, asked: Annotated[ArticlesAsked, Query()]) -> Response:
    """List articles, those published last first."""
    from accord.stores.store import Query as Sought

    query = Sought(
        kind="article",
        outlet=asked.outlet,
        since=asked.since,
        until=asked.until,
        limit=asked.limit + 1,
        offset=asked.offset,
    )
    with desk.store() as store:
        held = store.held([hit.article for hit in store.search(query)])
    return part(request, models.ArticlePage, [article_line(one) for one in held], asked)


@router.get("/articles/{article:path}", response_model=models.OneArticle)
def article(desk: AtDesk, article: Id) -> Response:
    """Return one article with its text, in which all spans count, and all its versions."""
    with desk.store() as store:
        held = store.held([article])
        versions = store.versions(article) if held else []
    if not held:
        raise not_found(f"the article {short(article)}", "search for it, or list the articles of its story")
    (one,) = held
    told = one.article
    history = [
        {
            "id": held.article.id,
            "version": held.article.version,
            "published": held.article.published,
            "modified": held.article.modified,
            "added": held.added,
            "superseded": held.superseded,
            "gone": held.gone,
            "changes": held.article.changes,
        }
        for held in versions
    ]
    fields = {
        **article_line(one),
        "text": told.text,
        "section": told.section,
        "paywalled": told.paywalled,
        "credits": told.credits,
        "captions": told.captions,
        "entries": told.entries,
        "replaces": told.replaces,
        "superseded": one.superseded,
        "fetched": one.fetched,
        "versions": history,
    }
    return answer(models.OneArticle, fields)
