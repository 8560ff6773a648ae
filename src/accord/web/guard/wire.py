"""HTTP as uvicorn speaks it, with bounds that it does not set: how large a request's head may be, and how slow."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 32_768
"""Bytes of the request line and all headers."""
SLOWEST_HEAD = 10.0
"""Seconds in which a head is to be there, once a connection stands or its first byte came."""

_REFUSED = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


class Wire(HttpToolsProtocol):
    """Closes connections on which no head arrives, or one that has no end."""

    _timer: asyncio.TimerHandle | None = None
    _head = 0
    _within = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._within:
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self._refuse()
        if self._timer is None and (self._within or self.cycle is None or self.cycle.response_complete):
            self._arm()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._within, self._head = True, 0

    def on_headers_complete(self) -> None:
        self._within = False
        self._disarm()
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > LARGEST_HEAD:
            self._refuse()
            raise ValueError("the head is too large")  # ends the parsing of what follows
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def _refuse(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_REFUSED)
        self.transport.close()

    def _arm(self) -> None:
        self._timer = self.loop.call_later(SLOWEST_HEAD, self._late)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()
