from __future__ import annotations

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from accord.web.guard.streams import Open, Streams
from accord.web.problems import Problem
from accord.web.settings import Limits


async def endless(scope: Scope, receive: Receive, send: Send) -> None:
    """A stream of events that ends when its client has gone, as Starlette's do: without a last message."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
    while (await receive())["type"] != "http.disconnect":
        pass


async def never() -> Message:
    await anyio.sleep(60)
    return {"type": "http.disconnect"}


def at(path: str, client: str) -> Scope:
    return {"type": "http", "path": path, "method": "GET", "client": (client, 1), "headers": []}


async def _bounded(limits: Limits) -> list[int]:
    opened = Open()
    guarded = Streams(endless, limits=limits, opened=opened)
    refused: list[int] = []
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def ask(path: str, client: str) -> None:
        try:
            await guarded(at(path, client), never, send)
        except Problem as problem:
            refused.append(problem.status)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            for client in ("a", "a", "a", "b", "c"):
                group.start_soon(ask, "/events", client)
            await anyio.sleep(0.05)
            assert len(opened.ends) == 5 - len(refused)
            opened.close()
    assert opened.ends == set()
    ends = [message for message in sent if message["type"] == "http.response.body" and not message["more_body"]]
    assert len(ends) == 5 - len(refused)
    return refused


@pytest.mark.parametrize(
    ("limits", "refused"),
    [(Limits(streams=2, all_streams=10), 1), (Limits(streams=9, all_streams=3), 2), (Limits(streams=9), 0)],
)
def test_open_streams_are_bounded_and_end_with_the_server(limits: Limits, refused: int) -> None:
    assert anyio.run(_bounded, limits) == [429] * refused


def test_a_client_that_has_gone_makes_place() -> None:
    async def ask() -> None:
        guarded = Streams(endless, limits=Limits(streams=1), opened=Open())

        async def gone() -> Message:
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            pass

        for _ in range(3):
            await guarded(at("/jobs/1/events", "a"), gone, send)

    anyio.run(ask)
