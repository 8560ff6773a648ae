"""`accord run`: progress, exit statuses, and going on after Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import ACCORD, run, shell

TEXT = "The harbour board of Velmar met on the quay and voted to mend the east pier by June, said its chair, Ada Bray."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"{TEXT} It has {number + 2} cranes.", encoding="utf-8")
    return folder


def test_a_run_says_what_it_gave(reports: Path, tmp_path: Path) -> None:
    done = run("run", str(reports), "--output", str(tmp_path / "run"), "--executor", "serial")
    assert done.exit_code == 0, done.stderr
    assert "3 articles, 1 story, " in done.stderr
    assert (tmp_path / "run" / "manifest.json").is_file()


def test_what_cannot_be_read_is_counted(reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").write_text("", encoding="utf-8")
    done = run("run", str(reports), "--output", str(tmp_path / "run"), "--executor", "serial")
    assert done.exit_code == 1
    assert "1 left out (see the table rejected)" in done.stderr


def test_a_folder_that_is_in_use_is_refused(reports: Path) -> None:
    done = run("run", str(reports), "--output", str(reports), "--executor", "serial")
    assert done.exit_code == 2
    assert done.stderr == f"accord: {reports}: it is not empty; name a new folder as --output\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_run_that_is_stopped_goes_on(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "run"
    command = [*ACCORD, "run", str(reports), "--output", str(output), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not (output / "_work" / "plan.json").exists():
            time.sleep(0.01)
        time.sleep(0.1)
        os.kill(process.pid, signal.SIGTERM)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "with --resume goes on from there" in told
    assert shell(*command[3:], "--resume").returncode == 0
