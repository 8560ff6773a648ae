"""`feeds` and `json_feed`: full texts are pages, stubs are followed, what is broken is rejected by itself."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.errors import ReadError
from accord.readers import feeds, json_feed
from accord.readers.feed_entries import entries, unified
from accord.readers.listed import absolute, completeness, one_line, outlet_of
from accord.records import Listing
from readers.desks import read_with

LONG = "The ferry to Harrow Isle ran again on Monday after a week of storms. " * 20
FULL = f"<p>{LONG}</p>"
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Herald | Islands</title>'
    "<link>https://herald.example/</link>"
)
FOOT = "</channel></rss>"


def rss(*items: str) -> str:
    return HEAD + "".join(f"<item>{item}</item>" for item in items) + FOOT


def content(text: str) -> str:
    return f"<content:encoded><![CDATA[{text}]]></content:encoded>"


def test_a_full_text_is_a_fragment_with_what_the_feed_says_of_it() -> None:
    pages, rejected, desk = read_with(
        feeds,
        rss(
            "<title>Ferry &amp;amp; bus &lt;i&gt;run&lt;/i&gt; again</title><link>/a/1?x=1&amp;y=2</link>"
            "<guid isPermaLink='false'>77</guid><dc:creator>Ada Pell</dc:creator><author>Ada Pell</author>"
            "<pubDate>Tue, 08 Jun 2021 23:10:00 EST</pubDate><category>Islands</category>"
            f"<description>Short.</description>{content(FULL)}"
        ),
    )
    assert rejected == []
    assert desk.links == []
    (page,) = pages
    assert page.content.decode() == FULL
    assert (page.location, page.media_type, page.charset) == ("f.xml, entry 1", "text/html;fragment", "utf-8")
    assert page.listing == Listing(
        title="Ferry & bus run again",
        byline="Ada Pell",
        outlet="The Herald",
        published="Tue, 08 Jun 2021 23:10:00 EST",
        section="Islands",
        url="https://herald.example/a/1?x=1&y=2",
    )


def test_the_managing_editor_of_a_channel_is_nobodys_byline() -> None:
    document = rss(f"<title>T</title>{content(FULL)}").replace(
        "<link>", "<managingEditor>Ed Hale</managingEditor><link>"
    )
    pages, _, _ = read_with(feeds, document)
    assert pages[0].listing == Listing(title="T", outlet="The Herald")


def test_a_failure_of_feedparser_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = feeds._parsed

    def failing(document: bytes, base: str | None) -> dict[str, Any]:
        if b"T1" in document or b"<item>" not in document:
            raise RuntimeError("boom")
        return parsed(document, base)

    monkeypatch.setattr(feeds, "_parsed", failing)
    pages, rejected, _ = read_with(feeds, rss(*[f"<title>T{n}</title>{content(FULL)}" for n in range(3)]))
    assert [page.location for page in pages] == ["f.xml, entry 1", "f.xml, entry 3"]
    assert [item.what for item in rejected] == ["f.xml", "f.xml, entry 2"]
    assert all("boom" in item.reason for item in rejected)


def test_stubs_are_followed_in_the_order_of_the_feed_with_what_it_says_of_them() -> None:
    pages, rejected, desk = read_with(
        feeds,
        rss(
            "<title>One</title><link>https://herald.example/1</link><description>Ferries run.</description>",
            f"<title>Two</title><link>https://herald.example/2</link>{content(FULL)}",
            "<title>Three</title><link>https://herald.example/3</link>",
        ),
        depth=1,
    )
    assert rejected == []
    assert [page.location for page in pages] == [
        "https://herald.example/1",
        "f.xml, entry 2",
        "https://herald.example/3",
    ]
    assert [(link.url, link.depth) for link in desk.links] == [
        ("https://herald.example/1", 2),
        ("https://herald.example/3", 2),
    ]
    assert desk.links[0].listing == Listing(title="One", outlet="The Herald", url="https://herald.example/1")
    assert desk.links[0].listed_in == 'f.xml, entry 1 "One", which gives only 2 words of it'


@pytest.mark.parametrize(
    ("text", "is_content", "linked", "whole"),
    [
        (FULL, True, True, True),
        (FULL, False, True, True),
        (f"<p>{LONG} and then the boat</p>", False, True, False),
        (f"<p>{LONG} and then the boat</p>", True, True, True),
        (f"<p>{LONG} and then [&#8230;]</p>", True, True, False),
        (f"<p>{LONG} and then&hellip;</p>", True, True, False),
        (f"<p>{LONG}</p><p><a href='/1'>Continue reading <b>Ferries run</b> &raquo;</a></p>", True, True, False),
        (f"<p>{LONG} [...]</p><p>The post <a>Ferries</a> appeared first on <a>Herald</a>.</p>", True, True, False),
        (f"<p>{LONG}</p><p>The post <a>Ferries</a> appeared first on <a>Herald</a>.</p>", True, True, True),
        (f"{LONG} <a>Weiterlesen</a>", True, True, False),
        ("<p>The ferry runs again.</p>", True, True, False),
        ("<p>The ferry runs again.</p>", True, False, False),
        ("The ferry runs again on Monday, the harbour says. " * 6, False, False, True),
        ("The ferry runs again on Monday, the harbour says. " * 6, False, True, False),
    ],
)
def test_a_text_is_whole_unless_it_breaks_off_or_is_short(
    text: str, is_content: bool, linked: bool, whole: bool
) -> None:
    assert completeness(text, "text/html;fragment", content=is_content, linked=linked)[1] is whole


def test_a_stub_without_a_link_is_rejected_not_passed_off_as_an_article() -> None:
    pages, rejected, _ = read_with(
        feeds, rss("<title>One</title><description>Ferries run ...</description>", "<title/>")
    )
    assert pages == []
    assert [(item.what, item.stage) for item in rejected] == [
        ('f.xml, entry 1 "One"', "read"),
        ("f.xml, entry 2", "read"),
    ]
    assert "only 2 words" in rejected[0].reason
    assert "no link" in rejected[0].reason


def test_atom_gives_its_content_types_authors_and_base() -> None:
    pages, rejected, desk = read_with(
        feeds,
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://dale.example/n/"><a:title>Dale News</a:title>'
        "<a:author><a:name>Dale Desk</a:name></a:author>"
        '<a:entry><a:title>1 &lt; 2</a:title><a:link href="x/1"/><a:link rel="enclosure" href="x.mp3"/><a:id>u:1</a:id>'
        "<a:updated>2021-06-08T23:10:00-04:00</a:updated><a:published>2021-06-07T01:00:00Z</a:published>"
        "<a:author><a:name>Al Roe</a:name></a:author><a:author><a:name>Bo Lund</a:name></a:author>"
        '<a:category term="t" label="Trade"/><a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>{LONG}</p></div></a:content></a:entry>"
        f'<a:entry><a:title type="html">A &amp;amp; B</a:title><a:content type="text">{LONG} a &lt; b.</a:content>'
        '</a:entry><a:entry><a:title>Away</a:title><a:link href="/away"/><a:content src="/c"/></a:entry></a:feed>',
        base=None,
    )
    assert rejected == []
    assert [page.media_type for page in pages] == ["text/html;fragment", "text/plain", "text/html"]
    assert "<p>The ferry" in pages[0].content.decode()
    assert pages[1].content.decode().endswith("a < b.")
    assert pages[0].listing == Listing(
        title="1 < 2",
        byline="Al Roe, Bo Lund",
        outlet="Dale News",
        published="2021-06-07T01:00:00Z",
        modified="2021-06-08T23:10:00-04:00",
        section="Trade",
        url="https://dale.example/n/x/1",
    )
    assert pages[1].listing == Listing(title="A & B", byline="Dale Desk", outlet="Dale News")
    assert [link.url for link in desk.links] == ["https://dale.example/away"]


def test_rdf_gives_its_publisher_and_dates() -> None:
    pages, rejected, _ = read_with(
        feeds,
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Latest news</title>'
        "<dc:publisher>Marsh Press</dc:publisher><items><rdf:Seq/></items></channel>"
        "<item rdf:about='1'><title>One</title><link>https://marsh.example/1</link><dc:date>2021-06-08</dc:date></item>"
        "</rdf:RDF>",
    )
    assert rejected == []
    assert pages[0].listing == Listing(
        title="One", outlet="Marsh Press", published="2021-06-08", url="https://marsh.example/1"
    )


def test_an_aggregator_names_the_outlet_of_each_entry() -> None:
    pages, _, _ = read_with(
        feeds,
        rss(
            "<title>Ferry runs again - Isle Echo</title><link>https://agg.example/1</link>"
            '<source url="https://echo.example">Isle Echo</source>'
        ),
    )
    listing = pages[0].listing
    assert listing is not None
    assert (listing.title, listing.outlet) == ("Ferry runs again", "Isle Echo")


def test_the_original_link_wins_and_a_picture_does_not_speak_for_the_article() -> None:
    pages, _, _ = read_with(
        feeds,
        rss(
            "<title>One</title><link>https://proxy.example/1</link>"
            "<feedburner:origLink>https://herald.example/one</feedburner:origLink>"
            f"<description>{LONG}</description><media:content url='x.jpg'><media:title>IMG</media:title>"
            "<media:description>A boat.</media:description></media:content>"
        ),
    )
    assert pages[0].content.decode().strip() == LONG.strip()
    assert pages[0].listing is not None
    assert (pages[0].listing.title, pages[0].listing.url) == ("One", "https://herald.example/one")


def test_a_broken_entry_leaves_the_others_whole() -> None:
    items = [f"<title>T{n}</title><link>/{n}</link>{content(FULL)}" for n in range(4)]
    document = rss(items[0], "<title>Bad<b></title><link>/bad?a=1&b=2</link><description>x<br>y", items[1], "")
    document = document.replace("</item><item><title>T1", "<item><title>T1")  # and one that is never closed
    pages, rejected, desk = read_with(feeds, document + "<item><title>cut o")
    assert [page.listing.title for page in pages if page.listing] == ["T0", "Bad", "T1"]
    assert [link.url for link in desk.links] == ["https://herald.example/bad?a=1&b=2"]
    assert [item.what for item in rejected] == ["f.xml, entry 4", "f.xml, entry 5"]


def test_an_item_in_cdata_or_a_comment_is_text() -> None:
    pages, rejected, _ = read_with(
        feeds, rss(f"<title>One</title>{content(FULL + '<code></item><item></code>')}") + "<!-- <item/> -->"
    )
    assert len(pages) == 1
    assert rejected == []


def test_an_entry_listed_twice_is_read_once_and_one_guid_for_all_is_no_sign_of_that() -> None:
    same = f"<title>One</title><guid>1</guid><link>/1</link>{content(FULL)}"
    other = same.replace("One", "Two").replace("/1<", "/2<")
    pages, rejected, _ = read_with(feeds, rss(same, other, same))
    assert [page.location for page in pages] == ["f.xml, entry 1", "f.xml, entry 2"]
    assert [item.what for item in rejected] == ['f.xml, entry 3 "One"']


@pytest.mark.parametrize(
    ("raw", "charset", "expected"),
    [
        ("Café".encode(), None, "Café"),
        ("Café".encode(), "iso-8859-1", "Café"),
        ("Café – “x”".encode("windows-1252"), "utf-8", "Café – “x”"),
        ("Café".encode("windows-1252"), None, "Café"),
        ("ééé".encode() + b"\xff", "utf-8", "ééé\ufffd"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("Привет".encode(), "koi8-r-that-is-none", "Привет"),
        (b"a\x08b\x00", None, "ab"),
    ],
)
def test_a_wrong_charset_is_seen_through(raw: bytes, charset: str | None, expected: str) -> None:
    assert unified(raw, charset).decode() == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_feeds_in_utf_16_are_read(encoding: str) -> None:
    document = rss(f"<title>Café</title>{content(FULL)}").replace("utf-8", encoding.removesuffix("-sig"))
    pages, _, _ = read_with(feeds, document.encode(encoding))
    assert pages[0].listing is not None
    assert pages[0].listing.title == "Café"


def test_undeclared_html_entities_are_undone() -> None:
    pages, _, _ = read_with(
        feeds, rss(f"<title>Caf&eacute;&nbsp;&mdash; open</title><description>{LONG}</description>")
    )
    assert pages[0].listing is not None
    assert pages[0].listing.title == "Café — open"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 8 Jun 2021 23:10:00 -0400", "Tue, 8 Jun 2021 23:10:00 -0400"),
        ("2021-06-08", "2021-06-08"),
        ("Tue Jun  8 23:10:00 2021", "2021-06-08T23:10:00Z"),
        ("08 Jun 21 10:00 GMT", "2021-06-08T10:00:00Z"),
        ("yesterday", "yesterday"),
    ],
)
def test_dates_stay_as_written_or_become_iso(written: str, expected: str) -> None:
    pages, _, _ = read_with(feeds, rss(f"<title>T</title><pubDate>{written}</pubDate>{content(FULL)}"))
    assert pages[0].listing is not None
    assert pages[0].listing.published == expected


def test_an_entity_bomb_is_plain_text_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx"><!ENTITY e SYSTEM "file:///etc/hostname">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    document = rss("<title>&m; &e;</title><link>/1</link>").replace("?>", "?>" + bomb + "]>", 1)
    pages, _, _ = read_with(feeds, document)
    assert pages[0].listing is not None
    assert pages[0].listing.title == "&m; &e;"


@pytest.mark.parametrize("part", ["<", "<a ", "<!--", "<![CDATA[", "<b>", "<item", '<rss a="', "<item>"])
def test_hostile_feeds_take_little_time_and_memory(part: str) -> None:
    noise = part * (500_000 // len(part)) if part != "<item>" else part * 200
    for document in (HEAD + noise, rss(f"<title>x</title><description>{noise}</description>", "<title>y</title>")):
        tracemalloc.start()
        began = time.monotonic()
        try:
            read_with(feeds, document)
        except ReadError:
            pass
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert time.monotonic() - began < 30
        assert peak < 60_000_000


def test_a_huge_entry_is_rejected_and_the_rest_goes_on() -> None:
    pages, rejected, _ = read_with(
        feeds,
        rss(f"<title>Big</title><description>{'x' * 2_100_000}</description>", f"<title>T</title>{content(FULL)}"),
    )
    assert [page.location for page in pages] == ["f.xml, entry 2"]
    assert [item.what for item in rejected] == ["f.xml, entry 1"]


def test_only_so_much_that_is_not_well_formed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_BROKEN", 200)
    broken, sound = "<title>A & B</title><link>/1</link>", f"<title>T</title>{content(FULL)}"
    pages, rejected, _ = read_with(feeds, rss(*[broken + f"<guid>{n}</guid>" for n in range(5)], sound))
    assert [page.location for page in pages] == ["https://herald.example/1"] * 3 + ["f.xml, entry 6"]
    assert [item.what for item in rejected] == ["f.xml, entry 4", "f.xml, entry 5"]
    assert "well-formed" in rejected[0].reason


def test_entries_past_the_cap_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    pages, rejected, _ = read_with(feeds, rss(*[f"<title>T</title>{content(FULL)}"] * 4))
    assert len(pages) == 2
    assert "over 2 entries" in rejected[0].reason


@pytest.mark.parametrize("document", ["<svg/>", "", HEAD + FOOT, "<rss><channel/></rss>", "<rss", "no feed at all"])
def test_what_is_no_feed_or_has_no_entry_is_an_error(document: str) -> None:
    with pytest.raises(ReadError):
        read_with(feeds, document)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("<>![]-/ a&;item CDATA\"'"), max_size=60), max_size=4))
def test_entries_are_cut_from_anything_and_lose_no_whole_one(noise: list[str]) -> None:
    whole = b"<item><title>kept</title></item>"
    safe = "".join(noise).replace("<!", "").encode()
    assert whole in list(entries(b"<item/>" + whole + safe))
    read_with(feeds, HEAD + "<item><title>t</title><link>/1</link>" + "".join(noise) + FOOT)


@pytest.mark.parametrize(
    ("title", "address", "expected"),
    [
        ("The Herald - World news", "https://www.theherald.example/world", "The Herald"),
        ("World | The Herald", "https://herald.example/", "The Herald"),
        ("Dale News » Feed", "https://dale.example/", "Dale News"),
        ("World | Politics", "https://herald.example/", None),
        ("Latest news", "https://herald.example/", None),
        ("Isle Echo RSS Feed", None, "Isle Echo"),
        ("The Marsh-Side Gazette", "https://msg.example", "The Marsh-Side Gazette"),
        ("Isle Echo: Sport", "https://isle-echo.example", "Isle Echo"),
        (None, "https://herald.example/", None),
    ],
)
def test_the_outlet_is_taken_from_a_title_only_where_it_is_sure(title: str, address: str, expected: str) -> None:
    assert outlet_of(title, address) == expected


def test_addresses_are_absolute_web_addresses_or_none() -> None:
    base = "https://herald.example/feeds/"
    assert absolute("../a b", base) == "https://herald.example/a b"
    for bad in ("mailto:a@b.example", "javascript:1", "http://[::1", "https://", "", None, 7, "/a"):
        assert absolute(bad, None) is None


def test_titles_are_one_line_of_text() -> None:
    assert one_line("Mayor&amp;#8217;s\n <i>vow</i>", markup=True) == "Mayor’s vow"
    assert one_line("x < y > z", markup=True) == "x < y > z"
    assert one_line(" \n") is None


def feed_json(*items: object, **fields: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **fields})


def test_json_feeds_give_full_texts_and_stubs() -> None:
    pages, rejected, desk = read_with(
        json_feed,
        feed_json(
            {"id": 1, "title": "One &amp; two", "content_html": FULL, "url": "/1", "tags": ["Islands"]},
            {"id": "2", "content_text": LONG, "date_published": "2021-06-08T10:00:00Z", "author": {"name": "Ada Pell"}},
            {"id": "3", "title": "Stub", "summary": "Ferries run.", "external_url": "https://echo.example/3"},
            {"id": "3", "title": "Stub", "url": "/3"},
            {"id": "4"},
            "none",
            title="Herald",
            authors=[{"name": "Bo Lund"}, {"name": "Al Roe"}],
        ),
    )
    assert [page.media_type for page in pages] == ["text/html;fragment", "text/plain", "text/html"]
    assert [page.listing for page in pages] == [
        Listing("One & two", "Bo Lund, Al Roe", "Herald", section="Islands", url="https://herald.example/1"),
        Listing(None, "Ada Pell", "Herald", published="2021-06-08T10:00:00Z"),
        Listing("Stub", "Bo Lund, Al Roe", "Herald", url="https://echo.example/3"),
    ]
    assert [link.url for link in desk.links] == ["https://echo.example/3"]
    assert [item.what for item in rejected] == ['f.xml, entry 4 "Stub"', "f.xml, entry 5", "f.xml, entry 6"]


@pytest.mark.parametrize("document", ["{", "[]", '{"items": 7}', feed_json(), "[" * 100_000])
def test_what_is_no_json_feed_is_an_error(document: str) -> None:
    with pytest.raises(ReadError):
        read_with(json_feed, document)
