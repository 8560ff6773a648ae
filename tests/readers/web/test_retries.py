from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.readers.web.retries import pause, retry_after
from readers.web.fetching import FastClock, fetched, page_of, reason_of
from readers.web.site import Asked, Reply, Site, page

NOW = datetime(2026, 10, 21, 7, 27, tzinfo=UTC)
NONE = Reply(b"", 404)


def reset(asked: Asked) -> None:
    """Break the connection off without an answer."""
    asked.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


def test_pauses_double_up_to_the_longest() -> None:
    assert [pause(attempt, 1.0, 10.0, 0.0) for attempt in range(1, 7)] == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


@given(st.integers(1, 10_000), st.floats(0, 100), st.floats(0, 1000), st.floats(0, 1))
def test_chance_takes_off_half_at_most(attempt: int, base: float, longest: float, chance: float) -> None:
    full = pause(attempt, base, longest, 0.0)
    assert full / 2 <= pause(attempt, base, longest, chance) <= full <= longest


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 60.0),
        ("Wed, 21 Oct 2026 07:00:00 GMT", 0.0),
        ("Wednesday, 21-Oct-26 07:28:00 GMT", 60.0),
        ("Wed Oct 21 07:28:00 2026", 60.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("²", None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_a_time_or_none(header: str) -> None:
    asked = retry_after(header, NOW)
    assert asked is None or asked >= 0


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_that_may_pass_is_tried_again(status: int) -> None:
    with Site({"/a": [Reply(b"", status), Reply(b"", status), page("text")]}) as site:
        assert page_of(fetched(site.url("/a"), retries=3, clock=FastClock())[0]).content == b"text"
        assert site.pages() == ["/a"] * 3


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 410, 418, 451, 501])
def test_a_status_that_stays_is_told_at_once(status: int) -> None:
    with Site({"/a": Reply(b"", status)}) as site:
        reason = reason_of(fetched(site.url("/a"), retries=3, clock=FastClock())[0])
        assert reason.startswith(f"127.0.0.1 answered with status {status}: ")
        assert site.pages() == ["/a"]


def test_a_broken_connection_is_tried_again() -> None:
    def broken(asked: Asked) -> None:
        pass

    with Site({"/a": [broken, reset, page("text")]}) as site:
        assert page_of(fetched(site.url("/a"), retries=3, clock=FastClock())[0]).content == b"text"


def test_a_timeout_is_tried_again() -> None:
    with Site({"/a": [lambda asked: asked.hang(5) and None, page("text")]}) as site:
        assert page_of(fetched(site.url("/a"), retries=1, timeout=0.4, clock=FastClock())[0]).content == b"text"


def test_trying_again_ends_after_the_retries_and_says_so() -> None:
    with Site({"/a": reset, "/b": Reply(b"", 502)}) as site:
        broken, status = fetched(site.url("/a"), site.url("/b"), retries=2, clock=FastClock())
        assert reason_of(broken).startswith("127.0.0.1 could not be read: the answer broke off")
        assert reason_of(status).startswith("127.0.0.1 answered with status 502: the server has a problem")
        assert sorted(site.pages()) == ["/a"] * 3 + ["/b"] * 3


def test_pauses_between_tries_grow() -> None:
    clock = FastClock()
    with Site({"/a": Reply(b"", 500)}) as site:
        fetched(site.url("/a"), retries=3, delay=1.0, clock=clock)
    waits = [round(wait) for wait in clock.waits]
    assert waits == [1, 1, 2, 4]  # after robots.txt, then between tries


@pytest.mark.parametrize("header", ["30", "Mon, 02 Mar 2026 12:00:30 GMT"])
def test_retry_after_is_waited_for(header: str) -> None:
    clock = FastClock()
    with Site({"/a": [Reply(b"", 503, {"Retry-After": header}), page("text")]}) as site:
        page_of(fetched(site.url("/a"), retries=1, clock=clock)[0])
    assert 28 < max(clock.waits) <= 30


def test_retry_after_holds_back_the_whole_host() -> None:
    clock = FastClock()
    busy = clock.now() + 50
    times: dict[str, float] = {}

    def timed(asked: Asked) -> Reply:
        times[asked.path] = clock.now()
        return page("text")

    with Site({"/a": [Reply(b"", 429, {"Retry-After": "50"}), timed], "/b": timed}) as site:
        assert all(map(page_of, fetched(site.url("/a"), site.url("/b"), retries=1, clock=clock)))
    assert min(times["/a"], times["/b"]) >= busy


def test_a_retry_after_that_is_too_long_says_when_to_come_back_and_closes_the_host() -> None:
    with (
        Site({"/a": Reply(b"", 503, {"Retry-After": "7200"}), "/b": page("b")}) as site,
        Site({"/c": page("c")}) as other,
    ):
        a, b, c = fetched(site.url("/a"), site.url("/b"), other.url("/c"), retries=3, clock=FastClock())
        assert "come back after 2026-03-02 14:00 UTC" in reason_of(a)
        assert reason_of(b) == reason_of(a)
        assert page_of(c).content == b"c"
        assert site.pages() == ["/a"]


@pytest.mark.parametrize("header", ["999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_retry_after_of_ages_is_told_too(header: str) -> None:
    with Site({"/a": Reply(b"", 503, {"Retry-After": header})}) as site:
        assert "come back after" in reason_of(fetched(site.url("/a"), retries=3, clock=FastClock())[0])


def test_a_host_that_keeps_failing_is_given_up() -> None:
    with Site({"/bad": reset}) as site:
        urls = [site.url("/bad?" + str(number)) for number in range(8)]
        reasons = [reason_of(answer) for answer in fetched(*urls, retries=1, clock=FastClock())]
        assert sum("could not be read" in reason for reason in reasons) == 5
        assert sum("is given up for now: 5 requests in a row failed" in reason for reason in reasons) == 3
        assert len(site.pages()) < 16


def test_a_page_that_comes_in_between_keeps_the_host_open() -> None:
    with Site({"/bad": reset, "/good": page("text")}) as site:
        paths = ["/bad", "/bad", "/bad", "/bad", "/good"] * 2
        answers = fetched(*(site.url(f"{path}?{n}") for n, path in enumerate(paths)), clock=FastClock())
        assert page_of(answers[9]).content == b"text"
