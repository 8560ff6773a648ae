"""Headings and lists between an article's paragraphs, on pages whose markup does not say where the article is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.parse import parse
from accord.parse.lost import with_lost
from accord.parse.trees import tree_of

from .pages import page

FIRST = (
    "The toll for the dam road at Oss will rise by a third in May, its keeper said on Monday, the first rise in years."
)
SECOND = "A cart will pay nine marks and a boat eleven, and those who live at Oss will go on paying three marks a year."
THIRD = "The dam lost two million marks last year, and the council at Oss is to talk about its future in the autumn."
BETWEEN = "<h2>The new tolls</h2>", "<ul><li>On foot: 2 marks</li><li>By mule: 4 marks</li></ul>"
TEXT = "\n".join((FIRST, "The new tolls", SECOND, "On foot: 2 marks", "By mule: 4 marks", THIRD))


def text_of(body: str) -> str:
    (article,), _ = parse(page(f"<html><body>{body}</body></html>", "text/html"))
    return article.text


@pytest.mark.parametrize("wrapper", ["{}", "<div class='wrap'><div>{}</div></div>"])
def test_headings_and_lists_between_paragraphs_are_text(wrapper: str) -> None:
    heading, items = BETWEEN
    body = f"<h1>Tolls up</h1><p>{FIRST}</p>{heading}<p>{SECOND}</p>{items}<p>{THIRD}</p>"
    assert text_of(wrapper.format(body)) == TEXT


def test_each_part_may_lie_in_a_wrapper_of_its_own() -> None:
    heading, items = BETWEEN
    parts = "<h1>Tolls up</h1>", f"<p>{FIRST}</p>", heading, f"<p>{SECOND}</p>", items, f"<p>{THIRD}</p>"
    assert text_of("".join(f"<div>{part}</div>" for part in parts)) == TEXT


def test_lists_of_links_and_what_lies_elsewhere_stay_out() -> None:
    links = "<ul><li><a href='/a'>The dam that never opened</a></li><li><a href='/b'>Gulls at Oss</a></li></ul>"
    body = (
        f"<h1>Tolls up</h1><p>{FIRST}</p><h3>From our pages</h3>{links}<p>{SECOND}</p>"
        f"<nav><ul><li>Water and weather</li></ul></nav><p>{THIRD}</p><h3>About us</h3><ul><li>Since 1901</li></ul>"
    )
    assert text_of(body) == "\n".join((FIRST, SECOND, THIRD))


def test_a_heading_whose_words_stand_in_a_paragraph_is_text_and_a_pulled_quote_is_not() -> None:
    tree = tree_of(f"<div><p>{FIRST}</p><h2>The dam road</h2><p>{SECOND}</p><h3>{SECOND[:60]}</h3><p>{THIRD}</p></div>")
    assert tree is not None
    assert with_lost(tree, [FIRST, SECOND, THIRD]) == [FIRST, "The dam road", SECOND, THIRD]


@given(st.lists(st.sampled_from(["<p>One two.</p>", "<p>Three.</p>", "<h2>Four</h2>", "<ul><li>Five</ul>", "<div>"])))
def test_lines_stay_in_their_order(parts: list[str]) -> None:
    tree = tree_of("<body>" + "".join(parts) + "</body>")
    lines = ["One two.", "", "Three."]
    assert tree is not None
    assert [line for line in with_lost(tree, lines) if line in lines] == lines
