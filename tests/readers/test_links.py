"""`links`: which URLs mean one page, and what a run has asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.readers.links import Asked, normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://Paper.Example:443/a?utm_source=x&id=7#top", "http://paper.example/a?id=7"),
        ("https://paper.example", "https://paper.example/?fbclid=1"),
        ("https://paper.example/a?b=2&a=1", "https://paper.example/a?a=1&b=2&at_medium=RSS"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://paper.example./a", "https://paper.example/a?ocid=1&xtor=RSS-1"),
    ],
)
def test_spellings_of_one_page_have_one_normal_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/a?id=7", "https://paper.example/a?id=8"),
        ("https://paper.example/?12345", "https://paper.example/?67890"),
        ("https://paper.example/a?cid=1", "https://paper.example/a?cid=2"),
        ("https://paper.example/#!/a", "https://paper.example/#!/b"),
        ("https://paper.example:8080/a", "https://paper.example/a"),
        ("https://paper.example/A", "https://paper.example/a"),
    ],
)
def test_what_may_name_an_article_tells_pages_apart(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@given(st.text())
def test_a_normal_form_is_given_for_anything(text: str) -> None:
    normal_form(text)
    assert normal_form("https://" + text) == normal_form("https://" + text)


def test_asked_forgets_the_oldest_only() -> None:
    asked = Asked(half=3)
    urls = [f"https://paper.example/{n}" for n in range(7)]
    assert all(asked.add(url) for url in urls)
    assert not asked.add(urls[-1] + "?utm_source=x")
    assert [url in asked for url in urls] == [False] * 3 + [True] * 4
