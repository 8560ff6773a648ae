"""Are articles grouped into the stories that people made of them? B-cubed and pairwise scores on four sets.

    python eval/stories.py [--floors] [--show SET] [--tune]

Each set is scored with the threshold that is best on the mean of the other sets (B-cubed F1), never on its own; the
shipped threshold is that of all sets. The encoder and the counts of terms were made without any of the four. ECB+ is
made of pairs of look-alike events: `apart` is the share of pairs of articles of two such events that are kept apart.
`stream` is the B-cubed F1 of the same
threshold where the articles come into a store in the order of their days, 64 at a time, as the watch adds them.
Beside it, in the same run: scikit-learn's TF-IDF with average linkage, its threshold chosen in the same way, and on the
set itself. Sketches are kept in build/cache.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from accord.cluster.grouping import Grouper, Measure, Sketch, pack, postings, sketch
from accord.parse import to_day
from accord.records import Analysis, Article
from accord.stores import open_store
from accord.stores.store import Arrival
from accord.upkeep.placing import place

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "stories"
CACHE = ROOT / "build" / "cache"
FLOORS = ROOT / "eval" / "stories-floors.json"
SETS = ("ecbplus", "news_cluster", "basil", "neus_val")
THRESHOLDS = tuple(round(0.6 + 0.01 * n, 2) for n in range(31))
Score = dict[str, float]


def read_set(name: str) -> tuple[list[Article], list[str]]:
    """Return the articles of a set and the story of each."""
    articles, stories = [], []
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            try:
                day = to_day((row.get("date") or "").replace(" : ", ":"))
            except ValueError:
                day = None
            articles.append(
                Article(
                    f"{len(articles)}:{row['id']}",
                    row["text"],
                    row.get("source") or name,
                    row.get("title") or None,
                    published=day,
                )
            )
            stories.append(row["story"])
    return articles, stories


@cache
def sketches_of(name: str) -> tuple[list[Sketch], list[str]]:
    """Return the sketches of a set, from build/cache where nothing that makes them has changed."""
    articles, stories = read_set(name)
    package = ROOT / "src" / "accord"
    made = [
        *sorted((package / "models" / "terms").iterdir()),
        package / "models" / "stories.py",
        package / "cluster" / "grouping" / "sketches.py",
        DATA / f"{name}.jsonl.gz",
        Path(__file__),
    ]
    key = hashlib.sha256(b"".join(path.read_bytes() for path in made)).hexdigest()[:16]
    kept = CACHE / f"sketches-{name}-{key}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes()), stories
    found = sketch(articles)
    CACHE.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(found))
    return found, stories


def bcubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Score:
    """Return precision, recall and F1 of B-cubed (Bagga and Baldwin, 1998)."""
    sizes, golds = Counter(found), Counter(gold)
    both = Counter(zip(found, gold, strict=True))
    precision = sum(n * n / sizes[f] for (f, _), n in both.items()) / len(gold)
    recall = sum(n * n / golds[g] for (_, g), n in both.items()) / len(gold)
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / (precision + recall)}


def pairwise(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Score:
    """Return precision, recall and F1 over pairs of articles."""

    def pairs(labels: Sequence[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    both, ours, theirs = pairs(list(zip(found, gold, strict=True))), pairs(found), pairs(gold)
    precision, recall = both / max(ours, 1), both / max(theirs, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"P": precision, "R": recall, "F1": f1, "hits": both, "found": ours, "gold": theirs}


def apart(found: Sequence[Hashable], gold: Sequence[str]) -> tuple[int, int]:
    """Return how many pairs of articles of two look-alike events are apart, and how many there are."""
    topics: dict[str, list[int]] = defaultdict(list)
    for number, story in enumerate(gold):
        topics[story.removesuffix("plus")].append(number)
    right = total = 0
    for members in topics.values():
        for at, a in enumerate(members):
            for b in members[:at]:
                if gold[a] != gold[b]:
                    total += 1
                    right += found[a] != found[b]
    return right, total


def grouped(sketches: Sequence[Sketch], measure: Measure) -> list[str]:
    """Return the id of each article's group."""
    grouper = Grouper(measure)
    grouper.add(sketches)
    of = {article: group.id for group in grouper.groups() for article in group.articles}
    return [of[item.article] for item in sketches]


def streamed(sketches: Sequence[Sketch], measure: Measure, batch: int = 64) -> list[str]:
    """Return the id of each article's story in a store that the articles come to a `batch` at a time, by their days."""
    in_order = sorted(sketches, key=lambda item: (item.day is None, item.day or 0))
    with closing(open_store("memory:")) as store:
        for at in range(0, len(in_order), batch):
            arrivals = [_arrival(item) for item in in_order[at : at + batch]]
            with store.transaction():
                place(store, store.keep(arrivals, "2024-01-01T00:00:00Z"), "2024-01-01T00:00:00Z", measure)
        of = {held.article.id: held.story or "" for held in store.each()}
    return [of[item.article] for item in sketches]


def _arrival(item: Sketch) -> Arrival:
    article = Article(item.article, "The text is not looked at.", "outlet")
    made = {"day": item.day, "postings": postings(item), "sketch": pack(item)}
    return Arrival(article, "eval", None, item.article, (), Analysis(item.article), "eval", **made)


def choose(scores: dict[str, list[float]], thresholds: Sequence[float], without: str | None) -> float:
    """Return the threshold with the best mean over the sets other than `without`, smoothed over five thresholds."""
    means = np.mean([values for name, values in scores.items() if name != without], axis=0)
    means = np.convolve(np.pad(means, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    best = np.flatnonzero(means >= means.max() - 1e-9)
    return thresholds[int(best[len(best) // 2])]


def ours(measure: Measure) -> tuple[dict[str, list[float]], Callable[[str, float], list[str]]]:
    """Return F1 per set and threshold, and a function from set and threshold to labels."""

    @cache
    def labels(name: str, threshold: float) -> list[str]:
        return grouped(sketches_of(name)[0], replace(measure, merge=threshold))

    scores = {n: [bcubed(labels(n, t), sketches_of(n)[1])["F1"] for t in THRESHOLDS] for n in SETS}
    return scores, labels


def baseline() -> dict[str, dict[str, float]]:
    """Return F1 per set of TF-IDF with average linkage, its threshold from the `others` and from its `own` set."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    thresholds = [round(0.5 + 0.02 * n, 2) for n in range(25)]
    scores = {}
    for name in SETS:
        articles, gold = read_set(name)
        texts = [f"{article.title or ''}\n{article.text}" for article in articles]
        rows = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
        distance = np.clip(1 - (rows @ rows.T).toarray(), 0, 1)
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform(distance, checks=False), "average")
        scores[name] = [bcubed(fcluster(tree, t, "distance").tolist(), gold)["F1"] for t in thresholds]
    return {
        name: {
            "others": values[thresholds.index(choose(scores, thresholds, name))],
            "own": max(values),
        }
        for name, values in scores.items()
    }


def show(name: str, found: Sequence[str], limit: int = 8) -> None:
    """Print what is mixed and what is split in a set."""
    articles, gold = read_set(name)
    members: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(found):
        members[group].append(number)
    for group in members.values():
        if len({gold[n] for n in group}) > 1:
            print(
                "mixed:", *(f"\n   {gold[n][:12]} {articles[n].published} {articles[n].title}" for n in group[:limit])
            )
    split: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (group, story) in enumerate(zip(found, gold, strict=True)):
        split[story][group].append(number)
    for story, parts in split.items():
        if len(parts) > 1:
            heads = (
                f"\n   {len(part)}: {articles[part[0]].published} {articles[part[0]].title}" for part in parts.values()
            )
            print(f"split: {story[:12]}", *heads)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--floors", action="store_true", help="only accord, against eval/stories-floors.json")
    parser.add_argument("--show", metavar="SET", help="print what is mixed and what is split")
    args = parser.parse_args()
    if not DATA.is_dir():
        print("eval/stories.py: there is no ../shared/data/stories; nothing is measured")
        return 0
    scores, labels = ours(Measure())
    tfidf = {} if args.floors else baseline()
    print(
        f"{'set':<13} {'B3 P':>6} {'R':>6} {'F1':>6}  stream  {'pairs P':>7} {'R':>6} {'F1':>6}  threshold"
        "  own best  TF-IDF: others / own"
    )
    results = {}
    for name in SETS:
        threshold = choose(scores, THRESHOLDS, name)
        found, gold = labels(name, threshold), sketches_of(name)[1]
        b, p = bcubed(found, gold), pairwise(found, gold)
        results[name] = b["F1"]
        stream = streamed(sketches_of(name)[0], replace(Measure(), merge=threshold))
        results[f"{name}_stream"] = bcubed(stream, gold)["F1"]
        beside = f"{tfidf[name]['others']:.3f} / {tfidf[name]['own']:.3f}" if tfidf else ""
        print(
            f"{name:<13} {b['P']:6.3f} {b['R']:6.3f} {b['F1']:6.3f}  {results[f'{name}_stream']:6.3f}"
            f"  {p['P']:7.3f} {p['R']:6.3f} {p['F1']:6.3f}"
            f"  {threshold:9.2f} {max(scores[name]):9.3f}  {beside}"
            f"  ({p['hits']} of {p['found']} found, {p['gold']} gold; {len(gold)} articles)"
        )
        if name == "ecbplus":
            right, total = apart(found, gold)
            results["ecbplus_apart"] = right / total
            print(f"{'':<13} look-alikes apart: {right} of {total} pairs = {right / total:.3f}")
        if args.show == name:
            show(name, found)
    print(f"the threshold of all sets: {choose(scores, THRESHOLDS, None):.2f}; shipped: {Measure().merge:.2f}")
    if not args.floors:
        return 0
    floors = json.loads(FLOORS.read_text("utf-8"))
    under = [f"{name} {results[name]:.3f} < {floor}" for name, floor in floors.items() if results[name] < floor]
    print("floors:", "; ".join(under) or "all met")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
