"""Lines of JSON: each is one line whatever it holds, and together they give the briefings again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from accord.corrections import dismiss_finding
from accord.exports import export
from accord.records import Briefing
from accord.renderers.json import to_document
from accord.stores import Store

from .desk import ENTRY, REJECTED, UPDATES, WILD, WILD_BRIEFING, desk

SECTIONS = {
    "origin": "origins",
    "finding": "findings",
    "quote": "quotes",
    "figure": "figures",
    "commitment": "commitments",
    "timeline": "timeline",
    "name": "names",
    "summary": "summary",
    "rejected": "rejected",
    "utterance": "utterances",
    "passage": "passages",
}


def exported(store: Store, folder: Path, **options: Any) -> list[dict[str, Any]]:
    path = folder / "desk.jsonl"
    export(store, "jsonl", path, **options)
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def document_of(lines: list[dict[str, Any]], story: str) -> dict[str, Any]:
    """Return what `to_document` gives of a briefing, made of the lines of an export alone."""
    (told,) = (line for line in lines if line["type"] == "story" and line["id"] == story)
    document: dict[str, Any] = {"id": told["briefing"], "title": told["title"]}
    for kind, section in SECTIONS.items():
        found = [line for line in lines if line["type"] == kind and line.get("story") == story]
        document[section] = [{k: v for k, v in item.items() if k not in ("type", "story")} for item in found]
    origin = {article: origin["id"] for origin in document["origins"] for article in origin["articles"]}
    held = {line["id"]: line for line in lines if line["type"] == "article"}
    document["articles"] = [
        {
            **{
                field: held[each["article"]][field] for field in ("id", "outlet", "title", "byline", "url", "published")
            },
            **{field: held[each["article"]][field] for field in ("language", "words", "text")},
            "credits": each["credits"],
            "origin": origin[each["article"]],
        }
        for each in told["briefed"]
    ]
    return document


def plain(briefing: Briefing) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(to_document(briefing)))
    del document["schema"]
    return document


def test_nothing_that_a_briefing_shows_is_lost(tmp_path: Path) -> None:
    store = desk()
    lines = exported(store, tmp_path)
    for story in ("bridge", "wild"):
        briefing = store.briefing(story)
        assert briefing is not None
        assert document_of(lines, story) == plain(briefing)
    assert document_of(lines, "wild") == plain(WILD_BRIEFING)


def test_each_line_is_one_object_with_its_type_and_the_header_comes_first(tmp_path: Path) -> None:
    lines = exported(desk(), tmp_path, at="2031-05-06T00:00:00Z", since="2031-01-01")
    assert lines[0] == {
        "type": "export",
        "schema": "accord/export@1",
        "at": "2031-05-06T00:00:00Z",
        "since": "2031-01-01",
        "story": None,
        "texts": True,
    }
    text = (tmp_path / "desk.jsonl").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(lines)
    assert all("type" in line for line in lines)


def test_spans_stand_in_the_texts_that_they_name(tmp_path: Path) -> None:
    lines = exported(desk(), tmp_path)
    texts = {line["id"]: line["text"] for line in lines if line["type"] == "article"}
    assert texts[WILD.id] == WILD.text

    def spans(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            inner = [span for item in value.values() for span in spans(item)]
            return [*inner, value] if {"article", "start", "end", "text"} <= value.keys() else inner
        return [span for item in value for span in spans(item)] if isinstance(value, list) else []

    found = spans(lines)
    assert len(found) > 50
    assert all(texts[s["article"]][s["start"] : s["end"]] == s["text"] for s in found)


def test_articles_have_their_versions_and_where_they_came_from(tmp_path: Path) -> None:
    articles = {line["id"]: line for line in exported(desk(), tmp_path) if line["type"] == "article"}
    assert (articles["a-old"]["superseded"], articles["a"]["superseded"]) == (True, False)
    assert (articles["a"]["version"], articles["a"]["replaces"]) == (2, "a-old")
    assert articles["a"]["changes"][0]["before"] == "It was 11 million."
    wild = articles[WILD.id]
    assert (wild["story"], wild["place"], wild["paywalled"]) == ("wild", f"feed.jsonl, {WILD.id}", True)
    assert wild["captions"] == [{"text": "A pier", "credit": "Jo Bly"}]


def test_ledger_updates_chains_and_rejects_are_there(tmp_path: Path) -> None:
    lines = exported(desk(), tmp_path)
    (entry,) = (line for line in lines if line["type"] == "ledger")
    assert (entry["id"], entry["status"], entry["rests_on"][0]["article"]) == ("e1", "open", "a")
    assert entry["lines"][0]["text"] == ENTRY.lines[0].text
    assert "keys" not in entry["lines"][0]
    assert {line["id"] for line in lines if line["type"] == "update"} == {update.id for update in UPDATES}
    assert [line["stories"] for line in lines if line["type"] == "chain"] == [["bridge", "wild"]]
    assert [line["what"] for line in lines if line["type"] == "rejected" and line["story"] is None] == [REJECTED.what]


def test_corrections_stand_beside_the_machine_s_answer_the_undone_ones_too(tmp_path: Path) -> None:
    store = desk()
    made = store.briefing("bridge")
    assert made is not None
    first, other = (
        dismiss_finding(made.findings[n], by="Mara Tolk", at=f"2031-05-0{5 + n}T08:00:00Z", note="=1") for n in (0, 1)
    )
    with store.transaction():
        store.correct(first)
        store.correct(other)
        store.undo(first.id, "Jon Ask", "2031-05-09T08:00:00Z")
    lines = exported(store, tmp_path)
    found = [line for line in lines if line["type"] == "correction"]
    assert [(line["id"], line["by"], line["undone_by"]) for line in found] == [
        (first.id, "Mara Tolk", "Jon Ask"),
        (other.id, "Mara Tolk", None),
    ]
    assert found[0]["passages"][0]["text"] == made.findings[0].evidence[0].text
    assert made.findings[0].id in {line["id"] for line in lines if line["type"] == "finding"}
    since = exported(store, tmp_path, since="2031-05-07")
    assert [line["id"] for line in since if line["type"] == "correction"] == [first.id]
    wild = exported(store, tmp_path, story="wild")
    assert not [line for line in wild if line["type"] == "correction"]
