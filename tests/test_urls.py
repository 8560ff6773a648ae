"""The normal form of addresses: one for all spellings of one page, others for other pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.urls import normal


@pytest.mark.parametrize(
    "url",
    [
        "https://herald.example/news/dam?a=1&b=2",
        "http://herald.example/news/dam?a=1&b=2",
        "HTTPS://Herald.Example:443/news/dam/?b=2&a=1#top",
        "http://herald.example:80/news/./x/../dam?a=1&b=2&utm_source=feed&utm_medium=rss&fbclid=x",
        "https://herald.example//news/%64am?a=1&b=2&",
        " https://herald.example./news/dam?a=1&b=2\n",
    ],
)
def test_spellings_of_one_address_have_one_form(url: str) -> None:
    assert normal(url) == "https://herald.example/news/dam?a=1&b=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://herald.example/dam", "https://www.herald.example/dam"),
        ("https://herald.example/dam", "https://herald.example:8080/dam"),
        ("https://herald.example/story?id=1", "https://herald.example/story?id=2"),
        ("https://herald.example/story?cid=1", "https://herald.example/story?cid=2"),
        ("https://herald.example/Dam", "https://herald.example/dam"),
        ("https://herald.example/a%2Fb", "https://herald.example/a/b"),
    ],
)
def test_other_pages_have_other_forms(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://bücher.example/Straße", "https://xn--bcher-kva.example/Stra%C3%9Fe"),
        ("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
        ("https://who:secret@herald.example/a", "https://herald.example/a"),
        ("urn:newsml:herald.example:20240531:1", "urn:newsml:herald.example:20240531:1"),
        ("https://[herald", "https://[herald"),
        ("https://herald.example:99999/a", "https://herald.example:99999/a"),
        ("", ""),
    ],
)
def test_odd_addresses_keep_what_they_name(url: str, form: str) -> None:
    assert normal(url) == form


@given(st.text(max_size=40), st.text(max_size=20))
def test_the_form_of_a_form_is_itself(path: str, query: str) -> None:
    form = normal(f"http://herald.example/{path}?{query}")
    assert normal(form) == form
    form.encode()


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
def test_addresses_that_readers_meet_have_one_form(one: str, other: str) -> None:
    assert normal(one) == normal(other)


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
    assert normal(one) != normal(other)


@given(st.text())
def test_a_form_is_given_for_anything(text: str) -> None:
    normal(text)
    assert normal("https://" + text) == normal("https://" + text)
