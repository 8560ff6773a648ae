"""Markdown: front matter, headings, and the text as written."""

from __future__ import annotations

import pytest

from accord.parse import parse
from accord.parse.markdown import heading

from .pages import TEXT, page

MARKDOWN = "text/markdown"


def test_the_heading_is_the_title_and_the_text_stays_as_written() -> None:
    text = f"# Dam at **Oss** to [open](https://oss.example) in `May`\r\n\r\n{TEXT}\r\n"
    (article,), rejected = parse(page(text, MARKDOWN))
    assert article.title == "Dam at Oss to open in May"
    assert article.text == text
    assert rejected == ()


def test_front_matter_gives_the_fields_and_is_no_text() -> None:
    fields = [
        "title: 'Dam: open in May'",
        "author: Mara Quell",
        "date: May 31, 2024",
        'source: "The Post"',
        "tags:",
        "  - x",
    ]
    front = "\n".join(["---", *fields, "---", ""])
    (article,), rejected = parse(page(front + TEXT, MARKDOWN))
    assert (article.title, article.byline) == ("Dam: open in May", "Mara Quell")
    assert (article.published, article.outlet) == ("2024-05-31", "The Post")
    assert article.text == TEXT
    assert rejected == ()


@pytest.mark.parametrize("start", ["---\n\n", "---\nNo fields here\n---\n"])
def test_a_rule_at_the_top_is_no_front_matter(start: str) -> None:
    (article,), _ = parse(page(start + TEXT, MARKDOWN))
    assert article.text == start + TEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dam to open\n===\n\nText", "Dam to open"),
        ("## Dam to open\n\nText", "Dam to open"),
        ("> A note\n\n# Dam to open\n\nText", "Dam to open"),
        ("Text\n\n## What to know\n\nText", None),
        ("    # code\n", None),
        ("#\n", None),
    ],
)
def test_heading_is_the_first_of_level_one_else_the_one_that_opens(text: str, expected: str | None) -> None:
    assert heading(text) == expected


def test_a_title_line_without_marks_is_found_too() -> None:
    (article,), _ = parse(page("Dam at Oss to open in May\n\n" + TEXT, MARKDOWN))
    assert article.title == "Dam at Oss to open in May"


def test_front_matter_with_nothing_after_it_is_rejected() -> None:
    articles, (item,) = parse(page("---\ntitle: Dam\n---\n", MARKDOWN))
    assert articles == ()
    assert "its text is empty" in item.reason
