"""The gate: finds out who asks, keeps their session, and turns away who may not, before a route or a body is looked at.

A room is open (on loopback, to all as editors), or asks for one of these, in this order: a token sent with the
request, a trusted reverse proxy's header, a session that a token opened.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from accord.web.access import NOBODY, Viewer, holder
from accord.web.guard.checks import API, SAFE, as_editor, forbidden
from accord.web.guard.places import PEER
from accord.web.problems import Problem
from accord.web.sessions import KNOWN, UNKNOWN, Session, Sessions, cookie_name

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from accord.web.settings import Access, Role, Settings

SIGN_IN = ("/session", "/session/end")
_FREE = (*SIGN_IN, "/health")
_OWN = (*SIGN_IN, "/seen")  # writes that change nothing but the cookies of who asks
_LONGEST_NAME = 200


class Gate:
    """Middleware. `sessions` gives what signs sessions, once it is known."""

    def __init__(self, app: ASGIApp, *, settings: Settings, sessions: Callable[[], Awaitable[Sessions]]) -> None:
        self._app = app
        self._access = settings.access
        self._tokens = {one.sha256.lower(): one for one in settings.access.tokens}
        self._port = settings.port
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        sessions = await self._sessions()
        secure = scope["scheme"] == "https"
        name = cookie_name(self._port, secure=secure)
        held = sessions.read(request.cookies.get(name, ""), self._tokens)
        session = held or sessions.new()
        viewer = asking(self._access, request.headers, scope, session)
        csrf = sessions.csrf(session, viewer.name if viewer.by == "proxy" else "")
        state = scope.setdefault("state", {})
        state["viewer"] = Viewer(viewer.name, viewer.role, csrf, viewer.known, viewer.by)
        state["session"] = session
        self._check(request, viewer)

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                now: Session = state["session"]
                headers = MutableHeaders(raw=message["headers"])
                page = headers.get("content-type", "").startswith("text/html")
                if now is not session or (held is None and page and viewer.by != "bearer"):
                    headers.append("set-cookie", _cookie(name, sessions.written(now), now, secure=secure))
            await send(message)

        await self._app(scope, receive, marked)

    def _check(self, request: Request, viewer: Viewer) -> None:
        """Raise Problem where `viewer` may not ask this at all."""
        path = request.scope["path"]
        if request.method not in SAFE:
            check_origin(request)
            if path not in _OWN:
                as_editor(request)
        elif viewer.by == "nobody" and path not in _FREE:
            raise SignInProblem(self._access, request)


class SignInProblem(Problem):
    """Nobody signed in; `where` is the page to sign in at, None where there is none."""

    def __init__(self, access: Access, request: Request) -> None:
        if access.tokens:
            super().__init__(401, "Sign in", "this room is open to those with a token; sign in with yours")
        else:
            detail = f"this room is reached through its proxy, which says who you are ({access.header}); it did not"
            super().__init__(401, "Not signed in", detail)
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        wanted = "" if asked == "/" or len(asked) > 2_000 else f"?next={quote(asked, safe='/')}"
        self.where = f"/session{wanted}" if access.tokens and not request.scope["path"].startswith(API) else None


def asking(access: Access, headers: Headers, scope: Scope, session: Session) -> Viewer:
    """Return who asks; raises Problem where they claim to be who they are not."""
    if access.open:
        return Viewer(name=session.name or "you")
    token = _bearer(headers)
    if token is not None and access.tokens:
        found = holder(access.tokens, token)
        if found is None:
            raise Problem(401, "Not signed in", "the token is none of this room's; ask who runs it for another")
        return Viewer(found.name, found.role, known=True, by="bearer")
    named = _named_by_proxy(access, headers, scope)
    if named is not None:
        role: Role = "editor" if named in access.editors else "reader"
        return Viewer(named, role, known=True, by="proxy")
    for one in access.tokens:
        if session.mark == one.sha256.lower():
            return Viewer(one.name, one.role, known=True, by="session")
    return NOBODY


def _bearer(headers: Headers) -> str | None:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _named_by_proxy(access: Access, headers: Headers, scope: Scope) -> str | None:
    """Return whom the proxy's header names, None where it is not there. Only a trusted proxy may send it, once."""
    given = headers.getlist(access.header) if access.header else []
    if not given:
        return None
    if not scope.get(PEER):
        raise forbidden(f"the header {access.header} is taken from this room's proxy alone; ask through that")
    try:
        name = given[0].encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        name = ""
    if len(given) > 1 or not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Problem(400, "Bad request", f"the header {access.header} is to name one person, in UTF-8")
    return name


def check_origin(request: Request) -> None:
    """Raise Problem where a write comes from a page of another origin.

    Browsers say so themselves (Fetch Metadata) on a secure connection; else the Origin (RFC 6454) is to be this host.
    What sends neither is no browser of these days.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin", "none") or (
        site is None and origin is not None and not _same(request, origin)
    ):
        raise forbidden("this was sent by a page of another site; nothing was done")


def _same(request: Request, origin: str) -> bool:
    """Tell whether `origin` is that of the host asked for, whether or not a proxy took https off the way."""
    try:
        asked = urlsplit(origin)
        own = urlsplit(f"{asked.scheme}://{request.headers['host']}")
        usual = {"http": 80, "https": 443}.get(asked.scheme)
        return (asked.hostname, asked.port or usual) == (own.hostname, own.port or usual) and asked.netloc != ""
    except (KeyError, ValueError):
        return False


def _cookie(name: str, value: str, session: Session, *, secure: bool) -> str:
    age = UNKNOWN if session.mark is None else KNOWN
    return f"{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"
