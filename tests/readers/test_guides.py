"""Readings that are guided: which links are followed, what is told of them, and a fetcher that outlives them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from accord.config import Config, Web
from accord.errors import ReadError
from accord.readers import read
from accord.readers.inputs import Link
from accord.readers.subscriptions import subscriptions
from accord.readers.web import Answer, Fetcher, Unfetched
from accord.records import Page, Rejected
from readers.web.fetching import Remembered
from readers.web.site import Reply, Site, page

CONFIG = Config(web=Web(private=True, delay=0.0, retries=0, timeout=5.0))


class Guided:
    """Wants all but `unwanted`, and keeps what it is told."""

    def __init__(self, *unwanted: str) -> None:
        self.unwanted = unwanted
        self.told: list[tuple[str, Answer | Rejected]] = []

    def wanted(self, link: Link) -> bool:
        return link.url not in self.unwanted

    def came(self, link: Link, answer: Answer | Rejected) -> None:
        self.told.append((link.url, answer))


def feed(*urls: str, tag: str = '"1"') -> Reply:
    items = "".join(f"<item><title>{url}</title><link>{url}</link></item>" for url in urls)
    content = f"<rss version='2.0'><channel><title>The Herald</title>{items}</channel></rss>"
    return Reply(content.encode(), 200, {"Content-Type": "application/rss+xml", "ETag": tag})


def test_a_guide_says_what_is_followed_and_hears_what_came() -> None:
    with Site() as site:
        site.routes = {"/feed": feed(*map(site.url, ("/a", "/b", "/c"))), "/a": page("one"), "/b": page("two")}
        guide = Guided(site.url("/b"))
        found = list(read([Link(site.url("/feed"))], CONFIG, guide=guide))
        assert [item.location for item in found if isinstance(item, Page)] == [site.url("/a")]
        assert "/b" not in site.paths()
        assert [url for url, _ in guide.told] == [site.url(path) for path in ("/feed", "/a", "/c")]
        missing = guide.told[-1][1]
        assert isinstance(missing, Unfetched)
        assert (missing.status, missing.wait) == (404, None)


def test_a_list_that_cannot_be_read_is_told_with_its_reason() -> None:
    with Site({"/feed": Reply(b"<rss><channel></channel></rss>", 200, {"Content-Type": "text/xml"})}) as site:
        guide = Guided()
        (rejected,) = read([site.url("/feed")], CONFIG, guide=guide)
        assert [type(answer) for _, answer in guide.told] == [Answer, Rejected]
        assert guide.told[1][1] == rejected


def test_a_server_that_asks_for_much_time_is_heard() -> None:
    with Site({"/a": Reply(b"", 503, {"Retry-After": "7200"})}) as site:
        guide = Guided()
        list(read([site.url("/a")], CONFIG, guide=guide))
        answer = guide.told[0][1]
        assert isinstance(answer, Unfetched)
        assert (answer.status, answer.wait) == (503, 7200.0)


def test_a_fetcher_that_is_lent_stays_open_and_knows_robots_from_before() -> None:
    with Site({"/a": page("one"), "/b": page("two")}) as site, closing(Fetcher(CONFIG)) as fetcher:
        for path in ("/a", "/b"):
            assert len(list(read([site.url(path)], CONFIG, fetcher=fetcher))) == 1
        assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_a_fetcher_tells_the_pause_that_a_host_asks_for() -> None:
    rules = b"User-agent: *\nCrawl-delay: 0.2"
    with Site({"/robots.txt": rules, "/a": page("one")}) as site, closing(Fetcher(CONFIG)) as fetcher:
        assert fetcher.pause(site.url("/a")) == 0.0
        list(read([site.url("/a")], CONFIG, fetcher=fetcher))
        assert fetcher.pause(site.url("/b")) == 0.2
        assert fetcher.pause("no address") == 0.0


def test_a_list_is_sent_again_when_its_first_page_of_many_fails_at_once() -> None:
    with Site() as site:
        paths = [f"/{n}" for n in range(40)]
        site.routes = {"/feed": feed(*map(site.url, paths)), **{path: page(path) for path in paths[2:]}}
        memory = Remembered()
        with closing(Fetcher(CONFIG, memory)) as fetcher:
            assert len(list(read([site.url("/feed")], CONFIG, memory=memory, fetcher=fetcher))) == 40
        assert site.url("/feed") not in memory.kept


def test_a_feed_that_breaks_off_gives_no_half_entry_and_is_sent_again() -> None:
    text = "The weir at Osk was opened by its keeper on Monday, who had waited for it since the winter. " * 10
    item = "<item><title>{0}</title><link>https://herald.example/{0}</link><description>{1}</description></item>"
    items = "".join(item.format(name, text) for name in ("dam", "weir", "mill"))
    content = f"<rss version='2.0'><channel><title>The Herald</title>{items}</channel></rss>".encode()
    kind = {"Content-Type": "application/rss+xml", "ETag": '"1"'}
    memory = Remembered()
    replies = [Reply(content[:cut], 200, kind) for cut in (-400, -1, len(content))]
    with Site({"/rss": replies}) as site, closing(Fetcher(CONFIG, memory)) as fetcher:
        for pages in (2, 3, 3):
            *found, last = read([site.url("/rss")], CONFIG, memory=memory, fetcher=fetcher)
            whole = isinstance(last, Page)
            assert len(found) + whole == pages
            assert (site.url("/rss") in memory.kept) == whole
            assert whole or "breaks off" in str(last)


def test_a_host_whose_pages_never_arrive_in_time_is_given_up() -> None:
    def drip(asked: object) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")  # type: ignore[attr-defined]
        while not asked.hang(0.02):  # type: ignore[attr-defined]
            asked.send(b"x")  # type: ignore[attr-defined]

    config = Config(web=Web(private=True, delay=0.0, retries=0, timeout=5.0, total=0.1))
    with Site({f"/{n}": drip for n in range(8)}) as site:
        found = list(read([site.url(f"/{n}") for n in range(8)], config))
        assert all(isinstance(item, Rejected) for item in found)
        assert len(site.pages()) == 5


def test_a_list_of_subscriptions_is_links_that_stand_for_themselves(tmp_path: Path) -> None:
    path = tmp_path / "desk.opml"
    outlines = '<outline text="The Herald" xmlUrl="https://herald.example/rss"/><outline text="Nothing"/>'
    path.write_text(f'<opml><body><outline text="Islands">{outlines}</outline></body></opml>', encoding="utf-8")
    link, rejected = subscriptions(str(path))
    assert isinstance(link, Link)
    assert (link.url, link.depth, link.base) == ("https://herald.example/rss", 0, None)
    assert link.listing is not None
    assert (link.listing.outlet, link.listing.section) == ("The Herald", "Islands")
    assert isinstance(rejected, Rejected)


def test_a_file_that_is_no_list_of_subscriptions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The ferry ran.", encoding="utf-8")
    with pytest.raises(ReadError, match="no list of feeds"):
        list(subscriptions(str(path)))
