"""What somebody hostile may try, on all routes of the room, whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from accord.stores import open_store
from accord.web.access import mark_of
from accord.web.app import create_app
from accord.web.guard.headers import ALWAYS
from accord.web.routes.session import inside
from accord.web.sessions import Sessions
from accord.web.settings import Access, Settings, Token
from web.hostile import MARKUP, address, fill, found_in
from web.rooms import HOST, LOOPBACK, client, csrf
from web.walking import Way, ways

WAYS = ways(create_app(Settings(store="memory:")))
SAFE = ("GET", "HEAD", "OPTIONS")
WRITES = [pytest.param(way, id=f"{way.method} {way.path}") for way in WAYS if way.method not in SAFE]
READ = [way for way in WAYS if way.method == "GET" and not way.path.endswith("/events")]
READS = [pytest.param(way, id=way.path) for way in READ]
QUERIES = sorted({name for way in READ for name in way.queries} | {"q", "next", "at", "kind", "since"})
READER, EDITOR = "accord_reader", "accord_editor"
TOKENS = (Token("Rika", "reader", mark_of(READER)), Token("Edda", "editor", mark_of(EDITOR)))
SIGN_IN = ("/session", "/session/end")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = str(tmp_path_factory.mktemp("hostile") / "room.db")
    with closing(open_store(made)) as store:
        fill(store)
    return made


@pytest.fixture(scope="module")
def room(url: str) -> Iterator[TestClient]:
    with client(Settings(store=url)) as made:
        yield made


@pytest.fixture(scope="module")
def gated(url: str) -> Iterator[TestClient]:
    with client(Settings(store=url, access=Access(tokens=TOKENS, secret="s" * 40))) as made:
        yield made


@pytest.fixture
def guarded(gated: TestClient) -> TestClient:
    """Return a client of a room that asks for tokens, who has none."""
    gated.cookies.clear()
    return gated


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def sign_in(asked: TestClient, token: str) -> None:
    answer = asked.post("/session", data={"token": token, "csrf": csrf(asked)}, follow_redirects=False)
    assert answer.status_code == 303


# scripts in what others wrote -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", READS)
def test_no_words_of_others_run_as_a_script(room: TestClient, way: Way) -> None:
    answer = room.get(address(way.path))
    assert answer.status_code < 500
    _check_page(answer)


@pytest.mark.parametrize("way", READS)
def test_no_words_in_a_query_run_as_a_script(room: TestClient, way: Way) -> None:
    for words in (MARKUP, "javascript:hostile()"):
        for names in (QUERIES, *([name] for name in way.queries)):
            for partial in ({}, {"HX-Request": "true"}) if len(names) > 1 else ({},):
                asked = f"{address(way.path)}?{urlencode(dict.fromkeys(names, words))}"
                answer = room.get(asked, headers=partial, follow_redirects=False)
                assert answer.status_code < 500
                assert "hostile.example" not in answer.headers.get("location", "")
                _check_page(answer)


def _check_page(answer: object) -> None:
    headers = answer.headers  # type: ignore[attr-defined]
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    kind = headers.get("content-type", "")
    if kind.startswith(("text/html", "image/svg")) and answer.text.strip():  # type: ignore[attr-defined]
        assert found_in(answer.text) == []  # type: ignore[attr-defined]


def test_words_of_others_are_on_the_pages_that_are_looked_at(room: TestClient) -> None:
    shown = [way.path for way in READ if "hostile()" in room.get(address(way.path)).text]
    assert len(shown) > len(READ) / 2


# writes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WRITES)
def test_a_write_without_a_token_of_the_session_is_refused(room: TestClient, way: Way) -> None:
    room.get("/session")  # there is a session
    for headers in ({}, {"X-CSRF-Token": "0" * 40}):
        for sent in ({"data": {"csrf": "0" * 40}}, {"files": {"file": ("a.txt", b"words")}}, {"content": b"words"}):
            answer = room.request(way.method, address(way.path), headers=headers, **sent)  # type: ignore[arg-type]
            if not way.path.startswith("/api/"):
                assert answer.status_code == 403
            elif way.method == "POST" or "content" not in sent:  # no form of another site can send the rest
                assert answer.status_code == 415


@pytest.mark.parametrize("way", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": f"{LOOPBACK}:1"},
        {"Origin": f"https://{HOST}.elsewhere.example"},
        {"Origin": ""},
        {"Origin": "file://"},
        {"Origin": "null"},
        {"Origin": f"{LOOPBACK}@elsewhere.example"},
        {"Origin": "http://[::1"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
def test_a_write_from_another_site_is_refused(room: TestClient, way: Way, headers: dict[str, str]) -> None:
    token = csrf(room)
    told = {**headers, "X-CSRF-Token": token, "Content-Type": "application/json"}
    answer = room.request(way.method, address(way.path), headers=told, content=b"{}")
    assert answer.status_code == 403
    assert "another site" in answer.text


@pytest.mark.parametrize("way", WRITES)
def test_a_write_by_nobody_is_refused(guarded: TestClient, way: Way) -> None:
    for sent in ({"json": {}}, {"data": {}}, {"data": {"csrf": csrf(guarded)}}):
        if way.path not in (*SIGN_IN, "/seen"):
            answer = guarded.request(way.method, address(way.path), follow_redirects=False, **sent)
            assert answer.status_code == 401


@pytest.mark.parametrize("way", WRITES)
def test_a_reader_cannot_write(guarded: TestClient, way: Way) -> None:
    if way.path in (*SIGN_IN, "/seen"):
        return
    asked = address(way.path)
    assert guarded.request(way.method, asked, json={}, headers=bearer(READER)).status_code == 403
    sign_in(guarded, READER)
    given = {"csrf": csrf(guarded)}
    assert guarded.request(way.method, asked, data=given).status_code == 403
    assert guarded.request(way.method, asked, json={}).status_code == 403


@pytest.mark.parametrize("way", READS)
def test_nobody_reads_before_signing_in(guarded: TestClient, way: Way) -> None:
    answer = guarded.get(address(way.path), follow_redirects=False)
    assert "Courier" not in answer.text
    if way.path not in ("/session", "/health"):
        assert answer.status_code == (401 if way.path.startswith("/api/") else 303)


@pytest.mark.parametrize("way", READS)
def test_a_reader_reads(guarded: TestClient, way: Way) -> None:
    status = guarded.get(address(way.path), headers=bearer(READER)).status_code
    assert status in (200, 403, 404, 422)  # for editors alone, not held, a query is wanted


# paths ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static/%2e%2e%2f%2e%2e%2fconfig.py",
        "/static/..\\settings.py",
        "/static//etc/passwd",
        "/static/%2fetc/passwd",
        "/static/room.css/../../app.py",
        "/static/room.css%00.html",
        "/static/" + "../" * 12 + "etc/passwd",
        "/static/" + "a" * 5_000,
        "/articles/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/articles/..%2f..%2fetc%2fpasswd",
        "/names/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_the_room(room: TestClient, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code in (400, 404, 422)
    assert "root:" not in answer.text
    assert "Settings" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "http:elsewhere.example",
        " //elsewhere.example",
        "/%0d%0aSet-Cookie: a=b\r\nX: y",
        "/\u2028/elsewhere.example",
        "///elsewhere.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(guarded: TestClient, address: str) -> None:
    given = {"token": READER, "next": address, "csrf": csrf(guarded)}
    assert guarded.post("/session", data=given, follow_redirects=False).headers["location"] == "/"
    assert "elsewhere" not in guarded.get("/session", params={"next": address}).text


def test_who_signed_in_comes_to_where_they_wanted(guarded: TestClient) -> None:
    where = guarded.get("/ledger?status=open", follow_redirects=False).headers["location"]
    assert where == "/session?next=/ledger%3Fstatus%3Dopen"
    page = guarded.get(where).text
    assert 'name="next" value="/ledger?status=open"' in page
    given = {"token": READER, "next": "/ledger?status=open", "csrf": csrf(guarded)}
    assert guarded.post("/session", data=given).url.path == "/ledger"


# answers under /api ---------------------------------------------------------------------------------------------------


def test_the_api_says_what_is_wrong_as_a_problem_document(guarded: TestClient) -> None:
    answer = guarded.get("/api/v1/stories")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    told = json.loads(answer.text)
    assert told["status"] == 401
    assert "sign in" in told["detail"]


# laws -----------------------------------------------------------------------------------------------------------------


@given(
    st.text(st.characters(codec="utf-8"), max_size=30)
    | st.sampled_from("/\\\t\n@:?#.a").flatmap(lambda a: st.text(a + "/\\", max_size=9))
)
def test_no_address_leads_elsewhere(address: str) -> None:
    within = inside(address)
    assert within in (address, "/")
    assert urlsplit(urljoin("http://room.example/session", within)).netloc == "room.example"


@given(st.text(max_size=80), st.text(max_size=80) | st.none(), st.text(min_size=32, max_size=40))
def test_a_session_survives_its_cookie_and_no_other_secret(mark: str, name: str | None, secret: str) -> None:
    token = Token("Ada", "reader", mark)
    sessions = Sessions(secret)
    session = sessions.new(mark=mark, name=name)
    written = sessions.written(session)
    assert all(letter.isalnum() or letter in "-_." for letter in written)
    assert sessions.read(written, {mark: token}) == session
    assert sessions.read(written, {}) is None
    assert Sessions(secret + "x").read(written, {mark: token}) is None
    assert sessions.csrf(session) != sessions.csrf(sessions.new(mark=mark))
