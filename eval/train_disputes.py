"""Train the table of weights that tells disputes from mere differences, and say what it is worth on unseen events.

    python eval/train_disputes.py [--write] [--changes 250] [--seed 11]

Positive: two claims whose fields cannot both hold and that touch a gold conflict between reports, or that touch a fact
of which one side was changed (eval/mutation, another seed than `make eval-mutations`). Negative: every other
incompatible comparison. Logistic regression; figures are leave-one-event-out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from accord.analyze import analyze
from accord.reconcile.claims import find_claims
from accord.reconcile.compare import Context
from accord.reconcile.disputes import FEATURES, TABLE, find_clashes
from accord.reconcile.likeness import likeness
from accord.reconcile.names import link_names
from events import ANALYZERS, SETS, Event, keep_scores, kept, load_events
from mutation import choose, events_in, mutations
from run import held_out_weights


@dataclass(frozen=True)
class Row:
    """One incompatible comparison: event, what it should be, the gold conflict or change it is of, features."""

    event: str
    label: bool
    belongs: str | None
    features: tuple[float, ...]
    said: str = ""


def differences(articles, event: Event):
    """Yield (claim a, claim b, comparison, features) for every incompatible comparison of likely pairs."""
    analyses = [kept(f"analysis {a!r}", ANALYZERS, lambda a=a: analyze(a)) for a in articles]
    names, linked = link_names(analyses)
    claims = find_claims(analyses, linked)
    found = likeness(claims, threads=2, weights=held_out_weights(event))
    by_article = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    context = Context({name.id: name for name in names}, {key: tuple(value) for key, value in by_article.items()})
    for clash in find_clashes(found, context, threads=2):
        yield claims[clash.a], claims[clash.b], clash.comparison, clash.features


def touch(claim, place) -> bool:
    article, (start, end) = place
    shared = min(claim.end, end) - max(claim.start, start)
    return claim.article == article and shared * 2 >= min(claim.end - claim.start, end - start) > 0


def gold_rows(event: Event):
    """Yield the rows of the event as it is."""
    conflicts = [
        f for f in event.facts() if f.entry["verdict"] == "conflict" and f.entry["conflict"]["between"] == "reports"
    ]
    for a, b, comparison, features in differences(event.articles, event):
        hit = [
            f.entry["id"]
            for f in conflicts
            if any(touch(a, e) for e in f.evidence) and any(touch(b, e) for e in f.evidence)
        ]
        said = f"{comparison.field}: {comparison.a} | {comparison.b} || {a.text[:90]} || {b.text[:90]}"
        yield Row(event.name, bool(hit), hit[0] if hit else None, tuple(features.values()), said)


def mutation_rows(event: Event, chosen):
    """Yield, for each change, the rows that rest on it."""
    articles = {article.id: article for article in event.articles}
    for number, m in enumerate(chosen):
        changed = dict(articles)
        changed[m.article] = replace(articles[m.article], text=m.text, title=m.title)
        target = (m.article, (m.evidence.start, m.evidence.end))
        others = [(e.article, (e.start, e.end)) for e in m.others]
        for a, b, _, features in differences(list(changed.values()), event):
            for x, y in ((a, b), (b, a)):
                if touch(x, target) and any(touch(y, other) for other in others):
                    said = f"{m.kind} {m.old!r} -> {m.new!r}"
                    yield Row(
                        event.name, True, f"change {event.name} {number} {m.kind}", tuple(features.values()), said
                    )


def fit(rows: list[Row]) -> LogisticRegression:
    """Return the model of `rows`; a gold conflict counts as three changes, an event's other differences as two."""
    x = np.array([row.features for row in rows])
    y = np.array([row.label for row in rows])
    weight = [1.0 if (row.belongs or "").startswith("change") else 3.0 if row.label else 2.0 for row in rows]
    return LogisticRegression(C=0.5, max_iter=5000).fit(x, y, sample_weight=weight)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--changes", type=int, default=250)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threshold", type=float, default=0.55)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    keep_scores()
    chance = random.Random(args.seed)
    pool = [m for event in events_in(SETS["gold"]) for m in mutations(event, chance)]
    chosen = choose(pool, args.changes, chance)
    rows: list[Row] = []
    for event in load_events(SETS["gold"]):
        rows += gold_rows(event)
        rows += mutation_rows(event, [m for m in chosen if m.event == event.name])
    scores = np.zeros(len(rows))
    held = {}
    for name in sorted({row.event for row in rows}):
        model = fit([row for row in rows if row.event != name])
        held[name] = model
        mine = [i for i, row in enumerate(rows) if row.event == name]
        scores[mine] = model.predict_proba(np.array([rows[i].features for i in mine]))[:, 1]
    print(f"{len(rows)} comparisons; {len(chosen)} changes")
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        passed = [row for row, score in zip(rows, scores, strict=True) if score >= threshold]
        changes = {row.belongs for row in passed if row.belongs and row.belongs.startswith("change")}
        by_kind = {k: sum(c.endswith(k) for c in changes) for k in ("number", "date", "place", "actor", "negation")}
        gold = {(row.event, row.belongs) for row in passed if row.label and not row.belongs.startswith("change")}
        false = sum(not row.label for row in passed)
        print(f"  at {threshold:.1f}: changes {len(changes)} {by_kind}, gold {len(gold)}, false comparisons {false}")
    if args.show:
        for score, row in sorted(
            ((s, r) for s, r in zip(scores, rows, strict=True) if not (r.belongs or "").startswith("change")),
            key=lambda x: -x[0],
        )[:70]:
            print(f"{score:.2f} {row.event} {row.belongs} {row.said}")
    model = fit(rows)
    for feature, weight in zip(FEATURES, model.coef_[0], strict=True):
        print(f"  {weight:+7.3f}  {feature}")
    if args.write:

        def table(m: LogisticRegression) -> dict[str, object]:
            weights = dict(zip(FEATURES, map(float, m.coef_[0]), strict=True))
            return {"bias": float(m.intercept_[0]), "weights": weights, "threshold": args.threshold}

        Path(TABLE).write_text(json.dumps(table(model), indent=1) + "\n", encoding="utf-8")
        path = Path(__file__).parent / "disputes-held-out.json"
        path.write_text(json.dumps({name: table(m) for name, m in held.items()}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
