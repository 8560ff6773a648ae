"""Brief every gold event and score the briefings.

    python eval/run.py [--set gold|gold-more|examples ...] [--floors] [--show] [--keep FOLDER]

Prints the scorer's table for each set. What is trained on gold is scored leave-one-event-out: the tables of weights
come from the other events (weights-held-out.json, written by train_weights.py and train_commitments.py), and the pair
encoder is trained on gold-more alone, so that the nine events of gold are unseen; for gold-more itself the same_fact
and disputed figures are therefore of a model that has seen the events, and are marked so. With --floors the scores are
held against floors.json (exit status 1 when one is missed); raising a floor is free, lowering one takes a reason.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from accord.pipeline import brief_analyses
from accord.reconcile import Tables
from accord.reconcile.disputes import DisputeWeights
from accord.reconcile.likeness import Weights
from accord.records import Analysis, Article
from accord.renderers.json import to_document
from events import ANALYZERS, ROOT, SETS, SHARED, Event, analyses_of, keep_scores, kept, load_events
from train_commitments import held_out as commitment_table
from train_commitments import recompute

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"


def held_out_weights(event: Event) -> Weights | None:
    """Return the pair weights that were trained without `event`; None (the shipped table) for events not trained on."""
    tables = _read("weights-held-out.json")
    return Weights(**tables[event.name]) if event.name in tables else None


def held_out(event: Event) -> Tables:
    """Return all tables that were trained without `event`."""
    disputes = _read("disputes-held-out.json")
    table = DisputeWeights(**disputes[event.name]) if event.name in disputes else None
    return Tables(held_out_weights(event), table)


@cache
def _read(name: str) -> dict[str, Any]:
    path = HERE / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def brief_event(event: Event) -> dict[str, Any]:
    """Return the briefing document of `event`."""
    pairs = zip(event.articles, analyses_of(event), strict=True)
    analyses = [_without_event(event, article, analysis) for article, analysis in pairs]
    return to_document(brief_analyses(event.articles, analyses, tables=held_out(event)))


def _without_event(event: Event, article: Article, analysis: Analysis) -> Analysis:
    """Return `analysis` with the commitments that a table trained without `event` finds."""
    weights = commitment_table(event.name)
    if weights is None:
        return analysis
    key = f"commitments {article!r} {weights!r}"
    found = kept(key, ANALYZERS, lambda: recompute(article, analysis, weights))
    return replace(analysis, commitments=found)


def score(folder: Path, briefings: Path, *, show: bool = False) -> dict[str, dict[str, float]]:
    """Return the scorer's rows by measure."""
    path = SHARED / "eval" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tallies = {measure: scorer.Tally() for measure in scorer.MEASURES}
    notes: list[str] = []
    for event in sorted(folder.glob("*/gold.json")):
        document = json.loads((briefings / f"{event.parent.name}.json").read_text(encoding="utf-8"))
        scorer.score_event(str(event.parent), document, tallies, notes)
    if show:
        print("\n".join(notes))
    return {name: tally.row() for name, tally in tallies.items()}


def run(name: str, *, show: bool, keep: Path | None) -> dict[str, dict[str, float]]:
    """Brief and score the events of one set."""
    with tempfile.TemporaryDirectory() as temporary:
        out = (keep or Path(temporary)) / name
        out.mkdir(parents=True, exist_ok=True)
        for event in load_events(SETS[name]):
            text = json.dumps(brief_event(event), ensure_ascii=False)
            (out / f"{event.name}.json").write_text(text, encoding="utf-8")
        return score(SETS[name], out, show=show)


def print_table(name: str, rows: dict[str, dict[str, float]], floors: dict[str, float]) -> list[str]:
    """Print the rows beside their floors; return what falls short."""
    print(f"\n{name:18} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6} {'floor':>6}")
    short = []
    for measure, row in rows.items():
        floor = floors.get(measure)
        mark = f"{floor:6.3f}" if floor is not None else ""
        if floor is not None and row["f1"] < floor:
            short.append(f"{name}: {measure} {row['f1']:.4f} is under its floor {floor}")
            mark += " SHORT"
        print(
            f"{measure:18} {row['p']:6.3f} {row['r']:6.3f} {row['f1']:6.3f} {row['gold']:6d} {row['found']:6d} {mark}"
        )
    return short


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    parser.add_argument("--floors", action="store_true", help="hold the scores against floors.json")
    parser.add_argument("--show", action="store_true", help="list every miss and false alarm")
    parser.add_argument("--keep", type=Path, help="keep the briefings in this folder")
    args = parser.parse_args()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    sets = args.set or (["gold"] if args.floors else ["gold", "gold-more"])
    if not (SHARED / "eval" / "score.py").exists():
        print(f"no gold beside {ROOT.name}: nothing to score", file=sys.stderr)
        return 0
    keep_scores()
    short = []
    for name in sets:
        short += print_table(name, run(name, show=args.show, keep=args.keep), floors.get(name, {}))
    if args.floors and short:
        print("\n".join(short), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
