from __future__ import annotations

import httpx
import pytest

from accord.readers.web.problems import RefusedError
from accord.readers.web.urls import LONGEST, checked, queue_of, shown
from readers.web.fetching import fetched, reason_of
from readers.web.site import Site, moved, page

BAD = {
    "ftp://a.example/": "only http: and https:",
    "file:///etc/passwd": "only http: and https:",
    "javascript:alert(1)": "only http: and https:",
    "//a.example/x": "only http: and https:",
    "http://": "no host",
    "http:///x": "no host",
    "http://jo:secret@a.example/": "user name or password",
    "http://jo@a.example/": "user name or password",
    "http://a.example\\@10.0.0.1/": "user name or password",
    "http://a.example/\r\nX-Other: 1": "control characters",
    "http://a.example/\0": "control characters",
    "http://a.example/\ud800": "control characters",
    "http://a.example:99999/": "not valid",
    "http://[::1/": "not valid",
    "http://a b.example/": "not valid",
    "http://" + "a" * 70 + ".example/": "not valid",
    "http://a.example/" + "x" * LONGEST: "longer than",
}


@pytest.mark.parametrize(("url", "words"), BAD.items(), ids=[url[:30] for url in BAD])
def test_a_url_that_is_none_to_fetch_is_refused_with_the_reason(url: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        checked(url)


def test_a_fragment_and_a_trailing_dot_are_dropped() -> None:
    assert str(checked("HTTP://News.Example./a?b=1#c")) == "http://news.example/a?b=1"


def test_a_relative_redirect_is_joined() -> None:
    assert str(checked("../c", base=httpx.URL("https://a.example/x/y/z"))) == "https://a.example/x/c"


def test_one_host_is_one_queue_for_both_schemes_and_another_for_each_unusual_port() -> None:
    urls = ("http://a.example/", "https://a.example/x", "http://a.example:81/", "http://a.example:82/")
    assert [queue_of(httpx.URL(url)) for url in urls] == ["a.example", "a.example", "a.example:81", "a.example:82"]


def test_what_is_shown_of_a_url_holds_no_password_and_is_short() -> None:
    assert shown("http://jo:secret@a.example/x\n") == "http://a.example/x\N{REPLACEMENT CHARACTER}"
    assert len(shown("http://a.example/" + "x" * 9000)) == 301


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "gopher://127.0.0.1:25/x", "data:,x"])
def test_a_redirect_to_another_scheme_is_refused(target: str) -> None:
    with Site({"/a": moved(target)}) as site:
        assert "only http: and https: are fetched" in reason_of(fetched(site.url("/a"))[0])


def test_a_redirect_with_a_password_is_refused_and_the_password_not_shown() -> None:
    with Site({"/b": page("text")}) as site:
        site.routes["/a"] = moved(site.url("/b").replace("//", "//jo:secret@"))
        reason = reason_of(fetched(site.url("/a"))[0])
        assert "user name or password" in reason
        assert "secret" not in reason
        assert site.pages() == ["/a"]
