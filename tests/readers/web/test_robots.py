from __future__ import annotations

import time
import tracemalloc

import httpx
import pytest

from accord.readers.web.robots import MOST_READ, parsed
from readers.web.fetching import FastClock, fetched, page_of, reason_of
from readers.web.site import Asked, Reply, Site, moved, page, robots

HOME = "http://a.example"


def allowed(text: str, *paths: str) -> list[bool]:
    rules = parsed(text.encode())
    return [rules.objection(httpx.URL(HOME + path)) is None for path in paths]


def test_the_group_that_names_us_wins_over_the_one_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: ACCORD\nDisallow: /private\n"
    assert allowed(text, "/", "/private/x", "/news") == [True, False, True]


@pytest.mark.parametrize("name", ["accord/0.1", "accord (a reader)", "Accord *"])
def test_a_version_after_our_name_is_ours_all_the_same(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /x\n", "/x", "/y") == [False, True]


@pytest.mark.parametrize("name", ["a", "acc", "accordion", "accord-bot", "my-accord", "Googlebot"])
def test_a_group_that_names_another_robot_is_not_ours(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /\n", "/x") == [True]


def test_several_names_share_a_group_and_groups_of_one_name_are_joined() -> None:
    shared = "user-agent: other\nUSER-AGENT: accord\nDisallow: /a\n"
    text = shared + "\nUser-agent: x\nDisallow: /\n\nUser-agent: accord\nDisallow: /b\n"
    assert allowed(text, "/a", "/b", "/c") == [False, False, True]


def test_the_longest_rule_wins_and_allow_wins_a_tie() -> None:
    text = "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /x\nAllow: /x\n"
    assert allowed(text, "/news/a", "/news/open/a", "/x") == [False, True, True]


def test_wildcards_and_ends_are_understood() -> None:
    text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?session=\n"
    assert allowed(text, "/a.pdf", "/a.pdf?x", "/a?session=1", "/a") == [False, True, False, True]


def test_percent_signs_and_other_scripts_are_compared_alike() -> None:
    text = "User-agent: *\nDisallow: /straße\nDisallow: /caf%C3%A9\n"
    assert allowed(text, "/stra%C3%9Fe", "/café", "/cafe") == [False, False, True]


def test_comments_byte_order_marks_and_odd_line_ends_are_borne() -> None:
    assert allowed("\ufeffUser-agent: * # all\r# note\rDisallow: /x # not this\r", "/x", "/y") == [False, True]


def test_what_lies_beyond_500_kib_is_not_read() -> None:
    head = "User-agent: *\nDisallow: /a\n"
    text = head + "#" * (MOST_READ - len(head) - 5) + "\nDisallow: /b\n"
    assert allowed(text, "/a", "/b") == [False, True]


HOSTILE = {
    "names and rules": "".join(f"User-agent: r{n}\n" for n in range(16_000)) + "Disallow: /x\n" * 16_000,
    "stars": "User-agent: *\n" + "Disallow: /" + "*a" * 240_000,
    "many stars": "User-agent: *\n" + f"Disallow: /{'*a' * 50}b\n" * 4_000,
    "one line": "x" * MOST_READ,
    "escapes": "User-agent: *\nDisallow: /" + "%41" * 160_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_robots_txt_takes_little_time_and_memory(text: str) -> None:
    tracemalloc.start()
    begun = time.process_time()
    try:
        allowed(text, "/" + "a" * 3000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < 5
    assert peak < 60_000_000


# over sockets ---------------------------------------------------------------------------------------------------------


def test_robots_txt_is_read_first_once_a_site_and_obeyed() -> None:
    rules = robots("User-agent: *\nDisallow: /private/\n")
    with Site({"/robots.txt": rules, "/a": page("a"), "/b": page("b"), "/private/c": page("c")}) as site:
        a, c, b = fetched(*map(site.url, ("/a", "/private/c", "/b")))
        assert (page_of(a).content, page_of(b).content) == (b"a", b"b")
        assert reason_of(c).startswith("the robots.txt of 127.0.0.1 asks robots not to read it")
        assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_each_port_has_a_robots_txt_of_its_own() -> None:
    with Site({"/robots.txt": robots("User-agent: *\nDisallow: /"), "/a": page("a")}) as shut, Site() as site:
        site.routes["/a"] = page("open")
        first, second = fetched(shut.url("/a"), site.url("/a"))
        assert reason_of(first)
        assert page_of(second).content == b"open"
        assert (shut.paths(), site.paths()) == (["/robots.txt"], ["/robots.txt", "/a"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_site_without_a_robots_txt_is_open(status: int) -> None:
    with Site({"/robots.txt": Reply(b"User-agent: *\nDisallow: /", status), "/a": page("text")}) as site:
        assert page_of(fetched(site.url("/a"))[0]).content == b"text"


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_a_site_whose_robots_txt_fails_is_closed(status: int) -> None:
    with Site({"/robots.txt": Reply(b"", status), "/a": page("text")}) as site:
        reasons = [reason_of(answer) for answer in fetched(site.url("/a"), site.url("/b"))]
        assert all(f"answered {status} for its robots.txt" in reason for reason in reasons)
        assert site.paths() == ["/robots.txt"]


def test_a_robots_txt_that_cannot_be_reached_closes_the_site() -> None:
    with Site({"/robots.txt": lambda asked: None, "/a": page("text")}) as site:
        assert "could not be read" in reason_of(fetched(site.url("/a"))[0])
        assert site.pages() == []


def test_a_robots_txt_that_fails_is_tried_again() -> None:
    with Site({"/robots.txt": [Reply(b"", 503), robots("")], "/a": page("text")}) as site:
        assert page_of(fetched(site.url("/a"), retries=1, clock=FastClock())[0]).content == b"text"


def test_a_robots_txt_is_followed_through_five_redirects() -> None:
    routes = {f"/r{number}": moved(f"/r{number + 1}") for number in range(1, 5)}
    with Site({"/robots.txt": moved("/r1"), **routes, "/a": page("text")}) as site:
        site.routes["/r5"] = robots("User-agent: *\nDisallow: /a")
        assert "asks robots not to read it" in reason_of(fetched(site.url("/a"))[0])


def test_a_robots_txt_behind_more_redirects_counts_as_none() -> None:
    with Site({"/robots.txt": moved("/robots.txt"), "/a": page("text")}) as site:
        assert page_of(fetched(site.url("/a"))[0]).content == b"text"
        assert site.paths() == ["/robots.txt"] * 6 + ["/a"]


def test_a_robots_txt_on_another_host_counts_for_the_first() -> None:
    with Site({"/rules": robots("User-agent: *\nDisallow: /a")}) as other, Site({"/a": page("a")}) as site:
        site.routes["/robots.txt"] = moved(other.url("/rules"))
        assert reason_of(fetched(site.url("/a"))[0])
        assert (site.paths(), other.paths()) == (["/robots.txt"], ["/rules"])


def test_an_endless_robots_txt_is_cut_off_and_obeyed() -> None:
    def endless(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /a\n")
        while True:
            asked.send(b"#" * 10_000 + b"\n")

    with Site({"/robots.txt": endless, "/a": page("a"), "/b": page("b")}) as site:
        a, b = fetched(site.url("/a"), site.url("/b"), max_bytes=100)
        assert reason_of(a)
        assert page_of(b).content == b"b"


def test_a_redirect_goes_by_the_robots_txt_of_where_it_leads() -> None:
    with Site({"/robots.txt": robots("User-agent: accord\nDisallow: /b"), "/b": page("b")}) as other:
        with Site({"/a": moved(other.url("/b"))}) as site:
            reason = reason_of(fetched(site.url("/a"))[0])
        assert reason.startswith(f"it leads to {other.url('/b')}: the robots.txt of 127.0.0.1 asks")
        assert other.pages() == []


def test_a_crawl_delay_is_kept() -> None:
    clock = FastClock()
    with Site({"/robots.txt": robots("User-agent: *\nCrawl-delay: 7"), "/a": page("a"), "/b": page("b")}) as site:
        fetched(site.url("/a"), site.url("/b"), clock=clock)
    assert [round(wait) for wait in clock.waits] == [7, 7]


@pytest.mark.parametrize(("asked", "kept"), [("1000000", 9), ("1e400", 0), ("-4", 0), ("soon", 0), ("0.001", 0)])
def test_a_crawl_delay_is_kept_up_to_the_longest_wait(asked: str, kept: int) -> None:
    clock = FastClock()
    with Site({"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {asked}"), "/a": page("a")}) as site:
        fetched(site.url("/a"), clock=clock, longest_wait=9.0)
    assert [round(wait) for wait in clock.waits] == [kept]
