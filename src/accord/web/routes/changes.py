"""What later coverage changed: a page, and the same as feeds (Atom, RFC 4287; JSON Feed 1.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request, Response

from accord.renderers.lines import json_line
from accord.renderers.updates import atom as render_atom
from accord.renderers.updates import feed_of, time_of
from accord.web.desk import AtDesk, Desk
from accord.web.pages import answer, page
from accord.web.problems import Problem
from accord.web.views import asked as read
from accord.web.views import changes as views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.records import Update

router = APIRouter()
_PAGE = 40
_FEED = 100


def asked_of(
    story: str = "", name: str = "", words: str = "", kind: str = "", since: str = "", page: str = "1"
) -> views.Asked:
    """Return which changes a page or a feed is asked for; raises Problem where that cannot be read."""
    told = read.words(kind).replace("-", " ").lower()
    found = next((one for one in views.KINDS if one == told), None)
    if told and found is None:
        raise Problem(422, "No such kind", f"“{told[:40]}” is no kind of change; use one of {', '.join(views.KINDS)}")
    try:
        first = read.day(since, "since") or ""
    except read.Wrong as error:
        raise Problem(422, "No such day", f"since: {error.problem}") from error
    number = read.number(page)
    return views.Asked(read.words(story), read.words(name), read.words(words), found, first, number)


Asking = Annotated[views.Asked, Depends(asked_of)]


@router.get("/changes")
def changes(request: Request, desk: AtDesk, asked: Asking) -> Response:
    """Show what changed, by day."""
    asked, found = _found(desk, asked, _PAGE)
    with desk.store() as store:
        shown = found[:_PAGE]
        articles = {citation.article for update in shown for citation in update.evidence}
        held = {one.article.id: one for one in store.held(sorted(articles))}
        lines = {one: store.story(one) for one in {*(update.story for update in shown), asked.story} if one}
    titles = {one: line.title for one, line in lines.items() if line is not None}
    return page(
        request,
        "changes.html",
        section="changes",
        asked=asked,
        kinds=[(kind, views.LABELS.get(kind, kind)) for kind in views.KINDS],
        days=views.days(shown, held, titles),
        about=titles.get(asked.story, ""),
        further=len(found) > _PAGE,
    )


@router.get("/changes.atom")
def changes_atom(request: Request, desk: AtDesk, asked: Asking) -> Response:
    """Return the latest changes as an Atom feed."""
    asked, found = _found(desk, asked, _FEED)
    base = _base(request)
    title, identity = feed_of(asked.feed)
    feed = render_atom(
        found[:_FEED],
        title=title,
        id=identity,
        updated=None,
        link=f"{base}{asked.at('/changes.atom')}",
        page=f"{base}{asked.at()}",
        at=lambda update: f"{base}{views.place(update)}",
    )
    return _fed(request, found[:_FEED], feed, "application/atom+xml")


@router.get("/changes.json")
def changes_json(request: Request, desk: AtDesk, asked: Asking) -> Response:
    """Return the changes as a JSON Feed, a hundred at a time."""
    asked, found = _found(desk, asked, _FEED)
    base, path = _base(request), "/changes.json"
    following = f"{base}{asked.at(path, page=asked.page + 1)}" if len(found) > _FEED else None
    feed = views.json_feed(
        found[:_FEED],
        title=feed_of(asked.feed)[0],
        base=base,
        page=f"{base}{asked.at()}",
        feed=f"{base}{asked.at(path)}",
        following=following,
    )
    return _fed(request, found[:_FEED], json_line(feed), "application/feed+json")


def _found(desk: Desk, asked: views.Asked, limit: int) -> tuple[views.Asked, list[Update]]:
    """Return what is asked with the story's present id, and one update more than `limit` where there are more."""
    with desk.store() as store:
        line = store.story(asked.story) if asked.story else None
        asked = replace(asked, story=line.id) if line is not None else asked
        found = store.updates(
            since=asked.since or None,
            story=asked.story or None,
            name=asked.name or None,
            words=asked.words or None,
            kind=asked.kind,
            limit=limit + 1,
            offset=(asked.page - 1) * limit,
        )
    return asked, found


def _base(request: Request) -> str:
    """Return where the room stands, as the client calls it: "https://room.example"."""
    return str(request.base_url).rstrip("/")


def _fed(request: Request, updates: Sequence[Update], content: str, media_type: str) -> Response:
    """Return a feed with its validators (RFC 9110, 13); 304 where the client holds it as it is."""
    latest = max(filter(None, (time_of(update.at) for update in updates)), default=None)
    made = datetime.fromisoformat(latest).astimezone(UTC) if latest else None
    headers = {"Vary": "Cookie, Host"}
    if made is not None:
        headers["Last-Modified"] = format_datetime(made, usegmt=True)
    response = answer(request, content.encode("utf-8", "replace"), headers=headers, media_type=media_type)
    if response.status_code == 200 and made is not None and _unmodified(request, made):
        return Response(status_code=304, headers={**headers, "ETag": response.headers["ETag"]})
    return response


def _unmodified(request: Request, made: datetime) -> bool:
    """Tell whether a client that sends no ETag holds what was last changed at `made`."""
    since = request.headers.get("if-modified-since")
    if since is None or "if-none-match" in request.headers:
        return False
    try:
        return made <= parsedate_to_datetime(since).astimezone(UTC)
    except (ValueError, OverflowError, IndexError):
        return False
