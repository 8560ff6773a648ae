"""Articles a second and peak memory of grouping, at growing sizes, beside TF-IDF with clustering in the same run.

    python benchmarks/group.py [--sizes 10000,50000,200000] [--peers 10000] [--seed 1] [--ways accord,parts]

The articles are made from those of `../shared/data/stories` by seeded mutation, as sketches (what grouping takes from
an article once it is analyzed): every story is told again as other events, with other words in place of a share of its
rare ones (the same in all its reports) and its leads shifted in sense, on other days; a third of the articles are
copies of another with a tenth of the words changed. The stories of a day stay as many whatever the size: a larger pile
is a longer time, as a feed's is. Each size runs in a process of its own; the growth exponent is the slope of log time
over log size. `parts` is the same in parts (`accord.runs.grouping`), one after the other in one process; its peak is
that of memory that no file backs, and there are no sketches in memory. Peers (scikit-learn's TF-IDF of the same terms
with average-linkage clustering, and HDBSCAN on the vectors) run on the smallest size, where they still can. B-cubed F1
against the made stories is given for all.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))

from accord.cluster.grouping import Grouper, Sketch  # noqa: E402
from stories import SETS, bcubed, sketches_of  # noqa: E402

STORIES_A_DAY = 60
WAYS = {"accord": "accord", "parts": "accord, in parts"}
CHANGED, SHIFT, COPIES = 0.5, 0.7, 1 / 3


def make(size: int, seed: int) -> tuple[list[Sketch], list[int]]:
    """Return `size` sketches and the number of each one's story."""
    rng = np.random.default_rng(seed)
    stories: list[list[Sketch]] = []
    for name in SETS:
        found, gold = sketches_of(name)
        by: dict[str, list[Sketch]] = {}
        for item, story in zip(found, gold, strict=True):
            by.setdefault(story, []).append(item)
        stories.extend(by.values())
    sketches: list[Sketch] = []
    labels: list[int] = []
    number = 0
    while len(sketches) < size:
        base = stories[int(rng.integers(len(stories)))]
        salt = rng.integers(1, 2**63, dtype=np.uint64)
        shift = _unit(rng.normal(size=base[0].vector.shape).astype(np.float32))
        day = 738_000 + number // STORIES_A_DAY
        for item in base:
            made = _retold(item, salt, shift, day + int(rng.integers(0, 3)), f"{number}-{len(sketches)}")
            sketches.append(made)
            labels.append(number)
            while rng.random() < COPIES:
                sketches.append(_copied(made, rng, f"{number}-{len(sketches)}"))
                labels.append(number)
        number += 1
    return sketches[:size], labels[:size]


def _retold(item: Sketch, salt: np.uint64, shift: np.ndarray, day: int, name: str) -> Sketch:
    changed = (item.terms * np.uint64(0x9E3779B97F4A7C15) ^ salt) * np.uint64(0xBF58476D1CE4E5B9)
    other = (changed >> np.uint64(40)).astype(np.float64) / 2**24 < CHANGED
    return Sketch(name, day, np.where(other, changed, item.terms), item.weights, _unit(item.vector + SHIFT * shift))


def _copied(item: Sketch, rng: np.random.Generator, name: str) -> Sketch:
    other = rng.random(len(item.terms)) < 0.1
    terms = np.where(other, rng.integers(1, 2**63, len(item.terms), dtype=np.uint64), item.terms)
    noise = _unit(rng.normal(size=item.vector.shape).astype(np.float32))
    return Sketch(name, item.day, terms, item.weights, _unit(item.vector + 0.1 * noise))


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def run(size: int, seed: int, who: str) -> dict[str, float]:
    """Return seconds, peak memory in GB and B-cubed F1 of one way to group `size` articles."""
    if who == "parts":
        return _parts(size, seed)
    sketches, gold = make(size, seed)
    before = _peak()
    start = time.perf_counter()
    labels = {"accord": _accord, "average": _average, "hdbscan": _hdbscan}[who](sketches)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "made": before, "peak": _peak(), "f1": bcubed(labels, gold)["F1"]}


def _accord(sketches: list[Sketch]) -> list[str]:
    grouper = Grouper()
    grouper.add(sketches)
    grouper.chains()
    of = {article: group.id for group in grouper.groups() for article in group.articles}
    return [of[item.article] for item in sketches]


def _parts(size: int, seed: int) -> dict[str, float]:
    """Group in parts, in a process that has not made the sketches; their files are written by another one."""
    from accord.executors.serial import Serial
    from accord.runs.grouping import group, stories
    from accord.runs.steps import Steps

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "run" / "_work"
        work.mkdir(parents=True)
        with ProcessPoolExecutor(1) as other:
            gold = other.submit(_written, folder, size, seed).result()
        told: dict[str, float] = {}
        began = [time.perf_counter()]

        def progress(step: str, done: int, total: int) -> None:
            now = time.perf_counter()
            told[step] = told.get(step, 0) + now - began[0]
            began[0] = now

        steps = Steps(work, Serial(), progress)
        with _Watch() as watch:
            start = began[0] = time.perf_counter()
            group(work, sorted(Path(folder).glob("*.parquet")), steps)
            seconds = time.perf_counter() - start
        steps.close()
        labels = [""] * size
        for story in stories(work):
            for number in story.members:
                labels[number] = story.id
        for step, took in told.items():
            print(f"{step} {took:.1f}", file=sys.stderr)
        return {"seconds": seconds, "made": 0, "peak": watch.peak, "f1": bcubed(labels, gold)["F1"]}


def _written(folder: str, size: int, seed: int) -> list[int]:
    """Write the sketches as a run does, 64 to a file; return the stories of the articles."""
    from accord.cluster.grouping import in_time, pack
    from accord.runs.columns import write_part
    from accord.runs.rows import SketchRow

    sketches, gold = make(size, seed)
    order = sorted(range(size), key=lambda n: in_time(sketches[n]))
    for at in range(0, size, 64):
        rows = [
            SketchRow(number, sketches[n].article, pack(sketches[n]))
            for number, n in enumerate(order[at : at + 64], at)
        ]
        write_part(Path(folder) / f"part-{at:08}.parquet", SketchRow, rows)
    return [gold[n] for n in order]


class _Watch:
    """Watches the memory of this process that no file backs; `peak` is the most in GB."""

    peak = 0.0

    def __enter__(self) -> _Watch:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.02):
            with open("/proc/self/status") as file:
                anonymous = next((line for line in file if line.startswith("RssAnon")), "RssAnon: 0 kB")
            self.peak = max(self.peak, int(anonymous.split()[1]) / 1e6)


def _average(sketches: list[Sketch]) -> list[int]:
    from scipy.sparse import csr_matrix
    from sklearn.cluster import AgglomerativeClustering

    terms, columns = np.unique(np.concatenate([s.terms for s in sketches]), return_inverse=True)
    starts = np.concatenate([[0], np.cumsum([len(s.terms) for s in sketches])])
    weights = np.concatenate([s.weights for s in sketches])
    rows = csr_matrix((weights, columns, starts), shape=(len(sketches), len(terms)))
    distance = 1 - (rows @ rows.T).toarray()
    tree = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=0.8)
    return tree.fit_predict(distance).tolist()


def _hdbscan(sketches: list[Sketch]) -> list[int]:
    from sklearn.cluster import HDBSCAN

    vectors = np.stack([item.vector for item in sketches])
    found = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(vectors)
    return [label if label >= 0 else -2 - number for number, label in enumerate(found.tolist())]


def _peak() -> float:
    """Return the most memory that this process has held, in GB."""
    try:
        with open("/proc/self/status") as file:  # getrusage begins with the peak of the process that started this one
            return int(next(line for line in file if line.startswith("VmHWM")).split()[1]) / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _apart(size: int, seed: int, who: str) -> dict[str, float]:
    """Run one way in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--one", who, "--sizes", str(size), "--seed", str(seed)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,50000,200000")
    parser.add_argument("--peers", type=int, default=10_000, help="size at which the peers run; 0: not at all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", default="accord,parts", help="accord: all in memory; parts: as accord run does")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    if args.one:
        print(json.dumps(run(sizes[0], args.seed, args.one)))
        return
    print(f"{'':<34} {'articles':>8} {'seconds':>8} {'a second':>9} {'peak GB':>8} {'sketches GB':>11} {'B3 F1':>6}")
    times: dict[str, list[float]] = {way: [] for way in args.ways.split(",")}
    for way, taken in times.items():
        for size in sizes:
            found = _apart(size, args.seed, way)
            taken.append(found["seconds"])
            _line(WAYS[way], size, found)
    for who, name in (("average", "TF-IDF, average linkage"), ("hdbscan", "vectors, HDBSCAN")) if args.peers else ():
        found = _apart(args.peers, args.seed, who)
        _line(name, args.peers, found)
        if args.peers in sizes:
            ours = next(iter(times.values()))[sizes.index(args.peers)]
            print(f"{'':<34} {found['seconds'] / ours:.1f} times accord's time")
    for way, taken in times.items() if len(sizes) > 1 else ():
        slope = np.polyfit([math.log(size) for size in sizes], [math.log(seconds) for seconds in taken], 1)[0]
        last = math.log(taken[-1] / taken[-2]) / math.log(sizes[-1] / sizes[-2])
        print(f"{WAYS[way]}: growth exponent {slope:.2f}; of the last step {last:.2f}")


def _line(name: str, size: int, found: dict[str, float]) -> None:
    speed = size / found["seconds"]
    print(
        f"{name:<34} {size:>8} {found['seconds']:>8.1f} {speed:>9.0f} {found['peak']:>8.2f}"
        f" {found['made']:>11.2f} {found['f1']:>6.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
