"""How much a request may bring, and how slowly: counted while it is read, whatever its headers say."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import anyio
from starlette.datastructures import Headers

from accord.web.problems import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from accord.web.settings import Limits

SLOWEST = 32_768
"""Bytes a second at which a body may come after its first seconds; what is slower is waiting, not sending."""
_SMALL = 65_536
_PATIENCE = 20.0
_DISCARDED = 500_000_000
_FORM = "application/x-www-form-urlencoded"


class Bodies:
    """Middleware: ends what is too large with 413, what comes too slowly with 408."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = largest(headers, self._limits)
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length[:20]) > most:
            if "expect" not in headers:  # else it is not being sent
                await discard(receive)
            raise too_large(most)
        await self._app(scope, bounded(receive, most, self._limits.slow), send)


def largest(headers: Headers, limits: Limits) -> int:
    """Return how many bytes a body may have by its kind: a form with files, a form with text, JSON, another."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return limits.upload + _SMALL
    if kind == _FORM:
        return 3 * limits.paste + _SMALL  # a byte that is no ASCII letter takes three: %C3
    return limits.paste + _SMALL


def bounded(receive: Receive, most: int, slow: float) -> Receive:
    """Return `receive` for one body of `most` bytes at most, that has `slow` seconds, and more while it comes."""
    start = time.monotonic()
    size = 0
    more = True

    async def receiving() -> Message:
        nonlocal size, more
        if not more:
            return await receive()
        with anyio.move_on_after(start + slow + size / SLOWEST - time.monotonic()) as scope:
            message = await receive()
        if scope.cancelled_caught:
            more = False
            raise too_slow(slow)
        more = message.get("more_body", False)
        size += len(message.get("body", b""))
        if size > most:
            if more:
                await discard(receive)
            more = False
            raise too_large(most)
        return message

    return receiving


async def discard(receive: Receive) -> None:
    """Read what is left of a body, for a while: browsers show no answer that comes while they still send."""
    size = 0
    with anyio.move_on_after(_PATIENCE):
        while size < _DISCARDED:
            message = await receive()
            size += len(message.get("body", b""))
            if not message.get("more_body", False):
                return


def too_large(most: int) -> Problem:
    """Return the problem that a body has more than `most` bytes."""
    detail = f"this is more than the {most / 1e6:.3g} MB that the room takes at once; send it in several parts"
    return Problem(413, "Too large", detail)


def too_slow(seconds: float) -> Problem:
    """Return the problem that a body did not come in time."""
    detail = f"it did not arrive within {seconds:.0f} seconds; check the connection, and send it again"
    return Problem(408, "Too slow", detail)
