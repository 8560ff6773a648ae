"""`accord read`: lines of JSON as they come, reasons on standard error, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from accord import cli
from accord.config import Config, Web
from accord.history import History
from accord.pipeline import brief
from accord.records import Article

TEXT = "The dam at Oss will open in May, its keeper said on Monday."
READ = [sys.executable, "-c", "from accord.cli import main; main()", "read"]


def run(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, ["read", *arguments], prog_name="accord", input=input)


@pytest.fixture
def report(tmp_path: Path) -> str:
    """Write a report, and return its path."""
    path = tmp_path / "herald.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_an_article_is_a_line_and_counts_come_at_the_end(report: str) -> None:
    result = run(report)
    assert (result.exit_code, result.stderr) == (0, "accord: 1 article\n")
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [TEXT]
    assert run(report, "--quiet").stderr == ""


def test_what_is_left_out_is_told_and_the_status_is_one(report: str, tmp_path: Path) -> None:
    result = run(str(tmp_path / "gone.txt"), report)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"accord: {tmp_path / 'gone.txt'}: there is no such file; check the path",
        "accord: 1 article, 1 problem",
    ]
    nothing = run(str(tmp_path / "gone.txt"))
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert nothing.stderr.splitlines()[-1] == "accord: 0 articles, 1 problem"


def test_the_next_run_with_a_history_gives_what_changed(tmp_path: Path) -> None:
    base, path = str(tmp_path / "h.db"), tmp_path / "a.jsonl"
    item = {"id": "a", "url": "https://herald.example/dam", "text": TEXT}
    path.write_text(json.dumps(item))
    assert len(run(str(path), "--history", base).stdout.splitlines()) == 1
    again = run(str(path), "--history", base)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "accord: 0 articles, 1 unchanged\n")
    path.write_text(json.dumps({**item, "text": TEXT.replace("May", "June")}))
    changed = run(str(path), "--history", base)
    assert changed.stderr == "accord: 1 article, 1 new version\n"
    assert json.loads(changed.stdout)["replaces"] == "a"
    assert json.loads(changed.stdout)["changes"][0]["before"] == TEXT


def test_a_history_that_is_none_is_told(report: str) -> None:
    result = run(report, "--history", report)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"accord: {report}: it is no history of accord; name another file\n"


@pytest.mark.parametrize("column", ["body", "text=", "words=body", "=body"])
def test_a_column_of_no_field_is_bad_usage(report: str, column: str) -> None:
    result = run(report, "--column", column)
    assert result.exit_code == 2
    assert "Invalid value for --column" in result.stderr
    assert "with one of the fields id, outlet, title" in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["brief", "read"])
def test_options_become_settings(command: str, report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Config] = []

    def read(paths: list[str], *, config: Config, **_: object) -> list[Article]:
        seen.append(config)
        return []

    monkeypatch.setattr(f"accord.pipeline.{command}", read)
    options = ["--column", "text=body_text", "--column", "title=Head Line", "--offline", "--private", "--delay", "0.5"]
    CliRunner().invoke(cli.app, [command, report, *options])
    columns = (("text", "body_text"), ("title", "Head Line"))
    assert seen == [Config(columns=columns, web=Web(offline=True, private=True, delay=0.5))]
    assert CliRunner().invoke(cli.app, [command, report, "--delay", "-1"]).exit_code == 2


def test_output_goes_to_a_file_that_is_not_read_from(report: str, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    result = run(report, "--output", str(output))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_bytes())["text"] == TEXT
    result = run(str(output), "--output", str(output))
    assert (result.exit_code, json.loads(output.read_bytes())["text"]) == (2, TEXT)
    assert "it is read from, too; name another --output" in result.stderr
    assert run(report, "--output", str(tmp_path)).exit_code == 2


def test_output_that_lies_in_a_folder_or_pattern_that_is_read_is_refused(report: str, tmp_path: Path) -> None:
    output = tmp_path / "a_log.jsonl"
    output.write_text(json.dumps({"id": "x", "text": TEXT}) + "\n")
    before = output.read_bytes()
    (tmp_path / "link.jsonl").symlink_to(output)
    for path in (str(tmp_path), str(tmp_path / "*.jsonl"), str(tmp_path / "link.jsonl")):
        result = run(path, "--output", str(output))
        assert (result.exit_code, output.read_bytes()) == (2, before)
        assert "it is read from, too; name another --output" in result.stderr


def test_output_that_is_standard_input_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "x", "text": TEXT}) + "\n")
    with path.open("rb") as file:
        done = subprocess.run([*READ, "-", "-o", str(path)], stdin=file, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert json.loads(path.read_bytes())["id"] == "x"


def test_output_that_is_the_history_is_refused(report: str, tmp_path: Path) -> None:
    base, link = tmp_path / "k.db", tmp_path / "link.db"
    link.symlink_to(base)
    assert run(report, "--output", str(link), "--history", str(base)).exit_code == 2
    assert not base.exists()
    run(report, "--history", str(base))
    before = base.read_bytes()
    result = run(report, "--output", str(base), "--history", str(link))
    assert (result.exit_code, base.read_bytes()) == (2, before)
    assert result.stderr == f"accord: {base}: it is the history, too; name another --output\n"


def test_a_run_that_comes_to_nothing_leaves_the_output_as_it_was(report: str, tmp_path: Path) -> None:
    base, output = str(tmp_path / "l.db"), tmp_path / "out.jsonl"
    output.write_text("{}\n")
    with History(base):
        held = run(report, "--history", base, "--output", str(output))
    assert (held.exit_code, held.stderr) == (
        2,
        f"accord: {base}: another run is using it; wait for its end, or name another file\n",
    )
    assert run(str(tmp_path / "gone.txt"), "--output", str(output)).exit_code == 2
    assert output.read_text() == "{}\n"
    assert run(report, "--output", str(output)).exit_code == 0
    assert json.loads(output.read_text())["text"] == TEXT


def test_with_a_history_output_is_added_to(report: str, tmp_path: Path) -> None:
    base, output = str(tmp_path / "l.db"), tmp_path / "out.jsonl"
    for _ in range(2):
        assert run(report, "--history", base, "--output", str(output)).exit_code == 0
    assert len(output.read_text().splitlines()) == 1
    output.write_text(output.read_text().rstrip())  # a line that an editor left without its end
    other = tmp_path / "post.txt"
    other.write_text(TEXT.replace("May", "June"))
    assert run(report, str(other), "--history", base, "--output", str(output)).exit_code == 0
    assert [json.loads(line)["outlet"] for line in output.read_text().splitlines()] == ["herald", "post"]
    empty = tmp_path / "none_new.jsonl"
    assert run(report, "--history", base, "--output", str(empty)).exit_code == 0
    assert empty.read_bytes() == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_told(report: str) -> None:
    result = run(report, "--output", "/dev/full")
    assert result.exit_code == 2
    assert (
        result.stderr == "accord: /dev/full: it cannot be written (No space left on device); choose another --output\n"
    )


def test_standard_input_is_read() -> None:
    result = run("-", input=json.dumps({"id": "x", "text": TEXT}) + "\n")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["x"]


def test_a_line_is_there_before_the_input_ends_and_stopping_leaves_it_whole() -> None:
    with subprocess.Popen(
        [*READ, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps({"id": "x", "text": TEXT}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "x"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stdout.read() == b""
        assert process.stderr.read() == b"accord: stopped; every line that was written is whole\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"{TEXT} Note {n}. " * 20}) + "\n" for n in range(500)))
    with subprocess.Popen([*READ, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(20)) == (b"", 0)


def test_brief_uses_the_latest_version_and_tells_of_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[object] = []
    monkeypatch.setattr("accord.pipeline.brief_articles", lambda articles, **rest: used.append((articles, rest)))
    path = tmp_path / "a.jsonl"
    items = [
        {"url": "https://herald.example/dam", "text": TEXT.replace("May", "June"), "modified": "2024-06-02"},
        {"url": "https://herald.example/dam", "text": TEXT, "modified": "2024-06-01"},
    ]
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    brief([str(path)])
    ((articles, rest),) = used  # type: ignore[misc]
    assert [article.text for article in articles] == [items[0]["text"]]
    assert [item.what for item in rest["rejected"]] == [f"{path}, line 2"]
    assert "it is an earlier version of" in rest["rejected"][0].reason


def test_the_session_in_the_documentation_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parent.parent / "docs" / "reading.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, content in zip(("monday", "tuesday"), re.findall(r"```jsonl\n(.*?)```", page, re.S), strict=True):
        Path(f"{name}.jsonl").write_text(content, encoding="utf-8")
    (session,) = re.findall(r"```console\n(.*?)```", page, re.S)
    monday, tuesday = (run(f"{name}.jsonl", "--history", "desk.db") for name in ("monday", "tuesday"))
    said = [part.partition("\n")[2] for part in session.split("$ ")[1:]]
    assert said == [monday.stderr, tuesday.stderr, tuesday.stdout]
