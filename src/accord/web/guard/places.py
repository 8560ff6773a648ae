"""Where a request came from, and where it wanted to go: trusted proxies, the client behind them, the room's names.

A browser can be made to send requests to a loopback address under another site's name (DNS rebinding); so only the
names that the room knows for its own are answered.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from accord.web.problems import Problem
from accord.web.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from starlette.types import ASGIApp, Receive, Scope, Send

    from accord.web.settings import Settings

PEER = "accord.peer"
"""Set in the scope of what a trusted proxy sent."""

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,252}))(?::([0-9]{1,5}))?")


class Places:
    """Middleware: marks what came through a trusted proxy, and refuses requests for hosts that are not this room."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        inner: Any = self._asked
        self._app = app
        self._forwarded: Any = ProxyHeadersMiddleware(inner, list(settings.access.proxies))
        self._names = frozenset(own_names(settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        scope[PEER] = client is not None and client[0] in self._forwarded.trusted_hosts
        await self._forwarded(scope, receive, send)

    async def _asked(self, scope: Scope, receive: Receive, send: Send) -> None:
        check_host(Headers(scope=scope).getlist("host"), self._names)
        check_address(scope)
        await self._app(scope, receive, send)


def own_names(settings: Settings) -> Iterable[str]:
    """Yield the names, in lower case and without ports, under which a room is asked for, beside those of loopback."""
    yield from (name.lower().rstrip(".") for name in settings.access.hosts)
    try:
        address = ipaddress.ip_address(settings.host)
    except ValueError:
        yield settings.host.lower()
    else:
        if not address.is_unspecified:
            yield str(address)


def check_host(given: list[str], names: frozenset[str]) -> None:
    """Raise Problem unless one Host header was given (RFC 9112, 3.2), and it names loopback or is among `names`.

    check_host(["127.0.0.1:8000"], frozenset()) -> None
    """
    found = _HOST.fullmatch(given[0].lower()) if len(given) == 1 else None
    if found is None or int(found[2] or 0) > 65_535:
        raise Problem(400, "Bad request", "the Host header is missing, doubled, or names no host")
    name = found[1].rstrip(".")
    if name not in names and not is_loopback(name):
        detail = (
            f"this room does not answer to the name {name}; if that is its own, whoever runs it adds "
            f'hosts = ["{name}"] to [access] in its configuration'
        )
        raise Problem(421, "Misdirected request", detail)


def check_address(scope: Scope) -> None:
    """Raise Problem where the address asked for is not ASCII (RFC 3986), or names the character NUL, which no store
    can look for.
    """
    asked = scope.get("raw_path", b"") + scope["query_string"]
    if not asked.isascii() or b"%00" in asked or "\0" in scope["path"]:
        raise Problem(400, "Bad request", "the address holds bytes that belong into none; write them as %C3%A9")


def address_of(scope: Scope) -> str:
    """Return what a client is told apart by: its IPv4 address, or the /64 network of its IPv6 address."""
    host = (scope.get("client") or ("",))[0][:64]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 4:
        return host
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address) >> 64 << 64, 64)))
