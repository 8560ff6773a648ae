from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from accord.errors import StoreError
from accord.web.desk import Desk
from accord.web.guard.headers import ALWAYS
from accord.web.settings import Settings
from web.rooms import client


@pytest.fixture(scope="module")
def room() -> Iterator[TestClient]:
    with client() as made:
        yield made


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/static/room.css", "/static/none", "/api/v1/none", "/session", "/health"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "TRACE"])
def test_every_answer_carries_the_headers(room: TestClient, path: str, method: str) -> None:
    answer = room.request(method, path)
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert answer.headers["cache-control"]
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers


def test_what_breaks_is_answered_by_a_page_and_told_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Desk) -> None:
        raise ZeroDivisionError("secret words")

    with client(raises=False) as room:
        room.get("/")
        monkeypatch.setattr(Desk, "store", broken)
        for path, kind in (("/", "text/html"), ("/api/v1/stories", "application/problem+json")):
            answer = room.get(path)
            assert answer.status_code == 500
            assert answer.headers["content-type"].startswith(kind)
            assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
            assert "secret words" not in answer.text
    with client() as room, pytest.raises(ZeroDivisionError):
        room.get("/health")


def test_a_store_that_cannot_be_used_is_a_passing_problem(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(self: Desk) -> None:
        raise StoreError("room.db: it is locked; try again")

    monkeypatch.setattr(Desk, "store", away)
    with client(Settings(store="memory:")) as room:
        answer = room.get("/")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "10"
        assert "try again in a minute" in answer.text.lower()
        assert "room.db" not in answer.text
    assert "room.db: it is locked" in caplog.text


def test_a_problem_page_says_what_to_do() -> None:
    with client() as room:
        answer = room.get("/nothing/at/all")
        assert answer.status_code == 404
        assert "<h1" in answer.text
        assert "begin at Today" in answer.text
        assert room.post("/health", headers={"X-CSRF-Token": "x"}).status_code == 405


def test_head_is_answered_as_get_without_its_body(room: TestClient) -> None:
    for path in ("/", "/session", "/health", "/static/room.css"):
        told, whole = room.head(path), room.get(path)
        assert (told.status_code, told.content) == (whole.status_code, b"")
        assert told.headers["content-type"] == whole.headers["content-type"]
    assert room.head("/events").status_code == 405
