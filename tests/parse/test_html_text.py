"""What of a page is the report's text, and what is kept apart from it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.parse import parse
from accord.parse.captions import caption_line, split_credit
from accord.parse.wording import is_furniture
from accord.records import Article, Caption

from .pages import page

LINES = [f"The keeper of dam number {n} at Oss said on Monday that it would open in May." for n in range(9)]
TEXT = "\n".join(LINES)


def article_of(body: str, head: str = "") -> Article:
    html = f"<html><head>{head}</head><body><h1>Dam at Oss to open</h1>{body}</body></html>"
    (article,), rejected = parse(page(html, "text/html"))
    assert rejected == ()
    return article


def paragraphs(*between: str) -> str:
    """Return an article of `LINES`, with `between` after its third paragraph."""
    lines = [f"<p>{line}</p>" for line in LINES]
    return f"<article>{''.join([*lines[:3], *between, *lines[3:]])}</article>"


@pytest.mark.parametrize(
    "furniture",
    [
        "<p><strong>Read more: </strong><a href='/a'>The dam that never opened</a></p>",
        "<p>READ MORE <a href='/a'>The dam that never opened</a></p>",
        "<div class='related-articles'><h3>Related</h3><ul><li><a href='/a'>The dam that never opened</a></ul></div>",
        "<div class='newsletter-signup'><h4>The Morning Dam</h4><p>All of the water, every day.</p></div>",
        "<p>Sign up for our newsletter and get the news from Oss in your inbox</p>",
        "<blockquote class='twitter-tweet'><p>So glad about the dam, what a day!</p>Mara (@mara)</blockquote>",
        "<figure class='wp-block-embed-instagram'><blockquote><p>A dam</p></blockquote></figure>",
        "<p>Advertisement</p><div class='ad-slot'>Buy water at Oss now</div>",
        "<div class='social-share'><a href='#'>Facebook</a> <a href='#'>Twitter</a></div>",
        "<p>This website uses cookies to make it work for its readers.</p>",
        "<p>You must be logged in to post a comment</p><div class='comments-area'><p>First!</p></div>",
        "<span class='sr-only'>End of list</span>",
    ],
)
def test_furniture_between_paragraphs_is_no_text(furniture: str) -> None:
    assert article_of(paragraphs(furniture)).text == TEXT


@pytest.mark.parametrize("name", ["post social", "related", "newsletter", "entry promo", "fb-post"])
def test_a_wrapper_around_a_short_article_may_be_called_anything(name: str) -> None:
    html = f"<html><body><div class='{name}'><p>{LINES[0]}</p><p>{LINES[1]}</p></div></body></html>"
    (article,), _ = parse(page(html, "text/html"))
    assert article.text == "\n".join(LINES[:2])


def test_captions_and_their_credits_are_kept_apart() -> None:
    figures = (
        "<figure><figcaption>The dam on Monday. <span class='credit'>Jo Bly/AFP</span></figcaption></figure>",
        "<div class='wp-caption'><img src='b'><p class='wp-caption-text'>The gates (Photo: Mara Quell)</p></div>",
        "<p>Image source, Getty Images</p>",
    )
    article = article_of(paragraphs(*figures))
    assert article.text == TEXT
    assert article.captions == (
        Caption("The dam on Monday.", "Jo Bly/AFP"),
        Caption("The gates", "Mara Quell"),
        Caption("Image source, Getty Images", "Getty Images"),
    )


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("The dam. Photo by Jo Bly", Caption("The dam.", "Jo Bly")),
        ("The dam (Jo Bly/Reuters)", Caption("The dam", "Jo Bly/Reuters")),
        ("The dam opens. Jo Bly/AFP via Getty Images", Caption("The dam opens.", "Jo Bly/AFP via Getty Images")),
        ("The dam — AFP", Caption("The dam", "AFP")),
        ("Image caption, The dam on Monday", Caption("The dam on Monday")),
        ("Photo: Jo Bly / The Oss Post", Caption("Photo: Jo Bly / The Oss Post", "Jo Bly / The Oss Post")),
        ("AFP via Getty Images", Caption("AFP via Getty Images", "AFP via Getty Images")),
        (
            "The keeper told Reuters that the dam opens in May.",
            Caption("The keeper told Reuters that the dam opens in May."),
        ),
    ],
)
def test_credits_are_split_from_captions(text: str, caption: Caption) -> None:
    assert split_credit(text) == caption


def test_running_text_is_no_caption_and_no_furniture() -> None:
    for line in (
        "He read more on the train. The dam was not in it.",
        "More than 120 people had to leave their houses.",
        "Related costs rose by a third, the council said.",
        "The council will share the costs with the state.",
        "Photo editors were told of the change on Monday, and they were not happy about it at all, she said.",
        "Follow the money, the keeper said, and you will see who gains.",
        "Subscribers to the water service paid 12 per cent more than a year before, the council said on Monday.",
        "Cookies were handed out at the gates.",
        "Share prices fell by 3 per cent.",
        "Watch towers stand at both ends of the dam.",
    ):
        assert not is_furniture(line), line
        assert caption_line(line) is None, line


@given(st.text(max_size=300))
def test_any_line_can_be_judged(line: str) -> None:
    assert is_furniture(line) in (True, False)
    found = caption_line(line)
    assert found is None or found.text


def test_a_standfirst_comes_first() -> None:
    standfirst = "After ten years of waiting the walls were found to be sound"
    article = article_of(f"<header><p class='article__standfirst'>{standfirst}</p></header>{paragraphs()}")
    assert article.text == f"{standfirst}\n{TEXT}"


def test_the_body_in_json_ld_is_taken_where_the_page_shows_only_its_start() -> None:
    data = {"@type": "NewsArticle", "headline": "Dam at Oss to open", "articleBody": TEXT}
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    assert article_of(f"<article><p>{LINES[0]}</p></article>", head).text == TEXT


def test_text_outside_of_paragraphs_is_found() -> None:
    assert article_of(f"<div class='x'>{'<br><br>'.join(LINES)}</div>").text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Published: 11 Oct 2024, 06:00",
        "Updated 3 hours ago",
        "Published 11 October 2024 at 6.00 am BST | Updated 12 October 2024",
        "Last updated on Monday, Oct. 7th, 2024 at 18:05 UTC",
        "Veröffentlicht am 11. Oktober 2024 um 06:00 Uhr",
        "Publié le 11 octobre 2024 à 06h00",
        "Click here to join our WhatsApp community",
        "Join our Telegram channel for the latest",
    ],
)
def test_lines_that_give_the_time_or_invite_are_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Updated plans for 3 dams were shown on Monday.",
        "Published in 2024, the book tells of the dam at Oss.",
        "Click here, the keeper told the boy, and the dam opens.",
        "They join our Signal Hill neighbours on Monday.",
        "Posted 12 keepers to Oss in May",
        "Updated " + "1 " * 190 + "x",
        "Updated" + " " * 300 + "x",
    ],
)
def test_lines_that_only_start_so_are_text(line: str) -> None:
    assert not is_furniture(line)


def test_a_byline_in_the_text_becomes_the_byline() -> None:
    body = paragraphs().replace(
        "<article>", "<article><p>By Mara Quell and Staff Reporters</p><p>Updated 2 hours ago</p>"
    )
    article = article_of(body)
    assert (article.byline, article.text) == ("Mara Quell", TEXT)


@pytest.mark.parametrize("line", ["By Reuters", "By noon the water had gone", "By the dam, all was quiet"])
def test_a_line_that_is_no_byline_or_another_one_stays(line: str) -> None:
    body = paragraphs().replace("<article>", f"<article><p>{line}</p>")
    article = article_of(body, "<meta name='author' content='Mara Quell'>")
    assert (article.byline, article.text) == ("Mara Quell", f"{line}\n{TEXT}")


def test_who_reported_too_is_credited_and_stays_in_the_text() -> None:
    body = paragraphs().replace(
        "</article>", "<p>Additional reporting by AFP and Jon Bly in Oss; editing by Ed Ox</p></article>"
    )
    article = article_of(body)
    assert article.credits == ("AFP", "Jon Bly")
    assert article.text.endswith("Ed Ox")
