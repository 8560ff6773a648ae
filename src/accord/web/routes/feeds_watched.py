"""Feeds that the store follows: what they are, how they do; following others, and no longer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from accord.errors import ReadError
from accord.upkeep.followed import Followed, follow, followed, unfollow
from accord.web.access import AsViewer
from accord.web.desk import AtDesk, Desk
from accord.web.guard import Editor
from accord.web.pages import page
from accord.web.problems import Problem
from accord.web.views.jobs import feed_lines, sentence
from accord.web.work.addresses import taken
from accord.web.work.orders import Order
from accord.web.work.pastes import PasteError

router = APIRouter()

Addresses = Annotated[str, Form(max_length=100_000)]


@router.get("/feeds")
def feeds(request: Request, desk: AtDesk, viewer: AsViewer) -> Response:
    """List the feeds that the store follows, and those that a watch reads from a list of its own."""
    return feeds_page(request, desk)


@router.post("/feeds")
def followed_anew(request: Request, desk: AtDesk, viewer: Editor, addresses: Addresses = "") -> Response:
    """Follow feeds from now on, and read them now."""
    try:
        urls = taken(addresses, desk.settings.config.web, "feed")
        with desk.store() as store:
            follow(store, [Followed(url, by=viewer.name) for url in urls])
    except (PasteError, ReadError) as error:
        return feeds_page(request, desk, addresses, sentence(str(error)))
    title = urls[0] if len(urls) == 1 else f"{len(urls)} feeds"
    return _read(desk, title, urls, viewer.name)


@router.post("/feeds/stop")
def unfollowed(request: Request, desk: AtDesk, viewer: Editor, url: Annotated[str, Form(max_length=8_000)]) -> Response:
    """Follow a feed no longer; what it brought stays."""
    with desk.store() as store:
        unfollow(store, [url])
    return RedirectResponse("/feeds", status_code=303)


@router.post("/feeds/read")
def read(request: Request, desk: AtDesk, viewer: Editor) -> Response:
    """Read all followed feeds now."""
    return _read(desk, "All followed feeds", (), viewer.name)


def feeds_page(request: Request, desk: Desk, given: str = "", error: str = "") -> Response:
    """Return the page of feeds; with what was `given` where that could not be followed."""
    with desk.store() as store:
        lines = feed_lines(followed(store), store.feeds())
    jobs = desk.jobs
    return page(
        request,
        "feeds.html",
        status=422 if error else 200,
        section="add",
        lines=lines,
        given=given,
        error=error,
        watching=jobs.watching,
        watched=jobs.watched,
    )


def _read(desk: Desk, title: str, urls: tuple[str, ...], by: str) -> RedirectResponse:
    try:
        job = desk.jobs.submit(title[:80], Order("feeds", addresses=urls, by=by), by)
    except Problem:  # too many jobs wait: they are followed all the same, and read later
        return RedirectResponse("/feeds", status_code=303)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)
