from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from accord.config import Config, Web
from accord.errors import ReadError
from accord.stores import Store, open_store
from accord.stores.store import Feed, Visit
from accord.upkeep import followed as module
from accord.upkeep.followed import Followed, follow, followed, link_of, mark, next_due, unfollow
from accord.upkeep.watch import watch

MAIL, WIRE = "https://mail.example/feed.xml", "https://wire.example/rss"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(str(tmp_path / "a.db"))) as opened:
        yield opened


def test_feeds_are_followed_once_in_the_order_in_which_they_came(store: Store) -> None:
    before = mark(store)
    new = follow(store, [Followed(WIRE, "The Wire", "World", listed=True, by="Ada"), Followed(MAIL)])
    assert [feed.url for feed in new] == [WIRE, MAIL]
    assert follow(store, [Followed("https://MAIL.example:443/feed.xml"), Followed(WIRE)]) == ()
    assert followed(store) == new
    assert mark(store) != before
    assert all(feed.at for feed in new)


def test_what_is_followed_no_longer_is_due_no_longer(store: Store) -> None:
    follow(store, [Followed(MAIL), Followed(WIRE)])
    with store.transaction():
        store.keep_feed(Feed(MAIL, "2031-05-04T08:00:00Z", 3, "it broke off"))
    assert unfollow(store, [MAIL, "https://other.example/"]) == 1
    assert [feed.url for feed in followed(store)] == [WIRE]
    assert store.feeds([MAIL]) == [Feed(MAIL, "")]


def test_the_next_time_is_that_of_the_first_feed_or_page(store: Store) -> None:
    assert next_due(store) is None
    follow(store, [Followed(MAIL), Followed(WIRE)])
    assert next_due(store) == ""
    with store.transaction():
        store.keep_feed(Feed(MAIL, "2031-05-04T08:00:00Z"))
        store.keep_feed(Feed(WIRE, "2031-05-04T09:00:00Z"))
    assert next_due(store) == "2031-05-04T08:00:00Z"
    with store.transaction():
        store.keep_visit(Visit("https://mail.example/a", "2031-05-04T07:00:00Z"))
    assert next_due(store) == "2031-05-04T07:00:00Z"


def test_too_many_feeds_are_refused_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    with pytest.raises(ReadError, match="at most 1 feeds"):
        follow(store, [Followed(MAIL), Followed(WIRE)])
    assert followed(store) == ()


def test_a_feed_that_a_list_named_must_be_a_feed() -> None:
    named = link_of(Followed(WIRE, "The Wire", listed=True))
    assert named.listing is not None
    assert named.listing.outlet == "The Wire"
    assert "application/rss+xml" in named.formats
    assert link_of(Followed(MAIL)).formats == frozenset()


def test_a_watch_without_a_list_reads_what_the_store_follows_and_nothing_is_an_error(store: Store) -> None:
    with pytest.raises(ReadError, match="nothing is named that could be read"):
        watch([], store, stop=Event(), once=True, followed=True)
    follow(store, [Followed(MAIL)])
    watch([], store, config=Config(web=Web(offline=True)), stop=Event(), once=True, followed=True)
    assert [feed.failures for feed in store.feeds([MAIL])] == [1]
    with pytest.raises(ReadError, match="nothing is named"):
        watch([], store, stop=Event(), once=True)
