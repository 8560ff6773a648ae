from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from accord.web.access import mark_of
from accord.web.guard.gate import asking
from accord.web.guard.places import PEER
from accord.web.problems import Problem
from accord.web.sessions import KNOWN, Session, Sessions
from accord.web.settings import Access, Settings, Token
from web.rooms import HOST, client, csrf

SECRET = "s" * 40
READER, EDITOR = "accord_reader", "accord_editor"
TOKENS = (Token("Rika", "reader", mark_of(READER).upper()), Token("Edda", "editor", mark_of(EDITOR)))
HEADER = "X-Forwarded-User"
PROXIED = Access(header=HEADER, proxies=("testclient", "10.0.0.0/8"), editors=("edda@desk.example",), secret=SECRET)


def room(access: Access) -> TestClient:
    return client(Settings(store="memory:", access=access))


@pytest.fixture
def gated() -> Iterator[TestClient]:
    with room(Access(tokens=TOKENS, secret=SECRET)) as made:
        yield made


@pytest.fixture
def proxied() -> Iterator[TestClient]:
    with room(PROXIED) as made:
        yield made


def sign_in(asked: TestClient, token: str) -> int:
    given = {"token": token, "csrf": csrf(asked)}
    return asked.post("/session", data=given, follow_redirects=False).status_code


# an open room ---------------------------------------------------------------------------------------------------------


def test_whoever_reaches_an_open_room_is_an_editor_with_a_name_of_their_choice() -> None:
    with room(Access()) as asked:
        assert asked.get("/").status_code == 200
        asked.post("/session", data={"name": "  Ada \n Lim ", "csrf": csrf(asked)})
        assert 'value="Ada Lim"' in asked.get("/session").text


def test_a_form_stays_good_after_the_name_was_changed_in_another_tab() -> None:
    with room(Access()) as asked:
        token = csrf(asked)
        for name in ("Ada", "Lim"):
            assert asked.post("/session", data={"name": name, "csrf": token}, follow_redirects=False).status_code == 303


def test_a_form_of_another_session_is_refused() -> None:
    with room(Access()) as asked:
        token = csrf(asked)
        asked.cookies.clear()
        answer = asked.post("/session", data={"name": "Ada", "csrf": token})
        assert answer.status_code == 403
        assert "load the page anew" in answer.text


def test_the_store_keeps_what_signs_sessions(tmp_path: object) -> None:
    settings = Settings(store=f"{tmp_path}/room.db")
    with client(settings) as first:
        first.post("/session", data={"name": "Ada", "csrf": csrf(first)})
        cookies = dict(first.cookies)
    with client(settings) as second:
        second.cookies.update(cookies)
        assert 'value="Ada"' in second.get("/session").text


# tokens ---------------------------------------------------------------------------------------------------------------


def test_a_token_opens_a_session_and_signing_out_ends_it(gated: TestClient) -> None:
    assert gated.get("/", follow_redirects=False).headers["location"] == "/session"
    assert sign_in(gated, f" {EDITOR}\n") == 303
    assert gated.get("/", follow_redirects=False).status_code == 200
    assert "Edda" in gated.get("/session").text
    gated.post("/session/end", data={"csrf": csrf(gated)})
    assert gated.get("/", follow_redirects=False).status_code == 303


def test_a_wrong_token_is_refused_and_not_shown(gated: TestClient) -> None:
    answer = gated.post("/session", data={"token": "accord_wrong", "csrf": csrf(gated)})
    assert answer.status_code == 403
    assert "none of the room" in answer.text
    assert "accord_wrong" not in answer.text


def test_signing_in_begins_a_new_session(gated: TestClient) -> None:
    before = csrf(gated)
    sign_in(gated, READER)
    assert csrf(gated) != before


def test_a_token_sent_along_needs_no_session(gated: TestClient) -> None:
    answer = gated.get("/", headers={"Authorization": f"bearer {READER}"})
    assert answer.status_code == 200
    assert "accord-8000" not in answer.cookies
    assert gated.get("/", headers={"Authorization": "Bearer accord_wrong"}).status_code == 401
    assert gated.get("/", headers={"Authorization": "Basic YTpi"}, follow_redirects=False).status_code == 303


def test_a_session_ends_when_its_token_leaves_the_configuration(gated: TestClient) -> None:
    sign_in(gated, READER)
    with room(Access(tokens=TOKENS[1:], secret=SECRET)) as later:
        later.cookies.update(gated.cookies)
        assert later.get("/", follow_redirects=False).status_code == 303
    with room(Access(tokens=(replace(TOKENS[0], role="editor"),), secret=SECRET)) as later:
        later.cookies.update(gated.cookies)
        assert "correct" in later.get("/session").text


@pytest.mark.parametrize("kind", ["unsigned", "tampered", "other secret", "expired", "words", "long", "foreign"])
def test_a_cookie_that_was_not_written_here_is_nobodys(gated: TestClient, kind: str) -> None:
    sign_in(gated, READER)
    (name, good), *_ = gated.cookies.items()
    mark = mark_of(EDITOR)
    forged = {
        "unsigned": good.rpartition(".")[0],
        "tampered": ("A" if good[0] != "A" else "B") + good[1:],
        "other secret": Sessions("t" * 40).written(Session("x", mark)),
        "expired": _written_at(time.time() - KNOWN - 60, Session("x", mark)),
        "words": "\\\"';--",
        "long": "a" * 10_000,
        "foreign": Sessions(SECRET).written(Session("x", mark_of("another"))),
    }[kind]
    gated.cookies.clear()
    assert gated.get("/", headers={"Cookie": f"{name}={good}"}, follow_redirects=False).status_code == 200
    assert gated.get("/", headers={"Cookie": f"{name}={forged}"}, follow_redirects=False).status_code == 303


def _written_at(when: float, session: Session) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: when)
        return Sessions(SECRET).written(session)


def test_a_session_of_https_is_secure_and_of_one_host(gated: TestClient) -> None:
    plain = gated.get("/session").headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain
    gated.base_url = gated.base_url.copy_with(scheme="https")
    gated.cookies.clear()
    answer = gated.get("/session")
    assert answer.headers["set-cookie"].startswith("__Host-accord=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_htmx_is_sent_to_sign_in_as_a_whole_page(gated: TestClient) -> None:
    answer = gated.get("/search?q=a", headers={"HX-Request": "true"}, follow_redirects=False)
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/session?next=/search%3Fq%3Da"


# a proxy --------------------------------------------------------------------------------------------------------------


def test_a_trusted_proxy_says_who_asks(proxied: TestClient) -> None:
    editor = proxied.get("/session", headers={HEADER: "edda@desk.example"}).text
    assert "edda@desk.example" in editor
    assert "add and correct" in editor
    assert "add and correct" not in proxied.get("/session", headers={HEADER: "rika@desk.example"}).text
    assert proxied.get("/", headers={HEADER: "Žofie".encode()}).status_code == 200


def test_whom_the_proxy_does_not_name_is_nobody(proxied: TestClient) -> None:
    answer = proxied.get("/")
    assert answer.status_code == 401
    assert "through its proxy" in answer.text


def test_the_header_of_somebody_else_is_refused() -> None:
    with room(replace(PROXIED, proxies=("10.0.0.0/8",))) as asked:
        answer = asked.get("/", headers={HEADER: "edda@desk.example"})
        assert answer.status_code == 403
        assert asked.get("/", headers={HEADER: "edda@desk.example", "X-Forwarded-For": "10.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    "values", [(b"edda", b"edda"), (b"",), (b"a" * 201,), (b"\xff\xfe",), (b"edda\x07",)], ids=repr
)
def test_a_header_that_names_no_one_person_is_refused(values: tuple[bytes, ...]) -> None:
    headers = Headers(raw=[(HEADER.lower().encode(), value) for value in values])
    with pytest.raises(Problem) as caught:
        asking(PROXIED, headers, {PEER: True}, Session("x"))
    assert caught.value.status == 400


def test_like_named_headers_are_nothing(proxied: TestClient) -> None:
    for name in ("X_Forwarded_User", "X-Forwarded-User-", "Forwarded-User", "Remote-User"):
        assert proxied.get("/", headers={name: "edda@desk.example"}).status_code == 401


def test_a_form_of_one_person_does_not_serve_another_in_the_same_browser(proxied: TestClient) -> None:
    sessions = Sessions(SECRET)
    session = sessions.new()
    proxied.cookies.set("accord-8000", sessions.written(session))
    token = sessions.csrf(session, "edda@desk.example")
    told = {"X-CSRF-Token": token}
    answers = {
        name: proxied.post("/session/end", headers={HEADER: name, **told}, follow_redirects=False).status_code
        for name in ("rika@desk.example", "edda@desk.example")
    }
    assert answers == {"rika@desk.example": 403, "edda@desk.example": 303}


# where writes come from -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": f"http://{HOST}"},
        {"Origin": f"https://{HOST}"},  # a proxy took https off
        {"Origin": f"http://{HOST.upper()}:80"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.example"},  # a proxy changed the host
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_write_from_the_rooms_own_pages_is_done(headers: dict[str, str]) -> None:
    with room(Access()) as asked:
        given = {"name": "Ada", "csrf": csrf(asked)}
        assert asked.post("/session", data=given, headers=headers, follow_redirects=False).status_code == 303
