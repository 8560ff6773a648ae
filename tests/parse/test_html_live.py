"""Live blogs: dated entries in the page's order, furniture kept out."""

from __future__ import annotations

import json

from accord.parse import parse
from accord.records import Article

from .pages import page

HTML = "text/html"
NEWS = (
    "The gates of the dam at Oss are shut and the water stands a metre below the wall, the keeper says.",
    "The council of Oss has asked the people of the lower town to leave their houses before dark.",
    "Rain is forecast for the whole of the night, and the river has risen by ten centimetres in an hour.",
)


def article_of(html: str, url: str = "https://www.post.example/live/dam") -> Article:
    (article,), rejected = parse(page(html, HTML, url))
    assert rejected == ()
    return article


def post(time: str, text: str) -> str:
    links = "<div class='share'><a href='#'>Share</a><a href='#'>Copy link to post</a></div>"
    return f"<article class='live-post'>{time}<span>Updated 3 minutes ago</span><p>{text}</p>{links}</article>"


def test_entries_are_passages_of_their_own_with_their_times() -> None:
    times = ("2024-05-31T14:20:00+02:00", "2024-05-31T13:05:00+02:00", "2024-05-31T12:40:00+02:00")
    posts = "".join(post(f"<time datetime='{at}'>just now</time>", text) for at, text in zip(times, NEWS, strict=True))
    events = "<h2>Key events</h2><ul><li><time>14.20</time><a href='#a'>Gates shut</a></li></ul>"
    article = article_of(f"<html><body><h1>Flood at Oss: live updates</h1>{events}<div>{posts}</div></body></html>")
    assert article.text == "\n".join(NEWS)
    assert [article.text[entry.start : entry.end] for entry in article.entries] == list(NEWS)
    assert [entry.at for entry in article.entries] == [
        "2024-05-31T12:20:00Z",
        "2024-05-31T11:05:00Z",
        "2024-05-31T10:40:00Z",
    ]


def test_clock_times_are_of_the_page_s_day_and_go_back_over_midnight() -> None:
    clocks = ("0.10am", "11.55pm", "11.30pm")
    posts = "".join(post(f"<time>{at}</time>", text) for at, text in zip(clocks, NEWS, strict=True))
    head = "<meta property='article:published_time' content='2024-06-01T00:00:00+02:00'>"
    article = article_of(f"<html><head>{head}</head><body><h1>Flood at Oss: live</h1><div>{posts}</div></body></html>")
    assert [entry.at for entry in article.entries] == [
        "2024-06-01T00:10:00",
        "2024-05-31T23:55:00",
        "2024-05-31T23:30:00",
    ]


def test_entries_of_json_ld_are_read_where_markup_has_none() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Update {n}",
            "articleBody": text,
            "datePublished": "2024-05-31T10:00:00Z",
        }
        for n, text in enumerate(NEWS)
    ]
    data = {"@type": "LiveBlogPosting", "headline": "Flood at Oss", "liveBlogUpdate": updates}
    html = (
        f"<html><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body><p>x</p></body></html>"
    )
    article = article_of(html, "https://www.post.example/dam")
    assert [article.text[e.start : e.end].split("\n") for e in article.entries] == [
        [f"Update {n}", text] for n, text in enumerate(NEWS)
    ]
    assert {entry.at for entry in article.entries} == {"2024-05-31T10:00:00Z"}


def test_a_list_of_other_pages_is_no_live_blog() -> None:
    teasers = "".join(
        f"<div class='teaser'><time>14:0{n}</time><a href='/{n}'>{text}</a></div>" for n, text in enumerate(NEWS)
    )
    body = "".join(
        f"<p>The keeper of dam number {n} at Oss said on Monday that it would open in May.</p>" for n in range(9)
    )
    article = article_of(
        f"<html><body><h1>Dam opens</h1><article>{body}</article><div>{teasers}</div></body></html>", "a.html"
    )
    assert article.entries == ()
    assert article.text.startswith("The keeper of dam number 0")
