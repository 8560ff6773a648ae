"""Parts of an article that are lists in JSON: read where they fit, left out with a note where they do not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.parse import parse
from accord.records import Caption, Entry

from .pages import TEXT, json_page, page


def test_captions_and_credits_of_other_programs_are_read() -> None:
    item = {"text": TEXT, "captions": ["The dam.", {"text": "The flood.", "credit": "AP"}], "credits": "Reuters"}
    (article,), rejected = parse(json_page(item))
    assert article.captions == (Caption("The dam."), Caption("The flood.", "AP"))
    assert article.credits == ("Reuters",)
    assert rejected == ()


@pytest.mark.parametrize(
    ("field", "value", "note"),
    [
        ("captions", 5, "its captions are left out; write them as a list of objects with text and credit"),
        ("captions", [{"alt": "x"}], "one of its captions has no text and is left out"),
        ("captions", [["x"]], "one of its captions has no text"),
        ("credits", [{"a": 1}], "its credits hold what is no name"),
        ("credits", True, "its credits are left out; write them as a list of names"),
        ("entries", [{"start": 0, "end": 10_000}], "one of its entries has no place in its text of"),
        ("entries", [{"start": 5, "end": 5}], "one of its entries has no place"),
        ("entries", [{"start": True, "end": 5}], "one of its entries has no place"),
        ("entries", [{"start": -1, "end": 5}, "x"], "one of its entries has no place"),
        ("entries", [{"start": 4, "end": 9}, {"start": 0, "end": 5}], "its entries overlap or stand in another order"),
        ("changes", [{"before": None, "after": "Nowhere.", "start": 0, "end": 8}], "one of its changes does not fit"),
        ("changes", [{"before": None, "after": None, "start": 0, "end": 0}], "one of its changes does not fit"),
        ("changes", [{"before": "a", "after": "b", "start": 1, "end": 2, "part": "title"}], "does not fit its text"),
    ],
)
def test_what_does_not_fit_is_a_note_and_the_article_stays(field: str, value: object, note: str) -> None:
    (article,), rejected = parse(json_page({"text": TEXT, "version": 2, "replaces": "x", field: value}))
    assert article.text == TEXT
    assert getattr(article, field) == ()
    assert note in rejected[0].reason
    assert {item.what for item in rejected} == {"news/herald.json"}


def test_a_version_is_read_only_with_what_it_replaces() -> None:
    for fields in ({"version": "2.0"}, {"version": 3}, {"version": 1, "replaces": "x"}, {"version": True}):
        (article,), rejected = parse(json_page({"text": TEXT, **fields}))
        assert (article.version, article.replaces, rejected) == (1, None, ())


def test_entries_have_times_and_their_places() -> None:
    entries = [{"start": 0, "end": 4, "at": "2024-05-31T12:00:00+02:00"}, {"start": 4, "end": 9, "at": "noon"}]
    (article,), _ = parse(json_page({"text": TEXT, "entries": entries}))
    assert article.entries == (Entry(0, 4, "2024-05-31T10:00:00Z"), Entry(4, 9, None))


def test_language_section_and_modified_are_read() -> None:
    item = {"text": TEXT, "inLanguage": "en-GB", "articleSection": "News", "dateModified": "2024-05-31"}
    (article,), _ = parse(json_page(item))
    assert (article.language, article.section, article.modified) == ("en", "News", "2024-05-31")
    (article,), _ = parse(json_page({"text": TEXT, "language": "English"}))
    assert article.language in (None, "en")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["captions", "entries", "changes", "credits", "version", "replaces", "paywalled", "language", "modified", "id"]
ITEMS = st.fixed_dictionaries({}, optional=dict.fromkeys(("text", "credit", "start", "end", "after"), VALUES))
SHAPES = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUES | st.lists(ITEMS)))


@given(SHAPES)
def test_no_shape_of_a_field_loses_the_article(fields: dict[str, object]) -> None:
    found = page(json.dumps({"text": TEXT, **fields}), "application/json")
    (article,), _ = parse(found)
    assert article.text == TEXT
    for entry in article.entries:
        assert 0 <= entry.start < entry.end <= len(TEXT)
    for change in article.changes:
        assert TEXT[change.start : change.end] == (change.after or "") or change.part == "title"
