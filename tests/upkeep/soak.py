"""The soak: a watch runs over a newsroom made by the tests for weeks of its time, is killed and begun again meanwhile.

`soak` gives back a `Report` of what is held beside what was to be had. `benchmarks/soak.py` is its long form.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from accord.config import Config, Web
from accord.stores import Store, open_store
from upkeep.newsroom import DAY, HOUR, Newsroom, SharedClock

_TESTS = Path(__file__).resolve().parent.parent
_PATIENCE = 120.0


@dataclass
class Report:
    """What a soak found. `lost` and `doubled` name items; `stops` are seconds from SIGTERM to the end, `memory` MiB."""

    items: int = 0
    held: int = 0
    versions: int = 0
    served: int = 0
    unseen: int = 0
    retracted: int = 0
    never: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    wrongly_gone: list[str] = field(default_factory=list)
    too_many: list[str] = field(default_factory=list)
    still_up: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    kills: int = 0
    stops: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    peak: float = 0.0
    seconds: float = 0.0
    days: float = 0.0
    most_asked: int = 0
    told: str = ""

    def thirds(self) -> list[float]:
        """Return the largest memory (MiB) in each third of the last process's life."""
        size = max(len(self.memory) // 3, 1)
        parts = [self.memory[:size], self.memory[size : 2 * size], self.memory[2 * size :]]
        return [max((rss for _, rss in part), default=0.0) for part in parts]


def soak(
    folder: Path,
    *,
    feeds: int = 60,
    items: int = 6000,
    hosts: int = 15,
    days: float = 20.0,
    change: float = 2.0,
    every: float = 4 * HOUR,
    kills: int = 6,
    stops: int = 2,
    light: bool = True,
    seed: int = 0,
    url: str | None = None,
) -> Report:
    """Run a watch until all is settled; break it off so often in the first third of the `days`.

    `light` replaces the analysis of articles by a stand-in that finds nothing; all else is as in life.
    """
    url = url or str(folder / "soak.db")
    report = Report(items=items)
    draw = random.Random(seed)
    breaks = sorted(
        [(draw.uniform(0.05, 0.33) * days * DAY, signal.SIGKILL) for _ in range(kills)]
        + [(draw.uniform(0.05, 0.33) * days * DAY, signal.SIGTERM) for _ in range(stops)]
    )
    begun = time.monotonic()
    with closing(SharedClock(folder / "clock")) as clock:
        room = Newsroom(clock, feeds=feeds, items=items, hosts=hosts, days=days, change=change, seed=seed)
        with room:
            opml = folder / "feeds.opml"
            opml.write_text(room.opml(range(feeds - 1)), encoding="utf-8")
            grown = False
            for moment, number in [*breaks, (room.settled(), signal.SIGTERM)]:
                child = _begun(folder, url, every, light)
                report.memory.clear()
                while clock.now() < moment and child.poll() is None:
                    time.sleep(draw.uniform(0.0, 0.05) if moment < room.settled() else 0.2)
                    report.peak = max(report.peak, _memory(child.pid, "VmHWM"))
                    report.memory.append((clock.now() / DAY, _memory(child.pid, "VmRSS")))
                    if not grown and clock.now() > 0.15 * days * DAY:  # the list changes while the watch runs
                        opml.write_text(room.opml(), encoding="utf-8")
                        grown = True
                report.stops += _ended(child, number)
                report.kills += number == signal.SIGKILL
        report.rounds, report.days = clock.rounds, clock.now() / DAY
        report.counts = room.counts
    report.seconds = time.monotonic() - begun
    report.told = (folder / "told.txt").read_text(encoding="utf-8", errors="replace")
    with closing(open_store(url)) as store:
        _compare(store, room, report)
    return report


def _begun(folder: Path, url: str, every: float, light: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "error", __file__, str(folder), url, str(every), *(["--light"] if light else [])]
    environment = {**os.environ, "PYTHONPATH": str(_TESTS), "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    with (folder / "told.txt").open("ab") as told:
        return subprocess.Popen(command, env=environment, stdout=told, stderr=told)


def _ended(child: subprocess.Popen[bytes], number: signal.Signals) -> list[float]:
    """Send the signal; return how long the end took, where it is one that a watch answers. Fails if it had died."""
    if child.poll() is not None:
        raise RuntimeError(f"the watch ended by itself (status {child.returncode})")
    begun = time.monotonic()
    child.send_signal(number)
    child.wait(_PATIENCE)
    return [time.monotonic() - begun] if number == signal.SIGTERM else []


def _memory(pid: int, name: str) -> float:
    """Return a figure of a process's memory in MiB, by the kernel's own account."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def _compare(store: Store, room: Newsroom, report: Report) -> None:
    """Hold what the store has against what the newsroom served."""
    by_url: dict[str, list[object]] = {}
    for held in store.each():
        by_url.setdefault(held.article.url or "", []).append(held)
    versions = Counter(held.article.url or "" for held in store.each(superseded=True))
    report.held = sum(map(len, by_url.values()))
    end = room.settled()
    for item in room.items:
        found = by_url.pop(room.url(item), [])
        name = f"item {item.number} of feed {item.feed}"
        report.served += len(set(item.served))
        report.most_asked = max(report.most_asked, item.requests)
        if not found and not item.served:  # taken down before its feed could be had
            report.never += 1
            continue
        if not found:
            report.lost.append(name)
            continue
        if len(found) > 1:
            report.doubled.append(name)
        kept = versions[room.url(item)]
        report.versions += kept
        report.unseen += len(set(item.served)) - kept
        if kept > len(set(item.served)):
            report.too_many.append(name)
        held = found[-1]
        text = "".join(held.article.text.split())
        expected = item.paragraphs(end if item.gone is None else item.texts[item.served[-1] - 1][0])
        if any("".join(part.split()) not in text for part in expected):
            report.outdated.append(name)
        if held.gone:
            report.retracted += 1
            if item.gone is None:
                report.wrongly_gone.append(name)
        elif item.gone is not None:
            report.still_up.append(name)
    report.doubled += [f"unexpected: {url}" for url in by_url]
    report.damage = [f"{damage.where}: {damage.problem}" for damage in store.check()]


# the watch, in a process of its own -----------------------------------------------------------------------------------


def _watch(folder: Path, url: str, every: float, light: bool) -> None:
    from accord.upkeep.stopping import stopping

    watching = import_module("accord.upkeep.watch")

    if light:
        _lighten()
    watching._LOOK = every / 20  # the list is looked at in steps that suit the clock
    web = Web(private=True, delay=0.0, retries=0, timeout=0.5, total=5.0)
    with closing(SharedClock(folder / "clock")) as clock, closing(open_store(url)) as store, stopping() as stop:
        _counting(store, clock)
        watching.watch(
            [str(folder / "feeds.opml")],
            store,
            config=Config(threads=1, web=web),
            every=every,
            stop=stop,
            told=lambda item: print(f"{clock.now() / DAY:.2f}", item, flush=True),
            clock=clock,
        )


def _lighten() -> None:
    """Have articles analyzed by a stand-in that finds one sentence: the soak is about what comes and what is kept."""
    import accord.analyze
    from accord.records import Analysis, Article, Sentence

    def analyzed(article: Article, config: Config | None = None) -> Analysis:
        end = article.text.find(".") + 1 or len(article.text)
        return Analysis(article.id, sentences=(Sentence(0, end, article.text[:end], 0),))

    accord.analyze.analyze = analyzed  # type: ignore[assignment]


def _counting(store: Store, clock: SharedClock) -> None:
    finish = store.finish

    def finished() -> None:
        finish()
        clock.count_round()

    store.finish = finished  # type: ignore[method-assign]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("url")
    parser.add_argument("every", type=float)
    parser.add_argument("--light", action="store_true")
    told = parser.parse_args()
    _watch(told.folder, told.url, told.every, told.light)
