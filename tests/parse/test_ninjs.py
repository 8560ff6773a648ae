"""ninjs: items of every version among other JSON, with what may not be used."""

from __future__ import annotations

import json

from accord.parse import parse
from accord.parse.ninjs import is_item
from accord.records import Article, Caption, Page, Rejected

FIRST = {
    "uri": "http://wire.example/1",
    "type": "text",
    "pubstatus": "usable",
    "firstcreated": "2024-05-01T10:00:00+02:00",
    "versioncreated": "2024-05-02T10:00:00+02:00",
    "language": "en-GB",
    "headline": "Dam opens",
    "byline": "Jo Bly",
    "body_xhtml": "<p>The dam opened.</p><p>It closed.</p>",
    "infosource": [{"name": "The Wire"}],
    "subject": [{"name": "water supply"}],
    "associations": {"main": {"type": "picture", "description_text": "The dam.", "byline": "Ann Ott"}},
}
SECOND = {
    "uri": "http://wire.example/2",
    "standard": {"name": "ninjs", "version": "2.1"},
    "headlines": [{"role": "sub", "value": "At last"}, {"role": "main", "value": "Damm offen"}],
    "by": "Von Jo Bly",
    "language": "de",
    "bodies": [
        {"role": "x", "contenttype": "application/xml", "value": "<x/>"},
        {"role": "html", "contenttype": "text/html", "value": "<p>Der Damm ist offen.</p>"},
    ],
    "copyrightholder": "Wire",
    "associations": [{"type": "picture", "descriptions": [{"role": "caption", "value": "Der Damm."}], "by": "A. Ott"}],
}


def read(value: object) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    return parse(Page(json.dumps(value).encode(), "wire.json", "application/json"))


def test_an_item_of_the_first_version_gives_its_fields() -> None:
    (article,), rejected = read(FIRST)
    assert rejected == ()
    assert article == Article(
        id="http://wire.example/1",
        text="The dam opened.\nIt closed.",
        outlet="The Wire",
        title="Dam opens",
        byline="Jo Bly",
        published="2024-05-01",
        modified="2024-05-02T08:00:00Z",
        section="water supply",
        language="en",
        captions=(Caption("The dam.", "Ann Ott"),),
    )


def test_an_item_of_later_versions_gives_its_fields() -> None:
    (article,), _ = read(SECOND)
    assert (article.title, article.byline, article.outlet) == ("Damm offen", "Von Jo Bly", "Wire")
    assert article.text == "Der Damm ist offen."
    assert article.captions == (Caption("Der Damm.", "A. Ott"),)


def test_plain_text_is_taken_before_markup() -> None:
    (article,), _ = read({**FIRST, "body_text": "The dam opened\n\n  at noon."})
    assert article.text == "The dam opened\n\n  at noon."


def test_items_stand_among_others_and_what_may_not_be_used_is_named() -> None:
    values = [
        FIRST,
        {"title": "Gate", "text": "The gate opened.", "uri": "x"},
        {**FIRST, "uri": "c", "pubstatus": "canceled"},
        {**FIRST, "uri": "e", "embargoed": "2999-01-01T00:00:00Z"},
        {"uri": "p", "type": "picture", "pubstatus": "usable", "description_text": "The dam."},
        {"uri": "s", "pubstatus": "usable", "body_text": "half \ud800"},
        {"uri": "n", "versioncreated": 5, "body_html": 7, "headline": ["x"], "associations": 7, "bodies": "x"},
    ]
    articles, rejected = read(values)
    assert [article.title for article in articles] == ["Dam opens", "Gate"]
    assert [one.what for one in rejected] == [f"wire.json, article {number}" for number in range(3, 8)]
    for one, reason in zip(
        rejected, ("cancelled", "embargo", "its type is picture", "surrogate", "no text"), strict=True
    ):
        assert reason in one.reason


def test_other_objects_are_no_items() -> None:
    for value in ({}, [], "uri", {"uri": "x", "text": "y"}, {"headline": "x", "versioncreated": "y"}, None):
        assert not is_item(value)


def test_a_list_of_millions_of_values_is_refused() -> None:
    articles, rejected = parse(Page(b"[" + b"[]," * 200_000 + b"[]]", "wide.json", "application/json"))
    assert articles == ()
    assert [one.reason.partition(";")[0] for one in rejected] == ["its list holds over 100,000 values"]


def test_json_nested_a_million_deep_is_refused() -> None:
    for content in (b"[" * 1_000_000, b'{"uri":' * 1_000_000):
        articles, rejected = parse(Page(content, "deep.json", "application/json"))
        assert articles == ()
        assert "nested too deeply" in rejected[0].reason
