"""A run on a Ray cluster gives what one process gives, though a worker and a whole node are killed under it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_running import Here, digest, written

from accord.executors import executor
from accord.runs import analyzing, run

if TYPE_CHECKING:
    from clusters import Nodes

pytestmark = pytest.mark.xdist_group("ray")


def actors() -> list[int]:
    """Return the processes of this machine that are actors of a Ray cluster's executor."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().startswith(b"ray::_Worker"):
                found.append(int(folder.name))
        except OSError:  # it has just ended
            continue
    return found


def test_a_worker_and_a_node_killed_in_the_middle_lose_and_double_nothing(
    nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyzing, "ARTICLES", 1)
    source = written(tmp_path)
    run([source], str(tmp_path / "here"), executor=Here())
    nodes.add()
    blows = {2: "worker", 4: "node"}
    struck: list[str] = []

    def strike(step: str, done: int, total: int) -> None:
        if step == "analyze" and (blow := blows.pop(done, None)) is not None:
            struck.append(blow)
            if blow == "node":
                nodes.kill()
            else:
                os.kill(actors()[0], signal.SIGKILL)

    with executor("ray", address=nodes.address, workers=4) as workers:
        run([source], str(tmp_path / "ray"), executor=workers, progress=strike)
    assert struck == ["worker", "node"]
    assert digest(tmp_path / "ray") == digest(tmp_path / "here")
