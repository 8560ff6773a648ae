"""JSON: the names that are read, and faults told by their place."""

from __future__ import annotations

import pytest

from accord.parse import parse

from .pages import TEXT, json_page, page


def test_the_gold_form_is_read() -> None:
    item = {"id": "a", "outlet": "www.post.example", "title": "", "published": "2024-05-31", "text": TEXT}
    (article,), rejected = parse(json_page(item))
    assert (article.id, article.outlet, article.title) == ("a", "www.post.example", None)
    assert (article.published, article.text) == ("2024-05-31", TEXT)
    assert rejected == ()


@pytest.mark.parametrize(
    "item",
    [
        {"headline": "Dam", "body": TEXT, "link": "u", "date": "2024-05-31", "source": "Post", "author": "M. Quell"},
        {
            "@type": "NewsArticle",
            "headline": "Dam",
            "articleBody": TEXT,
            "url": "u",
            "datePublished": "2024-05-31T10:00Z",
            "publisher": {"@type": "Organization", "name": "Post"},
            "author": [{"name": "M. Quell"}],
        },
        {
            "title": " Dam ",
            "content": TEXT,
            "text": "",
            "url": "u",
            "publishedAt": 1717149600,
            "source": {"id": None, "name": "Post"},
            "byline": ["M. Quell", ""],
        },
        {
            "Title": "Dam",
            "TEXT": TEXT,
            "URL": "u",
            "published_at": "20240531",
            "domain": "Post",
            "authors": ["M. Quell"],
        },
    ],
)
def test_common_names_are_read(item: dict[str, object]) -> None:
    (article,), rejected = parse(json_page(item))
    assert (article.title, article.text, article.url) == ("Dam", TEXT, "u")
    assert (article.published, article.outlet, article.byline) == ("2024-05-31", "Post", "M. Quell")
    assert rejected == ()


@pytest.mark.parametrize("wrap", [list, lambda items: {"event": "dam", "articles": items}])
def test_a_list_of_articles_is_read_and_bad_ones_are_named_by_number(wrap) -> None:
    found = wrap([{"id": "a", "text": TEXT}, 5, {"title": "Dam"}, {"id": "b", "text": TEXT + "."}])
    articles, rejected = parse(json_page(found))
    assert [a.id for a in articles] == ["a", "b"]
    assert [r.what for r in rejected] == ["news/herald.json, article 2", "news/herald.json, article 3"]
    assert "it is a number, not an object" in rejected[0].reason
    assert "no text under any of the names text, body" in rejected[1].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "The dam",\n "title": }', "not valid JSON: Expecting value at line 2, column 11; mend it there"),
        ('{"text": "The dam\n', "not valid JSON: Unterminated string starting at column 10; mend it there"),
        ('{"text": "The dam"\n', "not valid JSON: Expecting ',' delimiter at column 19; mend it there"),
        ('{"text": "a"}\n{"text": "b"}', "name the file .jsonl"),
        ('{"text": "The\x00dam opened on Monday and the water ran out over the fields"}', "Invalid control character"),
        ('{"text": ["The dam", "opened"]}', "its text is a list, not a string"),
        ('{"text": {"p": "The dam"}}', "its text is an object, not a string"),
        ('{"text": 5}', "its text is a number, not a string"),
        ('{"text": true}', "its text is true or false, not a string"),
        ('{"text": null}', "its text is empty"),
        ('{"text": " \\n "}', "its text is empty"),
        ('{"text": "dam \\ud800 dam"}', "a lone surrogate) at position 4"),
        ("[]", "its list of articles is empty"),
        ('{"articles": []}', "its list of articles is empty"),
        ("null", "it is null, not an object"),
        ('"text"', "it is a string, not an object"),
        ("[" * 200_000, "nested too deeply"),
        ('{"text": ' + "1" * 5000 + "}", "not usable JSON"),
    ],
)
def test_faults_are_told_with_their_place_and_remedy(content: str, reason: str) -> None:
    articles, (item,) = parse(page(content, "application/json"))
    assert articles == ()
    assert reason in item.reason


def test_odd_fields_do_not_lose_the_article() -> None:
    item = {"text": TEXT, "title": 5, "url": ["u"], "author": {"x": 1}, "outlet": True, "id": "\ud800", "date": {}}
    (article,), rejected = parse(json_page(item))
    assert (article.title, article.url, article.byline, article.outlet) == ("5", "u", None, "herald")
    assert rejected == ()
    article.id.encode()
