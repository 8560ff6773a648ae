"""The server itself, asked over sockets: heads without end, slow heads, slow bodies, streams at its end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from accord.web import serving
from accord.web.guard import wire
from accord.web.settings import Limits, Settings


class Running:
    """A room that is served in a thread of this process."""

    def __init__(self, settings: Settings) -> None:
        self.listening = serving.bound("127.0.0.1", 0)
        self.address = self.listening.getsockname()
        self.server = serving.server(settings, self.listening)
        self.thread = threading.Thread(target=self.server.run, args=([self.listening],))
        self.thread.start()
        end = time.monotonic() + 10
        while not self.server.started and time.monotonic() < end:
            time.sleep(0.01)

    def close(self) -> float:
        """End it; return how many seconds that took."""
        start = time.monotonic()
        self.server.should_exit = True
        self.thread.join(20)
        return time.monotonic() - start

    def ask(self, *pieces: bytes, pause: float = 0.05, timeout: float = 5.0) -> bytes:
        """Send `pieces`, with a pause after each; return all that is answered until the connection ends."""
        got = b""
        with socket.create_connection(self.address) as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    connection.settimeout(pause)
                    with suppress(TimeoutError):
                        got += (part := connection.recv(65_536))
                        if not part:
                            return got
                connection.settimeout(timeout)
                while part := connection.recv(65_536):
                    got += part
            except (ConnectionError, TimeoutError):
                pass
        return got


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "SLOWEST_HEAD", 0.4)
        made = Running(Settings(store="memory:", limits=replace(Limits(), slow=0.4)))
        yield made
        made.close()


def head(path: str = "/health", *more: str, method: str = "GET") -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: localhost", *more, "", "")
    return "\r\n".join(lines).encode()


def test_a_plain_request_is_answered(running: Running) -> None:
    answer = running.ask(head("/health", "Connection: close"))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"\r\nserver:" not in answer.lower()


def test_heads_that_are_too_large_are_refused(running: Running) -> None:
    large = b"a" * 40_000
    assert b" 431 " in running.ask(head("/health", f"X-Long: {large.decode()}"))
    assert b" 431 " in running.ask(b"GET /" + large + b" HTTP/1.1\r\n")
    assert b" 431 " in running.ask(b"GET / HTTP/1.1\r\n", *[b"X-Many: " + b"a" * 4_000 + b"\r\n"] * 12, pause=0.01)


def test_heads_that_do_not_come_are_not_waited_for(running: Running) -> None:
    for pieces in ((), (b"GET / HT",), (b"\r\n",), (b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 12)):
        start = time.monotonic()
        assert running.ask(*pieces, pause=0.1) == b""
        assert time.monotonic() - start < 3


def test_what_follows_an_answer_is_not_waited_for_either(running: Running) -> None:
    start = time.monotonic()
    trickle = [b"a"] * 12
    answer = running.ask(head("/health", "Content-Length: 1000", method="GET"), *trickle, pause=0.1)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert time.monotonic() - start < 3


def test_a_body_that_trickles_is_answered_with_408(running: Running) -> None:
    about = ("Content-Length: 1000", "Content-Type: application/x-www-form-urlencoded")
    answer = running.ask(head("/session", *about, method="POST"), *[b"a"] * 8, pause=0.1)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"t did not arrive" in answer


def test_an_upload_that_is_too_large_is_answered_before_the_connection_ends(running: Running) -> None:
    about = (f"Content-Length: {4_000_000}", "Content-Type: application/json")
    answer = running.ask(head("/api/v1/corrections", *about, method="POST") + b"a" * 4_000_000)
    assert answer.startswith(b"HTTP/1.1 413 ")
    waits = running.ask(head("/api/v1/corrections", *about, "Expect: 100-continue", method="POST"))
    assert waits.startswith(b"HTTP/1.1 413 ")


def test_requests_that_smuggle_are_refused(running: Running) -> None:
    close = "Connection: close"
    both = head("/session", close, "Content-Length: 5", "Transfer-Encoding: chunked", method="POST")
    twice = head("/session", close, "Content-Length: 5", "Content-Length: 6", method="POST")
    for request in (both, twice, b"GET / HTTP/1.1\r\nHost: localhost\r\n X-Folded: a\r\n\r\n"):
        assert running.ask(request + b"0\r\n\r\nGET /health HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert running.ask(b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert running.ask(head("/health", close, "Host: elsewhere.example")).startswith(b"HTTP/1.1 400 ")


def test_web_sockets_are_not_opened(running: Running) -> None:
    upgrade = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: YQ==")
    assert b" 101 " not in running.ask(head("/events", *upgrade), timeout=0.5)


def test_streams_end_with_the_server() -> None:
    running = Running(Settings(store="memory:"))
    with socket.create_connection(running.address, timeout=5) as connection:
        connection.sendall(head("/events", "Accept: text/event-stream"))
        assert b"200 OK" in connection.recv(65_536)
        assert running.close() < serving.GRACE
        while connection.recv(65_536):
            pass
    assert not running.thread.is_alive()
