"""What routes depend on: that who asks may do this, and that a write was meant by who asks (CSRF)."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, Request

from accord.web.access import Viewer, viewer_of
from accord.web.problems import Problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
HEADER = "x-csrf-token"
_FIELD = "csrf"


def forbidden(detail: str) -> Problem:
    """Return the problem that something is not allowed to who asks."""
    return Problem(403, "Not allowed", detail)


def as_reader(request: Request) -> Viewer:
    """Return who asks; raises Problem where that is nobody who may read."""
    viewer = viewer_of(request)
    if viewer.by == "nobody":
        raise Problem(401, "Sign in", "this room is open to those with a token; sign in with yours")
    return viewer


def as_editor(request: Request) -> Viewer:
    """Return who asks; raises Problem where that is nobody who may write."""
    viewer = as_reader(request)
    if not viewer.edits:
        raise forbidden(f"{viewer.name} may read here, and not write; ask who runs this room to be made an editor")
    return viewer


async def meant(request: Request) -> AsyncIterator[None]:
    """Let a write through that was meant by who asks; raises Problem otherwise.

    A program's token is never sent by a browser of its own accord, and will do. The API takes JSON alone, which no
    form of another site can send. All others carry the session's token, in the form's field `csrf` or the header
    `X-CSRF-Token`. (Where the write came from was checked before: `guard.gate`.)
    """
    if request.method in SAFE or viewer_of(request).by == "bearer":
        yield
    elif request.url.path.startswith(API):
        _check_json(request)
        yield
    else:
        async with _token_in(request) as token:
            _check_token(request, token)
            yield


def _check_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind == "" and request.method != "POST"):
        detail = "writes to the API are JSON: send them with Content-Type: application/json, or with a bearer token"
        raise Problem(415, "Unsupported media type", detail)


@asynccontextmanager
async def _token_in(request: Request) -> AsyncIterator[object]:
    """Give the token that a request carries; files that came with it are closed at the end."""
    if HEADER in request.headers:
        yield request.headers[HEADER]
        return
    limits = request.app.state.desk.settings.limits
    async with request.form(max_files=limits.files, max_part_size=2 * limits.paste) as form:
        yield form.get(_FIELD)


def _check_token(request: Request, token: object) -> None:
    expected = viewer_of(request).csrf
    if not expected or not isinstance(token, str) or not hmac.compare_digest(token.encode(), expected.encode()):
        raise forbidden(
            "the form did not come from a page of this session, or that page is too old; "
            "go back, load the page anew, and send it again"
        )


async def _reader(request: Request) -> Viewer:
    return as_reader(request)  # on the event loop: a plain function would be given a thread


async def _editor(request: Request) -> Viewer:
    return as_editor(request)


Reader = Annotated[Viewer, Depends(_reader)]
Editor = Annotated[Viewer, Depends(_editor)]
