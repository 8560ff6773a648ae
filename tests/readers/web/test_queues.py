from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from accord.readers.inputs import Link
from accord.readers.web import AHEAD, queues
from accord.readers.web.clock import Clock
from accord.readers.web.queues import Queues, Steps, Turn
from readers.web.fetching import FastClock, fetched, fetcher, links, page_of, reason_of
from readers.web.site import Asked, Reply, Site, moved, page


def slow(asked: Asked) -> Reply:
    asked.hang(0.05)
    return page(asked.path)


def test_a_host_gets_one_request_at_a_time_with_the_delay_in_between() -> None:
    with Site({f"/{number}": slow for number in range(5)}) as site:
        fetched(*(site.url(f"/{number}") for number in range(5)), delay=0.1)
        assert site.most_at_once == 1
        assert min(site.gaps()) >= 0.095
        assert len(site.asked) == 6


def test_redirects_and_retries_keep_the_delay_too() -> None:
    with Site({"/a": moved("/b"), "/b": [Reply(b"", 500), page("b")]}) as site:
        page_of(fetched(site.url("/a"), delay=0.1, retries=1)[0])
        assert site.paths() == ["/robots.txt", "/a", "/b", "/b"]
        assert min(site.gaps()) >= 0.095


def test_a_redirect_waits_in_the_queue_of_the_host_that_it_leads_to() -> None:
    with Site({f"/{number}": slow for number in range(4)}) as target:
        routes = {f"/{number}": moved(target.url(f"/{number}")) for number in range(4)}
        with Site(routes) as one, Site(routes) as two:
            urls = [one.url("/0"), one.url("/1"), two.url("/2"), two.url("/3")]
            answers = fetched(*urls, delay=0.05)
        assert [page_of(answer).content for answer in answers] == [b"/0", b"/1", b"/2", b"/3"]
        assert target.most_at_once == 1
        assert min(target.gaps()) >= 0.045
        assert target.paths().count("/robots.txt") == 1


def test_hosts_are_read_side_by_side() -> None:
    together = threading.Barrier(3, timeout=5)

    def meet(asked: Asked) -> Reply:
        together.wait()
        return page("met")

    with Site({"/a": meet}) as one, Site({"/a": meet}) as two, Site({"/a": meet}) as three:
        assert all(map(page_of, fetched(*(site.url("/a") for site in (one, two, three)))))


def test_no_more_hosts_are_read_side_by_side_than_set() -> None:
    lock = threading.Lock()
    running: set[str] = set()
    most = 0

    def counted(asked: Asked) -> Reply:
        nonlocal most
        with lock:
            running.add(asked.headers["Host"])
            most = max(most, len(running))
        asked.hang(0.05)
        with lock:
            running.discard(asked.headers["Host"])
        return page("text")

    with Site({"/a": counted}) as one, Site({"/a": counted}) as two, Site({"/a": counted}) as three:
        assert all(map(page_of, fetched(*(site.url("/a") for site in (one, two, three)), hosts=2)))
    assert most == 2


def test_a_slow_host_holds_no_other_back_and_the_order_stays() -> None:
    gate = threading.Event()

    def last(asked: Asked) -> Reply:
        gate.set()
        return page("last")

    with (
        Site({"/slow": lambda asked: gate.wait(5) and page("slow")}) as one,
        Site({"/1": page("1"), "/2": page("2"), "/3": last}) as two,
    ):
        urls = [one.url("/slow"), two.url("/1"), two.url("/2"), two.url("/3")]
        answers = [page_of(answer).content for answer in fetched(*urls)]
    assert answers == [b"slow", b"1", b"2", b"last"]


def test_a_host_that_asks_for_rest_holds_no_other_back() -> None:
    times: list[float] = []

    def timed(asked: Asked) -> Reply:
        times.append(time.monotonic())
        return page("text")

    with Site({"/a": [Reply(b"", 503, {"Retry-After": "1"}), timed]}) as one, Site({"/b": timed}) as two:
        assert all(map(page_of, fetched(one.url("/a"), two.url("/b"), retries=1)))
    assert times[1] - times[0] > 0.5


def test_links_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Link]:
        nonlocal taken
        while True:
            taken += 1
            yield Link("ftp://nowhere.example/")

    with closing(fetcher()) as made:
        answers = made.fetch(endless())
        for number in range(1, 2000):
            _, answer = next(answers)
            assert "only http: and https:" in reason_of(answer)
            assert taken <= number + AHEAD
        answers.close()


def test_links_that_come_slowly_do_not_hold_back_what_is_there() -> None:
    with Site({"/a": page("a"), "/b": page("b")}) as site, closing(fetcher(delay=0.0)) as made:
        answered = threading.Event()

        def slowly() -> Iterator[Link]:
            yield Link(site.url("/a"))
            yield Link(site.url("/b"))
            time.sleep(0.2)
            yield Link("ftp://nowhere.example/")
            for _ in range(60):
                assert answered.is_set()
                yield Link("ftp://nowhere.example/")

        for _, answer in made.fetch(slowly()):
            answered.set()
            assert answer


def test_an_error_of_the_list_comes_after_the_pages_before_it() -> None:
    def broken() -> Iterator[Link]:
        yield Link(site.url("/a"))
        raise ValueError("the feed breaks off")

    with Site({"/a": page("a")}) as site, closing(fetcher()) as made:
        answers = made.fetch(broken())
        assert page_of(next(answers)[1]).content == b"a"
        with pytest.raises(ValueError, match="breaks off"):
            next(answers)


def test_a_page_of_links_is_followed_while_its_list_is_still_read() -> None:
    routes = {f"/{number}": page(str(number)) for number in range(6)}
    with Site(routes) as site, closing(fetcher()) as made:
        found = []
        for _, answer in made.fetch(links([site.url("/0"), site.url("/1"), site.url("/2")])):
            found.append(page_of(answer).content)
            found += [page_of(inner).content for _, inner in made.fetch(links([site.url(f"/{len(found) % 3 + 3}")]))]
        assert found == [b"0", b"4", b"1", b"3", b"2", b"5"]
        assert site.most_at_once == 1


def test_pages_that_wait_to_be_taken_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "MOST_HELD", 250_000)
    big = Reply(bytes(100_000))
    with Site({f"/{number}": big for number in range(12)}) as site, closing(fetcher(delay=0.0)) as made:
        answers = made.fetch(links(site.url(f"/{number}") for number in range(12)))
        page_of(next(answers)[1])
        time.sleep(0.3)
        assert len(site.pages()) <= 5
        assert sum(1 for _, answer in answers if page_of(answer)) == 11


def test_the_state_of_hosts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "_MOST_HOSTS", 10)
    made = Queues(FastClock(), 2, 1.0, lambda _: 0)

    def once(host: str) -> Steps[str]:
        yield Turn(host)
        made.count_failures(host, failed=True)
        return host

    for number in range(50):
        assert made.take(made.submit(once(f"h{number}"))) == f"h{number}"
        made._clock.wait(threading.Condition(), 2.0)
    made.close()
    assert len(made._hosts) <= 11


def test_an_error_in_a_job_reaches_who_takes_it() -> None:
    made = Queues(Clock(), 1, 0.0, lambda _: 0)

    def broken() -> Steps[None]:
        yield Turn("a.example")
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        made.take(made.submit(broken()))
    made.close()
