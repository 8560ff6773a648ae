from __future__ import annotations

from accord.stores.store import Feed
from accord.upkeep.followed import Followed, follow
from accord.web.settings import Settings
from accord.web.views.jobs import feed_lines
from web.rooms import client

MAIL, WIRE, OTHER = "https://mail.example/feed.xml", "https://wire.example/rss", "https://other.example/atom"
AT = "2031-05-04T08:00:00Z"


def test_feeds_that_fail_come_first_and_those_of_other_watches_last() -> None:
    known = [Feed(MAIL, AT, read=AT), Feed(WIRE, AT, 2, "it broke off", AT), Feed(OTHER, AT, read=AT)]
    lines = feed_lines([Followed(MAIL, "The Mail"), Followed(WIRE), Followed("https://new.example/")], known)
    assert [(line.host, line.state, line.followed) for line in lines] == [
        ("wire.example", "fails", True),
        ("mail.example", "reads well", True),
        ("new.example", "not read yet", True),
        ("other.example", "reads well", False),
    ]


def test_a_feed_that_no_list_names_any_more_is_not_shown() -> None:
    assert feed_lines([], [Feed(OTHER, "", read=AT)]) == []


def test_the_page_says_how_feeds_do_and_who_reads_them() -> None:
    with client(Settings(store="memory:")) as asked:
        with asked.app.state.desk.store() as store:  # type: ignore[attr-defined]
            follow(store, [Followed(WIRE, "<b>The Wire</b>")])
            with store.transaction():
                store.keep_feed(Feed(WIRE, AT, 2, "its server says <i>no</i>", AT))
        shown = asked.get("/feeds").text
    assert "fails, 2 times in a row" in shown
    assert "its server says &lt;i&gt;no&lt;/i&gt;" in shown
    assert "<b>The Wire</b>" not in shown
    assert "This room does not read feeds by itself" in shown
