"""Grouping from end to end, on the examples: three invented events in one pile."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accord import cli, pipeline
from accord.records import Article, Grouping, Rejected
from accord.renderers.stories import render_json, render_text

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDERS = sorted(str(folder / "articles") for folder in EXAMPLES.iterdir() if folder.is_dir())


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
