"""Whatever bytes stand in an address, a header or a body: an answer, and never a 5xx."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from web.api.shelf import fill
from web.rooms import client

PATHS = (
    "stories/{}",
    "stories/{}/briefing",
    "findings/{}",
    "articles/{}",
    "names/{}",
    "ledger/{}",
    "corrections/{}",
    "{}",
)
ASKED = (
    "stories?outlet={}", "stories?since={}", "search?words={}", "search?speaker={}&kind=quote",
    "search/facets?words={}", "names?words={}", "ledger?topic={}", "ledger?who={}&order=due", "updates?words={}",
    "updates?name={}", "updates?story={}",
    "corrections?article={}", "chains?story={}", "stories?{}=1", "articles?limit={}",
)  # fmt: skip
PAGES = ("changes?words={}", "changes?name={}", "changes.atom?words={}", "changes.json?story={}", "changes?page={}")
ODD = (
    b"\x00",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"%",
    b'"',
    b"*",
    b'"*"',
    b"-",
    b"(a OR b) NEAR c",
    b"\xe2\x80\xae",
    b"a" * 9_000,
)


@pytest.fixture(scope="module")
def room() -> Iterator[TestClient]:
    with client(raises=False) as made:
        with made.app.state.desk.store() as store:  # type: ignore[attr-defined]
            fill(store)
        yield made


@given(st.sampled_from((*(f"api/v1/{path}" for path in (*PATHS, *ASKED)), *PAGES)), st.binary(max_size=40))
@settings(max_examples=120)
@example("api/v1/names/{}", b"..")
@example("api/v1/articles/{}", b"../../etc/passwd")
def test_any_bytes_are_answered(room: TestClient, path: str, given_bytes: bytes) -> None:
    check(room, path, given_bytes)


@pytest.mark.parametrize("given_bytes", ODD, ids=lambda each: repr(each[:12]))
def test_odd_bytes_are_answered_everywhere(room: TestClient, given_bytes: bytes) -> None:
    for path in (*(f"api/v1/{path}" for path in (*PATHS, *ASKED)), *PAGES):
        check(room, path, given_bytes)


def check(room: TestClient, path: str, given_bytes: bytes) -> None:
    answer = room.get("/" + path.format(quote_from_bytes(given_bytes, safe="")), follow_redirects=False)
    assert answer.status_code < 500, answer.text
    if path.startswith("api/") and answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"


@given(st.binary(max_size=200))
@settings(max_examples=30)
def test_any_body_is_answered(room: TestClient, body: bytes) -> None:
    for path in ("corrections", "add"):
        answer = room.post(f"/api/v1/{path}", content=body, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
@settings(max_examples=30)
def test_any_validator_is_answered(room: TestClient, header: str) -> None:
    for name in ("If-None-Match", "If-Modified-Since", "Accept", "Range"):
        assert room.get("/api/v1/stories", headers={name: header}).status_code in (200, 304)
        assert room.get("/changes.atom", headers={name: header}).status_code in (200, 304)
