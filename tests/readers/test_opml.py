"""`opml`: the feeds of a list of subscriptions, folders and all."""

from __future__ import annotations

import pytest

from accord.errors import ReadError
from accord.readers import opml
from accord.records import Listing
from readers.desks import read_with


def body(*outlines: str) -> str:
    return f'<opml version="2.0"><head><title>Mine</title></head><body>{"".join(outlines)}</body></opml>'


def test_feeds_are_followed_with_their_folder_and_outlet() -> None:
    _, rejected, desk = read_with(
        opml,
        body(
            '<outline text="News"><outline text="Islands"><outline text="The Herald - World" type="rss"'
            ' xmlUrl="https://herald.example/rss?a=1&amp;b=2" htmlUrl="https://herald.example/"/></outline>'
            '<outline title="Dale News" text="x" category="/Trade/Fish,/Top" xmlUrl="https://dale.example/f?a=1&b=2"/>'
            "</outline>",
            '<outline text="World" xmlUrl="feed.xml"/>',
        ),
        depth=1,
    )
    assert rejected == []
    assert [(link.url, link.listing, link.depth) for link in desk.links] == [
        ("https://herald.example/rss?a=1&b=2", Listing(outlet="The Herald", section="Islands"), 2),
        ("https://dale.example/f?a=1&b=2", Listing(outlet="Dale News", section="Fish"), 2),
        ("https://herald.example/feeds/feed.xml", Listing(), 2),
    ]
    assert desk.links[0].listed_in == 'f.xml, outline 3 "The Herald - World"'
    assert all("application/rss+xml" in link.formats for link in desk.links)


def test_outlines_without_a_feed_are_rejected_by_number_and_the_rest_goes_on() -> None:
    pages, rejected, _ = read_with(
        opml,
        body(
            '<outline text="note"/>',
            '<outline text="ftp" xmlUrl="ftp://x"/>',
            '<outline text="Good" xmlUrl="https://good.example/rss"/>',
        ).replace("</body></opml>", ""),
    )
    assert [page.location for page in pages] == ["https://good.example/rss"]
    assert [item.what for item in rejected] == ["f.xml, outline 1", 'f.xml, outline 2 "ftp"', "f.xml"]


def test_feeds_past_the_cap_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MOST_FEEDS", 1)
    pages, rejected, _ = read_with(opml, body('<outline xmlUrl="https://good.example/rss"/>' * 3))
    assert len(pages) == 1
    assert "over 1 feeds" in rejected[0].reason


@pytest.mark.parametrize("document", ["", body(), body('<outline text="x"/>'), "<outline>" * 100_000])
def test_a_file_that_names_no_feed_is_an_error(document: str) -> None:
    with pytest.raises(ReadError):
        read_with(opml, document)
