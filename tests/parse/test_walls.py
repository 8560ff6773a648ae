"""Pages that hold no article, told from short reports."""

from __future__ import annotations

import pytest

from accord.parse import parse
from accord.parse.walls import wall_in

from .pages import page

MENU = "<nav><a href='/'>Home</a> <a href='/w'>World</a> <a href='/s'>Sport</a></nav>"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (
            "<title>Dam at Oss to open | Oss Post</title><div><h2>We value your privacy</h2><p>We and our 640 partners "
            "store and read information on your device, such as cookies. Press accept to go on.</p></div>",
            "a cookie or privacy notice",
        ),
        (
            "<div><p>Wir und unsere 90 Partner verwenden Cookies und personenbezogene Daten.</p>"
            "<p>Ihre Einwilligung können Sie jederzeit widerrufen.</p></div>",
            "a cookie or privacy notice",
        ),
        (
            "<title>404 | Oss Post</title><h1>Oops! Page not found</h1><p>We can't find the page that you asked for. "
            "Go to our home page or use the search.</p>",
            "an error page",
        ),
        (
            "<h1>Welcome back</h1><p>Please log in to your account to continue reading the Oss Post, or create one.</p>"
            "<p>Forgotten your password? We can send you an e-mail.</p>",
            "a sign-in or subscription page",
        ),
        (
            "<h1>One moment</h1><p>Please verify you are a human before the connection to this site proceeds.</p>",
            "a check for robots",
        ),
        (
            f"<title>Dam at Oss to open</title><header>{MENU}</header><main><article><h1>Dam at Oss to open</h1>"
            "<div class='byline'>By ",
            "a menu or a page that was cut off",
        ),
    ],
)
def test_pages_without_an_article_are_rejected_with_what_they_look_like(html: str, kind: str) -> None:
    articles, (item,) = parse(page(f"<html><body>{html}", "text/html"))
    assert articles == ()
    assert item.reason == f"no article was found on the page, it looks like {kind}; save the report's text as .txt"


@pytest.mark.parametrize(
    "text",
    [
        "The dam at Oss opened at noon.",
        "Two people were hurt when a quay wall fell at Oss on Monday.",
        "The regulator fined Oss Net on Monday because its site stored cookies without consent.",
        "404 people left their homes at Oss. The dam holds.",
        "Members must register by Friday to read the plan for the dam, the council said.",
        "“We value your privacy,” said the keeper of the cookies at Oss.",
    ],
)
def test_a_short_report_is_an_article(text: str) -> None:
    html = f"<html><body>{MENU}<article><h1>News of Oss</h1><p>{text}</p></article></body></html>"
    (article,), rejected = parse(page(html, "text/html"))
    assert rejected == ()
    assert text in article.text


def test_a_report_beside_a_cookie_notice_is_an_article() -> None:
    notice = "<p>We and our 640 partners store and read information on your device, such as cookies.</p>"
    html = f"<html><body><p>The dam at Oss opened at noon, an hour late.</p>{notice}</body></html>"
    (article,), _ = parse(page(html, "text/html"))
    assert "opened at noon" in article.text


def test_links_are_sentences_only_with_a_full_stop() -> None:
    headline = "Keepers of the dam at Oss say that the water will be let out in May after all"
    link = "".join(filter(str.isalnum, headline.casefold()))
    assert wall_in([headline, "Sport"], None, {link}) == "a menu or a page that was cut off"
    assert wall_in([headline, "Sport"], None, ()) is None
    assert wall_in([f"{headline}."], None, {link}) is None


def test_nothing_at_all_is_not_called_a_menu() -> None:
    assert wall_in([], "Dam at Oss to open", ()) is None
