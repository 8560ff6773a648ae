from __future__ import annotations

import socket
import threading
import time
from contextlib import closing

import pytest

from accord.config import Config, Web
from accord.readers import read
from accord.readers.inputs import Link
from accord.readers.web import Validators
from accord.records import Page, Rejected
from readers.web.fetching import QUICK, Remembered, fetched, fetcher, links, page_of, reason_of
from readers.web.site import Asked, Reply, Site, moved, page

TAGGED = Reply(b"text", 200, {"ETag": '"v1"', "Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"})


def hang(asked: Asked) -> None:
    asked.hang(20)


def tagged(asked: Asked) -> Reply:
    return Reply(b"", 304) if asked.headers["If-None-Match"] == '"v1"' else TAGGED


def test_a_page_that_has_not_changed_is_not_sent_again() -> None:
    memory = Remembered()
    with Site({"/a": tagged}) as site:
        first = page_of(fetched(site.url("/a"), memory=memory)[0])
        again = reason_of(fetched(site.url("/a"), memory=memory)[0])
    assert memory.kept == {first.url: Validators('"v1"', "Sun, 01 Mar 2026 10:00:00 GMT", first.fetched)}
    assert again == f"it has not changed since {first.fetched}"
    assert site.asked[-1].headers["If-Modified-Since"] == "Sun, 01 Mar 2026 10:00:00 GMT"


def test_a_page_that_has_changed_is_sent_and_remembered_anew() -> None:
    memory = Remembered()
    with Site({"/a": [TAGGED, Reply(b"new", 200, {"ETag": 'W/"v2"'})]}) as site:
        fetched(site.url("/a"), memory=memory)
        assert page_of(fetched(site.url("/a"), memory=memory)[0]).content == b"new"
        assert memory.kept[site.url("/a")].etag == 'W/"v2"'


def test_validators_belong_to_where_the_page_was_found() -> None:
    memory = Remembered()
    with Site({"/old": [moved("/a"), moved("/a"), moved("/b")], "/a": tagged, "/b": page("b")}) as site:
        page_of(fetched(site.url("/old"), memory=memory)[0])
        assert "has not changed" in reason_of(fetched(site.url("/old"), memory=memory)[0])
        assert page_of(fetched(site.url("/old"), memory=memory)[0]).content == b"b"


def test_a_page_is_remembered_only_when_the_next_is_asked_for() -> None:
    memory = Remembered()
    with Site({"/a": tagged, "/b": tagged}) as site, closing(fetcher(memory=memory)) as made:
        answers = made.fetch(links([site.url("/a"), site.url("/b")]))
        next(answers)
        assert memory.kept == {}
        next(answers)
        assert list(memory.kept) == [site.url("/a")]
        answers.close()
    assert list(memory.kept) == [site.url("/a")]


def test_validators_that_could_not_stand_in_a_header_are_not_sent() -> None:
    memory = Remembered()
    with Site({"/a": TAGGED}) as site:
        memory.kept[site.url("/a")] = Validators('"x"\r\nX-Other: 1', "y" * 5000)
        page_of(fetched(site.url("/a"), memory=memory)[0])
        assert site.asked[-1].headers["If-None-Match"] is None
        assert site.asked[-1].headers["X-Other"] is None


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    with Site({"/a": Reply(b"", 304)}) as site:
        assert "status 304" in reason_of(fetched(site.url("/a"), memory=Remembered())[0])


def test_offline_touches_neither_network_nor_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket, "socket", forbidden)
    assert "nothing is fetched offline" in reason_of(fetched("http://news.example/", offline=True)[0])


def test_a_closed_fetcher_says_so() -> None:
    made = fetcher()
    made.close()
    made.close()
    assert "was stopped" in reason_of(next(made.fetch([Link("http://news.example/")]))[1])


def test_closing_breaks_off_what_hangs() -> None:
    with Site({"/a": page("a"), "/hang": hang}) as site, Site({"/hang": hang}) as other:
        made = fetcher(timeout=20.0, total=20.0)
        answers = made.fetch(links([site.url("/a"), site.url("/hang"), other.url("/hang")]))
        page_of(next(answers)[1])
        while "/hang" not in site.paths() or "/hang" not in other.paths():
            time.sleep(0.01)
        begun = time.monotonic()
        made.close()
        assert time.monotonic() - begun < 1
        assert [reason_of(answer)[:25] for _, answer in answers] == ["the reading was stopped b"] * 2
    assert not [thread for thread in threading.enumerate() if thread.name == "accord-fetch"]


def test_closing_breaks_off_a_lookup_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, gate = threading.Event(), threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        asked.set()
        gate.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    made = fetcher()
    answers = made.fetch(links(["ftp://x/", "http://slow.example/"]))
    next(answers)
    asked.wait(5)
    begun = time.monotonic()
    made.close()
    assert time.monotonic() - begun < 1
    gate.set()
    answers.close()


def test_closing_breaks_off_a_connection_that_is_not_taken() -> None:
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for item in (first, second):
            item.setblocking(False)
            item.connect_ex(listener.getsockname())
        made = fetcher(timeout=20.0, total=20.0)
        answers = made.fetch(links(["ftp://x/", "http://{}:{}/".format(*listener.getsockname())]))
        next(answers)
        time.sleep(0.1)
        begun = time.monotonic()
        made.close()
        assert time.monotonic() - begun < 1
        answers.close()


def test_closing_from_another_thread_wakes_who_waits() -> None:
    with Site({"/hang": hang}) as site:
        made = fetcher(timeout=20.0, total=20.0)
        timer = threading.Timer(0.2, made.close)
        timer.start()
        begun = time.monotonic()
        assert "was stopped" in reason_of(next(made.fetch([Link(site.url("/hang"))]))[1])
        assert time.monotonic() - begun < 2
        timer.join()


def test_a_consumer_that_leaves_takes_its_pages_with_it() -> None:
    with Site({f"/{number}": page("text") for number in range(30)}) as site, closing(fetcher(delay=0.02)) as made:
        answers = made.fetch(links(site.url(f"/{number}") for number in range(30)))
        next(answers)
        answers.close()
        time.sleep(0.2)
        assert len(site.pages()) < 10
        assert page_of(next(made.fetch([Link(site.url("/0"))]))[1]).content == b"text"


def test_read_gives_the_pages_of_urls_in_order_and_goes_on_after_a_bad_one() -> None:
    with Site({"/a": page("<p>One."), "/c": Reply(b"two", 200, {"Content-Type": "text/plain"})}) as site:
        urls = [site.url("/a"), site.url("/b"), site.url("/c")]
        one, none, two = read(urls, Config(web=Web(**QUICK)))
    assert isinstance(one, Page)
    assert (one.content, one.location, one.media_type, one.charset) == (b"<p>One.", urls[0], "text/html", "utf-8")
    assert isinstance(none, Rejected)
    assert none.what == urls[1]
    assert isinstance(two, Page)
    assert two.media_type == "text/plain"
