"""Streams of events: what a job says, and that the store has changed. They cost a coroutine each, and no thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from accord.web.desk import desk_of
from accord.web.guard.checks import as_editor, as_reader
from accord.web.routes.add import job_of
from accord.web.views.jobs import progress
from accord.web.work.hub import CHANGES, News, Stream, message

if TYPE_CHECKING:
    from accord.web.work.jobs import Event, Job

router = APIRouter()

_MOST_NAMED = 50


@router.get("/events")
async def changes(request: Request) -> Response:
    """Tell whenever the store has changed: how many stories, and which (`changed`); first where it stands (`here`).

    A stream goes on after the message that `Last-Event-ID`, or `since` in the query, names.
    """
    as_reader(request)
    hub = desk_of(request).hub
    told: str | None = request.headers.get("last-event-id") or request.query_params.get("since")
    greeted = False

    def news() -> News:
        nonlocal told, greeted
        now, stories = hub.since(told)
        known = told is None or told == now
        if not now or (known and greeted):
            return (), False
        told, greeted = now, True
        if known:
            return (message("here", {}, now),), False
        count = None if stories is None else len(stories)
        return (message("changed", {"count": count, "stories": list(stories or ())[:_MOST_NAMED]}, now),), False

    return Stream(hub, CHANGES, news)


@router.get("/jobs/{identity}/events")
async def job(request: Request, identity: str) -> Response:
    """Tell what a job says, from its beginning or after `Last-Event-ID`, to its end."""
    as_editor(request)
    desk = desk_of(request)
    found = job_of(desk, identity)
    seen = _number(request.headers.get("last-event-id") or request.query_params.get("since"))
    if found.over and not found.after(seen)[0]:
        return Response(status_code=204)  # which tells a browser not to come again

    def news() -> News:
        nonlocal seen
        events, over = found.after(seen)
        seen = events[-1].number if events else seen
        return [message(event.what, _told(found, event), event.number) for event in events], over

    return Stream(desk.hub, found.id, news)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 12 else 0


def _told(job: Job, event: Event) -> dict[str, Any]:
    """Return what a stream tells of an event of a job: what its page shows of it."""
    if event.what == "stage":
        return {**event.told, "words": progress(job)}
    if event.what == "end":
        return {"state": job.state}
    return event.told
