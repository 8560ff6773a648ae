"""Pipes that close, disks that are full, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from arrivals import FERRY
from commands import ACCORD, run, shell


@pytest.mark.parametrize("command", [["stories"], ["show", "ferry"], ["search", "ferry"], ["changes"], ["ledger"]])
def test_a_reader_that_goes_away_is_no_error(made: Path, command: list[str]) -> None:
    with subprocess.Popen(
        [*ACCORD, *command, "--store", str(made)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_standard_output_that_is_full_is_told(made: Path) -> None:
    with open("/dev/full", "wb") as full:
        told = shell("stories", "--store", made, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert told.returncode == 2
    assert b"standard output: it cannot be written (No space left on device)" in told.stderr


def test_ctrl_c_leaves_a_whole_store_and_the_same_again_goes_on(store: Path, folder: Path) -> None:
    Path("ferry.txt").write_text(FERRY)
    with subprocess.Popen(
        [*ACCORD, "add", "ferry.txt", "-", "--store", str(store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        while not store.with_name(f"{store.name}-wal").exists():  # it is open, and waits for its input
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(1)  # the log is there before the tables are: a busy machine needs a moment until it waits
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read().decode() == (
            "accord: stopped; the store is whole and keeps what came so far, "
            'and the same "accord add" goes on from there\n'
        )
    assert run("check", "--store", store, "--quiet").exit_code == 0
    again = run("add", "ferry.txt", "--store", store)
    assert (again.exit_code, again.stderr.partition(";")[0]) == (0, "accord: 1 article")
