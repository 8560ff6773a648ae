"""Grouping from end to end, on the examples: three invented events in one pile."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from accord import cli, pipeline
from accord.cli.group import _write_stories
from accord.records import Article, Grouping, Rejected
from accord.renderers.stories import render_json, render_text

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDERS = [str(EXAMPLES / name / "articles") for name in ("ferry-inquiry", "harbour-deal", "hospital-strike")]


@pytest.fixture(scope="module")
def grouping() -> Grouping:
    return pipeline.group(FOLDERS)


def outlets(grouping: Grouping) -> list[set[str]]:
    return [{article.outlet for article in story.articles} for story in grouping.stories]


def test_each_event_is_a_story(grouping: Grouping) -> None:
    assert [len(story.articles) for story in grouping.stories] == [4, 4, 3]
    assert outlets(grouping)[2] == {"Pacific Ledger", "Halven Morning Post", "The Santa Vela Observer"}


def test_copies_are_one_origin(grouping: Grouping) -> None:
    ferry = grouping.stories[0]
    (copied,) = [origin for origin in ferry.origins if len(origin.articles) > 1]
    assert copied.agency == "Reuters"
    assert len(ferry.origins) == 3


def test_the_order_of_articles_does_not_matter(grouping: Grouping) -> None:
    articles = [article for story in grouping.stories for article in story.articles]
    random.Random(4).shuffle(articles)
    assert pipeline.group_articles(articles) == grouping


def test_of_two_versions_the_later_is_grouped(tmp_path: Path) -> None:
    first = {"url": "https://herald.example/dam", "title": "Dam opens", "text": "The dam at Oss opened. " * 9}
    later = {**first, "text": first["text"] + "Its keeper resigned.", "modified": "2024-05-31T10:00:00Z"}
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in (first, later)), encoding="utf-8")
    made = pipeline.group([str(path)])
    ((article,),) = [story.articles for story in made.stories]
    assert article.text.endswith("resigned.")


def test_text_names_stories_outlets_and_copies(grouping: Grouping) -> None:
    text = render_text(grouping)
    assert text.startswith("11 articles: 3 stories, 0 on their own\n")
    assert f"story {grouping.stories[0].id}: 4 articles from 3 origins" in text
    assert "one text of Reuters: Eastgate Times, Harbour Gazette (" in text


def test_text_lists_what_stands_alone() -> None:
    alone = pipeline.group_articles([Article("a", "The dam at Oss opened on Monday.", "herald", None)])
    assert "ON THEIR OWN\n\n  The dam at Oss opened on Monday. ... (herald)" in render_text(alone)


def test_json_holds_all_but_the_texts(grouping: Grouping) -> None:
    document = json.loads(render_json(Grouping(grouping.stories, grouping.chains, (Rejected("x", "read", "y"),))))
    assert document["schema"] == "accord/stories@1"
    assert [len(story["articles"]) for story in document["stories"]] == [4, 4, 3]
    assert document["stories"][0]["first"] == "2025-03-16"
    assert document["rejected"] == [{"what": "x", "stage": "read", "reason": "y"}]


def test_group_writes_each_story_to_a_file_that_brief_reads(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    result = CliRunner().invoke(cli.app, ["group", *FOLDERS, "--into", str(folder), "--format", "json"])
    assert result.exit_code == 0
    names = {story["id"] for story in json.loads(result.stdout)["stories"]}
    assert {path.stem for path in folder.glob("*.jsonl")} == names
    articles = [item for item in pipeline.read([str(folder)]) if isinstance(item, Article)]
    assert len(articles) == 11


def test_group_fails_where_nothing_can_be_read(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.app, ["group", str(tmp_path / "none.txt")])
    assert result.exit_code == 2
    assert "nothing could be grouped" in result.stderr


def test_group_says_what_was_left_out_and_writes_the_output(tmp_path: Path) -> None:
    target = tmp_path / "stories.json"
    result = CliRunner().invoke(cli.app, ["group", FOLDERS[0], str(tmp_path / "none.txt"), "-o", str(target)])
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["stories"]


def test_versions_may_come_in_any_order(tmp_path: Path) -> None:
    text = "The dam at Oss opened on Monday, its keeper said. " * 8
    lines = [
        {"id": "v3", "text": text + "All is well. Nobody was hurt.", "version": 3, "replaces": "v2"},
        {"id": "v1", "text": text},
        {"id": "v2", "text": text + "All is well.", "version": 2, "replaces": "v1"},
    ]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps({**line, "outlet": "Tide"}) + "\n" for line in lines), encoding="utf-8")
    ((article,),) = [story.articles for story in pipeline.group([str(path)]).stories]
    assert article.id == "v3"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["group", *arguments])


def test_group_refuses_an_output_that_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "pile.jsonl"
    path.write_text(json.dumps({"text": "The dam opened."}), encoding="utf-8")
    before = path.read_bytes()
    for named in (str(path), str(tmp_path)):
        result = run(named, "-o", str(path))
        assert (result.exit_code, path.read_bytes()) == (2, before)
        assert "it is read from, too" in result.stderr
    into = run(named, "--into", str(tmp_path))
    assert (into.exit_code, [item.name for item in tmp_path.iterdir()]) == (2, ["pile.jsonl"])
    assert "files in it are read from, too; choose another --into" in into.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_group_says_that_standard_output_is_full(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The dam at Oss opened on Monday.", encoding="utf-8")
    with open("/dev/full", "wb") as full:
        code = "from accord.cli import main; main()"
        command = [sys.executable, "-c", code, "group", str(path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert b"standard output: it cannot be written (No space left on device)" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_folder_that_cannot_take_stories_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.pipeline.group", lambda *_, **__: pytest.fail("it went to work"))
    file, own = tmp_path / "file", tmp_path / "own"
    file.write_bytes(b"")
    own.mkdir()
    (own / ".stories.json").write_text("[1, 2]")
    nowhere = run(FOLDERS[0], "--into", str(file / "stories"))
    assert (nowhere.exit_code, "it cannot be written" in nowhere.stderr) == (2, True)
    others = run(FOLDERS[0], "--into", str(own))
    assert (others.exit_code, (own / ".stories.json").read_text()) == (2, "[1, 2]")
    assert ".stories.json: it is no list of stories by accord; choose another --into" in others.stderr


def test_stories_of_an_earlier_run_that_are_none_any_more_are_removed(tmp_path: Path, grouping: Grouping) -> None:
    before = Grouping(grouping.stories, (), ())
    _write_stories(str(tmp_path), before)
    (tmp_path / "notes.jsonl").write_bytes(b"")
    _write_stories(str(tmp_path), Grouping(grouping.stories[1:], (), ()))
    kept = {f"{story.id}.jsonl" for story in grouping.stories[1:]}
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "notes.jsonl", ".stories.json"}
    assert json.loads((tmp_path / ".stories.json").read_bytes())["schema"] == "accord/stories@1"


def test_a_list_of_stories_names_no_file_elsewhere(tmp_path: Path) -> None:
    folder, other = tmp_path / "stories", tmp_path / "other.jsonl"
    folder.mkdir()
    other.write_bytes(b"")
    listed = {"schema": "accord/stories@1", "stories": [{"id": "../other", "articles": [{}, {}]}]}
    (folder / ".stories.json").write_text(json.dumps(listed))
    _write_stories(str(folder), Grouping((), (), ()))
    assert other.exists()
