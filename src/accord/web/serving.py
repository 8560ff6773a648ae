"""Runs a room: one process, one event loop, until it is stopped."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn

    from accord.web.settings import Settings

GRACE = 3
"""Seconds in which answers may come to their end after the server is told to stop: more than any page takes."""
_IDLE = 75  # longer than proxies keep a connection that they may send the next request on
_SPARE = 500  # connections beside those of event streams
_BACKLOG = 512


def exists(host: str) -> bool:
    """Tell whether `host` is an address, or a name that leads to one: exists("nosuch.invalid") -> False."""
    try:
        return bool(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        return False


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; raises OSError. Port 0 is any that is free."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)
    except BaseException:
        made.close()
        raise
    return made


def address_at(settings: Settings) -> str:
    """Return the address that a browser of this machine asks for: that of loopback where it listens everywhere."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"


def serve(settings: Settings, listening: socket.socket, started: Callable[[], None] = lambda: None) -> None:
    """Answer what comes to `listening`, until SIGTERM or SIGINT; `started` is called once it is answered.

    After the signal no new request is taken, streams of events end at once, and other answers have `GRACE` seconds.
    """
    with listening, _signals_end_it(), _logged():
        server(settings, listening, started).run([listening])


def server(settings: Settings, listening: socket.socket, started: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """Return the server of a room, which its `run([listening])` runs."""
    import uvicorn

    from accord.web.app import create_app
    from accord.web.guard.wire import Wire

    app = create_app(replace(settings, port=listening.getsockname()[1]))

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.state.desk.hub.close()  # the server waits for open answers, and streams have no end of their own
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        http=Wire,
        ws="none",
        loop="auto",  # uvloop where there is one: twice as quick
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the guard reads them, and knows from whom
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=GRACE,
        limit_concurrency=settings.limits.all_streams + _SPARE,
        backlog=_BACKLOG,
    )
    return Server(config)


@contextmanager
def _signals_end_it() -> Iterator[None]:
    """Have the signals that ended the server end no more than that: it raises them again when it is done."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _logged() -> Iterator[None]:
    """Have errors of the server and of routes written to standard error, with where they were raised."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("accord: %(asctime)s %(message)s"))
    handler.setLevel(logging.ERROR)
    loggers = [logging.getLogger(name) for name in ("uvicorn", "asyncio", "accord")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
