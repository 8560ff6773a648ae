"""What the store tells of itself: updates, what was left out, feeds, counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from accord.records import UpdateKind
from accord.web.api import models
from accord.web.api.answers import Route, answer, part
from accord.web.api.parameters import Mark, Moment, Paged, Words
from accord.web.desk import AtDesk

router = APIRouter(route_class=Route, tags=["store"])


class UpdatesAsked(Paged):
    """Which updates."""

    since: Annotated[Moment | None, Query(description="Only what was noticed since: a day, or a time.")] = None
    story: Annotated[Mark | None, Query(description="Only of one story: its id.")] = None
    name: Annotated[Words | None, Query(description="Only about a person, body or place of this name.")] = None
    words: Annotated[Words | None, Query(description="Only what has these words.")] = None
    kind: Annotated[UpdateKind | None, Query(description="Only one kind of update.")] = None


@router.get("/updates", response_model=models.UpdatePage)
def updates(request: Request, desk: AtDesk, asked: Annotated[UpdatesAsked, Query()]) -> Response:
    """List what later coverage changed, the latest first."""
    with desk.store() as store:
        found = store.updates(
            since=asked.since,
            story=asked.story,
            name=asked.name,
            words=asked.words,
            kind=asked.kind,
            limit=asked.limit + 1,
            offset=asked.offset,
        )
    return part(request, models.UpdatePage, found, asked)


@router.get("/rejects", response_model=models.RejectPage)
def rejects(request: Request, desk: AtDesk, asked: Annotated[Paged, Query()]) -> Response:
    """List what was left out, and why, the latest first."""
    with desk.store() as store:
        found = store.rejects(asked.limit + 1, asked.offset)
    return part(request, models.RejectPage, [{**asdict(item), "at": at} for at, item in found], asked)


@router.get("/feeds", response_model=models.FeedPage)
def feeds(request: Request, desk: AtDesk, asked: Annotated[Paged, Query()]) -> Response:
    """List the feeds that the watch reads again and again, by address."""
    with desk.store() as store:
        found = sorted(store.feeds(), key=lambda feed: feed.url)
    return part(request, models.FeedPage, found[asked.offset : asked.offset + asked.limit + 1], asked)


@router.get("/counts", response_model=models.CountsModel)
def counts(desk: AtDesk) -> Response:
    """Say how much the store holds."""
    with desk.store() as store:
        return answer(models.CountsModel, store.counts())
