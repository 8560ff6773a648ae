"""Asks an application as a server would that takes whatever bytes come: no client puts requests right before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import Message


@dataclass(frozen=True)
class Asked:
    """One request, as bytes."""

    method: str
    path: bytes
    query: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: tuple[bytes, ...] = (b"",)


@dataclass(frozen=True)
class Answer:
    """What was answered; `error` is what was raised, which the server would log."""

    status: int
    headers: dict[str, str]
    body: bytes
    error: Exception | None


async def ask(app: Any, asked: Asked, client: str = "127.0.0.1") -> Answer:
    """Return what `app` answers."""
    left = list(asked.body)
    sent: list[Message] = []
    error: Exception | None = None

    async def receive() -> Message:
        if not left:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    try:
        await app(_scope(asked, client), receive, send)
    except Exception as raised:
        error = raised
    started: Sequence[Message] = [message for message in sent if message["type"] == "http.response.start"]
    headers = (
        {name.decode().lower(): value.decode("latin-1") for name, value in started[0]["headers"]} if started else {}
    )
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answer(started[0]["status"] if started else 0, headers, body, error)


def _scope(asked: Asked, client: str) -> dict[str, Any]:
    path = asked.path.decode("latin-1")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": unquote(path) if "%" in path else path,
        "raw_path": asked.path,
        "query_string": asked.query,
        "root_path": "",
        "headers": list(asked.headers),
        "client": (client, 50_000),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
