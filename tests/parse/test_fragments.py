"""HTML fragments that are the article itself."""

from __future__ import annotations

from accord.parse import parse
from accord.parse.fragments import text_of
from accord.records import Caption

from .pages import page

FRAGMENT = "text/html;fragment"


def test_paragraphs_headings_lists_and_rows_are_lines() -> None:
    html = "<h2>The dam</h2><p>It opens <b>in</b>\n May.</p><ul><li>one<li>two</ul><table><tr><td>Dead<td>12</table>end"
    assert text_of(html) == "The dam\nIt opens in May.\none\ntwo\nDead | 12\nend"


def test_layout_tables_are_no_rows() -> None:
    assert text_of("<table><tr><td><p>The dam opens.</p><p>In May.</p></td><td>End of it</td></tr></table>") == (
        "The dam opens.\nIn May.\nEnd of it"
    )


def test_furniture_of_feeds_and_newsletters_is_left_out() -> None:
    html = """<p>The dam opens in May.</p><p><a href="x">Continue reading &rarr;</a></p><img src="pixel" width="1">
    <blockquote class="twitter-tweet"><p>So glad about the dam!</p>&mdash; Mara</blockquote>
    <p>The post <a href="x">Dam opens</a> appeared first on <a href="y">The Oss Post</a>.</p>
    <p><a href="u">Unsubscribe</a> from this list</p><p>View this email in your browser</p>"""
    assert text_of(html) == "The dam opens in May."


def test_plain_text_and_nothing_at_all() -> None:
    assert text_of("Dam &amp; gates\n  open") == "Dam & gates\nopen"
    assert text_of("") == text_of("<img src='x'>") == text_of("<!-- -->") == ""


def test_a_page_of_a_fragment_is_one_article_with_its_captions() -> None:
    figure = "<figure><img src='x'><figcaption>The dam. Photo: Jo Bly/Reuters</figcaption></figure>"
    html = f"{figure}<p>The dam opens in May.</p>"
    (article,), rejected = parse(page(html, FRAGMENT, "https://www.post.example/dam"))
    assert rejected == ()
    assert (article.text, article.url) == ("The dam opens in May.", "https://www.post.example/dam")
    assert article.captions == (Caption("The dam.", "Jo Bly/Reuters"),)


def test_a_fragment_without_text_is_rejected() -> None:
    articles, (item,) = parse(page("<p><img src='x'></p>", FRAGMENT))
    assert articles == ()
    assert item.reason.startswith("no text was found")
