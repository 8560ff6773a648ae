"""FollowTheMoney: every entity is one that the model admits, and who said what leads back to the article."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from accord.exports import export
from accord.exports.ftm import LONGEST
from accord.exports.languages import THREE_LETTERS
from accord.stores import open_store
from arrivals import keep

from .desk import HOSTILE, WILD, desk
from .model import LANGUAGES, problems
from .model import LONGEST as MODEL_LONGEST


def exported(folder: Path, **options: Any) -> list[dict[str, Any]]:
    export(desk(), "ftm", folder / "desk.ftm.json", **options)
    return [json.loads(line) for line in (folder / "desk.ftm.json").read_bytes().splitlines()]


def of(entities: list[dict[str, Any]], schema: str) -> list[dict[str, Any]]:
    return [entity["properties"] for entity in entities if entity["schema"] == schema]


def test_the_model_admits_every_entity(tmp_path: Path) -> None:
    entities = exported(tmp_path)
    assert problems(entities) == []
    assert {e["schema"] for e in entities} == {
        "Article", "Event", "Person", "Address", "Mention", "Documentation", "Note",
    }  # fmt: skip


def test_the_model_of_the_tests_finds_what_is_wrong() -> None:
    wrong = [
        {"id": "a b", "schema": "Article", "properties": {"fileName": ["x"]}},
        {"id": "a", "schema": "Article", "properties": {"name": ["x"], "headline": ["x"], "language": ["en"]}},
        {"id": "b", "schema": "Mention", "properties": {"document": ["c"], "name": [""]}},
        {"id": "c", "schema": "Person", "properties": {"name": ["x"], "createdAt": ["4 May"]}},
        {"id": "d", "schema": "Thing", "properties": {}},
    ]
    assert len(problems(wrong)) == 8


def test_articles_keep_what_is_known_of_them(tmp_path: Path) -> None:
    wild = next(a for a in of(exported(tmp_path), "Article") if a["publisher"] == [WILD.outlet])
    assert wild["publishedAt"] == ["2031-03-06"]
    assert wild["modifiedAt"] == ["2031-03-06T09:00:00"]
    assert wild["language"] == ["eng"]
    assert wild["sourceUrl"] == [WILD.url]
    assert wild["bodyText"] == [HOSTILE.replace("\x00", " ").replace("\x07", " ")]
    assert len(wild["bodyText"][0]) == len(WILD.text)
    assert "bodyText" not in of(exported(tmp_path, texts=False), "Article")[0]


def test_a_quote_ties_its_speaker_to_the_article(tmp_path: Path) -> None:
    entities = exported(tmp_path)
    ids = {entity["id"]: entity for entity in entities}
    quotes = of(entities, "Documentation")
    assert len(quotes) == 4  # three of Brandt, one of the hostile report; the others are by nobody listed
    for quote in quotes:
        assert ids[quote["entity"][0]]["schema"] == "Person"
        article = ids[quote["document"][0]]["properties"]
        start, end = map(int, quote["recordId"][0].removeprefix("char=").split(","))
        assert article["bodyText"][0][start:end].strip() == quote["summary"][0].strip()
    speakers = {ids[quote["entity"][0]]["properties"]["name"][0] for quote in quotes}
    assert speakers == {"Ida Brandt", "=Speaker"}


def test_findings_and_the_ledger_are_notes(tmp_path: Path) -> None:
    notes = of(exported(tmp_path), "Note")
    disputed = next(n for n in notes if n["keywords"] == ["finding", "figure", "disputed"])
    assert disputed["summary"] == [
        "disputed between reports; two piers (Herald, Daily Post, City News); three piers (Courier)"
    ]
    promise = next(n for n in notes if "commitment" in n["keywords"] and "open" in n["keywords"])
    assert promise["name"] == ["Ida Brandt: free buses"]
    assert promise["summary"] == ["open: no report since (due: 2031-03-07)"]


def test_ids_are_the_same_in_every_export(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    first, again = exported(tmp_path), exported(tmp_path / "one")
    assert first == again
    of_one = {entity["id"] for entity in exported(tmp_path, story="bridge")}
    assert of_one < {entity["id"] for entity in first}


def test_long_texts_stand_in_pieces_and_long_names_are_cut(tmp_path: Path) -> None:
    store = open_store("memory:")
    text = "".join(f"Line {n} of a very long report.\n" for n in range(6_000))
    keep(store, replace(WILD, id="long", text=text, title="word " * 1_000))
    export(store, "ftm", tmp_path / "x")
    (article,) = (json.loads(line) for line in (tmp_path / "x").read_bytes().splitlines())
    assert problems([article]) == []
    assert "".join(article["properties"]["bodyText"]) == text
    assert len(article["properties"]["bodyText"]) == 4
    assert article["properties"]["title"][0].endswith("…")


def test_lengths_and_languages_are_those_of_the_model() -> None:
    assert all(LONGEST[kind] <= MODEL_LONGEST.get(kind, 250) for kind in LONGEST)
    assert set(THREE_LETTERS.values()) <= LANGUAGES
