"""A run gives the same tables whoever does the work, however often it is stopped, and whatever dies on the way."""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import pytest
from finished import REPORTS

from accord.config import Config
from accord.errors import RunError
from accord.executors.executor import Outcome
from accord.pipeline import brief_articles, group
from accord.records import Article
from accord.runs import Ran, reading, run
from accord.runs.columns import read_part
from accord.runs.parts import MANIFEST, parts_of, read_manifest
from accord.runs.rows import ArticleRow, FindingRow, RejectedRow, StoryRow
from accord.runs.steps import ASIDE


class Here:
    """Works on items in this process; stops after some, and loses those that `deadly` names."""

    workers = 1

    def __init__(self, stops_after: int | None = None, deadly: Callable[[Any], bool] = lambda _: False) -> None:
        self.left = stops_after
        self._deadly = deadly

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Outcome[Any, Any]]:
        for item in items:
            if self.left == 0:
                raise KeyboardInterrupt
            if self.left is not None:
                self.left -= 1
            if self._deadly(item):
                yield Outcome(item, None, "its worker died 3 times: it was ended by signal 9 (SIGKILL)")
            else:
                yield Outcome(item, function(item))

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def written(folder: Path) -> str:
    """Write the reports as JSON Lines, the last of them twice and one line that is no article; return where."""
    lines = [
        json.dumps({"published": day, "outlet": outlet, "title": title, "text": text})
        for day, outlet, title, text in (*REPORTS, REPORTS[-1])
    ]
    path = folder / "reports.jsonl"
    path.write_text("\n".join([*lines, '{"title": "nothing"}', ""]), encoding="utf-8")
    return str(path)


def digest(output: Path) -> dict[str, str]:
    files = (path for path in sorted(output.rglob("*")) if path.is_file())
    return {path.relative_to(output).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def rows(output: Path, table: str, kind: type) -> list[Any]:
    return [row for path in parts_of(output, table) for row in read_part(path, kind)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def whole(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("runs") / "whole"
    run([source], str(output), executor=Here())
    return output


def test_a_run_gives_the_stories_of_group_and_the_briefings_of_brief(source: str, whole: Path) -> None:
    grouping = group([source])
    found = rows(whole, "stories", StoryRow)
    assert [(row.id, set(row.articles)) for row in found] == [
        (story.id, {article.id for article in story.articles}) for story in grouping.stories
    ]
    findings = rows(whole, "findings", FindingRow)
    by_id: dict[str, Article] = {row.article.id: row.article for row in rows(whole, "articles", ArticleRow)}
    for row in found:
        briefing = brief_articles([by_id[name] for name in row.articles], config=Config(threads=1))
        assert (row.briefing, row.title, row.origins) == (briefing.id, briefing.title, briefing.origins)
        assert [each.finding for each in findings if each.story == row.id] == list(briefing.findings)


def test_the_manifest_names_what_is_there(whole: Path) -> None:
    manifest = read_manifest(whole)
    files = {part.path for parts in manifest.parts.values() for part in parts}
    assert files | {MANIFEST} == set(digest(whole))
    assert manifest.rows("articles") == manifest.counts["articles"] == len(REPORTS)
    assert manifest.counts["unchanged"] == 1
    assert not (whole / "_work").exists()


def test_what_was_left_out_is_in_a_table(whole: Path) -> None:
    (left,) = rows(whole, "rejected", RejectedRow)
    assert "reports.jsonl, line" in left.what
    assert left.stage == "parse"


@pytest.mark.parametrize("step", [1, 3])
def test_a_run_that_is_stopped_again_and_again_ends_the_same(
    source: str, whole: Path, tmp_path: Path, step: int
) -> None:
    output = tmp_path / "stopped"
    for times in range(100):
        try:
            run([source], str(output), executor=Here(stops_after=step), resume=times > 0)
        except KeyboardInterrupt:
            continue
        break
    assert times > 3
    assert digest(output) == digest(whole)


def test_workers_in_processes_give_the_same(source: str, whole: Path, tmp_path: Path) -> None:
    shown: list[tuple[str, int, int]] = []
    output = tmp_path / "processes"
    ran = run([source], str(output), executor="processes", workers=2, progress=lambda *told: shown.append(told))
    assert digest(output) == digest(whole)
    assert ran == Ran(**read_manifest(whole).counts)
    assert ("analyze", len(REPORTS), len(REPORTS)) in shown


def test_an_article_that_workers_die_of_is_set_aside(source: str, whole: Path, tmp_path: Path) -> None:
    victim = min(rows(whole, "articles", ArticleRow), key=lambda row: row.number)

    def deadly(task: Any) -> bool:
        picks = [at for at, pick in enumerate(getattr(task, "picks", ())) if pick.id == victim.article.id]
        return any(at not in task.lost for at in picks)

    output = tmp_path / "poison"
    told: list[str] = []
    ran = run([source], str(output), executor=Here(deadly=deadly), told=told.append)
    assert {row.article.id for row in rows(output, "articles", ArticleRow)} == {
        row.article.id for row in rows(whole, "articles", ArticleRow) if row.number != victim.number
    }
    reasons = [row.reason for row in rows(output, "rejected", RejectedRow) if row.stage == "analyze"]
    assert reasons == [ASIDE]
    assert told == ["analyze, 0000000.0: its worker died 3 times: it was ended by signal 9 (SIGKILL); it is set aside"]
    assert ran.rejected == 2


def test_a_page_or_a_story_that_workers_die_of_is_set_aside(source: str, tmp_path: Path) -> None:
    def deadly(task: Any) -> bool:
        pages = getattr(task, "items", ())
        stories = [at for at, _ in enumerate(getattr(task, "stories", ())) if at not in task.lost]
        return any(b"Halmar hits rocks" in getattr(page, "content", b"") for page in pages) or bool(stories)

    output = tmp_path / "poison"
    ran = run([source], str(output), executor=Here(deadly=deadly))
    left = rows(output, "rejected", RejectedRow)
    assert {row.stage for row in left} == {"parse", "reconcile"}
    assert all("set aside" in row.reason for row in left if "line" not in row.what or "died" in row.reason)
    assert ran.stories == 0
    assert ran.articles == len(REPORTS) - 1


@pytest.mark.parametrize("change", [lambda text: text.replace("bees", "wasps"), lambda text: text[: len(text) // 9]])
def test_input_that_has_changed_is_refused(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str]
) -> None:
    monkeypatch.setattr(reading, "PAGES", 1)
    path, output = tmp_path / "reports.jsonl", tmp_path / "run"
    path.write_text(Path(source).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        run([str(path)], str(output), executor=Here(stops_after=len(REPORTS)))
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RunError, match=r"not what this run began with|hold less than when this run began"):
        run([str(path)], str(output), executor=Here(), resume=True)


def test_a_folder_that_holds_something_else_is_refused(source: str, whole: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="a run that is finished"):
        run([source], str(whole), executor=Here())
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match="it is not empty"):
        run([source], str(tmp_path), executor=Here())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_finished_run_that_is_resumed_says_what_it_gave(source: str, whole: Path) -> None:
    before = digest(whole)
    assert run([source], str(whole), executor=Here(stops_after=0), resume=True).articles == len(REPORTS)
    assert digest(whole) == before


def test_a_run_goes_on_only_as_it_began(source: str, tmp_path: Path) -> None:
    output = tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        run([source], str(output), executor=Here(stops_after=1))
    with pytest.raises(RunError, match="that was stopped; go on with --resume"):
        run([source], str(output), executor=Here())
    with pytest.raises(RunError, match="another config"):
        run([source], str(output), executor=Here(), config=Config(outlet="The Lantern"), resume=True)
    with pytest.raises(RunError, match="another inputs"):
        run([source, source], str(output), executor=Here(), resume=True)


@pytest.mark.parametrize("path", ["-", "https://lantern.example/feed.xml"])
def test_what_may_give_something_else_next_time_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="a run takes files"):
        run([path], str(tmp_path / "run"), executor=Here())
    assert not (tmp_path / "run").exists()
