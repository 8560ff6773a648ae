"""Who asks, and what they may do: a viewer is a reader or an editor, by a token, a session or a reverse proxy."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends, Request

from accord.web.settings import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accord.web.settings import Token

By = Literal["open", "bearer", "session", "proxy", "nobody"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `csrf` is the token that forms of this session carry; `known` is true of one who signed in.

    `by` says how that was found out: a token sent with the request, a session, a proxy's header; "open" where nobody
    has to say who they are, "nobody" for one who has yet to sign in.
    """

    name: str = "you"
    role: Role = "editor"
    csrf: str = ""
    known: bool = False
    by: By = "open"

    @property
    def edits(self) -> bool:
        """Tell whether this viewer may add and correct."""
        return self.role == "editor"


NOBODY = Viewer(name="", role="reader", by="nobody")


def viewer_of(request: Request) -> Viewer:
    """Return who sent a request; the guard found that out before the route was reached, else it is nobody."""
    viewer: Viewer = getattr(request.state, "viewer", None) or NOBODY
    return viewer


async def _viewer(request: Request) -> Viewer:
    return viewer_of(request)  # on the event loop: a plain function would be given a thread


AsViewer = Annotated[Viewer, Depends(_viewer)]


# tokens ---------------------------------------------------------------------------------------------------------------


def new_token() -> str:
    """Return a new token: 256 bits drawn by lot, marked so that scanners for lost secrets know it."""
    return f"accord_{secrets.token_urlsafe(32)}"


def mark_of(token: str) -> str:
    """Return the SHA-256 (hex) of a token, which stands in the configuration in its place."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def holder(tokens: Iterable[Token], token: str) -> Token | None:
    """Return whose token this is. Takes as long whichever it is, and whether it is one or not."""
    mark = mark_of(token).encode()
    found: Token | None = None
    for one in tokens:
        if hmac.compare_digest(one.sha256.lower().encode(), mark):
            found = one
    return found
