"""Random requests, most of them nearly right: none breaks the room, and every answer carries its headers.

`make hammer` (or ACCORD_HAMMER=10000) sends more of them, from a seed of their own.
"""

from __future__ import annotations

import json
import os
import random
import string
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus

import anyio
import pytest

from accord.stores import open_store
from accord.web.access import mark_of
from accord.web.app import create_app
from accord.web.guard.headers import ALWAYS
from accord.web.problems import Problem
from accord.web.sessions import Session, Sessions
from accord.web.settings import Access, Settings, Token
from accord.web.work.bench import Jobs
from web.asking import Asked, ask
from web.hostile import MARKUP, SPEAKER, address, fill
from web.rooms import NO_LIMITS
from web.walking import Way, ways

COUNT = int(os.environ.get("ACCORD_HAMMER", "1500"))
SEED = int(os.environ.get("ACCORD_SEED", "6"))
SECRET = "s" * 40
READER, EDITOR = "accord_reader", "accord_editor"
TOKENS = (Token("Rika", "reader", mark_of(READER)), Token("Edda", "editor", mark_of(EDITOR)))
PROXY = "10.0.0.1"
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW")
WORDS = (
    *("", "a", "s", "ferry", "Ilse Tarn", MARKUP, SPEAKER, "../../etc/passwd", "%00", "\x00", "\ud800", "é" * 40),
    *("0", "1", "-1", "9" * 30, "1e308", "NaN", "2031-05-04", "2031-13-45", "0000-00-00", "9999-12-31", "true", "null"),
    *("(", '"', "'", "a AND", "NOT", "*", "a:b", "NEAR(", "'; drop table articles; --", "{{7*7}}", "${7}", "a" * 5_000),
    *("disputed", "figure", "single", "latest", "weight", "person", "open", "quote", "json", "svg", "png", "csv", "md"),
)
HEADERS = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Type", "Content-Length", "Cookie"),
    *(
        "Expect",
        "Forwarded",
        "HX-Boosted",
        "HX-Current-URL",
        "HX-Request",
        "HX-Target",
        "If-Match",
        "If-Modified-Since",
    ),
    *("If-None-Match", "Last-Event-ID", "Origin", "Range", "Referer", "Sec-Fetch-Site", "Transfer-Encoding"),
    *("X-CSRF-Token", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-User", "X-HTTP-Method"),
)
VALUES = (
    *("*", "*/*", "text/html", "application/json", "application/x-www-form-urlencoded", "multipart/form-data"),
    *("multipart/form-data; boundary=x", "text/event-stream;q=0.9", "gzip, br;q=0", "bytes=0-10,5-1", 'W/"a"', "true"),
    *("Bearer ", f"Bearer {READER}", f"Bearer {EDITOR}", "Basic Og==", "https", "127.0.0.1, 10.0.0.1", "edda", "null"),
    *(
        "same-origin",
        "cross-site",
        "Thu, 99 Jan 2031 99:99:99 GMT",
        "100-continue",
        "chunked",
        "-1",
        "18446744073709551616",
    ),
)


class Hammer:
    """Draws requests."""

    def __init__(self, seed: int, routes: list[Way], cookie: str, csrf: str) -> None:
        self.draw = random.Random(seed)
        self.routes = routes
        self.cookie = cookie
        self.csrf = csrf
        self.names = sorted({name for way in routes for name in (*way.queries, *way.fields)} - {"asked"})

    def request(self) -> Asked:
        way = self.draw.choice(self.routes)
        method = way.method if self.maybe(0.8) else self.draw.choice(METHODS)
        return Asked(method, self.path(way), self.query(way), self.headers(), self.body(way))

    def maybe(self, chance: float) -> bool:
        return self.draw.random() < chance

    def word(self) -> str:
        if self.maybe(0.7):
            return self.draw.choice(WORDS)
        size = self.draw.choice((1, 3, 20, 300))
        return "".join(
            chr(self.draw.choice((self.draw.randrange(1, 0xD800), self.draw.randrange(1, 256)))) for _ in range(size)
        )

    def bytes(self) -> bytes:
        return self.draw.randbytes(self.draw.choice((0, 1, 10, 200)))

    def path(self, way: Way) -> bytes:
        if self.maybe(0.6):
            path = address(way.path)
        else:
            parts = [
                part if "{" not in part else quote(self.word().encode("utf-8", "replace"), safe="")
                for part in way.path.split("/")
            ]
            path = "/".join(parts)
        made = path.encode("ascii", "replace")
        if self.maybe(0.1):
            at = self.draw.randrange(len(made) + 1)
            made = (
                made[:at]
                + self.draw.choice((b"/", b"//", b"..", b"%2e%2e%2f", b"%00", b"%ff", b"\xff", b"?", b";a", b"%"))
                + made[at:]
            )
        return made if made.startswith(b"/") else b"/" + made

    def query(self, way: Way) -> bytes:
        if self.maybe(0.4):
            return b""
        if self.maybe(0.1):
            return self.bytes()
        names = self.draw.choices((*way.queries, *self.names, "limit", "offset", "cursor"), k=self.draw.randrange(1, 5))
        return "&".join(f"{name}={quote_plus(self.word().encode('utf-8', 'replace'))}" for name in names).encode()

    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        told = [(b"host", b"localhost" if self.maybe(0.95) else self.bytes())]
        if self.maybe(0.7):
            told += [(b"cookie", self.cookie.encode()), (b"x-csrf-token", self.csrf.encode())]
        for _ in range(self.draw.choice((0, 0, 1, 2, 6))):
            value = self.draw.choice(VALUES).encode() if self.maybe(0.9) else self.bytes()
            told.append((self.draw.choice(HEADERS).lower().encode(), value))
        return tuple(told)

    def body(self, way: Way) -> tuple[bytes, ...]:
        kind = self.draw.randrange(6)
        fields = {name: self.word() for name in self.draw.choices((*way.fields, *self.names, "csrf"), k=4)}
        if kind == 0:
            whole = b""
        elif kind == 1:
            whole = json.dumps(self.json(3)).encode()
        elif kind == 2:
            whole = "&".join(
                f"{name}={quote_plus(value.encode('utf-8', 'replace'))}" for name, value in fields.items()
            ).encode()
        elif kind == 3:
            parts = (
                f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\n\r\n{value}\r\n'
                for name, value in fields.items()
            )
            whole = "".join((*parts, "--x--")).encode("utf-8", "replace")
        else:
            whole = self.bytes()
        if self.maybe(0.2) and whole:
            at = self.draw.randrange(len(whole))
            return whole[:at], whole[at:]
        return (whole,)

    def json(self, depth: int) -> object:
        kind = self.draw.randrange(8 if depth else 5)
        simple = (None, True, self.draw.randrange(-(10**20), 10**20), self.draw.random() * 1e300, self.word())
        if kind < 5:
            return simple[kind]
        if kind == 5:
            return [self.json(depth - 1) for _ in range(self.draw.randrange(4))]
        names = (
            *self.names,
            "kind",
            "findings",
            "articles",
            "passages",
            "by",
            "".join(self.draw.choices(string.ascii_letters, k=3)),
        )
        return {name: self.json(depth - 1) for name in self.draw.choices(names, k=4)}


@pytest.mark.parametrize("kind", ["open", "tokens", "proxy"])
def test_random_requests_break_nothing(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Problem(409, "Busy", "no job is begun here")

    monkeypatch.setattr(Jobs, "submit", busy)
    monkeypatch.setattr(Jobs, "refresh", busy)
    url = str(tmp_path / "room.db")
    with closing(open_store(url)) as store:
        fill(store)
    access = {
        "open": Access(secret=SECRET),
        "tokens": Access(tokens=TOKENS, secret=SECRET),
        "proxy": Access(header="X-Forwarded-User", proxies=(PROXY,), editors=("edda",), secret=SECRET),
    }[kind]
    app = create_app(Settings(store=url, access=access, limits=NO_LIMITS))
    sessions = Sessions(SECRET)
    session = Session("x", mark_of(EDITOR) if kind == "tokens" else None)
    cookie = f"accord-8000={sessions.written(session)}"
    csrf = sessions.csrf(session, "edda" if kind == "proxy" else "")
    routes = [way for way in ways(app) if not way.path.endswith("/events")]
    hammer = Hammer(SEED, routes, cookie, csrf)
    count = COUNT * 2 // 3 if kind == "open" else COUNT // 6
    client = PROXY if kind == "proxy" else "127.0.0.1"
    told: Counter[int] = Counter()

    async def strike() -> None:
        for _ in range(count):
            asked = hammer.request()
            answer = await ask(app, asked, client)
            assert answer.error is None, (asked, answer.error)
            assert 200 <= answer.status < 500, (asked, answer.status, answer.body[:500])
            assert {name: answer.headers.get(name.lower()) for name in ALWAYS} == ALWAYS, asked
            told[answer.status] += 1

    try:
        anyio.run(strike)
    finally:
        app.state.desk.close()
    assert told.total() == count
    if kind == "open":
        assert {200, 303, 403, 404, 422} <= set(told)  # they come as far as what they ask for
        assert told[200] > count / 10
