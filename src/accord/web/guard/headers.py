"""The headers of every answer, and an answer to what broke: outermost, so that nothing leaves without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException

from accord.errors import AccordError
from accord.web.guard.answers import BROKEN, answered

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Nothing runs or is shown that did not come from the room's own files, and nothing is sent elsewhere."""

ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HTTPS = "max-age=31536000"
_UNSAID = "private, no-cache"


class Safely:
    """Middleware: sets `ALWAYS` on every answer, HSTS where it goes by https, and answers what nobody else did.

    Problems that the rest of the guard raises become answers here. What broke is answered 500 and raised again, for
    the server to log it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message.setdefault("headers", [])
                headers = MutableHeaders(raw=message["headers"])
                for name, value in ALWAYS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", _UNSAID)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _HTTPS
            await send(message)

        try:
            await self._app(scope, receive, safely)
        except (HTTPException, AccordError) as problem:
            if started:
                raise
            await (await answered(scope, problem))(scope, receive, safely)
        except Exception:
            if not started:
                await (await answered(scope, BROKEN))(scope, receive, safely)
            raise
