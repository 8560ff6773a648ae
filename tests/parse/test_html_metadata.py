"""What a page says of itself, and which source wins where they contradict each other."""

from __future__ import annotations

import json

import pytest

from accord.parse import parse
from accord.parse.bylines import byline_of
from accord.parse.jsonld import article_of, nodes_of, read_json
from accord.parse.naming import copyright_name, outlet_name, without_outlet
from accord.parse.trees import tree_of
from accord.records import Article, Page

from .pages import page

BODY = "".join(
    f"<p>The keeper of dam number {n} at Oss said on Monday that it would open in May.</p>" for n in range(9)
)


def article_with(head: str, body: str = "", url: str = "https://www.osspost.example/2024/05/31/dam") -> Article:
    html = f"<html><head>{head}</head><body>{body}<article>{BODY}</article></body></html>"
    (article,), _ = parse(page(html, "text/html", url))
    return article


def ld(**fields: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **fields})}</script>"


def test_fields_of_json_ld() -> None:
    article = article_with(
        ld(
            headline="Dam at Oss to open",
            author=[{"@type": "Person", "name": "Mara Quell"}, {"@type": "Organization", "name": "Reuters"}],
            datePublished="2024-05-31T10:00:00+02:00",
            dateModified="2024-06-01T08:30:00+02:00",
            publisher={"@type": "Organization", "name": "The Oss Post"},
            articleSection=["Water", "News"],
            isAccessibleForFree="False",
            creditText="AFP",
        )
    )
    assert (article.title, article.byline, article.outlet) == ("Dam at Oss to open", "Mara Quell", "The Oss Post")
    assert (article.published, article.modified) == ("2024-05-31", "2024-06-01T06:30:00Z")
    assert (article.section, article.paywalled) == ("Water", True)
    assert article.credits == ("AFP", "Reuters")


def test_fields_of_metas() -> None:
    metas = {
        "og:title": "Dam at Oss to open | The Oss Post",
        "og:site_name": "The Oss Post",
        "author": "By Mara Quell and Jon Bly",
        "article:published_time": "2024-05-31T23:30:00+02:00",
        "article:section": "Water",
        "article:content_tier": "metered",
    }
    article = article_with("".join(f"<meta property='{name}' content='{value}'>" for name, value in metas.items()))
    assert (article.title, article.byline, article.outlet) == (
        "Dam at Oss to open",
        "Mara Quell, Jon Bly",
        "The Oss Post",
    )
    assert (article.published, article.section, article.paywalled) == ("2024-05-31", "Water", True)


def test_the_heading_on_the_page_wins_over_a_title_made_for_search_engines() -> None:
    head = ld(headline="Dam at Oss will open soon after all, keeper says") + "<title>Dam at Oss - The Oss Post</title>"
    assert article_with(head, "<h1>Dam at Oss will open after all</h1>").title == "Dam at Oss will open after all"


def test_the_first_publication_wins_over_the_last_change() -> None:
    change = "2024-06-04T10:00:00Z"
    head = ld(datePublished=change, dateModified=change)
    assert article_with(head).published == "2024-05-31"
    assert article_with(head, url="https://www.osspost.example/dam").published == "2024-06-04"


@pytest.mark.parametrize(
    "shown",
    [
        "<h1>Dam opens</h1><p>By Mara Quell</p><p>31 May 2024</p>",
        "<h1>Dam opens</h1><p>Updated June 4, 2024</p><span>Published: Friday | May 31, 2024 | 9:52 PM</span>",
        "<div class='comment-date'>June 4, 2024</div><div class='post-meta'>am 31.05.2024</div>",
        "<h1>Dam opens</h1><time datetime='2024-05-31'>Friday</time>",
    ],
)
def test_a_day_that_only_the_reader_sees_is_found(shown: str) -> None:
    assert article_with("", shown, "https://www.osspost.example/dam").published == "2024-05-31"


def test_a_day_that_leaves_the_month_open_is_left_out() -> None:
    head = "<meta name='date' content='05/06/2024'><meta name='dc.date' content='2024-06-05'>"
    assert article_with(head, url="https://www.osspost.example/dam").published == "2024-06-05"


def test_the_address_is_the_canonical_one_of_the_same_site_only() -> None:
    url = "https://www.osspost.example/dam?from=mail"
    assert article_with("<link rel='canonical' href='/dam'>", url=url).url == "https://www.osspost.example/dam"
    assert article_with("<link rel='canonical' href='https://other.example/dam'>", url=url).url == url
    assert article_with("<link rel='canonical' href='/'>", url=url).url == url
    assert article_with("<meta property='og:url' content='https://m.osspost.example/dam'>", url=url).url == (
        "https://m.osspost.example/dam"
    )


def test_a_language_is_believed_where_the_words_bear_it_out() -> None:
    html = f"<html lang='de-AT'><body><article>{BODY}</article></body></html>"
    (article,), _ = parse(page(html, "text/html"))
    assert article.language == "en"


def test_outlets_are_names_before_companies_before_addresses() -> None:
    assert outlet_name(["www.osspost.example", "Oss Post Ltd", "The Oss Post"], None, None, None) == "The Oss Post"
    assert outlet_name(["Oss Media Ltd"], "Dam opens | The Oss Post", "Dam opens", None) == "The Oss Post"
    assert outlet_name(["https://www.osspost.example/"], None, None, None) == "osspost.example"
    assert outlet_name(["Oss Post - News, Weather and Sport from Oss"], None, None, "osspost.example") == "Oss Post"
    assert outlet_name([None, "Home"], "Dam opens", "Dam opens", None) is None


def test_copyright_lines_name_their_holder() -> None:
    assert copyright_name("© 2019-2024 The Oss Post. All rights reserved.") == "The Oss Post"
    assert copyright_name("Copyright by Oss Post © 2024") == "Oss Post"
    assert copyright_name("© 2024 All rights reserved") is None


def test_titles_lose_the_outlet_at_either_end() -> None:
    assert without_outlet("Dam opens - The Oss Post", "Oss Post") == "Dam opens"
    assert without_outlet("Oss Post | Dam opens - and shuts", "The Oss Post") == "Dam opens - and shuts"
    assert without_outlet("The Oss Post", "The Oss Post") == "The Oss Post"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Mara Quell", "Mara Quell"),
        ("Von Mara Quell und Jon Bly", "Mara Quell, Jon Bly"),
        ("Mara Quell, Staff Writer", "Mara Quell"),
        ("Mara Quell (Reuters); Jon Bly, in Oss", "Mara Quell, Jon Bly"),
        ("https://www.osspost.example/quell", None),
        ("mara@osspost.example", None),
        ("admin", None),
        ("Herald Staff", "Herald Staff"),
    ],
)
def test_bylines_are_names_only(value: str, names: str | None) -> None:
    assert byline_of([value]) == names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1,}', {"a": 1}),
        ('<!-- {"a": "x\ny"} -->', {"a": "x\ny"}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1} and more', {"a": 1}),
        ("{", None),
        ("[" * 100_000, None),
    ],
)
def test_broken_json_ld_is_mended_where_that_is_plain(text: str, value: object) -> None:
    assert read_json(text) == value


def test_the_article_is_found_in_graphs_and_beside_other_nodes() -> None:
    graph = {"@graph": [{"@type": "WebPage", "headline": "no"}, {"@type": ["ReportageNewsArticle"], "headline": "yes"}]}
    tree = tree_of(f"<script type='application/ld+json'>{json.dumps([{'@type': 'WebSite'}, graph])}</script><p>x")
    assert tree is not None
    assert article_of(nodes_of(tree))["headline"] == "yes"


def test_a_page_in_an_archive_is_judged_by_its_own_address() -> None:
    html = b"<link rel='canonical' href='https://evil.example/x'><title>Fares</title><p>" + b"The fares rise. " * 20
    page = Page(
        html, "c.warc, record 3 (https://isle.example/fares)", "text/html", address="https://isle.example/fares"
    )
    (article,), _ = parse(page)
    assert article.url == "https://isle.example/fares"


def test_a_lone_heading_wins_over_the_title_of_the_window() -> None:
    html = f"""<html><head><title>Something else entirely here</title></head>
    <body><article><h1>Gulls double at Oss</h1>{BODY}</article></body></html>"""
    (article,), _ = parse(page(html, "text/html"))
    assert article.title == "Gulls double at Oss"
    assert article.text.startswith("The keeper of dam number 0")


@pytest.mark.parametrize("logo", ["<h1><a href='/'>Post of Oss</a></h1>", "<a href='/'><h1>Post of Oss</h1></a>"])
def test_a_heading_that_is_the_sites_name_is_no_title(logo: str) -> None:
    assert article_with("<title>Gulls double by the water</title>", logo).title == "Gulls double by the water"


@pytest.mark.parametrize("link", ["#top", "?p=12", "http://[x", "/dam", ""])
def test_a_heading_that_links_elsewhere_is_the_title(link: str) -> None:
    heading = f"<h1><a href='{link}'>Gulls double at Oss</a></h1>"
    assert article_with("<title>Something else entirely here</title>", heading).title == "Gulls double at Oss"
