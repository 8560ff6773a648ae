"""Does a watch lose, double or leak anything over weeks?

    python benchmarks/soak.py [--feeds 60] [--items 6000] [--hosts 15] [--days 20] [--change 2]
                              [--kills 6] [--stops 4] [--analysis] [--store URL] [--seed 0]

A newsroom made by the tests (`tests/upkeep/newsroom.py`: sites on this machine, one host each) publishes invented
reports over some weeks of a clock on which waiting takes no time. Feeds grow and drop old items; they answer 500, 503
with Retry-After, nothing, a web page, half of themselves, an empty list, or a redirect for hours; pages are corrected,
fail at first, lead elsewhere, are taken down (404, 410). The watch is a process of its own. In the first third it is
killed (SIGKILL) and stopped (SIGTERM) at moments drawn by the seed, and begun again; the last process runs to the end.

Prints what is held beside what was to be had, and the memory of the last process (VmRSS) in the thirds of its life.
Without --analysis a stand-in analyzes articles (it finds one sentence and no claims), so that the run is about what
comes and what is kept: reading, parsing, versions, grouping, the store and its briefings are real. With --analysis all
is real; take fewer --items then. Ends with status 1 where something is lost, doubled, outdated, wrongly taken down or
damaged, where a stop took 5 s, or where memory still grew by a twentieth in the last third.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from upkeep.soak import Report, soak  # noqa: E402

_GROWTH = 1.05
_LONGEST_STOP = 5.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("feeds", 60), ("items", 6000), ("hosts", 15), ("kills", 6), ("stops", 4), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--days", type=float, default=20.0, help="so long reports are published")
    parser.add_argument("--change", type=float, default=2.0, help="days within which a report is corrected again")
    parser.add_argument("--analysis", action="store_true", help="analyze articles for real")
    parser.add_argument("--store", metavar="URL", help="an empty store; a new SQLite file without")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="accord-soak-") as folder:
        report = soak(
            Path(folder),
            feeds=told.feeds,
            items=told.items,
            hosts=told.hosts,
            days=told.days,
            change=told.change,
            kills=told.kills,
            stops=told.stops,
            light=not told.analysis,
            seed=told.seed,
            url=told.store,
        )
    show(report, "a stand-in" if not told.analysis else "the analysis")
    return 1 if faults(report) else 0


def show(report: Report, analyzed_by: str) -> None:
    """Print the figures."""
    counts = report.counts
    print(f"items {report.items}, held {report.held}, never served {report.never}; analyzed by {analyzed_by}")
    print(f"versions served {report.served}, held {report.versions}; served to a process that died: {report.unseen}")
    print(f"taken down and noticed {report.retracted}, not noticed {len(report.still_up)}")
    requests = counts["feeds"] + counts["pages"]
    print(f"requests {requests:,}: feeds {counts['feeds']:,}, pages {counts['pages']:,}; 304: {counts['304']:,}")
    troubles = sorted((name.partition(": ")[2], number) for name, number in counts.items() if name.startswith("tr"))
    print("answers of feeds in trouble: " + ", ".join(f"{name} {number}" for name, number in troubles))
    print(f"most requests for one page {report.most_asked}; rounds {report.rounds:,}; days {report.days:.0f}")
    stops = ", ".join(f"{seconds:.1f}" for seconds in report.stops)
    print(f"SIGKILL {report.kills}, SIGTERM {len(report.stops)}, which took {stops} s")
    thirds = ", ".join(f"{size:.0f}" for size in report.thirds())
    print(f"memory of the last process by thirds of its life, most: {thirds} MiB; peak of all {report.peak:.0f} MiB")
    print(f"time {report.seconds:.0f} s")
    for fault in faults(report):
        print(f"FAULT: {fault}")


def faults(report: Report) -> list[str]:
    """Return what should not be."""
    named = {
        "lost": report.lost,
        "doubled": report.doubled,
        "not the latest text": report.outdated,
        "wrongly taken down": report.wrongly_gone,
        "more versions than were served": report.too_many,
        "damage": report.damage,
    }
    found = [f"{name}: {len(items)} ({', '.join(items[:5])})" for name, items in named.items() if items]
    found += [f"a stop took {seconds:.1f} s" for seconds in report.stops if seconds >= _LONGEST_STOP]
    _, second, third = report.thirds()
    if third > second * _GROWTH:
        found.append(f"memory grew from {second:.0f} to {third:.0f} MiB after the second third")
    return found


if __name__ == "__main__":
    sys.exit(main())
