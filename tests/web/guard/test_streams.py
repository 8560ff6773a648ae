from __future__ import annotations

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from accord.web.guard.streams import Streams
from accord.web.problems import Problem
from accord.web.settings import Limits


async def endless(scope: Scope, receive: Receive, send: Send) -> None:
    """A stream of events that ends when its client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def send(message: Message) -> None:
    pass


def at(path: str, client: str) -> Scope:
    return {"type": "http", "path": path, "method": "GET", "client": (client, 1), "headers": []}


async def _bounded(limits: Limits) -> list[int]:
    guarded = Streams(endless, limits=limits)
    refused: list[int] = []
    left = anyio.Event()

    async def gone() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def ask(client: str) -> None:
        try:
            await guarded(at("/events", client), gone, send)
        except Problem as problem:
            refused.append(problem.status)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            for client in ("a", "a", "a", "b", "c"):
                group.start_soon(ask, client)
            await anyio.sleep(0.05)
            left.set()
    return refused


@pytest.mark.parametrize(
    ("limits", "refused"),
    [(Limits(streams=2, all_streams=10), 1), (Limits(streams=9, all_streams=3), 2), (Limits(streams=9), 0)],
)
def test_open_streams_are_bounded(limits: Limits, refused: int) -> None:
    assert anyio.run(_bounded, limits) == [429] * refused


def test_a_client_that_has_gone_makes_place() -> None:
    async def ask() -> None:
        guarded = Streams(endless, limits=Limits(streams=1))

        async def gone() -> Message:
            return {"type": "http.disconnect"}

        for _ in range(3):
            await guarded(at("/jobs/1/events", "a"), gone, send)

    anyio.run(ask)
