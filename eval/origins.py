"""Score the origins: real copies, light rewriting, independent reports of one event, and agencies.

    python eval/origins.py [--part real|rewritten|independent|agency|both ...] [--floors] [--list] [--seed N]

real         pairs of articles of ecbplus and news_cluster whose five-word shingles have a Jaccard similarity of .5 or
             more: is each pair in one group of `find_copies` over its whole set, and one origin of `find_origins`?
rewritten    articles of basil, news_cluster and polnear with a share of their sentences changed (eval/copies.py): are
             article and rewriting in one group of `find_copies` over all articles and rewritings of a kind?
independent  the three reports of each BASIL event: no two may be one origin.
agency       PolNeAR: is the agency that `wire` or `credit` names that of the article's origin, and is none claimed
             elsewhere? (A `credit` names one once: a hat tip to an agency, counted as if the text were the agency's.)
speed        articles a second and the growth exponent of `find_copies` over 2,000, 8,000 and 32,000 made articles:
             sentences drawn from the sets, one to eight rewritten copies of each text.
both         a sample of the pairs above with full analyses: does `find_origins` say the same as without?

Only `both` analyzes articles; without --part, all but `speed` and `both` are scored.
With --floors the scores are held against origins-floors.json (exit
status 1 when one is missed). Skipped where the data is not there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from accord.cluster import find_copies, find_origins
from accord.records import Article
from copies import KINDS, all_sentences, rewrite

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
FLOORS = ROOT / "eval" / "origins-floors.json"
PARTS = ("real", "rewritten", "independent", "agency", "speed", "both")
REWRITTEN_SETS = ("basil", "news_cluster", "polnear")
AGENCIES = {"AP": "Associated Press", "UPI": "UPI", "AFP": "AFP", "REUTERS": "Reuters"}
SHARES = (0.3, 0.5)
SHORTEST = 6

Pair = tuple[int, int]


@cache
def load(name: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of a set of stories, or PolNeAR's documents, each once."""
    if name != "polnear":
        with gzip.open(DATA / "stories" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            return tuple(json.loads(line) for line in lines)
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "polnear").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                rows.setdefault(row["id"], {**row, "rows": 0})["rows"] += 1
    return tuple(rows.values())


def articles_of(name: str) -> list[Article]:
    """Return the articles of a set."""
    return [
        Article(
            id=row["id"],
            text=row["text"],
            outlet=row.get("source") or row.get("publisher") or "",
            title=row.get("title"),
            published=(row.get("date") or "")[:10] or None,
        )
        for row in load(name)
    ]


def alike(articles: Sequence[Article], least: float = 0.5, words: int = 5) -> list[Pair]:
    """Return the pairs whose shingles of `words` lower-case words have at least this Jaccard similarity."""
    shingled = []
    for article in articles:
        row = re.findall(r"\w+", article.text.lower())
        shingled.append({tuple(row[i : i + words]) for i in range(len(row) - words + 1)})
    held: dict[tuple[str, ...], list[int]] = {}
    for number, shingles in enumerate(shingled):
        for shingle in shingles:
            held.setdefault(shingle, []).append(number)
    common = Counter(pair for numbers in held.values() if len(numbers) > 1 for pair in combinations(numbers, 2))
    size = [len(shingles) for shingles in shingled]
    return sorted((i, j) for (i, j), n in common.items() if n >= least * (size[i] + size[j] - n))


def pairs_in(groups: Iterable[Sequence[int]]) -> set[Pair]:
    """Return every pair of members of one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def one_origin(first: Article, second: Article, *analyses: Any) -> bool:
    """Tell whether two articles are one origin when read together."""
    return len(find_origins([first, second], analyses)) == 1


def real(listed: bool) -> dict[str, float]:
    """Score the real copies."""
    counts = Counter[str]()
    for name in ("ecbplus", "news_cluster"):
        articles, row = articles_of(name), load(name)
        wanted = set(alike(articles))
        found = pairs_in(find_copies(articles))
        stories = sum(row[i]["story"] != row[j]["story"] for i, j in found)
        together = {(i, j) for i, j in wanted if one_origin(articles[i], articles[j])}
        print(
            f"real         {name:13} {len(articles):5} articles, {len(wanted):3} pairs, found {len(wanted & found):3}, "
            f"as origins {len(together):3}; pairs of lower similarity {len(found - wanted):3}, of two stories {stories}"
        )
        for i, j in sorted(wanted if listed else wanted - (found & together)):
            state = "found" if (i, j) in found & together else "MISSED"
            print(f"             {state} {articles[i].id} {articles[j].id}")
        counts.update(wanted=len(wanted), found=len(wanted & found & together), crossing=stories)
    return {"real_recall": counts["found"] / counts["wanted"], "real_of_two_stories": counts["crossing"]}


def rewritten(seed: int, size: int, shares: Sequence[float] = SHARES) -> dict[str, float]:
    """Score the light rewriting, kind by kind."""
    pool = [a for name in REWRITTEN_SETS for a in articles_of(name)]
    rng = random.Random(seed)
    bases = rng.sample([n for n, a in enumerate(pool) if len(all_sentences(a.text)) >= SHORTEST], size)
    known = pairs_in(find_copies(pool))
    scores = {}
    print(f"rewritten    {size} of {len(pool)} articles of {', '.join(REWRITTEN_SETS)}; seed {seed}")
    print(
        f"             {'kind':13} {'changed':>7} {'pairs':>6} {'found':>6} {'recall':>7} {'false':>6} "
        f"{'precision':>9} {'F1':>6}"
    )
    for share in shares:
        total = Counter[str]()
        for kind in KINDS:
            made = [
                Article(
                    id=f"{pool[n].id}-{kind}",
                    text=rewrite(pool[n].text, kind, share, random.Random(f"{seed} {kind} {share} {pool[n].id}")),
                    outlet=f"{kind}.example",
                    published=pool[n].published,
                )
                for n in bases
            ]
            groups = find_copies([*pool, *made])
            found = pairs_in(groups)
            wanted = {(n, len(pool) + at) for at, n in enumerate(bases)}
            false = _false_pairs(found, known, bases, len(pool))
            row = Counter(pairs=len(wanted), found=len(wanted & found), false=false)
            total += row
            _print_row(kind, share, row)
            if share == SHARES[0]:
                scores[f"rewritten_{kind}"] = row["found"] / row["pairs"]
        _print_row("all", share, total)
        if share == SHARES[0]:
            scores |= {"rewritten_recall": total["found"] / total["pairs"], "rewritten_false": float(total["false"])}
    return scores


def _false_pairs(found: set[Pair], known: set[Pair], bases: Sequence[int], size: int) -> int:
    """Count the found pairs that join texts of different articles, those apart that are copies as they stand."""
    base = {size + at: n for at, n in enumerate(bases)}
    mapped = {tuple(sorted((base.get(i, i), base.get(j, j)))) for i, j in found}
    return sum(i != j and (i, j) not in known for i, j in mapped)


def _print_row(kind: str, share: float, row: Counter[str]) -> None:
    recall = row["found"] / row["pairs"]
    precision = row["found"] / max(row["found"] + row["false"], 1)
    score = 2 * precision * recall / max(precision + recall, 1e-9)
    print(
        f"             {kind:13} {share:7.0%} {row['pairs']:6} {row['found']:6} {recall:7.3f} {row['false']:6} "
        f"{precision:9.3f} {score:6.3f}"
    )


def triples() -> Iterator[tuple[Article, Article]]:
    """Yield the pairs of reports of one event in BASIL."""
    stories: dict[str, list[Article]] = {}
    for row, article in zip(load("basil"), articles_of("basil"), strict=True):
        stories.setdefault(row["story"], []).append(article)
    for story in stories.values():
        yield from combinations(story, 2)


def independent() -> dict[str, float]:
    """Count the pairs of independent reports that are taken for copies."""
    pairs = list(triples())
    merged = [(a, b) for a, b in pairs if one_origin(a, b)]
    found = pairs_in(find_copies(articles_of("basil")))
    print(
        f"independent  {len(pairs)} pairs of reports of one event, one origin {len(merged)}; "
        f"in the whole set {len(found)}"
    )
    for a, b in merged:
        print(f"             MERGED {a.id} ({a.outlet}) {b.id} ({b.outlet})")
    return {"independent_merged": float(len(merged) + len(found))}


def agency(listed: bool) -> dict[str, float]:
    """Score the agency of each PolNeAR article, in rows as they stand and in documents."""
    counts = Counter[str]()
    lines = []
    for row, article in zip(load("polnear"), articles_of("polnear"), strict=True):
        named = AGENCIES.get((row["wire"] or "").upper())
        tips = [agency for agency in AGENCIES.values() if agency in (row["credit"] or "")]
        if named is None and tips:
            named = tips[0]
        found = find_origins([article], [])[0].agency
        if named is None:
            counts.update(others=1, claimed=found is not None)
            state = f"CLAIMED {found}" if found else ""
        else:
            right = found == named
            counts.update(documents=1, right=right, rows=row["rows"], right_rows=row["rows"] * right)
            state = f"MISSED {named}, found {found}" if not right else f"found {named}" if listed else ""
        if state:
            lines.append(f"             {state}: {article.id}")
    print(
        f"agency       {counts['rows']} rows ({counts['documents']} articles) name an agency, right "
        f"{counts['right_rows']} ({counts['right']}), {counts['right_rows'] / counts['rows']:.3f}; "
        f"{counts['others']} articles name none, claimed {counts['claimed']}"
    )
    print("\n".join(lines))
    return {"agency": counts["right_rows"] / counts["rows"], "agency_claimed": float(counts["claimed"])}


def both(size: int, seed: int) -> dict[str, float]:
    """Compare `find_origins` with and without analyses on a sample of pairs, half of them copies."""
    from accord.analyze import analyze

    rng = random.Random(seed)
    articles = articles_of("news_cluster")
    pairs = [(articles[i], articles[j]) for i, j in rng.sample(alike(articles), size // 2)]
    pairs += rng.sample(list(triples()), size - size // 2)
    same = 0
    for a, b in pairs:
        with_analyses = find_origins([a, b], [analyze(a), analyze(b)])
        without = find_origins([a, b], [])
        agree = [(o.articles, o.agency) for o in with_analyses] == [(o.articles, o.agency) for o in without]
        same += agree
        if not agree:
            print(f"             differ {a.id} {b.id}: {[o.why for o in with_analyses]} / {[o.why for o in without]}")
    print(f"both         {len(pairs)} pairs with and without analyses: the same origins and agencies in {same}")
    return {}


def made(size: int, seed: int) -> tuple[list[Article], list[int]]:
    """Return `size` articles of sentences drawn from the sets, and the number of the text that each carries."""
    rng = random.Random(seed)
    rows = [a.text for name in ("basil", "news_cluster", "ecbplus") for a in articles_of(name)]
    pool = [sentence for text in rows for sentence in all_sentences(text) if len(sentence.split()) > SHORTEST]
    articles: list[Article] = []
    texts: list[int] = []
    while len(articles) < size:
        text = "\n".join(rng.sample(pool, rng.randint(8, 28)))
        number = texts[-1] + 1 if texts else 0
        for copy in range(rng.choice((1, 1, 1, 2, 3, 8))):
            told = rewrite(text, rng.choice(KINDS), SHARES[0], rng) if copy else text
            day = f"2031-01-{number % 28 + 1:02}"
            articles.append(Article(str(len(articles)), told, f"{len(articles) % 300}.example", published=day))
            texts.append(number)
    return articles[:size], texts[:size]


def speed(seed: int, sizes: Sequence[int] = (2_000, 8_000, 32_000)) -> dict[str, float]:
    """Time `find_copies`, in seconds of processor time, and print what it found."""
    times = []
    for size in sizes:
        articles, texts = made(size, seed)
        start = time.process_time()
        groups = find_copies(articles)
        times.append(time.process_time() - start)
        wanted = sum(n * (n - 1) // 2 for n in Counter(texts).values())
        found = sum(n * (n - 1) // 2 for group in groups for n in Counter(texts[i] for i in group).values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"speed        {size:6} articles {times[-1]:6.1f} s {size / times[-1]:6.0f} a second; "
            f"pairs {wanted}, found {found} ({found / wanted:.3f}); peak {peak:.0f} MB of the process"
        )
    exponent = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
    print(f"speed        growth exponent {exponent:.2f}")
    return {}


def failures(scores: dict[str, float], floors: dict[str, dict[str, float]]) -> list[str]:
    """Return what misses its floor (`least`) or its ceiling (`most`)."""
    low = [f"{k} {scores[k]:.3f} is under {v}" for k, v in floors["least"].items() if k in scores and scores[k] < v]
    return low + [f"{k} {scores[k]:g} is over {v}" for k, v in floors["most"].items() if k in scores and scores[k] > v]


def main() -> int:
    """Score what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS[:4])
    parser.add_argument("--floors", action="store_true", help="hold the scores against origins-floors.json")
    parser.add_argument("--list", action="store_true", help="list every real copy and every agency")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=None, help="rewritten articles a kind (300; with --floors 60)")
    args = parser.parse_args()
    if not DATA.is_dir():
        print(f"no data in {DATA.name}: nothing scored")
        return 0
    scores: dict[str, float] = {}
    if "real" in args.part:
        scores |= real(args.list)
    if "rewritten" in args.part:
        scores |= rewritten(args.seed, args.size or (60 if args.floors else 300), SHARES[: 1 if args.floors else 2])
    if "independent" in args.part:
        scores |= independent()
    if "agency" in args.part:
        scores |= agency(args.list)
    if "speed" in args.part:
        speed(args.seed)
    if "both" in args.part:
        both(args.size or 20, args.seed)
    missed = failures(scores, json.loads(FLOORS.read_text(encoding="utf-8"))) if args.floors else []
    print("".join(f"MISSED: {line}\n" for line in missed), end="")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
