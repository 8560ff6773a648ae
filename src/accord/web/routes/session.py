"""The session: signing in by a token, signing out, and the name that corrections are kept under in an open room."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import PlainTextResponse, RedirectResponse

from accord.web.access import AsViewer, Viewer, holder
from accord.web.desk import AtDesk
from accord.web.pages import page
from accord.web.sessions import Session

router = APIRouter()
LONGEST_NAME = 80


@router.get("/session")
def session(request: Request, desk: AtDesk, viewer: AsViewer, next: str = "/") -> Response:
    """Show who asks, and the form to sign in, or to be called by a name."""
    return _shown(request, desk, viewer, next)


@router.post("/session")
async def sign_in(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Open a session by a token; in an open room, keep the name that somebody wants to be called by."""
    access = desk.settings.access
    sessions = await request.app.state.sessions()
    if access.open:
        held: Session = request.state.session
        request.state.session = Session(held.id, name=" ".join(name.split())[:LONGEST_NAME] or None)
        return RedirectResponse(inside(next), status_code=303)
    found = holder(access.tokens, token.strip())
    if found is None:
        error = "This is none of the room's tokens. Look whether all of it was copied, or ask who runs the room."
        return _shown(request, desk, viewer, next, status=403, error=error)
    request.state.session = sessions.new(mark=found.sha256.lower())
    return RedirectResponse(inside(next), status_code=303)


@router.post("/session/end")
async def sign_out(request: Request) -> Response:
    """End the session in this browser."""
    request.state.session = (await request.app.state.sessions()).new()
    return RedirectResponse("/session", status_code=303)


@router.get("/health")
def health(desk: AtDesk) -> Response:
    """Answer "well" where the store can be used: for a container's health check."""
    with desk.store() as store:
        store.pulse()
    return PlainTextResponse("well\n")


def _shown(
    request: Request, desk: AtDesk, viewer: Viewer, next: str, *, status: int = 200, error: str | None = None
) -> Response:
    access = desk.settings.access
    return page(
        request,
        "session.html",
        status=status,
        headers={"Cache-Control": "no-store"},
        next=inside(next),
        error=error,
        tokens=bool(access.tokens),
        longest=LONGEST_NAME,
    )


def inside(address: str) -> str:
    """Return `address` if it is a path of this room, else "/": nobody is sent elsewhere after signing in.

    inside("/ledger?limit=5") -> "/ledger?limit=5"; inside("//elsewhere.example") -> "/"
    """
    plain = all(" " < letter < "\x7f" and letter != "\\" for letter in address)
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
