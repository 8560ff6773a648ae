"""`sitemaps`: the pages of a sitemap, a news sitemap, an index; broken and hostile ones."""

from __future__ import annotations

import tracemalloc

import pytest

from accord.errors import ReadError
from accord.readers import sitemaps
from accord.records import Listing
from readers.desks import read_with

OPEN = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def test_pages_are_followed_in_order_with_their_dates() -> None:
    pages, rejected, desk = read_with(
        sitemaps,
        OPEN
        + "<url><loc> https://herald.example/1?a=1&amp;b=2 </loc><lastmod>2021-06-08</lastmod></url>"
        + "<url><loc>https://herald.example/2?a=1&b=2</loc></url>"
        + "<url><loc><![CDATA[https://herald.example/3?a=1&b=2]]></loc></url></urlset>",
    )
    assert rejected == []
    assert [page.location for page in pages] == [f"https://herald.example/{n}?a=1&b=2" for n in (1, 2, 3)]
    assert desk.links[0].listing == Listing(modified="2021-06-08", url="https://herald.example/1?a=1&b=2")
    assert (desk.links[0].depth, desk.links[0].listed_in) == (1, "f.xml, address 1")


def test_a_news_sitemap_tells_outlet_title_and_date_and_its_pictures_nothing() -> None:
    pages, _, _ = read_with(
        sitemaps,
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://x.example/n"'
        ' xmlns:image="http://x.example/i"><url><image:image><image:loc>https://herald.example/p.jpg</image:loc>'
        "<image:title>Boat</image:title></image:image><loc>https://herald.example/1</loc><news:news><news:publication>"
        "<news:name>The Herald</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2021-06-08T10:00:00Z</news:publication_date>"
        "<news:title>Ferry &amp;amp; bus run</news:title></news:news></url></urlset>",
    )
    assert [page.listing for page in pages] == [
        Listing(
            title="Ferry & bus run",
            outlet="The Herald",
            published="2021-06-08T10:00:00Z",
            url="https://herald.example/1",
        )
    ]


def test_an_index_leads_to_sitemaps_only() -> None:
    _, _, desk = read_with(
        sitemaps,
        "<sitemapindex><sitemap><loc>https://herald.example/a.xml.gz</loc></sitemap>"
        "<sitemap><loc>https://herald.example/b.xml</loc></sitemap></sitemapindex>",
    )
    assert [link.url for link in desk.links] == ["https://herald.example/a.xml.gz", "https://herald.example/b.xml"]
    assert all("application/sitemap+xml" in link.formats and link.listing is None for link in desk.links)


def test_bad_addresses_are_rejected_by_number_and_the_rest_goes_on() -> None:
    pages, rejected, _ = read_with(
        sitemaps,
        OPEN + "<url><loc>ftp://x</loc></url><url/><url><loc>https://herald.example/1</loc></url><url><loc>https://her",
    )
    assert [page.location for page in pages] == ["https://herald.example/1"]
    assert [item.what for item in rejected] == ["f.xml, address 1", "f.xml, address 2", "f.xml"]
    assert "breaks off" in rejected[2].reason


def test_addresses_past_the_cap_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_LINKS", 2)
    pages, rejected, _ = read_with(sitemaps, OPEN + "<url><loc>https://herald.example/1</loc></url>" * 4 + "</urlset>")
    assert len(pages) == 2
    assert "over 2 addresses" in rejected[0].reason


def test_a_sitemap_over_the_size_cap_is_read_up_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 100_000)
    pages, rejected, _ = read_with(sitemaps, OPEN + "<url><loc>https://herald.example/1</loc></url>" * 4000)
    assert 1000 < len(pages) < 3000
    assert "larger than 100,000 bytes" in rejected[0].reason


@pytest.mark.parametrize(
    "noise",
    ["<a/>" * 100_000, "<a>" * 300_000, "<" * 1_000_000, "x" * 2_000_000, "&" * 500_000, "<a b='" * 200_000],
    ids=["many", "deep", "open", "text", "ampersands", "quotes"],
)
def test_hostile_sitemaps_take_little_memory(noise: str) -> None:
    document = (OPEN + "<url><loc>https://herald.example/1</loc></url>" + noise).encode()
    tracemalloc.start()
    pages, rejected, _ = read_with(sitemaps, document)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [page.location for page in pages] == ["https://herald.example/1"]
    assert len(rejected) == 1
    assert peak < 20_000_000


def test_an_entity_bomb_is_not_unpacked() -> None:
    bomb = '<!DOCTYPE urlset [<!ENTITY a "xxxxxxxxxx"><!ENTITY e SYSTEM "file:///etc/hostname">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    document = bomb + "]><urlset><url><loc>https://herald.example/&m;&e;</loc></url></urlset>"
    try:
        pages, _, _ = read_with(sitemaps, document)
    except ReadError:
        return
    assert all(len(page.location) < 100 for page in pages)


@pytest.mark.parametrize("document", ["", "<urlset/>", "<sitemapindex></sitemapindex>", "none"])
def test_a_sitemap_that_lists_nothing_is_an_error(document: str) -> None:
    with pytest.raises(ReadError):
        read_with(sitemaps, document)
