"""Trains the weights of `accord.analyze.commitments` on the gold events, and scores them leave-one-event-out.

    python eval/train_commitments.py [--data ../shared/data] [--write]

A logistic model over the readable features of `commitment_features` and the numbers of `commitment_vectors`. The
printed scores leave each event out in turn: one-to-one matching of spans that share half of the shorter, as `score.py`
does. `--write` puts the weights of all events into `src/accord/models/commitments.json`, and those of each event left
out into `commitments-held-out.json`, for `held_out` and `recompute`. The fit is convex and nothing in it is random:
same data, same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from accord.analyze import figures, language, names, quotes, sentences, times
from accord.analyze.attributed import running_paragraphs
from accord.analyze.commitment_vectors import BLOCKS
from accord.analyze.commitments import (
    BIAS,
    THRESHOLD,
    Scored,
    Weights,
    checksum,
    choose,
    find_commitments,
    find_prospects,
    find_scored,
    packed,
    unpacked,
)
from accord.analyze.reading import Reading
from accord.models.attribution import attribute
from accord.records import Analysis, Article, Commitment

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "src" / "accord" / "models" / "commitments.json"
HELD_OUT = Path(__file__).resolve().parent / "commitments-held-out.json"
STRENGTH = 0.1
SCALES = (1.7, 1.7, 1.7, 1.5, 1.5, 1.5, 1.5)
SCALE = np.repeat(SCALES, BLOCKS)
LEAST = 3
CUT = 0.30
SMALL_WORDS = "the a an of in on for to at and or by with from its their his her mr mrs ms dr president"
SMALL = frozenset(SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sample:
    """The candidates of one article, and its gold commitments as (start, end, who)."""

    event: str
    scored: list[Scored]
    gold: list[tuple[int, int, str | None]]


def load(data: Path) -> Iterator[Sample]:
    """Yield a sample for each article of the gold events under `data`."""
    for path in sorted([*data.glob("gold/*/gold.json"), *data.glob("gold-more/*/gold.json")]):
        gold = json.loads(path.read_text(encoding="utf-8"))["commitments"]
        for file in sorted((path.parent / "articles").glob("*.json")):
            raw = json.loads(file.read_text(encoding="utf-8"))
            article = Article(
                raw["id"], raw["text"], raw["outlet"], title=raw.get("title"), published=raw.get("published")
            )
            split = sentences.find_sentences(article)
            reading = Reading(article, split, language.parse(article.text, split))
            when, known = times.find_times(reading), names.find_names(reading)
            said = quotes.find_quotes(reading, known, attribute(article.text, running_paragraphs(split)))
            scored = find_scored(
                reading, known, when, said, figures.find_figures(reading, when), find_prospects(reading)
            )
            mine = [
                (*place(article.text, entry["text"], entry.get("nth", 0)), entry["who"])
                for entry in gold
                if entry["article"] == article.id
            ]
            yield Sample(f"{path.parent.parent.name}/{path.parent.name}", scored, mine)


def place(text: str, needle: str, nth: int) -> tuple[int, int]:
    """Return the offsets of the nth occurrence of `needle`."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(needle, at + 1)
    return at, at + len(needle)


def covers(start: int, end: int, gold: tuple[int, int, str | None]) -> float:
    """Return the shared characters as a share of the shorter span."""
    return max(0, min(end, gold[1]) - max(start, gold[0])) / min(end - start, gold[1] - gold[0])


def labels(sample: Sample) -> list[bool]:
    """Return which candidates stand at a gold commitment: those that fit it well, and the one that fits it best."""
    marks = [False] * len(sample.scored)
    for gold in sample.gold:
        fits = {
            number: union(scored.start, scored.end, gold)
            for number, scored in enumerate(sample.scored)
            if covers(scored.start, scored.end, gold) >= 0.5
        }
        for number, share in fits.items():
            marks[number] |= share >= min(0.5, max(fits.values()))
    return marks


def union(start: int, end: int, gold: tuple[int, int, str | None]) -> float:
    """Return the shared characters as a share of both spans together."""
    shared = max(0, min(end, gold[1]) - max(start, gold[0]))
    return shared / ((end - start) + (gold[1] - gold[0]) - shared)


def fit(samples: list[Sample]) -> Weights:
    """Return the weights of features and numbers, with the bias and the threshold; rare features are left out."""
    rows = [scored for sample in samples for scored in sample.scored]
    good = [mark for sample in samples for mark in labels(sample)]
    counts = Counter(name for scored in rows for name in scored.features)
    columns = sorted(name for name, n in counts.items() if n >= LEAST)
    named = np.array([[name in scored.features for name in columns] for scored in rows], dtype=np.float64)
    matrix = np.hstack([named, np.array([scored.meaning for scored in rows]) * SCALE])
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(matrix, good)
    learned: NDArray[np.float64] = np.round(model.coef_[0], 4)
    table = {name: float(weight) for name, weight in zip(columns, learned, strict=False) if weight}
    vector = unpacked(packed(model.coef_[0][len(columns) :] * SCALE))
    return Weights({BIAS: round(float(model.intercept_[0]), 4), THRESHOLD: CUT, **dict(sorted(table.items()))}, vector)


def held_out(event: str) -> Weights | None:
    """Return the weights that were trained without `event` (its folder's name); None for events never trained on."""
    file = json.loads(HELD_OUT.read_text(encoding="utf-8")) if HELD_OUT.exists() else {"names": [], "events": {}}
    if event not in file["events"]:
        return None
    bias, row = file["events"][event]
    names, numbers = file["names"], unpacked(row)
    table = {name: round(weight, 4) for name, weight in zip(names, numbers.tolist(), strict=False) if weight}
    return Weights({BIAS: bias, **table}, numbers[len(names) :])


def recompute(article: Article, analysis: Analysis, weights: Weights | None) -> tuple[Commitment, ...]:
    """Return the commitments that `weights` find in an analysed article (its parse is made again)."""
    reading = Reading(article, analysis.sentences, language.parse(article.text, analysis.sentences))
    found = analysis.names, analysis.times, analysis.quotes, analysis.figures
    return find_commitments(reading, *found, weights=weights)


def keep_held_out(weights: dict[str, Weights]) -> None:
    """Write the weights of each event left out: the names of all features once, then one row of numbers an event."""
    names = sorted({name for each in weights.values() for name in each.table} - {BIAS})
    rows = {
        event: [each.table[BIAS], packed(np.concatenate([[each.table.get(name, 0.0) for name in names], each.vector]))]
        for event, each in sorted(weights.items())
    }
    HELD_OUT.write_text(
        json.dumps({"names": names, "events": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def ship(weights: Weights) -> None:
    """Write the weights that come with accord."""
    table = dict(sorted(weights.table.items()))
    file = {
        "about": "what accord.analyze.commitments judges by; made by eval/train_commitments.py",
        "sha256": checksum(table, packed(weights.vector)),
        "weights": table,
        "vector": packed(weights.vector),
    }
    MODEL.write_text(json.dumps(file, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def same_name(gold: str | None, found: str | None) -> bool:
    """Return whether two actors are one: equal, or the last word of one stands in the other."""
    if gold is None or found is None:
        return (gold or None) == (found or None)
    g, f = ([w for w in fold(text) if w not in SMALL] for text in (gold, found))
    return bool(g and f) and (g == f or g[-1] in f or f[-1] in g)


def fold(text: str) -> list[str]:
    """Return the lower-case words of `text` without accents and possessives."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b", "", plain.lower()))


def score(samples: list[Sample], weights: Weights) -> Counter[str]:
    """Return the counts gold, found, hit and who over `samples`."""
    tally: Counter[str] = Counter()
    for sample in samples:
        chosen = choose(sample.scored, weights)
        tally["gold"] += len(sample.gold)
        tally["found"] += len(chosen)
        taken: set[int] = set()
        for gold in sample.gold:
            best = max(
                ((covers(c.start, c.end, gold), i) for i, c in enumerate(chosen) if i not in taken), default=(0.0, -1)
            )
            if best[0] >= 0.5:
                taken.add(best[1])
                tally["hit"] += 1
                tally["who"] += same_name(gold[2], chosen[best[1]].who)
    return tally


def line(name: str, tally: Counter[str], key: str) -> str:
    """Return precision, recall and F1 of one measure."""
    precision, recall = tally[key] / max(1, tally["found"]), tally[key] / max(1, tally["gold"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name:28} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} gold {tally['gold']} found {tally['found']}"


def main() -> int:
    """Train, print the leave-one-event-out scores, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="write the weights of all events, and of each left out")
    options = parser.parse_args()
    samples = list(load(options.data))
    tallies: dict[str, Counter[str]] = {"gold": Counter(), "gold-more": Counter()}
    without: dict[str, Weights] = {}
    for event in sorted({sample.event for sample in samples}):
        weights = fit([sample for sample in samples if sample.event != event])
        folder, name = event.split("/")
        without[name] = weights
        tallies[folder] += score([sample for sample in samples if sample.event == event], weights)
    for name, tally in {**tallies, "all": sum(tallies.values(), Counter())}.items():
        print(line(f"{name} commitments", tally, "hit"))
        print(line(f"{name} commitments_who", tally, "who"))
    if options.write:
        keep_held_out(without)
        ship(fit(samples))
    return 0


if __name__ == "__main__":
    sys.exit(main())
