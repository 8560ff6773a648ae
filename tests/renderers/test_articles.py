"""Articles as lines of JSON: what stands in them, and that reading them gives the same articles."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accord.parse import parse_each, parse_pages
from accord.readers import read
from accord.records import Article, Caption, Change, Entry
from accord.renderers.articles import to_line

TEXT = "The dam burst. Three died."
FULL = Article(
    id="b2",
    text=TEXT,
    outlet="The Herald",
    title="Dam bursts",
    byline="M. Quell",
    credits=("Reuters", "AP"),
    published="2024-05-31",
    language="en",
    url="https://herald.example/dam",
    modified="2024-05-31T10:00:00Z",
    section="News",
    paywalled=False,
    captions=(Caption("The dam at Oss.", "Jo Bly/Reuters"), Caption("The flood.")),
    entries=(Entry(0, 14, "2024-05-31T09:00:00Z"), Entry(15, 26)),
    version=2,
    replaces="a1",
    changes=(Change("Dam leaks", "Dam bursts", 0, 0, "title"), Change("Two died.", "Three died.", 15, 26)),
)


def again(*articles: Article) -> tuple[Article, ...]:
    """Return what reading the lines of `articles` gives."""
    pages = read(["-"], stdin=b"".join(map(to_line, articles)))
    made, rejected = parse_pages([page for page in pages if hasattr(page, "content")])
    assert rejected == ()
    return made


def test_fields_stand_in_their_order_and_empty_ones_are_left_out() -> None:
    assert to_line(Article("a", "Núñez — 水", "herald")).decode() == (
        '{"id": "a", "text": "Núñez — 水", "outlet": "herald"}\n'
    )
    assert list(json.loads(to_line(FULL))) == list(Article.__slots__)
    assert json.loads(to_line(FULL))["captions"] == [
        {"text": "The dam at Oss.", "credit": "Jo Bly/Reuters"},
        {"text": "The flood."},
    ]
    assert json.loads(to_line(FULL))["changes"] == [
        {"before": "Dam leaks", "after": "Dam bursts", "start": 0, "end": 0, "part": "title"},
        {"before": "Two died.", "after": "Three died.", "start": 15, "end": 26},
    ]


def test_lines_of_any_length_are_read_from_a_pipe() -> None:
    first, second = replace(FULL, text=TEXT + " It rained." * 2_000), Article("c3", "It rained.", "The Post")
    assert again(first, second) == (first, second)
    assert again(second, first) == (second, first)
    assert again(second) == (second,)


def test_a_line_is_one_line_whatever_the_text_holds() -> None:
    line = to_line(Article("a", "one\r\ntwo\x85three\u2028four\u2029\x9b31mfive\x7f\x0bsix", "herald"))
    assert len(line.decode().splitlines()) == 1
    assert not any(code in line.decode() for code in "\x7f\x9b")
    assert again(Article("a", "one\r\ntwo\x85three\u2028four\u2029\x9b31mfive\x7f\x0bsix", "herald"))[0].text == (
        "one\r\ntwo\x85three\u2028four\u2029\x9b31mfive\x7f\x0bsix"
    )


def test_half_a_character_is_written_as_its_escape() -> None:
    line = to_line(Article("a", "dam", "herald", captions=(Caption("x\ud800"),)))
    assert b'"x\\ud800"' in line


def test_all_fields_come_back() -> None:
    assert again(FULL) == (FULL,)


CHARACTERS = st.characters(codec="utf-8")
NAMES = st.text(CHARACTERS, min_size=1, max_size=20).map(lambda s: " ".join(s.split())).filter(bool)
BODIES = st.text(CHARACTERS, min_size=1, max_size=60).filter(str.strip)
DAYS = st.dates().map(lambda day: day.isoformat())
TIMES = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z")


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(BODIES)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    entries = tuple(Entry(a, b, draw(maybe(TIMES | DAYS))) for a, b in pairwise(cuts))
    version = draw(st.integers(1, 3))
    changes = tuple(
        Change(draw(maybe(BODIES)), text[a:b], a, b) for a, b in pairwise(cuts) if text[a:b].strip() and version > 1
    )
    return Article(
        id=draw(NAMES),
        text=text,
        outlet=draw(NAMES),
        title=draw(maybe(NAMES)),
        byline=draw(maybe(NAMES)),
        credits=tuple(draw(st.lists(NAMES, max_size=3))),
        published=draw(maybe(DAYS)),
        language=draw(st.sampled_from(["en", "de"]) if len(text.split()) > 15 else st.sampled_from([None, "en"])),
        url=draw(maybe(NAMES)),
        modified=draw(maybe(TIMES | DAYS)),
        section=draw(maybe(NAMES)),
        paywalled=draw(st.sampled_from([None, True, False])),
        captions=tuple(draw(st.lists(st.builds(Caption, BODIES, maybe(BODIES)), max_size=2))),
        entries=entries,
        version=version,
        replaces=draw(NAMES) if version > 1 else None,
        changes=changes,
    )


@given(articles())
def test_any_article_comes_back_the_same(article: Article) -> None:
    line = to_line(article)
    (made,) = again(article)
    if made.language is not None and article.language is None:
        article = again(article)[0]  # a text of 40 Chinese characters is enough to tell its language
    assert made == article
    assert line.count(b"\n") == 1
    assert [item.article for item in parse_each(read(["-"], stdin=line)) if not hasattr(item, "reason")] == [article]
