from __future__ import annotations

import random
import time

import pytest

from accord.readers.web import requests
from accord.records import Rejected
from readers.web.fetching import FastClock, fetched, page_of, reason_of
from readers.web.site import Asked, Reply, Site, moved, page

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(asked: Asked) -> None:
    asked.send(OK + b"Content-Length: 100000\r\n\r\n")
    while not asked.hang(0.02):
        asked.send(b"x")


def drip_headers(asked: Asked) -> None:
    asked.send(OK)
    while not asked.hang(0.02):
        asked.send(b"X-A: b\r\n")


def endless_chunks(asked: Asked) -> None:
    asked.send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        asked.send(b"8000\r\n" + bytes(0x8000) + b"\r\n")


def endless_headers(asked: Asked) -> None:
    asked.send(OK)
    while True:
        asked.send(b"X-A: " + b"b" * 1000 + b"\r\n")


def endless_promises(asked: Asked) -> None:
    while not asked.hang(0.001):
        asked.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def endless_line(asked: Asked) -> None:
    while True:
        asked.send(b"x" * 10_000)


@pytest.mark.parametrize("slow", [drip, drip_headers, endless_promises])
def test_a_server_that_sends_a_byte_at_a_time_cannot_outlast_the_total(slow: object) -> None:
    with Site({"/a": slow}) as site:
        begun = time.monotonic()
        reason = reason_of(fetched(site.url("/a"), total=0.5, retries=3)[0])
        assert reason.startswith("it was not there after 0.5 seconds")
        assert time.monotonic() - begun < 2
        assert site.pages() == ["/a"]


def test_a_server_that_says_nothing_ends_with_the_timeout() -> None:
    with Site({"/a": lambda asked: asked.hang(5) and None}) as site:
        begun = time.monotonic()
        reason = reason_of(fetched(site.url("/a"), timeout=0.1)[0])
        assert reason.startswith("127.0.0.1 could not be read: it did not answer in time")
        assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "answer", [endless_chunks, Reply(bytes(1_000_001)), Reply(b"", 200, {"Content-Length": "9" * 18})]
)
def test_a_page_over_the_cap_is_refused_while_it_streams(answer: object) -> None:
    with Site({"/a": answer}) as site:
        assert reason_of(fetched(site.url("/a"))[0]).startswith("it is larger than 1,000,000 bytes")


def test_a_length_that_is_too_small_does_not_let_more_through() -> None:
    with Site({"/a": Reply(b"x" * 5000, 200, {"Content-Length": "10"})}) as site:
        assert page_of(fetched(site.url("/a"))[0]).content == b"x" * 10


@pytest.mark.parametrize("length", ["5000", "-1", "ten", "10, 20"])
def test_a_length_that_is_wrong_is_told(length: str) -> None:
    def lying(asked: Asked) -> None:
        asked.send(OK + f"Content-Length: {length}\r\n\r\n0123456789".encode())

    with Site({"/a": lying}) as site:
        assert "the answer broke off or is no HTTP" in reason_of(fetched(site.url("/a"))[0])


def test_chunks_that_break_off_are_told() -> None:
    def broken(asked: Asked) -> None:
        asked.send(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhalf")

    with Site({"/a": broken}) as site:
        assert "the answer broke off" in reason_of(fetched(site.url("/a"))[0])


@pytest.mark.parametrize(
    "garbage", [endless_headers, endless_line, lambda asked: asked.send(b"SSH-2.0-x\r\n") and None]
)
def test_an_answer_that_is_no_http_is_told(garbage: object) -> None:
    with Site({"/a": garbage}) as site:
        assert "is no HTTP" in reason_of(fetched(site.url("/a"))[0])


def test_a_page_without_a_length_ends_with_the_connection() -> None:
    def open_ended(asked: Asked) -> None:
        asked.send(OK + b"\r\n<p>All of it.")

    with Site({"/a": open_ended}) as site:
        assert page_of(fetched(site.url("/a"))[0]).content == b"<p>All of it."


def test_a_port_on_which_nobody_listens_is_told() -> None:
    with Site() as site:
        url = site.url("/a")
    assert "no connection was made (Connection refused)" in reason_of(fetched(url)[0])


def test_the_media_type_and_charset_are_the_servers_words() -> None:
    named = Reply(b"x", 200, {"Content-Type": 'Text/HTML; Charset="KOI8-R"; x=y'})
    wrong = Reply(b"x", 200, {"Content-Type": "text/html; charset=<script>"})
    with Site({"/a": named, "/b": wrong, "/c": Reply(b"x")}) as site:
        answers = [page_of(answer) for answer in fetched(*map(site.url, ("/a", "/b", "/c")))]
    assert [(answer.media_type, answer.charset) for answer in answers] == [
        ("text/html", "koi8-r"),
        ("text/html", None),
        (None, None),
    ]


@pytest.mark.parametrize("kind", ["image/jpeg", "VIDEO/mp4", "audio/mpeg; x=y"])
def test_pictures_and_films_are_not_read(kind: str) -> None:
    def film(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\nContent-Length: 900000\r\n\r\n")
        asked.hang(5)

    with Site({"/a": film}) as site:
        assert "not a report" in reason_of(fetched(site.url("/a"))[0])


def test_the_request_says_who_we_are_and_no_more() -> None:
    with Site({"/a": page("text")}) as site:
        fetched(site.url("/a"), user_agent="accord/0.1 (desk of The Calder Post)")
        sent = {name.lower(): value for name, value in site.asked[-1].headers.items()}
    assert sent.pop("host") == f"127.0.0.1:{site.port}"
    assert sent.pop("user-agent") == "accord/0.1 (desk of The Calder Post)"
    assert set(sent) == {"accept", "accept-encoding"}


def test_no_cookie_is_kept_or_sent() -> None:
    with Site({"/a": page("text", Set_Cookie="id=1; Path=/"), "/b": page("text")}) as site:
        site.routes["/c"] = Reply(b"", 302, {"Location": "/b", "Set-Cookie": "id=2; Path=/"})
        fetched(site.url("/a"), site.url("/b"), site.url("/c"))
        assert not [asked for asked in site.asked if asked.headers["Cookie"]]


def test_a_connection_is_used_again() -> None:
    with Site({"/a": page("a"), "/b": page("b"), "/old": moved("/a")}) as site:
        fetched(site.url("/a"), site.url("/old"), site.url("/b"))
        assert len({asked.connection for asked in site.asked}) == 1


def test_a_kept_connection_that_the_server_closed_is_replaced() -> None:
    def closing(asked: Asked) -> None:
        asked.send(OK + b"Content-Length: 1\r\n\r\na")

    with Site({"/a": closing, "/b": page("b")}) as site:
        assert page_of(fetched(site.url("/a"), site.url("/b"), delay=0.05)[1]).content == b"b"


def test_redirects_are_followed_to_where_the_page_is() -> None:
    with Site({"/a": moved("/b?x=1#part", 302), "/b": moved("c", 308), "/c": page("text")}) as site:
        answer = page_of(fetched(site.url("/a"))[0])
        assert (answer.url, answer.content) == (site.url("/c"), b"text")
        assert site.pages() == ["/a", "/b?x=1", "/c"]


def test_redirects_are_limited() -> None:
    routes = {f"/{number}": moved(f"/{number + 1}") for number in range(10)}
    with Site({**routes, "/3": page("text")}) as site:
        assert page_of(fetched(site.url("/0"), redirects=3)[0]).content == b"text"
        assert "redirects more than 2 times" in reason_of(fetched(site.url("/0"), redirects=2)[0])


@pytest.mark.parametrize("target", ["/a", "/b", "#top"])
def test_a_circle_of_redirects_is_told(target: str) -> None:
    with Site({"/a": moved(target), "/b": moved("/a")}) as site:
        assert "redirects in a circle" in reason_of(fetched(site.url("/a"))[0])


@pytest.mark.parametrize("target", ["http://[::1", "https://" + "a" * 300 + "/", "x" * 5000, "http://:0/"])
def test_a_redirect_to_no_url_is_told(target: str) -> None:
    with Site({"/a": moved(target)}) as site:
        assert "which is not followed: the URL" in reason_of(fetched(site.url("/a"))[0])


def test_a_redirect_to_nowhere_is_told() -> None:
    with Site({"/a": Reply(b"", 302)}) as site:
        assert "does not say where to" in reason_of(fetched(site.url("/a"))[0])


def test_a_refresh_in_the_page_is_not_followed() -> None:
    with Site({"/a": page('<meta http-equiv="refresh" content="0; url=/b">'), "/b": page("text")}) as site:
        page_of(fetched(site.url("/a"))[0])
        assert site.pages() == ["/a"]


@pytest.mark.parametrize("status", [204, 206, 300, 304, 404, 600])
def test_an_answer_that_holds_no_page_is_told_with_its_status(status: int) -> None:
    with Site({"/a": Reply(b"", status)}) as site:
        assert f"status {status}: " in reason_of(fetched(site.url("/a"))[0])


def test_an_upgrade_that_nobody_asked_for_is_told() -> None:
    def switching(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")

    with Site({"/a": switching}) as site:
        assert reason_of(fetched(site.url("/a"), clock=FastClock())[0])


def test_a_chain_of_slow_redirects_cannot_outlast_twice_the_total() -> None:
    def slowly(target: str) -> object:
        return lambda asked: asked.hang(0.25) or moved(target)

    with Site({"/a": slowly("/b"), "/b": slowly("/c"), "/c": slowly("/d"), "/d": slowly("/e")}) as site:
        begun = time.monotonic()
        reason = reason_of(fetched(site.url("/a"), total=0.3)[0])
        assert "it was not there after" in reason
        assert time.monotonic() - begun < 1.5


STARTS = (
    b"HTTP/1.1 200 OK",
    b"HTTP/1.0 301 x",
    b"HTTP/1.1 302 ",
    b"HTTP/1.1 999 q",
    b"HTTP/9 200",
    b"HTTP/1.1 100 C",
    b"",
)
FIELDS = (
    *(
        b"Location: ",
        b"Content-Type: ",
        b"Content-Encoding: gzip",
        b"Content-Length: 12",
        b"Transfer-Encoding: chunked",
    ),
    *(b"Retry-After: ", b"ETag: ", b": x", b" folded", b"Content-Encoding: ", b"Connection: upgrade", b"Set-Cookie: a"),
)
URLS = (b"http://[::1", b"//", b"\xff\xfe", b"http://a:b:c/", b"http://%zz/", b"http://xn--a/", b"http:x", b"data:,x")


def test_whatever_a_server_sends_is_a_page_or_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "MOST_FAILURES", 10_000)
    chance = random.Random(7)

    def junk(most: int) -> bytes:
        size = chance.randrange(most)
        letters = bytes(chance.choice(b"htp:/[]@%.\\#?a1 ") for _ in range(size))
        return chance.choice((chance.randbytes(size), letters, chance.choice(URLS)))

    def answer(asked: Asked) -> None:
        lines = [chance.choice(STARTS), *(chance.choice(FIELDS) + junk(30) for _ in range(chance.randrange(6)))]
        asked.send(b"\r\n".join(lines) + b"\r\n\r\n" + junk(200))

    with Site({f"/{number}": answer for number in range(150)}) as site:
        urls = [site.url(f"/{number}") for number in range(150)]
        answers = fetched(*urls, delay=0.0, timeout=1.0, clock=FastClock())
    assert len(answers) == 150
    assert all(answer.reason for answer in answers if isinstance(answer, Rejected))
