"""Kills a process that adds articles, and the PostgreSQL server, at random moments, many times, and looks for damage.

    python benchmarks/kills.py --kills 200

For each database: rounds on a fresh store, each with some dozens of kills, until so many were made. Each round ends
with a comparison of all that the store holds with what an undisturbed run leaves. Leaves with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS / "stores"), str(TESTS)]

import databases  # noqa: E402
from kills import Tally, Trial  # noqa: E402

MOST = 40
"""Kills of a round: more, and an input of this size would be through."""


def run(name: str, kills: int, seed: int, fresh: Callable[[], str], server: Any = None) -> Tally:
    """Kill `kills` times on one kind of database; say how each round went."""
    chance = random.Random(seed)
    total = Tally()
    started = time.monotonic()
    while total.kills + total.server_kills < kills:
        left = kills - total.kills - total.server_kills
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(Path(folder), seed=chance.randrange(1 << 30), files=5, events=8)
            with closing(trial):
                expected = trial.undisturbed(fresh())
                trial.round(fresh(), expected, most=min(MOST, left), server=server)
        total.add(trial.tally)
        print(f"{name}: {total}; {time.monotonic() - started:.0f} s", flush=True)
        for wrong in trial.tally.wrong:
            print(f"  {wrong}", flush=True)
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="how many on each database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", choices=["sqlite", "postgresql", "both"], default="both")
    options = parser.parse_args()
    tallies = []
    with ExitStack() as stack:
        if options.on != "postgresql":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            names = iter(range(1_000_000))
            tallies.append(run("SQLite", options.kills, options.seed, lambda: str(folder / f"{next(names)}.db")))
        if options.on != "sqlite":
            server = stack.enter_context(databases.server())
            tallies.append(run("PostgreSQL", options.kills, options.seed, server.fresh, server))
    return 1 if any(tally.wrong for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
