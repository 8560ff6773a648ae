"""Train the table of weights of the pair model, and say what it is worth on events that it has not seen.

    python eval/train_weights.py [--set gold] [--write]

Positive: two clauses that touch the evidence of one gold fact in two articles. The pair encoder must not have seen the
events (it is trained on gold-more: see train_pairs.py). Logistic regression, seeded; features standardised for training
and the scale folded into the weights, so that the table reads in the features' own units. Figures are
leave-one-event-out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from accord.reconcile.claims import find_claims
from accord.reconcile.features import FEATURES, describe
from accord.reconcile.likeness import TABLE, Weights, build_corpus, read_pairs
from accord.reconcile.names import link_names
from events import SETS, Event, analyses_of, keep_scores, load_events


def touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """At least half of the shorter span is shared."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) * 2 >= min(a[1] - a[0], b[1] - b[0]) > 0


def table_of(event: Event):
    """Return (claims, pairings, features, labels) of one event."""
    analyses = analyses_of(event)
    _, linked = link_names(analyses)
    claims = find_claims(analyses, linked)
    corpus = build_corpus(claims, threads=2)
    pairings = read_pairs(corpus)
    features = describe(corpus, pairings)
    gold = [[(e, s) for e, s in fact.evidence] for fact in event.facts()]
    labels = [_same(corpus.claims[p.a], corpus.claims[p.b], gold) for p in pairings]
    return corpus.claims, pairings, features, np.array(labels, dtype=bool)


def _same(a, b, gold) -> bool:
    for evidence in gold:
        in_a = any(article == a.article and touch(span, (a.start, a.end)) for article, span in evidence)
        if in_a and any(article == b.article and touch(span, (b.start, b.end)) for article, span in evidence):
            return True
    return False


def fit(tables) -> Weights:
    """Return the weights that fit `tables`, each (claims, pairings, features, labels)."""
    x = np.vstack([table[2] for table in tables])
    y = np.concatenate([table[3] for table in tables])
    scale = x.std(axis=0) + 1e-9
    mean = x.mean(axis=0)
    model = LogisticRegression(C=0.3, max_iter=3000).fit((x - mean) / scale, y)
    weights = model.coef_[0] / scale
    return Weights(float(model.intercept_[0] - weights @ mean), dict(zip(FEATURES, map(float, weights), strict=True)))


def leave_one_out(tables: dict) -> dict[str, Weights]:
    """Return, for each event, the weights that the other events give."""
    return {name: fit([table for other, table in tables.items() if other != name]) for name in tables}


def best_f1(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Return the best F1 over all thresholds, and that threshold."""
    order = np.argsort(-scores)
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + labels.sum())
    best = int(f1.argmax())
    return float(f1[best]), float(scores[order][best])


def predict(table, weights: Weights) -> np.ndarray:
    """Return the probabilities of a table's pairings."""
    return 1 / (1 + np.exp(-(table[2] @ np.array([weights.weights[f] for f in FEATURES]) + weights.bias)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="gold")
    parser.add_argument("--write", action="store_true", help="write the table that accord uses")
    args = parser.parse_args()
    keep_scores()
    tables = {event.name: table_of(event) for event in load_events(SETS[args.set])}
    held = leave_one_out(tables)
    scores = np.concatenate([predict(tables[name], held[name]) for name in tables])
    labels = np.concatenate([tables[name][3] for name in tables])
    f1, threshold = best_f1(scores, labels)
    print(f"{len(tables)} events, {len(labels)} clause pairs, {labels.sum()} of one fact")
    print(f"leave-one-event-out: best F1 {f1:.3f} at {threshold:.2f}")
    for number, feature in ((0, "pieces of the poorer clause met"), (8, "sentence cosine")):
        alone = np.concatenate([tables[name][2][:, number] for name in tables])
        print(f"  {feature} alone: {best_f1(alone, labels)[0]:.3f}")
    weights = fit(list(tables.values()))
    for feature, weight in weights.weights.items():
        print(f"  {weight:+8.3f}  {feature}")
    if args.write:
        Path(TABLE).write_text(
            json.dumps({"bias": weights.bias, "weights": weights.weights}, indent=1) + "\n", encoding="utf-8"
        )
        held_out = {name: {"bias": w.bias, "weights": dict(w.weights)} for name, w in held.items()}
        (Path(__file__).parent / "weights-held-out.json").write_text(json.dumps(held_out) + "\n", encoding="utf-8")
        print(f"written: {TABLE.name}, weights-held-out.json")


if __name__ == "__main__":
    main()
