"""Pages that are visited again, over real sockets: what a `History` spares the server and the reader."""

from __future__ import annotations

from pathlib import Path

from accord.config import Config, Web
from accord.history import History
from accord.pipeline import read
from accord.records import Article, Rejected

from .web.site import Asked, Reply, Site, page

TEXT = "The dam at Oss burst on Monday. Two people died in the flood. The mayor spoke of a dark day. "
CHANGED = TEXT.replace("Two people", "Three people")
OTHER = "A baker in Berg sells bread of acorns to tourists, who queue for it from dawn. "


def test_the_next_visit_gives_the_pages_that_changed(tmp_path: Path) -> None:
    def dam(text: str, tag: str) -> Reply:
        body = f"<html><head><title>Dam</title></head><body><article><p>{text * 3}</p></article></body></html>"
        return page(body, ETag=tag)

    def sent(asked: Asked) -> Reply:
        return Reply(b"", 304) if asked.headers.get("If-None-Match") == tags[0] else dam(texts[0], tags[0])

    base, texts, tags = str(tmp_path / "h.db"), [TEXT], ['"1"']
    config = Config(web=Web(private=True, delay=0.0, retries=0))
    with Site({"/dam": sent, "/bread": dam(OTHER, '"9"')}) as site:

        def visit() -> list[Article | Rejected]:
            with History(base) as history:
                return list(read([site.url("/dam"), site.url("/bread")], config=config, history=history))

        assert [getattr(item, "version", item) for item in visit()] == [1, 1]
        assert [item for item in visit() if isinstance(item, Article)] == []
        assert [asked.headers.get("If-None-Match") for asked in site.asked if asked.path == "/dam"] == [None, '"1"']
        texts[0], tags[0] = CHANGED, '"2"'
        (changed,) = [item for item in visit() if isinstance(item, Article)]
        assert changed.version == 2
        assert {change.after for change in changed.changes} == {"Three people died in the flood."}


def test_a_feed_comes_again_when_an_entry_could_not_be_fetched(tmp_path: Path) -> None:
    def entry(asked: Asked) -> Reply:
        body = f"<html><head><title>Dam</title></head><body><article><p>{TEXT * 3}</p></article></body></html>"
        return page(body) if up[0] else Reply(b"", 503)

    def feed(asked: Asked) -> Reply:
        if asked.headers.get("If-None-Match") == '"f"':
            return Reply(b"", 304)
        item = f"<item><title>Dam</title><link>{site.url('/dam')}</link><description>Two ...</description></item>"
        rss = f"<rss version='2.0'><channel><title>The Herald</title>{item}</channel></rss>"
        return Reply(rss.encode(), headers={"Content-Type": "application/rss+xml", "ETag": '"f"'})

    base, up = str(tmp_path / "h.db"), [False]
    config = Config(web=Web(private=True, delay=0.0, retries=0))
    with Site({"/dam": entry, "/feed": feed}) as site:

        def visit() -> list[Article | Rejected]:
            with History(base) as history:
                return list(read([site.url("/feed")], config=config, history=history))

        (failed,) = visit()
        assert isinstance(failed, Rejected)
        assert "503" in failed.reason
        up[0] = True
        (article,) = visit()
        assert isinstance(article, Article)
        assert visit() == []


def test_full_text_entries_of_a_fetched_feed_keep_their_own_addresses(tmp_path: Path) -> None:
    def item(name: str) -> str:
        text = f"The {name} at Oss was opened on Monday by its keeper, who had waited for it. " * 12
        return (
            f"<item><title>{name}</title><link>https://p.example/{name}</link><description>{text}</description></item>"
        )

    def feed(asked: Asked) -> Reply:
        items = "".join(map(item, names))
        rss = f"<rss version='2.0'><channel><title>The Herald</title>{items}</channel></rss>"
        return Reply(rss.encode(), headers={"Content-Type": "application/rss+xml"})

    names, base = ["dam", "weir"], str(tmp_path / "h.db")
    config = Config(web=Web(private=True, delay=0.0, retries=0))
    with Site({"/feed": feed}) as site:

        def visit() -> list[str | None]:
            with History(base) as history:
                found = read([site.url("/feed")], config=config, history=history)
                return [item.url for item in found if isinstance(item, Article)]

        assert visit() == ["https://p.example/dam", "https://p.example/weir"]
        names.insert(0, "mill")
        assert visit() == ["https://p.example/mill"]
