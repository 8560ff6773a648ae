"""What `bench.py` measures, part by part. A part gives numbers that can be put into JSON; nothing is printed here."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import volume
from peers_serve import ONE_THREAD, Contender
from watching import digest, watch

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BUILD = ROOT / "build" / "bench"
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
EXECUTORS = (("serial", 1), ("processes", 2), ("ray", 2))
Result = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How much of everything. `sizes` pairs a number of articles with its rounds."""

    name: str
    rounds: int
    pipeline: int
    start: int
    sizes: tuple[tuple[int, int], ...]
    analysis: int
    peers: int
    most: int | None
    events: int | None


FULL = Sizes("full", 5, 2000, 1, ((1000, 5), (5000, 3), (25_000, 1)), 60, 100, None, None)
HOUR = Sizes("hour", 3, 200, 1, ((200, 1), (600, 1), (1200, 1)), 30, 15, None, None)
SHORT = Sizes("short", 2, 12, 1, ((6, 2), (12, 1)), 3, 4, 40, 2)


class Kept:
    """Keeps what is measured in a folder, so that a run that broke off goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str, make: Callable[[], Result]) -> Result:
        """Return what is kept under `name`, or else make and keep it, with what code it was made by."""
        path = self.folder / f"{name}.json"
        if path.exists():
            return json.loads(path.read_text("utf-8"))["made"]
        print(f"  {name}", file=sys.stderr, flush=True)
        made = make()
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"code": code(), "made": made}), encoding="utf-8")
        unfinished.replace(path)
        return made


@cache
def code() -> str:
    """Return a digest of accord's sources: measurements of different code are not of one run."""
    files = sorted((ROOT / "src" / "accord").rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


# the whole pipeline ---------------------------------------------------------------------------------------------------


def pipeline(sizes: Sizes, kept: Kept) -> Result:
    """Run the pipeline with each executor in each round, before it on one article: its start-up."""
    rounds = []
    for number in range(sizes.rounds):
        turn = number % len(EXECUTORS)
        row: Result = {}
        for executor, workers in (*EXECUTORS[turn:], *EXECUTORS[:turn]):
            start = _run(kept, f"start-{executor}-{number}", sizes.start, executor, workers)
            whole = _run(kept, f"run-{sizes.pipeline}-{executor}-{number}", sizes.pipeline, executor, workers)
            row[executor] = {"start": start, "run": whole}
        rounds.append(row)
    return {"articles": sizes.pipeline, "start_articles": sizes.start, "rounds": rounds}


def growth(sizes: Sizes, kept: Kept) -> Result:
    """Run the pipeline on two processes over more and more articles."""
    return {
        "sizes": [
            {
                "articles": count,
                "runs": [_run(kept, f"size-{count}-{n}", count, "processes", 2) for n in range(rounds)],
            }
            for count, rounds in sizes.sizes
        ]
    }


def _run(kept: Kept, name: str, count: int, executor: str, workers: int) -> Result:
    """Run `accord run` over the first `count` made articles in a process of its own."""

    def make() -> Result:
        output = BUILD / "work" / name
        shutil.rmtree(output, ignore_errors=True)
        watched = watch(run_command(made_articles(count), output, executor, workers))
        if watched.status not in (0, 1):
            last = "\n".join(line for _, line in watched.lines[-20:])
            raise SystemExit(f"accord run ended with {watched.status}:\n{last}")
        found = {**asdict(watched), "digest": digest(output), "articles": count}
        shutil.rmtree(output)
        return found

    return kept.get(name, make)


def made_articles(count: int, seed: int = 1) -> Path:
    """Return a file of `count` made articles, written where it is not there yet."""
    made_by = hashlib.sha256(Path(volume.__file__).read_bytes()).hexdigest()[:8]
    path = BUILD / "inputs" / f"articles-{count}-{seed}-{made_by}.jsonl"
    if not path.exists():
        volume.write(count, seed, path)
    return path


def run_command(articles: Path, output: Path, executor: str, workers: int, *more: str) -> list[str]:
    """Return the command line of a run."""
    words = ["run", str(articles), "--output", str(output), "--executor", executor, "--workers", str(workers), *more]
    return [sys.executable, "-m", "accord", *words]


# the analysis beside a bare spaCy pass --------------------------------------------------------------------------------


def analysis(sizes: Sizes, kept: Kept) -> Result:
    """Compare the analysis with a bare pass, with one thread a model and with two, each in a process of its own."""

    def make(threads: int) -> Result:
        command = [sys.executable, str(Path(__file__).with_name("bench.py")), "--one", str(threads)]
        command += ["--rounds", str(sizes.rounds), "--articles", str(sizes.analysis)]
        env = {**os.environ, **ONE_THREAD}
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env).stdout)

    found = {str(n): kept.get(f"analysis-{n}", lambda n=n: make(n)) for n in (1, 2)}
    return {"articles": sizes.analysis, "threads": found}


def analysis_rounds(threads: int, rounds: int, count: int) -> Result:
    """Return what bare pass and analysis cost in each round (in this process)."""
    import analyze
    from accord.config import Config

    config = Config(threads=threads)
    pages = analyze.choose(analyze.read_pages(), count * (rounds + 1), 0)
    analyze.compare(pages[:count], config)  # loads and warms the models
    found = []
    for number in range(1, rounds + 1):
        bare, whole = analyze.compare(analyze.turn(pages, number, count), config)
        found.append({"bare": [bare.wall, bare.cpu], "whole": [whole.wall, whole.cpu]})
    return {"rounds": found}


# peers ----------------------------------------------------------------------------------------------------------------


class Ring:
    """accord and its peers, a process each, started when first asked."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._open: dict[str, Contender] = {}

    def ask(self, who: str, task: str, on: Any) -> Result:
        """Have `who` ("accord" or a peer) do `task`."""
        if who not in self._open:
            ours = who == "accord"
            made = Contender(Path(sys.executable) if ours else PEERS_PYTHON, f"peers{'_accord' if ours else ''}.py")
            self._open[who] = self._stack.enter_context(made)
        return self._open[who].ask(task, on)


@contextmanager
def ring() -> Iterator[Ring]:
    """Give a ring, and end its processes."""
    if not PEERS_PYTHON.exists():
        raise SystemExit("benchmarks/bench.py: there is no .venv-bench; make .venv/ready-bench")
    with ExitStack() as stack:
        yield Ring(stack)


def peers(sizes: Sizes, kept: Kept) -> Result:
    """Compare the analysis with textacy and newspaper4k over the same texts, and the quotes with gold."""
    tasks = {"accord": "analysis", "spaCy": "spacy", "textacy": "textacy", "newspaper4k": "newspaper"}
    rows = _rows(sizes.peers * (sizes.rounds + 1))
    with ring() as open_ring:

        def make(number: int) -> Result:
            some = rows[number * sizes.peers : (number + 1) * sizes.peers]
            return {who: open_ring.ask(who, tasks[who], some) for who in _turned(tasks, number)}

        def round_of(number: int) -> Result:
            for who, task in tasks.items():
                open_ring.ask(who, task, rows[: min(5, sizes.peers)])  # warms it
            return make(number)

        rounds = [kept.get(f"peers-{n}", lambda n=n: round_of(n)) for n in range(1, sizes.rounds + 1)]
        quotes = kept.get("peers-quotes", lambda: _quotes(open_ring, sizes)) if (SHARED / "eval").exists() else {}
    return {"articles": sizes.peers, "rounds": rounds, "quotes": quotes}


def _turned(names: Sequence[str] | dict[str, str], number: int) -> list[str]:
    """Return the names so that another comes first in each round."""
    order = list(names)
    return order[number % len(order) :] + order[: number % len(order)]


def _rows(count: int) -> list[Result]:
    """Return articles of the sets in an order chosen by a seed, from the start again where there are too few."""
    rows = [row for name in ("basil", "news_cluster") for row, _ in read_set(name) if len(row["text"].split()) > 100]
    random.Random(1).shuffle(rows)
    return [rows[number % len(rows)] for number in range(count)]


def read_set(name: str) -> list[tuple[Result, str]]:
    """Return the articles of a set of stories, each with its story."""
    found = []
    with gzip.open(SHARED / "data" / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            day = volume._day(row.get("date"))
            article = {"title": row.get("title") or None, "text": row["text"], "outlet": row.get("source") or name}
            found.append(({**article, "published": day.isoformat() if day else None}, row["story"]))
    return found


def _gold(sizes: Sizes) -> list[tuple[str, list[Result], Result]]:
    """Return the gold events: name, articles, gold."""
    found = []
    for path in sorted((SHARED / "data" / "gold").glob("*/gold.json")):
        files = sorted((path.parent / "articles").glob("*.json"))
        found.append(
            (path.parent.name, [json.loads(f.read_text("utf-8")) for f in files], json.loads(path.read_text()))
        )
    return found[: sizes.events]


def _quotes(open_ring: Ring, sizes: Sizes) -> Result:
    """Score the quotes of accord and of textacy against gold, by the rules of the scorer."""
    scorer = _scorer()
    tallies = {who: {"gold": 0, "found": 0, "spans": 0, "speakers": 0, "refused": 0} for who in ("accord", "textacy")}
    for _, articles, gold in _gold(sizes):
        for who, tally in tallies.items():
            gave = open_ring.ask(who, "quotes", articles)["gave"]
            for article, found in zip(articles, gave, strict=True):
                tally["refused"] += found is None
                text = article["text"]
                kept = [q for q in found or () if len(scorer.fold(text[q[0] : q[1]])) >= 2]
                wanted = [q for q in gold["quotes"] if q["article"] == article["id"]]
                spans = [scorer.find(text, q["text"], q.get("nth", 0)) for q in wanted]

                def alike(span: tuple[int, int], quote: Sequence[Any]) -> float:
                    share = scorer.iou(span, (quote[0], quote[1]))
                    return share if share >= 0.8 else 0.0

                pairs = scorer.one_to_one(spans, kept, alike)
                tally["gold"] += len(wanted)
                tally["found"] += len(kept)
                tally["spans"] += len(pairs)
                tally["speakers"] += sum(scorer.same_name(wanted[i]["speaker"], kept[j][2]) for i, j in pairs)
    return tallies


@cache
def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit("there is no scorer beside the data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def grouping(sizes: Sizes, kept: Kept) -> Result:
    """Compare grouping with BERTopic, and HDBSCAN on vectors: time, and B-cubed against the gold stories."""
    sys.path.insert(0, str(ROOT / "eval"))
    from stories import SETS, bcubed

    tasks = {"accord": "grouping", "BERTopic": "bertopic", "MiniLM, HDBSCAN": "hdbscan"}
    with ring() as open_ring:
        warm: set[str] = set()

        def make(name: str, number: int) -> Result:
            pairs = read_set(name)[: sizes.most]
            rows, gold = [row for row, _ in pairs], [story for _, story in pairs]
            found: Result = {"articles": len(rows)}
            for who in _turned(tasks, number):
                if who not in warm:
                    open_ring.ask(who, tasks[who], [row for row, _ in read_set("neus_val")[:40]])
                    warm.add(who)
                answer = open_ring.ask(who, tasks[who], rows)
                labels = answer.pop("gave")
                found[who] = {**answer, **bcubed(labels, gold)}
            return found

        sets = {
            name: [kept.get(f"grouping-{name}-{n}", lambda s=name, n=n: make(s, n)) for n in range(sizes.rounds)]
            for name in SETS
        }
    return {"sets": sets}


THRESHOLDS = tuple(round(0.3 + 0.01 * n, 2) for n in range(66))


def alignment(sizes: Sizes, kept: Kept) -> Result:
    """Compare reconciling with the cosines of all pairs of sentences: time, and F1 of the pairs that tell one fact."""
    names = [name for name, _, _ in _gold(sizes)]
    with ring() as open_ring:
        warm: list[str] = []

        def make(name: str, number: int) -> Result:
            event = open_ring.ask("accord", "reports", name)["gave"]
            if not warm:
                open_ring.ask("accord", "aligned", name)
                open_ring.ask("MiniLM", "cosines", event["sentences"])
                warm.append(name)
            gold = set(map(tuple, event["gold"]))
            found: Result = {"gold": len(gold), "analysis": event["seconds"], "reports": len(event["sentences"])}
            found["sentences"] = sum(map(len, event["sentences"]))
            for who in _turned(("accord", "MiniLM"), number):
                if who == "accord":
                    answer = open_ring.ask(who, "aligned", name)
                    pairs = set(map(tuple, answer.pop("gave")))
                    found[who] = {**answer, "found": len(pairs), "hits": len(pairs & gold)}
                else:
                    answer = open_ring.ask(who, "cosines", event["sentences"])
                    scored = [((a, i, b, j), cosine) for a, i, b, j, cosine in answer.pop("gave")]
                    found[who] = {**answer, "counts": [_at(scored, gold, t) for t in THRESHOLDS]}
            return found

        events = {
            name: [kept.get(f"alignment-{name}-{n}", lambda e=name, n=n: make(e, n)) for n in range(sizes.rounds)]
            for name in names
        }
    return {"events": events}


def _at(scored: Sequence[tuple[tuple[int, ...], float]], gold: set[tuple[int, ...]], threshold: float) -> list[int]:
    """Return how many pairs are found at a threshold, and how many of them are gold."""
    found = {pair for pair, cosine in scored if cosine >= threshold}
    return [len(found), len(found & gold)]


PARTS: dict[str, Callable[[Sizes, Kept], Result]] = {
    "pipeline": pipeline,
    "analysis": analysis,
    "peers": peers,
    "grouping": grouping,
    "alignment": alignment,
    "growth": growth,
}
