"""Kills workers, nodes and drivers of `accord run` at random moments, and compares what it leaves with a quiet run.

    python benchmarks/killing.py [--workers 50] [--nodes 5] [--drivers 5] [--articles 600] [--seed 1] [--in-a-run 5]

A quiet run of two processes over made articles (volume.py) gives the output that is wanted, and how long a run takes.
Then, by SIGKILL, at moments drawn uniformly over that time:

- workers: processes that a driver started, some in each run;
- nodes: of a Ray cluster of a head and two nodes of one CPU each (`ray.cluster_utils.Cluster`), one in each run;
  another node joins after it;
- drivers: one in each run, which `--resume` then takes up.

A moment that comes after the end of its run is drawn again in another run. Every output must be that of the quiet run,
byte for byte: each file's name and content. The status is 1 where one is not.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import volume
from bench_parts import BUILD, made_articles, run_command
from bench_tables import table
from watching import descendants, digest

FOLDER = BUILD / "killing"
PATIENCE = 30.0
"""Seconds to wait for something to kill, and for orphans to end."""

Kill = Callable[[int], bool]
"""Kills something of the run of a driver (its pid); False where there is nothing to kill any more."""


class Killing:
    """Runs with kills, each compared with the quiet run."""

    def __init__(self, articles: int, seed: int) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.articles = made_articles(articles)
        self.chance = random.Random(seed)
        self.runs = 0
        self.wrong: list[str] = []
        start = time.perf_counter()
        status = self._start("quiet", "processes").wait()
        self.seconds = time.perf_counter() - start
        if status not in (0, 1):
            raise SystemExit(f"the quiet run ended with {status}: {self._log('quiet')}")
        self.wanted = digest(FOLDER / "quiet")
        say(f"quiet run: {articles} articles in {self.seconds:.0f} s, output {self.wanted[:12]}; seed {seed}")

    def _start(self, name: str, executor: str, *more: str) -> subprocess.Popen[bytes]:
        output = FOLDER / name
        if "--resume" not in more:
            shutil.rmtree(output, ignore_errors=True)
        command = run_command(self.articles, output, executor, 2, *more)
        with (FOLDER / f"{name}.log").open("ab" if "--resume" in more else "wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log)

    def _log(self, name: str) -> str:
        return (FOLDER / f"{name}.log").read_text("utf-8", "replace")[-2000:]

    def moments(self, count: int) -> list[float]:
        """Return when to kill, in seconds from the start of a run."""
        return sorted(self.chance.uniform(0, self.seconds) for _ in range(count))

    def disturbed(self, name: str, executor: str, kill: Kill, count: int, *more: str) -> int:
        """Run once with at most `count` kills; return how many there were. The output is compared."""
        process, began, made = self._start(name, executor, *more), time.perf_counter(), []
        for moment in self.moments(count):
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, began + moment - time.perf_counter()))
            if process.poll() is None and kill(process.pid):
                made.append(time.perf_counter() - began)
        self._compare(name, process.wait(), made)
        return len(made)

    def resumed(self, name: str) -> int:
        """Kill the driver once, and let `--resume` end the run; return 1, or 0 where the run had ended before."""
        process, began = self._start(name, "processes"), time.perf_counter()
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.moments(1)[0])
        orphans = descendants(process.pid)
        process.kill()
        at = time.perf_counter() - began
        killed = process.wait() == -signal.SIGKILL
        _wait_for_end(orphans)
        # a driver that dies before it has made its folder leaves nothing to resume
        more = ("--resume",) if (FOLDER / name).exists() else ()
        status = self._start(name, "processes", *more).wait() if killed else 0
        self._compare(name, status, [at] if killed else [])
        return int(killed)

    def _compare(self, name: str, status: int, made: Sequence[float]) -> None:
        self.runs += 1
        found = digest(FOLDER / name) if (FOLDER / name).exists() else "nothing"
        moments = ", ".join(f"{moment:.1f}" for moment in made)
        if status in (0, 1) and found == self.wanted:
            say(f"  {name}: the same after kills at {moments or 'no'} s")
            shutil.rmtree(FOLDER / name)
        else:
            self.wrong.append(name)
            say(f"  {name}: NOT THE SAME, status {status}, kills at {moments} s: {self._log(name)}")


def kill_worker(chance: random.Random) -> Kill:
    """Return what kills one of a driver's workers, as soon as there is one."""

    def kill(driver: int) -> bool:
        until = time.perf_counter() + PATIENCE
        while time.perf_counter() < until and _alive(driver):
            workers = sorted(pid for pid, kind in descendants(driver).items() if kind == "worker")
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    return True
            time.sleep(0.01)
        return False

    return kill


@contextmanager
def cluster() -> Iterator[Any]:
    """Give a Ray cluster on this machine: a head without CPUs, and two nodes of one each."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    try:
        for _ in range(2):
            made.add_node(num_cpus=1)
        made.wait_for_nodes()
        yield made
    finally:
        made.shutdown()


def kill_node(made: Any, chance: random.Random) -> Kill:
    """Return what kills one of the nodes of a cluster that have CPUs, and lets another join."""

    def kill(driver: int) -> bool:
        nodes = sorted((node for node in made.worker_nodes), key=lambda node: node.node_id)
        made.remove_node(chance.choice(nodes), allow_graceful=False)
        made.add_node(num_cpus=1)
        return _alive(driver)

    return kill


def _alive(pid: int) -> bool:
    """Tell whether a process is there, and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait_for_end(pids: dict[int, str]) -> None:
    until = time.perf_counter() + PATIENCE
    while any(map(_alive, pids)):
        if time.perf_counter() > until:
            raise SystemExit(f"workers outlive their driver: {pids}")
        time.sleep(0.05)


def say(line: str) -> None:
    print(line, flush=True)


def until(count: int, run: Callable[[int, int], int]) -> int:
    """Call `run` with its number and the kills still wanted until `count` kills were made; return the runs."""
    made = runs = 0
    while made < count:
        runs += 1
        made += run(runs, count - made)
        if runs > 10 * count:
            raise SystemExit("the kills come too late; take more articles")
    return runs


def main() -> int:
    """Kill and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=50)
    parser.add_argument("--nodes", type=int, default=5)
    parser.add_argument("--drivers", type=int, default=5)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--in-a-run", type=int, default=5, help="kills of workers in one run, at most")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not volume.DATA.is_dir():
        print("benchmarks/killing.py: there is no ../shared/data/stories; nothing is tried", file=sys.stderr)
        return 0
    killing = Killing(args.articles, args.seed)
    kill = kill_worker(killing.chance)
    rows = []

    def tell(what: str, kills: int, runs: int) -> None:
        wrong = [name for name in killing.wrong if name.startswith(what)]
        say(f"{kills} {what} killed in {runs} runs, {len(wrong)} with another output {wrong or ''}")
        rows.append((what, kills, runs, len(wrong)))

    runs = until(
        args.workers,
        lambda n, left: killing.disturbed(f"workers-{n}", "processes", kill, min(args.in_a_run, left)),
    )
    tell("workers", args.workers, runs)
    tell("drivers", args.drivers, until(args.drivers, lambda n, _: killing.resumed(f"drivers-{n}")))
    if args.nodes:
        with cluster() as made:
            node, address = kill_node(made, killing.chance), ("--address", made.address)
            runs = until(args.nodes, lambda n, _: killing.disturbed(f"nodes-{n}", "ray", node, 1, *address))
        tell("nodes", args.nodes, runs)
    told = f"{args.articles} articles a run; a quiet run takes {killing.seconds:.0f} seconds; seed {args.seed}."
    head = ("killed", "kills", "runs", "outputs that differ")
    (FOLDER / "kills.md").write_text(f"{told}\n\n{table(head, rows)}\n", encoding="utf-8")
    return 1 if killing.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
