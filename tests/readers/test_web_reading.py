"""`read` over real sockets: subscriptions to feeds to pages, indexes to sitemaps to pages, side by side, in order."""

from __future__ import annotations

import gzip
import socket
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from accord.config import Config, Web
from accord.readers import read
from accord.records import Page, Rejected
from readers.web.site import Reply, Site, moved, page, robots

CONFIG = Config(web=Web(private=True, delay=0.0, retries=0, timeout=5.0))
LONG = "The ferry to Harrow Isle ran again on Monday after a week of storms. " * 20


def xml(text: str, kind: str = "application/rss+xml") -> Reply:
    return Reply(text.encode(), 200, {"Content-Type": kind})


def item(url: str, text: str = "A stub.") -> str:
    return f"<item><title>{url[-8:]}</title><link>{url}</link><description>{text}</description></item>"


def rss(*items: str, title: str = "Herald") -> Reply:
    return xml(f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>')


def opml(*urls: str) -> Reply:
    outlines = "".join(f'<outline text="Feed" xmlUrl="{url}"/>' for url in urls)
    return xml(f"<opml><body><outline text='Islands'>{outlines}</outline></body></opml>", "text/x-opml")


def dead() -> str:
    """Return a URL on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
        return f"http://{host}:{port}/rss"


def where(items: list[Page | Rejected]) -> list[str]:
    return [found.location if isinstance(found, Page) else f"! {found.what}" for found in items]


@pytest.fixture
def sites() -> Iterator[list[Site]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Site()) for _ in range(3)]


def test_subscriptions_lead_to_feeds_and_feeds_to_pages_in_order(sites: list[Site]) -> None:
    one, two, _ = sites
    gone = dead()
    one.routes = {
        "/robots.txt": robots("User-agent: *\nDisallow: /private"),
        "/feeds.opml": opml(one.url("/old.rss"), gone, two.url("/rss"), one.url("/home"), one.url("/old.rss")),
        "/old.rss": moved("/new.rss"),
        "/new.rss": rss(
            item(one.url("/1?utm_source=rss")),
            item("", LONG),
            item(one.url("/private")),
            item("/2"),
            item(one.url("/404")),
        ),
        "/home": page("<p>Home</p>"),
        "/1": page("one"),
        "/2": page("two"),
    }
    two.routes = {"/rss": rss(item("/3"), item(one.url("/1#top")), title="Dale | News"), "/3": page("three")}
    found = list(read([one.url("/feeds.opml")], CONFIG))
    assert where(found) == [
        one.url("/1?utm_source=rss"),
        one.url("/new.rss") + ", entry 2",
        "! " + one.url("/private"),
        one.url("/2"),
        "! " + one.url("/404"),
        "! " + gone,
        two.url("/3"),
        "! " + one.url("/home"),
    ]
    assert one.paths().count("/1") + one.paths().count("/1?utm_source=rss") == 1
    listing = found[0].listing if isinstance(found[0], Page) else None
    assert listing is not None
    assert (listing.outlet, listing.section) == ("Herald", "Islands")
    missing = found[4]
    assert isinstance(missing, Rejected)
    assert "gives only 2 words of it" in missing.reason
    home = found[-1]
    assert isinstance(home, Rejected)
    assert "text/html" in home.reason


def test_an_index_leads_to_sitemaps_and_sitemaps_to_pages_in_order(sites: list[Site]) -> None:
    one, two, _ = sites
    one.routes = {
        "/index.xml": xml(
            f"<sitemapindex><sitemap><loc>{one.url('/index.xml')}</loc></sitemap>"
            f"<sitemap><loc>{two.url('/news.xml')}</loc></sitemap><sitemap><loc>{one.url('/b.xml')}</loc></sitemap>"
            "</sitemapindex>",
            "text/xml",
        ),
        "/b.xml": xml(f"<urlset><url><loc>{one.url('/2')}</loc></url></urlset>", "application/xml"),
        "/2": page("two"),
    }
    two.routes = {
        "/news.xml": xml(
            f'<urlset xmlns:n="http://n.example/"><url><loc>{two.url("/1")}</loc><n:news><n:publication>'
            "<n:name>Dale</n:name></n:publication><n:title>Ferry runs</n:title></n:news></url></urlset>",
            "text/xml",
        ),
        "/1": page("one"),
    }
    found = list(read([one.url("/index.xml")], CONFIG))
    assert where(found) == [two.url("/1"), one.url("/2")]
    listing = found[0].listing if isinstance(found[0], Page) else None
    assert listing is not None
    assert (listing.title, listing.outlet) == ("Ferry runs", "Dale")


def test_a_gzipped_sitemap_and_a_feed_in_an_archive_are_followed(sites: list[Site], tmp_path: Path) -> None:
    one = sites[0]
    sitemap = f"<urlset><url><loc>{one.url('/1')}</loc></url></urlset>".encode()
    one.routes = {
        "/index.xml": xml(
            f"<sitemapindex><sitemap><loc>{one.url('/a.xml.gz')}</loc></sitemap></sitemapindex>", "text/xml"
        ),
        "/a.xml.gz": Reply(gzip.compress(sitemap), 200, {"Content-Type": "application/x-gzip"}),
        "/1": page("one"),
        "/2": page("two"),
    }
    path = str(tmp_path / "saved.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "first")
        archive.writestr("f.rss", rss(item(one.url("/2")), item("", LONG)).content)
        archive.writestr("z.txt", "last")
    assert where(list(read([one.url("/index.xml"), path], CONFIG))) == [
        one.url("/1"),
        f"{path}, a.txt",
        one.url("/2"),
        f"{path}, f.rss, entry 2",
        f"{path}, z.txt",
    ]


def test_two_links_that_lead_to_one_page_give_it_once(sites: list[Site]) -> None:
    one = sites[0]
    one.routes = {"/a": moved("/c"), "/b": moved("/c"), "/c": page("c"), "/d": page("d")}
    found = list(read([one.url(path) for path in ("/a", "/b", "/c", "/d", "/d#x")], CONFIG))
    assert sum(isinstance(item, Page) for item in found) == 2
    assert len(found) == len([item for item in found if isinstance(item, Page)]) + sum(
        "listed already" in item.reason for item in found if isinstance(item, Rejected)
    )


def test_lists_that_lead_to_each_other_without_end_are_cut_off(sites: list[Site]) -> None:
    one = sites[0]
    for depth in range(9):
        one.routes[f"/{depth}"] = opml(one.url(f"/{depth + 1}"))
    (rejected,) = list(read([one.url("/0")], CONFIG))
    assert isinstance(rejected, Rejected)
    assert "lie in each other" in rejected.reason
    assert one.pages() == [f"/{depth}" for depth in range(5)]


def test_pages_between_links_keep_their_places_whatever_is_held_back(
    sites: list[Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.readers._HELD", 2500)
    one = sites[0]
    paths = []
    for number in range(12):
        if number % 4 == 0:
            one.routes[f"/{number}"] = page(str(number))
            paths.append(one.url(f"/{number}"))
        else:
            (tmp_path / f"{number}.txt").write_text("x")
            paths.append(str(tmp_path / f"{number}.txt"))
    assert where(list(read(paths, CONFIG))) == paths


def test_the_pages_of_several_feeds_are_fetched_side_by_side(sites: list[Site]) -> None:
    def slowly(_: object) -> Reply:
        time.sleep(0.05)
        return page("slow")

    for site in sites:
        site.routes = {"/rss": rss(*[item(site.url(f"/{n}")) for n in range(6)])}
        site.routes |= {f"/{n}": slowly for n in range(6)}
    one = sites[0]
    one.routes["/all.opml"] = opml(*[site.url("/rss") for site in sites])
    found = list(read([one.url("/all.opml")], CONFIG))
    assert where(found) == [site.url(f"/{n}") for site in sites for n in range(6)]
    spans = [(site.asked[-6].begun, site.asked[-1].begun) for site in sites]
    assert max(begun for begun, _ in spans) < min(ended for _, ended in spans)
    assert all(site.most_at_once == 1 for site in sites)


def test_a_reader_that_stops_early_leaves_nothing_open(sites: list[Site]) -> None:
    one = sites[0]
    one.routes = {"/rss": rss(*[item(f"/{n}") for n in range(30)])} | {f"/{n}": page("x") for n in range(30)}
    reading = read([one.url("/rss")], CONFIG)
    assert isinstance(next(reading), Page)
    reading.close()  # type: ignore[attr-defined]


def test_offline_every_stub_is_named_and_full_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "herald.rss"
    path.write_bytes(rss(item("https://herald.example/1"), item("", LONG)).content)
    found = list(read([str(path)], Config(web=Web(offline=True))))
    assert where(found) == ["! https://herald.example/1", f"{path}, entry 2"]
    first = found[0]
    assert isinstance(first, Rejected)
    assert "offline" in first.reason
    assert 'entry 1 "xample/1"' in first.reason
