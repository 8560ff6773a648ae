"""The command line: what it hands to the pipeline, where it writes, what it says and how it exits.

The pipeline is a stand-in here: it reads and parses for real and finds nothing.
"""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from accord import __version__, cli
from accord.config import Config
from accord.errors import ModelError, NothingToBriefError
from accord.parse import parse_pages
from accord.readers import read_all
from accord.records import Briefing
from accord.renderers import RENDERERS
from accord.shell import write_atomically

TEXT = "The dam at Oss will open in May, its keeper said on Monday.\n"
STAND_IN = """
import sys, types
from accord.records import Article, Briefing
article = Article("a", {text!r} * {times}, "herald")
made = Briefing("b", "The dam", (article,), (), (), (), (), (), (), (), ())
def brief(paths, *, config, progress=None):
    if progress:
        for stage in ("read", "analyze"):
            progress(stage, 1, 2)
    return made
sys.modules["accord.pipeline"] = types.SimpleNamespace(brief=brief)
from accord.cli import main
main()
"""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stand in for the pipeline, and keep what it was called with."""
    calls = SimpleNamespace(config=None, progress=None)

    def brief(paths: list[str], *, config: Config, progress: object = None) -> Briefing:
        calls.config, calls.progress = config, progress
        pages, unread = read_all(paths, config)
        articles, unparsed = parse_pages(pages, config)
        if not articles:
            raise NothingToBriefError((*unread, *unparsed))
        return Briefing("b", "The dam", articles, (), (), (), (), (), (), (), (), (*unread, *unparsed))

    monkeypatch.setitem(sys.modules, "accord.pipeline", SimpleNamespace(brief=brief))
    return calls


@pytest.fixture
def report(tmp_path: Path) -> str:
    """Write a report, and return its path."""
    path = tmp_path / "herald.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments), prog_name="accord")


def shell(code: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-c", code, *arguments], capture_output=True, timeout=60, **options
    )


def test_the_formats_are_the_renderers() -> None:
    assert {format.value for format in cli.Format} == set(RENDERERS)


@pytest.mark.parametrize("format", list(RENDERERS))
def test_brief_prints_the_format_asked_for(seen: SimpleNamespace, report: str, format: str) -> None:
    result = run("brief", report, "--format", format)
    assert (result.exit_code, result.stderr) == (0, "")
    (article,), _ = parse_pages(read_all([report])[0])
    made = Briefing("b", "The dam", (article,), (), (), (), (), (), (), (), ())
    assert result.stdout == RENDERERS[format](made)


def test_brief_takes_day_and_outlet_for_reports_that_give_none(seen: SimpleNamespace, report: str) -> None:
    run("brief", report, "--published", "May 31, 2024", "--outlet", " The Post ")
    assert seen.config == Config(published="2024-05-31", outlet="The Post")


@pytest.mark.parametrize("day", ["soon", "6/8/2021", "2024-02-30", ""])
def test_a_day_that_cannot_be_read_is_bad_usage(seen: SimpleNamespace, report: str, day: str) -> None:
    result = run("brief", report, "--published", day)
    assert result.exit_code == 2
    assert "Invalid value for --published" in result.stderr
    assert "write it as an ISO day such as 2024-05-31" in result.stderr
    assert seen.config is None


def test_what_was_left_out_is_named_a_line_each_and_the_status_is_one(seen: SimpleNamespace, report: str) -> None:
    result = run("brief", report, "gone\x1b7\n.txt", "*.nothing", "--format", "json", "--quiet")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "accord: gone 7 .txt: there is no such file; check the path",
        "accord: *.nothing: the pattern matches no file; check it, and quote it if the shell should not read it",
    ]
    assert len(json.loads(result.stdout)["articles"]) == 1


def test_nothing_to_brief_is_status_two_with_every_reason(seen: SimpleNamespace, tmp_path: Path) -> None:
    empty, noise = tmp_path / "empty.txt", tmp_path / "noise.txt"
    empty.write_bytes(b"")
    noise.write_bytes(bytes(range(256)) * 4)
    output = tmp_path / "out.md"
    result = run("brief", str(empty), str(noise), "--output", str(output))
    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stderr.splitlines()[:2]] == [str(empty), str(noise)]
    assert result.stderr.splitlines()[2] == "accord: nothing could be briefed: no report could be read"
    assert (result.stdout, output.exists()) == ("", False)


def test_an_error_of_the_library_is_a_message(report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def brief(paths: list[str], **_: object) -> Briefing:
        raise ModelError("the model x.onnx is damaged; install accord again")

    monkeypatch.setitem(sys.modules, "accord.pipeline", SimpleNamespace(brief=brief))
    result = run("brief", report)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "accord: the model x.onnx is damaged; install accord again\n"


@pytest.mark.parametrize("arguments", [["brief"], ["brief", "a.txt", "--format", "pdf"], ["cluster"], []])
def test_bad_usage_is_status_two(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: accord" in result.output


@pytest.mark.parametrize("arguments", [["--version"], ["brief", "--version"]])
def test_the_version_is_told(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (0, f"accord {__version__}\n")


@pytest.mark.parametrize(
    ("name", "format"), [("a.md", "markdown"), ("a.HTML", "html"), ("a.json", "json"), ("a.txt", "text"), ("a", "text")]
)
def test_output_goes_to_a_file_in_the_format_of_its_suffix(
    seen: SimpleNamespace, report: str, tmp_path: Path, name: str, format: str
) -> None:
    output = tmp_path / "out" / name
    output.parent.mkdir()
    result = run("brief", report, "--output", str(output))
    assert (result.exit_code, result.output) == (0, "")
    assert output.read_text(encoding="utf-8") == run("brief", report, "--format", format).stdout
    assert os.listdir(output.parent) == [name]
    run("brief", report, "--output", str(output), "--format", "json")
    assert json.loads(output.read_bytes())["schema"] == "accord/briefing@1"


def test_output_that_cannot_be_written_is_told_before_the_work(
    seen: SimpleNamespace, report: str, tmp_path: Path
) -> None:
    folder = run("brief", report, "--output", str(tmp_path))
    nowhere = run("brief", report, "--output", str(tmp_path / "no" / "out.md"))
    assert (folder.exit_code, nowhere.exit_code) == (2, 2)
    assert "it is a folder; name a file in it" in folder.stderr
    assert "there is no folder" in nowhere.stderr
    assert seen.config is None


def test_output_that_is_read_from_is_refused(seen: SimpleNamespace, report: str, tmp_path: Path) -> None:
    for path in (report, str(tmp_path), str(tmp_path / "*.txt")):
        result = run("brief", path, "--output", report)
        assert (result.exit_code, Path(report).read_text()) == (2, TEXT)
        assert "it is read from, too; name another --output" in result.stderr
    assert seen.config is None


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_standard_output_that_cannot_be_written_is_told() -> None:
    code = STAND_IN.format(text=TEXT, times=1)
    for format in ("text", "json"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-c", code, "brief", "x", "--format", format],
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
            )
        assert done.returncode == 2
        said = b"accord: standard output: it cannot be written (No space left on device); choose another --output\n"
        assert done.stderr == said


def test_standard_output_that_is_closed_is_told() -> None:
    code = f"import os; os.close(1); import sys; sys.stdout = None\n{STAND_IN.format(text=TEXT, times=1)}"
    done = shell(code, "brief", "x")
    assert done.returncode == 2
    assert done.stderr == b"accord: standard output: it is closed; open it, or name a file for --output\n"


def test_a_failed_write_leaves_the_old_file_whole(
    seen: SimpleNamespace, report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out" / "a.md"
    output.parent.mkdir()
    output.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("brief", report, "--output", str(output))
    assert result.exit_code == 2
    assert (
        result.stderr == f"accord: {output}: it cannot be written (No space left on device); choose another --output\n"
    )
    assert (output.read_text(), os.listdir(output.parent)) == ("old", ["a.md"])


def test_written_files_have_usual_permissions_and_links_stay_links(tmp_path: Path) -> None:
    new, kept, link = tmp_path / "new", tmp_path / "kept", tmp_path / "link"
    kept.write_bytes(b"old")
    kept.chmod(0o640)
    link.symlink_to(kept)
    umask = os.umask(0o022)
    try:
        write_atomically(str(new), b"new")
        write_atomically(str(link), b"new")
    finally:
        os.umask(umask)
    assert (stat.S_IMODE(new.stat().st_mode), stat.S_IMODE(kept.stat().st_mode)) == (0o644, 0o640)
    assert link.is_symlink()
    assert kept.read_bytes() == new.read_bytes() == b"new"


def test_a_device_is_written_to_as_it_is(seen: SimpleNamespace, report: str) -> None:
    assert run("brief", report, "--output", os.devnull).exit_code == 0
    assert not stat.S_ISREG(os.stat(os.devnull).st_mode)


def test_standard_input_is_read(seen: SimpleNamespace) -> None:
    result = CliRunner().invoke(
        cli.app, ["brief", "-", "--format", "json"], input=json.dumps({"id": "x", "text": TEXT})
    )
    assert result.exit_code == 0
    assert [a["id"] for a in json.loads(result.stdout)["articles"]] == ["x"]


def test_progress_is_shown_only_on_a_terminal_and_unless_quiet() -> None:
    code = STAND_IN.format(text=TEXT, times=1)

    def stderr_on_terminal(*arguments: str) -> bytes:
        ours, theirs = pty.openpty()
        try:
            shown = subprocess.run(
                [sys.executable, "-c", code, "brief", "x", "--format", "json", *arguments],
                stdout=subprocess.PIPE,
                stderr=theirs,
                env={**os.environ, "TERM": "xterm"},
                timeout=60,
                check=True,
            )
            json.loads(shown.stdout)
            os.write(theirs, b"end")
            return os.read(ours, 100_000)
        finally:
            os.close(ours)
            os.close(theirs)

    assert b"analyze" in stderr_on_terminal()
    assert stderr_on_terminal("--quiet") == b"end"
    assert shell(code, "brief", "x").stderr == b""


def test_a_pipe_that_closes_early_is_no_error() -> None:
    code = STAND_IN.format(text=TEXT, times=20_000)
    for format in ("text", "json"):
        process = subprocess.Popen(
            [sys.executable, "-c", code, "brief", "x", "--format", format],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)
        process.stderr.close()


def test_output_is_utf8_whatever_the_terminal_says() -> None:
    made = shell(
        STAND_IN.format(text="Núñez", times=1),
        "brief",
        "x",
        "-f",
        "json",
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert made.returncode == 0
    assert json.loads(made.stdout.decode("utf-8"))["articles"][0]["text"] == "Núñez"


def test_help_imports_nothing_heavy_and_is_fast() -> None:
    code = "import sys; from accord.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    modules = set(shell(code).stdout.decode().split())
    assert modules
    heavy = {"spacy", "numpy", "onnxruntime", "trafilatura", "altair", "dateparser", "babel", "rich", "markdown_it"}
    assert modules.isdisjoint(heavy)
    code = "import time; from accord.cli import main\ntry: main()\nfinally: print('SECONDS', time.process_time())"
    told = [shell(code, "--help").stdout.decode().rpartition("SECONDS")[2] for _ in range(3)]
    assert min(map(float, told)) < 0.3  # of the processor: a busy machine is none of our doing
