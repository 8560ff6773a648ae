"""How articles changed, as text and as JSON."""

from __future__ import annotations

import json

from accord.records import Article, Change
from accord.renderers.versions import render_json, render_text

OLD = Article("a", "The dam broke. Two fell ill.", "The Herald", "Dam breaks", published="2031-05-04")
NEW = Article(
    "b",
    "The dam broke. Five fell ill.",
    "The Herald",
    "Dam breaks, five ill",
    published="2031-05-04",
    modified="2031-05-05T06:00:00Z",
    version=2,
    replaces="a",
    changes=(
        Change("Dam breaks", "Dam breaks, five ill", 0, 0, "title"),
        Change("Two fell ill.", "Five fell ill.", 15, 29),
        Change("It is raining.", None, 29, 29),
        Change(None, "It is dry.", 29, 29),
    ),
)


def test_text_shows_what_each_version_dropped_and_put_there() -> None:
    assert render_text([[OLD, NEW]], {"b": "2031-06-01T00:00:00Z"}) == (
        "The Herald: Dam breaks, five ill\n"
        "  version 1, article a, 2031-05-04\n"
        "  version 2, article b, 2031-05-05T06:00:00Z\n"
        "    - title: Dam breaks\n"
        "    + title: Dam breaks, five ill\n"
        "    - Two fell ill.\n"
        "    + Five fell ill.\n"
        "    - It is raining.\n"
        "    + It is dry.\n"
        "  taken down, as found on 2031-06-01T00:00:00Z\n"
    )


def test_text_says_where_nothing_changed() -> None:
    assert render_text([], {}) == "nothing changed\n"


def test_json_has_every_field_and_no_text() -> None:
    document = json.loads(render_json([[OLD, NEW], [OLD]], {"b": "2031-06-01"}))
    assert document["schema"] == "accord/versions@1"
    first, second = document["articles"]
    assert (first["id"], first["gone"], second["gone"]) == ("b", "2031-06-01", None)
    assert first["versions"][1]["changes"][0] == {
        "before": "Dam breaks",
        "after": "Dam breaks, five ill",
        "start": 0,
        "end": 0,
        "part": "title",
    }
    assert "fell ill. " not in json.dumps(document)
