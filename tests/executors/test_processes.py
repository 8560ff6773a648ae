"""What is particular to processes: how they are started, and that none is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from itertools import repeat
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.executors.processes import Processes, cores
from chores import POISON, big, double, kill, leave, rest, surroundings

DRIVER = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
from accord.executors.processes import Processes
from chores import rest
if __name__ == "__main__":
    outcomes = Processes(2).map(rest, [0.1] * 4 + [600] * 4)
    print(*{next(outcomes).result for _ in range(4)}, flush=True)
    next(outcomes)
"""
UNGUARDED = """
from accord.executors.processes import Processes
from chores import double
with Processes(1) as executor:
    print(list(executor.map(double, [1])))
"""


def start(script: str, folder: Path) -> subprocess.Popen[str]:
    """Run a script, which can import what the tests can."""
    (folder / "driver.py").write_text(script, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "driver.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def is_running(process: int) -> bool:
    """Return whether there is such a process, and it is not only waiting to be buried."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def all_end(processes: list[int], within: float = 10.0) -> bool:
    end = time.monotonic() + within
    while any(map(is_running, processes)):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_workers_have_one_thread_the_drivers_folder_and_no_ear_for_interrupts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Processes(1) as executor:
        found = next(executor.map(surroundings, [1])).result
    assert found == {"threads": "1", "blas": "1", "numpy": False, "folder": tmp_path, "interrupt": signal.SIG_IGN}


def test_no_more_processes_are_started_than_there_are_items() -> None:
    with Processes(4) as executor:
        workers = {outcome.result for outcome in executor.map(rest, [0])}
        assert len(workers) == 1
        assert len([child for child in multiprocessing.active_children() if child.pid in workers]) == 1
        assert {outcome.result for outcome in executor.map(rest, [0])} == workers


def test_no_process_is_left_by_a_map_that_is_given_up() -> None:
    with Processes(2) as executor, closing(executor.map(rest, repeat(0.01))) as outcomes:
        workers = {next(outcomes).result or 0 for _ in range(20)}
    assert all_end(list(workers), within=0)


def test_no_process_is_left_where_the_caller_raises() -> None:
    workers = set()
    with suppress(ZeroDivisionError), Processes(2) as executor:
        for outcome in executor.map(rest, [*repeat(0.01, 10), 60]):
            workers.add(outcome.result or 0)
            raise ZeroDivisionError
    assert workers
    assert all_end(list(workers), within=0)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_its_driver(blow: signal.Signals, tmp_path: Path) -> None:
    with start(DRIVER, tmp_path) as driver:
        assert driver.stdout
        workers = [int(word) for word in driver.stdout.readline().split()]
        assert workers
        assert all(map(is_running, workers))
        driver.send_signal(blow)
        try:
            assert driver.wait(30) != 0
        finally:
            driver.kill()
        assert all_end(workers)


def test_a_worker_killed_while_it_waits_costs_no_item_a_try() -> None:
    with Processes(1) as executor:
        for _ in range(5):
            worker = next(executor.map(rest, [0])).result or 0
            os.kill(worker, signal.SIGKILL)
            assert all_end([worker])
        assert [outcome.result for outcome in executor.map(double, [1])] == [2]


def test_how_a_worker_ended_is_told() -> None:
    with Processes(1) as executor:
        assert [outcome.lost for outcome in executor.map(leave, [POISON])] == [
            "its worker died 3 times: it ended with exit status 3"
        ]
        assert [outcome.lost for outcome in executor.map(kill, [POISON])] == [
            "its worker died 3 times: it was ended by signal 9 (SIGKILL; perhaps it was out of memory)"
        ]


def test_a_worker_killed_in_the_middle_of_an_answer_holds_up_nothing() -> None:
    with Processes(1) as executor:
        for delay in (0.02, 0.06, 0.1):
            outcomes = executor.map(rest, [0])
            worker = next(outcomes).result or 0
            blow = threading.Timer(delay, os.kill, (worker, signal.SIGKILL))
            blow.start()
            assert [len(outcome.result or b"") for outcome in executor.map(big, [60_000_000])] == [60_000_000]
            blow.join()


def test_a_script_without_a_guard_is_told(tmp_path: Path) -> None:
    with start(UNGUARDED, tmp_path) as driver:
        said = driver.communicate(timeout=30)[1]
    assert driver.returncode == 1
    assert "AccordError: a worker process does not start (it ended with exit status 1)" in said


def test_an_executor_that_nobody_closes_ends_with_its_driver(tmp_path: Path) -> None:
    script = DRIVER.replace("    next(outcomes)\n", "")
    with start(script, tmp_path) as driver:
        said, complaints = driver.communicate(timeout=30)
    assert driver.returncode == 0
    assert not complaints
    assert all_end([int(word) for word in said.split()])


def test_one_executor_can_be_closed_from_another_thread() -> None:
    executor = Processes(1)
    outcomes = executor.map(rest, [0, 60])
    next(outcomes)
    closing_thread = threading.Timer(0.1, executor.close)
    closing_thread.start()
    with pytest.raises(AccordError, match="closed"):
        next(outcomes)
    closing_thread.join()


def test_there_are_as_many_cores_as_this_process_may_use() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
