"""Updates as text, JSON and Atom: what stands in them, and that other programs read them."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.records import Citation, Update
from accord.renderers.updates import RENDERERS, atom, line, render_atom, render_json, render_text

JOINED = Update(
    id="u1",
    kind="newly corroborated",
    story="s1",
    gist="Two boats sank off Osk Point",
    at="2031-03-05T09:10:11.5+01:00",
    finding="f1",
    article="b",
    before="Herald",
    after="Herald, Lantern",
    evidence=(Citation("a", 0, 14, "Two boats sank"), Citation("b", 5, 22, "a pair <of> boats")),
    names=("Ada Moll",),
)
MENDED = Update(
    id="u2",
    kind="corrected",
    story="s1",
    gist="Lantern changed a passage",
    at="2031-03-04T22:00:00Z",
    article="b2",
    before="Three boats & more sank.",
    after="Two boats sank.",
    evidence=(Citation("b2", 0, 15, "Two boats sank."),),
)
NAMESPACES = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "<b>\x00\x1b[31m&amp; ]]> \u202e\ud800 \uffff 😀\r\n'\""


def feed_of(*updates: Update, **fields: str | None) -> str:
    values = {"title": "Changes", "id": "urn:uuid:1", "updated": "2031-03-06", "link": None, **fields}
    return atom(updates, **values)  # type: ignore[arg-type]


def test_text_groups_by_day_and_shows_words_and_places() -> None:
    assert render_text([JOINED, MENDED]) == (
        "2031-03-05\n"
        "  08:10Z  newly corroborated: Two boats sank off Osk Point\n"
        "      before: Herald\n"
        "      now: Herald, Lantern\n"
        "      “Two boats sank” [a 0-14]\n"
        "      “a pair <of> boats” [b 5-22]\n"
        "      story s1 · article b · Ada Moll\n"
        "\n"
        "2031-03-04\n"
        "  22:00Z  corrected: Lantern changed a passage\n"
        "      was: Three boats & more sank.\n"
        "      is: Two boats sank.\n"
        "      story s1 · article b2\n"
    )
    assert render_text([]) == "nothing changed\n"


def test_a_line_says_the_kind_the_gist_and_what_changed() -> None:
    assert line(JOINED) == "newly corroborated: Two boats sank off Osk Point (Herald -> Herald, Lantern)"
    assert line(MENDED) == ("corrected: Lantern changed a passage (“Three boats & more sank.” -> “Two boats sank.”)")
    assert line(replace(MENDED, after=None)).endswith("(“Three boats & more sank.” -> nothing)")
    assert line(replace(JOINED, gist="a\x1b[31m\nb", before=None, after=None)) == "newly corroborated: a [31m b"


def test_json_keeps_every_field() -> None:
    (first, _) = json.loads(render_json([JOINED, MENDED]))["updates"]
    assert first["evidence"][1] == {"article": "b", "start": 5, "end": 22, "text": "a pair <of> boats"}
    assert list(first) == list(Update.__slots__)
    assert [json.loads(each)["id"] for each in RENDERERS["jsonl"]([JOINED, MENDED]).splitlines()] == ["u1", "u2"]


def test_a_feed_has_what_the_standard_asks_for() -> None:
    # RFC 4287: a feed has one id, title and updated, and an author unless every entry has one (4.1.1); an entry has one
    # id, title and updated, and either content or an alternate link (4.1.2); times are those of RFC 3339 (3.3).
    root = ElementTree.fromstring(feed_of(JOINED, MENDED, link="https://desk.example/changes.atom"))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for parent in (root, *root.findall("a:entry", NAMESPACES)):
        for required in ("id", "title", "updated"):
            (element,) = parent.findall(f"a:{required}", NAMESPACES)
            assert element.text
    assert root.findtext("a:author/a:name", None, NAMESPACES) == "accord"
    link = root.find("a:link", NAMESPACES)
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("self", "https://desk.example/changes.atom")
    entries = root.findall("a:entry", NAMESPACES)
    assert [entry.findtext("a:updated", None, NAMESPACES) for entry in entries] == [
        "2031-03-05T08:10:11Z",
        "2031-03-04T22:00:00Z",
    ]
    assert root.findtext("a:updated", None, NAMESPACES) == "2031-03-06T00:00:00Z"
    assert all(entry.find("a:content[@type='html']", NAMESPACES) is not None for entry in entries)
    ids = [entry.findtext("a:id", "", NAMESPACES) for entry in entries]
    assert len(set(ids)) == 2
    assert all(identity.startswith("urn:uuid:") for identity in ids)


def test_a_feed_reader_understands_it() -> None:
    read = feedparser.parse(feed_of(JOINED, MENDED))
    assert not read.bozo
    assert (read.version, read.feed.title, len(read.entries)) == ("atom10", "Changes", 2)
    first = read.entries[0]
    assert first.title == line(JOINED)
    assert [tag.term for tag in first.tags] == ["newly corroborated", "Ada Moll"]
    assert "<q>a pair &lt;of&gt; boats</q>" in first.content[0].value
    assert "Three boats &amp; more sank." in read.entries[1].content[0].value


def test_an_entry_keeps_its_id_in_every_feed_and_the_bytes_are_the_same() -> None:
    assert feed_of(JOINED) == feed_of(JOINED)
    ids = [
        ElementTree.fromstring(feed).findtext("a:entry/a:id", None, NAMESPACES)
        for feed in (feed_of(JOINED), feed_of(JOINED, MENDED, id="urn:uuid:2"))
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("updated", "updates", "expected"),
    [
        (None, (JOINED, MENDED), "2031-03-05T08:10:11Z"),
        (None, (), "1970-01-01T00:00:00Z"),
        ("soon", (), "1970-01-01T00:00:00Z"),
        ("0001-01-01T00:00+02:00", (), "1970-01-01T00:00:00Z"),
        ("2031-03-06T10:00:00+05:30", (JOINED,), "2031-03-06T04:30:00Z"),
    ],
)
def test_a_feed_is_as_late_as_is_said_or_as_its_latest_entry(
    updated: str | None, updates: tuple[Update, ...], expected: str
) -> None:
    root = ElementTree.fromstring(feed_of(*updates, updated=updated))
    assert root.findtext("a:updated", None, NAMESPACES) == expected


def test_a_feed_of_a_search_has_a_title_and_an_id_of_its_own() -> None:
    asked = ({}, {"name": "Ada Moll"}, {"name": "Ada Moll", "words": "boats"}, {"words": "Ada Moll"})
    feeds = [ElementTree.fromstring(render_atom([JOINED], of)) for of in asked]
    assert len({feed.findtext("a:id", None, NAMESPACES) for feed in feeds}) == 4
    assert feeds[2].findtext("a:title", None, NAMESPACES) == "What later coverage changed: name Ada Moll, words boats"
    again = ElementTree.fromstring(render_atom([], {"kind": None, "words": "boats", "name": "Ada Moll"}))
    assert again.findtext("a:id", None, NAMESPACES) == feeds[2].findtext("a:id", None, NAMESPACES)


def test_a_feed_of_hostile_words_is_well_formed_and_runs_nothing() -> None:
    update = Update(
        HOSTILE,
        "corrected",
        HOSTILE,
        HOSTILE,
        None,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (Citation("a", 0, 1, HOSTILE),),
    )
    said = replace(update, kind="newly disputed", names=(HOSTILE,))
    written = feed_of(update, said, title=HOSTILE, id="urn:x", link='https://x.example/"<')
    assert written.encode()
    read = feedparser.parse(written)
    assert not read.bozo
    assert "<b>" not in ElementTree.fromstring(written).findall("a:entry/a:content", NAMESPACES)[1].text.replace(
        "<b>before:</b>", ""
    ).replace("<b>now:</b>", "")


@given(st.lists(st.builds(Update, st.text(), st.just("corrected"), st.text(), st.text(), before=st.text()), max_size=3))
def test_every_feed_is_well_formed(updates: list[Update]) -> None:
    assert len(ElementTree.fromstring(feed_of(*updates)).findall("a:entry", NAMESPACES)) == len(updates)
