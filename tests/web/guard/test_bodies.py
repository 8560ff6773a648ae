from __future__ import annotations

import anyio
import pytest
from starlette.datastructures import Headers
from starlette.types import Message

from accord.web.guard.bodies import SLOWEST, bounded, largest
from accord.web.problems import Problem
from accord.web.settings import Limits, Settings
from web.rooms import client, csrf

SMALL = Limits(paste=1_000, upload=5_000, reads=10**6, writes=10**6)


def pieces(*bodies: bytes, pause: float = 0.0) -> object:
    left = list(bodies)

    async def receive() -> Message:
        await anyio.sleep(pause)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return receive


async def read(receive: object) -> int:
    size = 0
    while True:
        message = await receive()  # type: ignore[operator]
        size += len(message["body"])
        if not message["more_body"]:
            return size


def test_a_body_is_counted_while_it_is_read() -> None:
    assert anyio.run(read, bounded(pieces(b"a" * 50, b"b" * 50), 100, 5)) == 100  # type: ignore[arg-type]
    with pytest.raises(Problem, match="send it in several parts") as caught:
        anyio.run(read, bounded(pieces(b"a" * 50, b"b" * 51), 100, 5))  # type: ignore[arg-type]
    assert caught.value.status == 413


def test_a_body_that_trickles_is_ended() -> None:
    with pytest.raises(Problem, match="did not arrive") as caught:
        anyio.run(read, bounded(pieces(*[b"a"] * 100, pause=0.02), 1_000, 0.1))  # type: ignore[arg-type]
    assert caught.value.status == 408


def test_a_body_that_comes_evenly_has_the_time_that_its_size_takes() -> None:
    many = [b"a" * (SLOWEST // 10)] * 10
    assert anyio.run(read, bounded(pieces(*many, pause=0.03), 10**6, 0.1)) == 10 * (SLOWEST // 10)  # type: ignore[arg-type]


def test_waiting_for_a_client_to_go_has_no_end() -> None:
    async def wait() -> bool:
        receiving = bounded(pieces(b"a", pause=0.0), 10, 0.05)  # type: ignore[arg-type]
        await receiving()
        with anyio.move_on_after(0.2) as scope:
            while True:
                await anyio.sleep(0.01)
        return scope.cancelled_caught

    assert anyio.run(wait)


def test_what_a_body_may_have_depends_on_its_kind() -> None:
    limits = Limits(paste=10, upload=1_000)
    kinds = (
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/json",
        "text/plain",
        "",
    )
    sizes = [largest(Headers({"content-type": kind}), limits) - 65_536 for kind in kinds]
    assert sizes == [1_000, 30, 10, 10, 10]


@pytest.mark.parametrize("honest", [True, False])
def test_an_upload_that_is_too_large_is_answered_by_a_page(honest: bool) -> None:
    with client(Settings(store="memory:", limits=SMALL)) as room:
        token = csrf(room)
        body = (
            b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + token.encode() + b"\r\n"
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            + b"a" * 200_000
            + b"\r\n--x--\r\n"
        )
        content = body if honest else (body[at : at + 1_000] for at in range(0, len(body), 1_000))
        answer = room.post("/session", content=content, headers={"Content-Type": "multipart/form-data; boundary=x"})
        assert answer.status_code == 413
        assert "send it in several parts" in answer.text
        assert answer.headers["connection"] == "close"


def test_json_that_is_too_large_is_a_problem_document() -> None:
    with client(Settings(store="memory:", limits=SMALL)) as room:
        answer = room.post("/api/v1/corrections", json={"note": "a" * 100_000})
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_without_end_in_its_name_is_no_number() -> None:
    with client(Settings(store="memory:", limits=SMALL)) as room:
        for length in ("-1", "1e9", "abc", "9" * 400):
            answer = room.post("/session", content=b"", headers={"Content-Length": length})
            assert answer.status_code in (403, 413)
