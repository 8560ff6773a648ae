"""HTML: text and metadata out of a page, and caps before a parser sees it."""

from __future__ import annotations

import json
import time

import pytest

from accord.parse import parse
from accord.parse.html import MAX_CHARACTERS, MAX_DEPTH, MAX_TAGS, measure

from .pages import page

HTML = "text/html"
BODY = "".join(
    f"<p>The keeper of dam number {n} at Oss said on Monday that it would open in May.</p>" for n in range(9)
)
DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Dam at Oss to open",
    "author": {"@type": "Person", "name": "Mara Quell"},
    "datePublished": "2024-05-31T10:00:00+02:00",
}
HEAD = f"""<html lang="en"><head><title>Dam at Oss to open | The Oss Post</title>
<meta property="og:site_name" content="The Oss Post"><link rel="canonical" href="https://www.post.example/dam">
<script type="application/ld+json">{json.dumps(DATA)}</script></head>"""


def test_text_and_metadata_are_taken_from_the_page() -> None:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    (article,), rejected = parse(page(f"{HEAD}<body>{menu}<article>{BODY}</article></body></html>", HTML))
    assert rejected == ()
    assert (article.title, article.byline) == ("Dam at Oss to open", "Mara Quell")
    assert (article.published, article.outlet) == ("2024-05-31", "The Oss Post")
    assert (article.url, article.language) == ("https://www.post.example/dam", "en")
    assert article.text.startswith("The keeper of dam number 0 at Oss said")
    assert article.text.count("\n") == 8
    assert "Sport" not in article.text


def test_the_outlet_falls_back_to_the_host() -> None:
    html = HEAD.replace('<meta property="og:site_name" content="The Oss Post">', "").replace(" | The Oss Post", "")
    (article,), _ = parse(page(f"{html}<body><article>{BODY}</article></body></html>", HTML))
    assert article.outlet == "post.example"


def test_a_declared_encoding_is_used() -> None:
    html = f"<html><head><meta charset='windows-1250'></head><body><article>{BODY}</article></body></html>"
    (article,), _ = parse(page(html.replace("keeper", "keeper Łucja Żak").encode("cp1250"), HTML))
    assert "The keeper Łucja Żak of dam" in article.text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body></body></html>", "no article was found"),
        ("<div>" * 100_000 + BODY + "</div>" * 100_000, f"the limit is {MAX_DEPTH}"),
        ("<b>" * 100_000 + BODY, f"the limit is {MAX_DEPTH}"),
        (BODY + "<br>" * (MAX_TAGS + 1), f"over {MAX_TAGS:,} tags"),
        (f"<img src='data:{'A' * MAX_CHARACTERS}'>" + BODY, f"the limit is {MAX_CHARACTERS:,}"),
        ("<" * 200_000, "no article was found"),
        ("<script>" * 50_000 + BODY, "no article was found"),
    ],
)
def test_pages_that_choke_parsers_are_rejected_at_once(html: str, reason: str) -> None:
    import trafilatura  # noqa: F401  (its import is no part of what is timed)

    start = time.perf_counter()
    articles, (item,) = parse(page(html, HTML))
    assert articles == ()
    assert reason in item.reason
    assert item.reason.endswith("save the report's text as .txt")
    assert time.perf_counter() - start < 5


def test_measure_counts_tags_and_depth_outside_scripts_and_comments() -> None:
    assert measure("<html><body><div><p>a<p>b<br><ul><li>c<li>d</ul></div>") == (2, 11)
    assert measure("<script>if (a<b) '<div><div>'</SCRIPT><!-- <div> --><style>a<i</style><i>") == (1, 1)
    assert measure("</div></div><b></i></b>") == (1, 5)
    assert measure("<!-- never closed <div>") == (0, 0)
