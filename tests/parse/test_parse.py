"""`parse` and `parse_pages`: what all formats share: outlets, dates, ids, language, caps and hostile input."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.config import Config
from accord.parse import FORMATS, parse, parse_pages
from accord.records import Article, Page, content_id

from .pages import TEXT, json_page, page


def one(found: Page, config: Config | None = None) -> Article:
    """Return the one article on `found`, which has nothing to reject."""
    articles, rejected = parse(found, config)
    assert rejected == ()
    (article,) = articles
    return article


def reason(found: Page, config: Config | None = None) -> str:
    """Return why `found` holds no article."""
    articles, rejected = parse(found, config)
    assert articles == ()
    (item,) = rejected
    assert item.stage == "parse"
    assert item.what.startswith(found.location)
    return item.reason


def test_outlet_is_the_files_own_then_the_configs_then_the_host_then_the_stem() -> None:
    url = "https://www.herald.example:8080/a"
    config = Config(outlet="Wire")
    assert one(json_page({"text": TEXT, "outlet": "Post", "url": url}), config).outlet == "Post"
    assert one(json_page({"text": TEXT, "url": url}), config).outlet == "Wire"
    assert one(json_page({"text": TEXT, "url": url})).outlet == "herald.example"
    assert one(json_page({"text": TEXT, "url": "http://[bad"})).outlet == "herald"
    assert one(page(TEXT)).outlet == "herald"
    assert one(page(TEXT, location="standard input")).outlet == "standard input"


def test_published_is_the_files_own_then_the_configs() -> None:
    config = Config(published="2024-05-30")
    assert one(json_page({"text": TEXT, "published": "2024-05-31T23:00:00-07:00"}), config).published == "2024-05-31"
    assert one(json_page({"text": TEXT, "published": None}), config).published == "2024-05-30"
    assert one(json_page({"text": TEXT, "published": " "})).published is None
    assert one(page(TEXT)).published is None


def test_a_date_that_cannot_be_read_is_noted_and_the_article_kept() -> None:
    found = json_page({"text": TEXT, "published": "last spring"})
    (article,), (note,) = parse(found)
    assert article.published is None
    assert note.what == found.location
    assert "'last spring'" in note.reason
    assert "kept without a date" in note.reason
    (article,), (note,) = parse(found, Config(published="2024-05-30"))
    assert article.published == "2024-05-30"
    assert "2024-05-30 is taken instead" in note.reason


def test_language_is_told_by_the_text() -> None:
    assert one(page(TEXT)).language == "en"
    german = "Der Damm in Oss wird im Mai geöffnet, sagte der Wärter am Montag. Der Rat der Stadt hatte um Aufschub "
    assert one(page(german + "gebeten, doch die Ingenieure fanden die Mauern fest und die Tore gut.")).language == "de"
    assert one(page("The dam opened.")).language is None
    assert one(page("12 34 56 78 " * 30)).language is None


def test_an_own_id_is_kept_and_others_are_hashes_of_the_content() -> None:
    assert one(json_page({"id": "a", "text": TEXT})).id == "a"
    assert one(json_page({"id": 7, "text": TEXT})).id == "7"
    article = one(page(TEXT))
    assert article.id == one(page(TEXT)).id == content_id("herald", None, None, None, None, TEXT)
    assert article.id != one(page(TEXT, location="post.txt")).id


def test_an_id_that_two_articles_share_is_given_up_by_both_in_any_order() -> None:
    pages = [json_page({"id": "a", "text": TEXT + end}, f"{end}/a.json") for end in ("x", "y")]
    articles, rejected = parse_pages(pages)
    assert len({a.id for a in articles}) == 2
    assert "a" not in {a.id for a in articles}
    assert parse_pages(pages[::-1])[0] == articles[::-1]
    assert rejected == ()


def test_the_same_article_twice_is_read_once() -> None:
    item = {"id": "a", "outlet": "Post", "text": TEXT}
    (article,), (copy,) = parse_pages([json_page(item, "x/a.json"), json_page(item, "y/a.json")])
    assert article.id == "a"
    assert copy.what == "y/a.json"
    assert "the same article as x/a.json" in copy.reason
    elsewhere = json_page({**item, "id": "b", "outlet": "Wire"})
    assert len(parse_pages([json_page(item), elsewhere])[0]) == 2


@pytest.mark.parametrize("media_type", list(FORMATS))
@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\u2003".encode()])
def test_an_empty_page_is_rejected_in_every_format(media_type: str, content: bytes) -> None:
    assert reason(Page(content, "a.x", media_type))


@pytest.mark.parametrize("media_type", list(FORMATS))
@pytest.mark.parametrize("size", [40, 3000])
def test_binary_noise_is_rejected_in_every_format(media_type: str, size: int) -> None:
    told = reason(Page(random.Random(size).randbytes(size), "a.x", media_type))
    advice = ("not text; save the report's text as .txt", "not well-formed XML", "download or export it again")
    assert any(part in told for part in advice)


def test_an_unknown_media_type_is_rejected() -> None:
    assert "'image/png' is not known" in reason(Page(b"x", "a.png", "image/png"))


@pytest.mark.parametrize("found", [page(TEXT * 4000), json_page({"text": TEXT * 4000})])
def test_an_article_of_a_million_characters_is_rejected_with_its_length(found: Page) -> None:
    assert f"{len(TEXT) * 4000:,} characters and the limit is 200,000" in reason(found)
    assert one(found, Config(max_characters=2_000_000)).text == TEXT * 4000


@given(st.text(max_size=300).filter(str.strip))
def test_text_in_json_is_untouched(text: str) -> None:
    (article,), _ = parse(json_page({"text": text}))
    assert article.text == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=300))
def test_plain_text_is_untouched_but_for_its_byte_order_mark(text: str) -> None:
    for mark, encoding in (("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("\ufeff", "utf-32-be")):
        if text.strip() and text[0] != "\ufeff":
            (article,), _ = parse(page((mark + text).encode(encoding)))
            assert article.text == text


@given(st.binary(max_size=200), st.sampled_from(sorted(set(FORMATS) - {"text/html"})))
def test_no_bytes_make_parse_raise(content: bytes, media_type: str) -> None:
    articles, rejected = parse(Page(content, "a.x", media_type))
    assert articles or rejected or media_type == "application/jsonl"
    for article in articles:
        article.text.encode()
