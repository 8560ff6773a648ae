"""What is particular to Ray: clusters whose nodes come and go, and how it is reached."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accord.errors import AccordError
from accord.executors import executor, pool
from chores import note, rest, surroundings

if TYPE_CHECKING:
    from clusters import Nodes

pytestmark = pytest.mark.xdist_group("ray")


def test_a_node_lost_in_the_middle_loses_and_doubles_nothing(nodes: Nodes, tmp_path: Path) -> None:
    nodes.add()
    with executor("ray", workers=6) as made:
        outcomes = []
        for outcome in made.map(partial(note, tmp_path), range(120)):
            outcomes.append(outcome)
            if len(outcomes) == 30:
                nodes.kill()
    assert sorted(outcome.result for outcome in outcomes if outcome.result is not None) == list(range(120))
    tries = Counter(path.name.partition("-")[0] for path in tmp_path.iterdir())
    assert len(tries) == 120
    assert max(tries.values()) <= 3


def test_cpus_that_join_are_put_to_work(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LOOK", 0.2)
    with executor("ray") as made, closing(made.map(rest, repeat(0.05))) as outcomes:
        workers = made.workers
        next(outcomes)
        nodes.add()
        for _ in range(400):
            next(outcomes)
            if made.workers > workers:
                break
        assert made.workers == workers + 2
    nodes.kill()


def test_workers_have_one_thread_and_say_nothing(nodes: Nodes, capfd: pytest.CaptureFixture[str]) -> None:
    with executor("ray", workers=1) as made:
        found = next(made.map(surroundings, [1])).result
    assert found
    assert (found["threads"], found["blas"]) == ("1", "1")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("address", "why"), [("127.0.0.1:1", "refused"), ("ray://127.0.0.1:1", "refused"), ("elsewhere", "Invalid address")]
)
def test_a_cluster_that_is_not_there_is_told(address: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ray.is_initialized", lambda: False)  # it may be, to the cluster of the other tests
    with pytest.raises(AccordError, match=f"no Ray cluster could be reached at {address}: .*{why}.*ray start --head"):
        executor("ray", address=address)


def test_without_an_address_a_cluster_is_started_here_and_ended(tmp_path: Path) -> None:
    script = """
from accord.executors import executor
from chores import double
with executor("ray", workers=1) as made:
    print([outcome.result for outcome in made.map(double, [7])])
"""
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    path = str(Path(__file__).parents[1])
    environment = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"} | {"PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
        env=environment,
    )
    assert done.stdout == "[14]\n"
    assert not done.stderr
