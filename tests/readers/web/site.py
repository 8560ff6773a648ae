"""A site made by the tests, on a real socket of this machine.

    with Site({"/a.html": page("<p>Text.</p>"), "/old": moved("/a.html")}) as site:
        site.url("/a.html") -> the URL to read, on a port of this machine
        site.paths() -> the paths that were asked for, in order; site.asked holds the headers and times as well

What stands at a path is bytes (sent as HTML), a `Reply`, a list of these (one after another, the last one stays), or a
function that is given the `Asked` and returns one of these, or writes to `asked.send` itself and returns None.
Paths that are not named give 404, robots.txt among them. Several sites are several hosts: each has a port of its own.
"""

from __future__ import annotations

import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

ROBOTS = "/robots.txt"


@dataclass(frozen=True)
class Reply:
    """An answer. Content-Length is sent unless `headers` name one or a Transfer-Encoding."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request. `begun` and `ended` (when the answer was sent) are seconds of a clock that never goes back."""

    path: str
    headers: Mapping[str, str]
    begun: float
    connection: int
    send: Callable[[bytes], Any]
    hang: Callable[[float], bool]
    ended: list[float] = field(default_factory=list)


Route = bytes | Reply | list[Any] | Callable[[Asked], Any]


def page(content: str, **headers: str) -> Reply:
    """Return an HTML page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(content.encode(), 200, {"Content-Type": "text/html; charset=utf-8", **named})


def moved(target: str, status: int = 301) -> Reply:
    """Return a redirect."""
    return Reply(b"", status, {"Location": target})


def robots(text: str) -> Reply:
    """Return a robots.txt."""
    return Reply(text.encode(), 200, {"Content-Type": "text/plain"})


class Site:
    """A running site. `context` puts TLS on it; `address` is one of this machine's own."""

    def __init__(
        self,
        routes: Mapping[str, Route] | None = None,
        context: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._connections: set[Any] = set()
        self._scheme = "https" if context else "http"
        self._server = _Server((address, 0), _handler(self))
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.host = address
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(2)
        self._server.server_close()

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self._scheme}://{host or self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def pages(self) -> list[str]:
        """Return the paths that were asked for, robots.txt left out."""
        return [path for path in self.paths() if path != ROBOTS]

    def gaps(self) -> list[float]:
        """Return the seconds from the end of each answer to the beginning of the next request."""
        pairs = zip(self.asked, self.asked[1:], strict=False)
        return [after.begun - before.ended[0] for before, after in pairs if before.ended]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Send what stands at the path that is asked for."""
        number = id(handler.connection)
        asked = Asked(handler.path, handler.headers, time.monotonic(), number, handler.wfile.write, self._closing.wait)
        with self._lock:
            self.asked.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self._send(handler, asked)
        finally:
            with self._lock:
                self._at_once -= 1

    def _send(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        route = self.routes.get(asked.path.partition("?")[0], Reply(b"not here", 404))
        with self._lock:
            if isinstance(route, list):
                route = route.pop(0) if len(route) > 1 else route[0]
        if callable(route):
            route = route(asked)
        if route is None:
            handler.close_connection = True
            asked.ended.append(time.monotonic())
            return
        reply = Reply(route, 200, {"Content-Type": "text/html"}) if isinstance(route, bytes) else route
        handler.send_response_only(reply.status)
        names = {name.lower() for name in reply.headers}
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        empty = reply.status in (204, 304)
        if not names & {"content-length", "transfer-encoding"} and not empty:
            handler.send_header("Content-Length", str(len(reply.content)))
        handler.end_headers()
        asked.ended.append(time.monotonic())
        if not empty:
            handler.wfile.write(reply.content)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if not isinstance(error, (OSError, ValueError)):  # clients break off: that is what the tests are about
            super().handle_error(request, client_address)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            with site._lock:
                site._connections.add(self.request)
            super().setup()

        def finish(self) -> None:
            with site._lock:
                site._connections.discard(self.request)
            with suppress(OSError, ValueError):
                super().finish()

        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
