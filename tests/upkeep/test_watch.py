"""The watch over real sockets, on a clock on which waiting takes no time; articles are analyzed by a stand-in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Condition, Event

import pytest

from accord.config import Config, Web
from accord.errors import ReadError, StoreError
from accord.readers.web.clock import Clock, Stop
from accord.records import Analysis, Article, Rejected, Update
from accord.stores import Store, open_store
from accord.stores.store import Feed, Held
from accord.upkeep.schedule import HOUR, after, iso
from accord.upkeep.watch import Note, watch
from readers.web.site import Asked, Reply, Route, Site, page, robots

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
WEB = Web(private=True, delay=0.0, retries=0, timeout=5.0)
DAM = "The dam at Osk burst on Monday. Two people died in the flood. The mayor of Osk spoke of a dark day."
BREAD = "A baker in Bergel sells bread of acorns to visitors, who queue for it from dawn until it is gone."


class Ending(Clock):
    """Waiting moves it on at once; it sets `stop` at the end of so many seconds."""

    def __init__(self, seconds: float, begin: datetime = NOON) -> None:
        self.stop = Event()
        self.begin = begin
        self._end = seconds
        self._ahead = 0.0

    def now(self) -> float:
        return self._ahead

    def date(self) -> datetime:
        return self.begin + timedelta(seconds=self._ahead)

    def wait(self, condition: Condition, seconds: float) -> None:
        self._ahead += seconds

    def sleep(self, stop: Stop, seconds: float) -> bool:
        self._ahead += seconds
        if self._ahead >= self._end:
            self.stop.set()
        return self.stop.is_set()


@pytest.fixture(autouse=True)
def quick_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyzed(article: Article, config: Config | None = None) -> Analysis:
        return Analysis(article.id)

    monkeypatch.setattr("accord.analyze.analyze", analyzed)


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store("memory:")) as made:
        yield made


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def run(
    sources: Sequence[str], store: Store, hours: float, *, begin: datetime = NOON, every: float = HOUR, web: Web = WEB
) -> list[Rejected | Update]:
    """Watch `sources` for so many hours; return what was told."""
    told: list[Rejected | Update] = []
    clock = Ending(hours * HOUR, begin)
    watch(
        sources,
        store,
        config=Config(threads=1, web=web),
        every=every,
        stop=clock.stop,
        told=told.append,
        clock=clock,
    )
    return told


def report(text: str, title: str = "Report") -> Reply:
    body = f"<html><head><title>{title}</title></head><body><article><p>{text} {text}</p></article></body></html>"
    return page(body)


def feed(site: Site, *paths: str, extra: str = "", tag: str | None = None) -> Reply:
    items = "".join(
        f"<item><title>{path}</title><link>{site.url(path)}</link><description>News ...</description>{extra}</item>"
        for path in paths
    )
    content = f"<rss version='2.0'><channel><title>The Herald</title>{items}</channel></rss>"
    headers = {"Content-Type": "application/rss+xml", **({"ETag": tag} if tag else {})}
    return Reply(content.encode(), 200, headers)


def unchanged(reply: Reply) -> Callable[[Asked], Reply]:
    """Return a route that answers 304 where the reader has the page."""

    def answer(asked: Asked) -> Reply:
        return Reply(b"", 304) if asked.headers.get("If-None-Match") == reply.headers["ETag"] else reply

    return answer


def held(store: Store) -> dict[str, Held]:
    return {(item.article.url or "").rpartition("/")[2]: item for item in store.each()}


def reasons(told: Sequence[Rejected | Update], what: str) -> list[str]:
    return [item.reason for item in told if isinstance(item, Rejected) and item.what == what]


# what is new, and what is held ----------------------------------------------------------------------------------------


def test_what_is_new_is_added_and_what_is_held_is_not_asked_for_at_each_round(site: Site, store: Store) -> None:
    routes: dict[str, Route] = {"/rss": [feed(site, "/dam"), feed(site, "/bread", "/dam")]}
    site.routes = {**routes, "/dam": report(DAM), "/bread": report(BREAD)}
    told = run([site.url("/rss")], store, 23)
    assert sorted(held(store)) == ["bread", "dam"]
    assert site.pages().count("/rss") >= 20
    assert site.pages().count("/dam") == 3  # at once, after an hour, after six
    assert [item.kind for item in told if isinstance(item, Update)] == ["new story", "new story"]
    assert site.paths().count("/robots.txt") == 1


def test_a_page_is_asked_again_when_its_feed_says_that_it_was_modified(site: Site, store: Store) -> None:
    def entries(updated: str) -> Reply:
        content = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Herald</title><id>f</id><entry><id>1</id>"
            f"<title>Dam</title><link href='{site.url('/dam')}'/><published>2031-03-03T11:00:00Z</published>"
            f"<updated>{updated}</updated><summary>News ...</summary></entry></feed>"
        )
        return Reply(content.encode(), 200, {"Content-Type": "application/atom+xml"})

    old, new = entries("2031-03-03T11:00:00Z"), entries("2031-03-03T12:20:00Z")
    site.routes = {"/atom": [old, old, old, new], "/dam": [report(DAM), report(DAM.replace("Two", "Three"))]}
    run([site.url("/atom")], store, 0.7, every=600.0)
    assert site.pages().count("/dam") == 2
    assert held(store)["dam"].article.version == 2


def test_a_correction_is_found_by_the_plan_of_visits(site: Site, store: Store) -> None:
    site.routes = {
        "/rss": unchanged(feed(site, "/dam", tag='"f"')),
        "/dam": [report(DAM), report(DAM.replace("Two", "Three"))],
    }
    told = run([site.url("/rss")], store, 3)
    found = held(store)["dam"].article
    assert (found.version, found.outlet) == (2, "The Herald")
    assert next(change.after for change in found.changes) == "Three people died in the flood."
    assert "corrected" in [item.kind for item in told if isinstance(item, Update)]


def test_what_was_added_before_is_known_to_the_watch(site: Site, store: Store) -> None:
    site.routes = {"/rss": feed(site, "/dam?utm_source=rss"), "/dam": report(DAM)}
    run([site.url("/dam")], store, 0.5)
    assert site.pages() == ["/dam"]
    run([site.url("/rss")], store, 20, begin=NOON + timedelta(minutes=40))
    assert site.paths().count("/dam") == 3  # and under no other name
    assert not [path for path in site.paths() if "utm" in path]


# what is taken down ---------------------------------------------------------------------------------------------------


def test_a_page_that_is_missing_twice_or_gone_once_is_retracted(site: Site, store: Store) -> None:
    lost, gone = Reply(b"", 404), Reply(b"", 410)
    site.routes = {
        "/rss": unchanged(feed(site, "/dam", "/bread", "/ferry", tag='"f"')),
        "/dam": [report(DAM), lost],
        "/bread": [report(BREAD), gone],
        "/ferry": [report("The ferry to Harl ran again after a week of storms."), lost, report("It ran.")],
    }
    told = run([site.url("/rss")], store, 48)
    found = held(store)
    assert found["bread"].gone == after(NOON, HOUR)
    assert found["dam"].gone == after(NOON, 7 * HOUR)
    assert found["ferry"].gone is None
    assert sorted(item.kind for item in told if isinstance(item, Update)).count("retracted") == 2
    assert site.pages().count("/bread") == 2
    assert site.pages().count("/dam") == 3


def test_a_source_that_is_a_page_itself_is_retracted_too(site: Site, store: Store) -> None:
    site.routes = {"/dam": [report(DAM), report(DAM), Reply(b"", 404)]}
    run([site.url("/dam")], store, 20)
    assert held(store)["dam"].gone


def test_a_page_is_found_again_though_its_feed_leads_to_it_by_another_address(site: Site, store: Store) -> None:
    ways = [Reply(b"", 302, {"Location": "/dam"})]
    site.routes = {
        "/rss": unchanged(feed(site, "/go", tag='"f"')),
        "/go": ways,
        "/dam": [report(DAM), Reply(b"", 410)],
    }
    run([site.url("/rss")], store, 3)
    assert held(store)["dam"].gone


def test_a_page_is_found_again_though_it_calls_itself_otherwise(site: Site, store: Store) -> None:
    link = f"<html><head><title>Dam</title><link rel='canonical' href='{site.url('/news/dam')}'></head>"
    body = page(f"{link}<body><article><p>{DAM} {DAM}</p></article></body></html>")
    site.routes = {"/rss": unchanged(feed(site, "/dam", tag='"f"')), "/dam": [body, Reply(b"", 410)]}
    run([site.url("/rss")], store, 3)
    (found,) = store.each()
    assert found.article.url == site.url("/news/dam")
    assert found.gone


# what fails -----------------------------------------------------------------------------------------------------------


def test_a_feed_that_fails_is_left_alone_longer_and_longer_and_told_once(site: Site, store: Store) -> None:
    down, up = [Reply(b"", 500)] * 4, feed(site, "/dam")
    site.routes = {"/rss": [up, *down, up], "/dam": report(DAM)}
    told = run([site.url("/rss")], store, 60)
    (fails,) = [item for item in told if isinstance(item, Rejected) and not isinstance(item, Note)]
    assert fails.reason.startswith("127.0.0.1 answered with status 500")
    assert "2031-03-03" in fails.reason
    (works,) = [item for item in told if isinstance(item, Note)]
    assert (works.what, works.stage) == (site.url("/rss"), "watch")
    times = [asked.begun for asked in site.asked if asked.path == "/rss"]
    assert 20 < len(times) < 45
    (kept,) = store.feeds()
    assert (kept.failures, kept.problem) == (0, None)


def test_a_feed_that_backs_off_does_so_after_a_restart_too(site: Site, store: Store) -> None:
    site.routes = {"/rss": Reply(b"", 500)}
    run([site.url("/rss")], store, 10)
    asked = len(site.pages())
    (kept,) = store.feeds()
    assert kept.failures == asked
    assert kept.next > after(NOON, 10 * HOUR)
    told = run([site.url("/rss")], store, 0.1, begin=NOON + timedelta(hours=10))
    assert (len(site.pages()), told) == (asked, [])


def test_a_feed_that_is_gone_is_told_once_and_asked_once_a_week(site: Site, store: Store) -> None:
    site.routes = {"/rss": Reply(b"", 410)}
    told = run([site.url("/rss")], store, 15 * 24)
    assert len(told) == 1
    assert "gone for good" in reasons(told, site.url("/rss"))[0]
    assert len(site.pages()) == 3


def test_an_item_that_fails_is_asked_again_though_its_feed_does_not_change(site: Site, store: Store) -> None:
    site.routes = {
        "/rss": unchanged(feed(site, "/dam", tag='"f"')),
        "/dam": [Reply(b"", 500), Reply(b"", 500), report(DAM)],
    }
    told = run([site.url("/rss")], store, 30)
    assert held(store)["dam"].article.outlet == "The Herald"
    assert len(reasons(told, site.url("/dam"))) == 2  # one names the feed, one is of a later visit
    assert [asked.headers.get("If-None-Match") for asked in site.asked if asked.path == "/rss"].count(None) <= 3


def test_an_item_that_fails_is_asked_again_though_its_feed_drops_it(site: Site, store: Store) -> None:
    site.routes = {
        "/rss": [feed(site, "/dam"), feed(site, "/bread")],
        "/dam": [Reply(b"", 503), report(DAM)],
        "/bread": report(BREAD),
    }
    run([site.url("/rss")], store, 30)
    assert sorted(held(store)) == ["bread", "dam"]
    assert held(store)["dam"].article.outlet == "The Herald"


def test_a_feed_that_is_empty_for_a_night_is_not_forgotten(site: Site, store: Store) -> None:
    empty = Reply(b"<rss><channel></channel></rss>", 200, {"Content-Type": "text/xml"})
    site.routes = {"/rss": [empty] * 10 + [feed(site, "/dam")], "/dam": report(DAM)}
    told = run([site.url("/rss")], store, 70)
    assert list(held(store)) == ["dam"]
    assert len(reasons(told, site.url("/rss"))) == 2


def test_a_store_that_cannot_be_used_is_told_and_tried_again_a_few_times(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes = {"/rss": unchanged(feed(site, "/dam", tag='"f"')), "/dam": report(DAM)}
    left, keep = [2], store.keep

    def failing(*given: object) -> list[int]:
        if left[0]:
            left[0] -= 1
            raise StoreError("the disk is full; make room")
        return keep(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "keep", failing)
    told = run([site.url("/rss")], store, 3)
    assert list(held(store)) == ["dam"]
    assert len([item for item in told if isinstance(item, Rejected) and "disk is full" in item.reason]) == 2
    left[0] = 99
    site.routes["/rss"] = feed(site, "/bread", tag='"g"')
    site.routes["/bread"] = report(BREAD)
    with pytest.raises(StoreError):
        run([site.url("/rss")], store, 30, begin=NOON + timedelta(hours=4))


# what is read ---------------------------------------------------------------------------------------------------------


def test_a_list_of_feeds_that_changes_is_read_again(site: Site, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "desk.opml"

    def write(*names: str) -> None:
        outlines = "".join(f'<outline text="{name}" xmlUrl="{site.url(name)}"/>' for name in names)
        path.write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")

    def second(asked: Asked) -> Reply:
        path.write_text("<opml><body>", encoding="utf-8")  # half written: what it named before stands
        return feed(site, "/bread")

    def first(asked: Asked) -> Reply:
        write("/two")
        return feed(site, "/dam")

    write("/one")
    site.routes = {"/one": first, "/two": second, "/dam": report(DAM), "/bread": report(BREAD)}
    told = run([str(path)], store, 5)
    assert sorted(held(store)) == ["bread", "dam"]
    assert site.pages().count("/one") == 1
    assert site.pages().count("/two") >= 4
    assert len(reasons(told, str(path))) == 2  # it breaks off, and names no feed
    assert {feed.url: bool(feed.next) for feed in store.feeds()} == {site.url("/one"): False, site.url("/two"): True}


def test_new_pages_of_an_index_of_sitemaps_are_found(site: Site, store: Store) -> None:
    def sitemap(*paths: str, name: str = "url", tag: str) -> Callable[[Asked], Reply]:
        listed = "".join(f"<{name}><loc>{site.url(path)}</loc></{name}>" for path in paths)
        content = f"<{'urlset' if name == 'url' else 'sitemapindex'}>{listed}</x>".replace(
            "</x>", "</urlset>" if name == "url" else "</sitemapindex>"
        )
        return unchanged(Reply(content.encode(), 200, {"Content-Type": "text/xml", "ETag": tag}))

    site.routes = {
        "/index": sitemap("/map", name="sitemap", tag='"i"'),
        "/map": [sitemap("/dam", tag='"1"'), sitemap("/bread", "/dam", tag='"2"')],
        "/dam": report(DAM),
        "/bread": report(BREAD),
    }
    run([site.url("/index")], store, 4.5)
    assert sorted(held(store)) == ["bread", "dam"]
    assert [asked.headers.get("If-None-Match") for asked in site.asked if asked.path == "/map"].count('"2"') >= 2


def test_a_host_with_much_to_read_is_read_in_shares(site: Site, store: Store) -> None:
    paths = [f"/{number}" for number in range(23)]
    site.routes = {
        "/robots.txt": robots("User-agent: *\nCrawl-delay: 60"),
        "/rss": unchanged(feed(site, *paths, tag='"f"')),
        **{path: report(f"{DAM} It was the flood number {path[1:]} in a row.") for path in paths},
    }
    run([site.url("/rss")], store, 0.9, every=600.0)
    assert sorted(held(store)) == sorted(path[1:] for path in paths)
    runs = "".join("f" if path == "/rss" else "p" for path in site.pages()[:26])
    assert runs.startswith("fppppppppppfppppppppppfppp")


def test_a_feed_that_another_watch_reads_is_left_to_it(site: Site, store: Store) -> None:
    site.routes = {"/rss": feed(site, "/dam"), "/dam": report(DAM)}
    with store.transaction():
        store.keep_feed(Feed(site.url("/rss"), after(NOON, HOUR / 2)))
    run([site.url("/rss")], store, 0.05)
    assert site.pages() == []
    run([site.url("/rss")], store, 0.5, begin=NOON + timedelta(minutes=31))
    assert list(held(store)) == ["dam"]


def test_a_single_run_ends_when_nothing_is_due_any_more(site: Site, store: Store) -> None:
    paths = [f"/{number}" for number in range(13)]
    pages = {path: report(f"{DAM} It was the flood number {path[1:]} in a row.") for path in paths}
    slow = robots("User-agent: *\nCrawl-delay: 60")
    site.routes = {"/robots.txt": slow, "/rss": feed(site, *paths), "/down": Reply(b"", 500), **pages}
    clock = Ending(20 * HOUR)
    sources = [site.url("/rss"), site.url("/down")]
    watch(sources, store, config=Config(threads=1, web=WEB), stop=clock.stop, clock=clock, once=True)
    assert len(held(store)) == 13
    assert (site.pages().count("/rss"), site.pages().count("/down")) == (2, 1)


def test_nothing_to_read_is_an_error(store: Store, tmp_path: Path) -> None:
    told: list[object] = []
    with pytest.raises(ReadError, match="nothing is named"):
        watch([str(tmp_path / "no.opml")], store, stop=Event(), told=told.append)
    assert "no such file" in str(told)


# the stop -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["asleep", "trickle", "silent"])
def test_a_stop_ends_the_watch_within_seconds(site: Site, store: Store, where: str) -> None:
    reached = threading.Event()

    def slow(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
        reached.set()
        while not asked.hang(0.02 if where == "trickle" else 30.0):
            asked.send(b"x")

    if where == "asleep":
        site.routes = {"/rss": feed(site, "/dam"), "/dam": report(DAM)}
        threading.Timer(1.0, reached.set).start()
    else:
        site.routes = {"/rss": feed(site, "/dam", tag='"f"'), "/dam": slow}
    stop = threading.Event()
    ended: list[float] = []

    def end() -> None:
        reached.wait(10.0)
        ended.append(time.monotonic())
        stop.set()

    thread = threading.Thread(target=end)
    thread.start()
    told: list[Rejected | Update] = []
    watch([site.url("/rss")], store, config=Config(threads=1, web=WEB), stop=stop, told=told.append)
    thread.join()
    assert time.monotonic() - ended[0] < 3.0
    assert reasons(told, site.url("/dam")) == []
    if where != "asleep":  # what was not kept is due as before
        assert [feed.next <= iso(datetime.now(UTC)) for feed in store.feeds()] == [True]
        assert store.validators(site.url("/rss")) is None
        assert store.visit(site.url("/dam")) is None


def test_a_stop_ends_the_watch_between_two_analyses(site: Site, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, analyzed = threading.Event(), []

    def slow(article: Article, config: Config | None = None) -> Analysis:
        analyzed.append(article.id)
        if len(analyzed) == 3:
            stop.set()
        return Analysis(article.id)

    monkeypatch.setattr("accord.analyze.analyze", slow)
    paths = [f"/{number}" for number in range(12)]
    pages = {path: report(f"{DAM} It was the flood number {path[1:]} in a row.") for path in paths}
    site.routes = {"/rss": feed(site, *paths, tag='"f"'), **pages}
    watch([site.url("/rss")], store, config=Config(threads=1, web=WEB), stop=stop)
    assert (len(analyzed), list(store.each())) == (3, [])
    run([site.url("/rss")], store, 0.5, begin=datetime.now(UTC))
    assert len(list(store.each())) == 12


def test_stories_that_wait_are_briefed_at_the_start(site: Site, store: Store) -> None:
    from accord.readers import read
    from accord.upkeep.intake import take_in

    site.routes = {"/dam": report(DAM), "/rss": Reply(b"", 500)}
    config = Config(threads=1, web=WEB)
    take_in(iter(list(read([site.url("/dam")], config))), store, config=config)
    assert len(store.stale()) == 1
    told = run([site.url("/rss")], store, 0.1)
    assert [item.kind for item in told if isinstance(item, Update)] == ["new story"]
