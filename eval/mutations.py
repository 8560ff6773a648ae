"""The mutation check: how many changes to one report's side of an agreed fact turn into a dispute on that very fact.

    python eval/mutations.py [--set gold|gold-more|examples | --gold FOLDER] [--seed N] [--changes N] [--show] [--list]

For every change the event is briefed twice, as it is and with the one article changed. The change is *detected* when a
finding disputed between reports touches the changed evidence and another article's evidence of the same fact, and no
disputed finding did so before. A disputed finding that is neither on that fact nor in the original briefing is *new
elsewhere*, unless it rests on the change itself: it holds an edited place and another article's evidence that still
states what was changed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from events import ANALYZERS, SETS, keep_scores, kept
from mutation import KINDS, Event, Evidence, Mutation, choose, events_in, mutations
from mutation.numbers import numbers_in

if TYPE_CHECKING:
    from accord.records import Article, Briefing, Finding

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Outcome:
    """What became of one change: whether it was detected, and the gists of new disputes elsewhere."""

    mutation: Mutation
    detected: bool
    elsewhere: tuple[str, ...]


def articles_of(event: Event, mutation: Mutation | None = None) -> list[Article]:
    """Return the articles of `event`, one of them changed by `mutation`."""
    found = dict(event.articles)
    if mutation is not None:
        found[mutation.article] = replace(found[mutation.article], text=mutation.text, title=mutation.title)
    return list(found.values())


def brief(event: Event, articles: Sequence[Article]) -> Briefing:
    """Brief `articles` with weights that were trained without `event`; analyses are kept while the analyzers stand."""
    from accord.analyze import analyze
    from accord.pipeline import brief_analyses
    from run import held_out

    analyses = [kept(f"analysis {a!r}", ANALYZERS, lambda a=a: analyze(a)) for a in articles]
    return brief_analyses(articles, analyses, tables=held_out(event))


def judge(mutation: Mutation, before: Briefing, after: Briefing) -> Outcome:
    """Compare the briefing of the original articles with that of the changed ones."""
    old = [_places(finding, mutation) for finding in _disputed(before)]
    detected, elsewhere = False, []
    others = [(e.article, e.start, e.end) for e in mutation.others]
    target = (mutation.article, mutation.evidence.start, mutation.evidence.end)
    known = any(_touches_any(target, places) and any(_touches_any(o, places) for o in others) for places in old)
    for finding in _disputed(after):
        places = [(c.article, c.start, c.end) for c in finding.evidence]
        if _touches_any(target, places) and any(_touches_any(other, places) for other in others):
            detected = detected or (finding.between == "reports" and not known)
        elif not any(_same(places, row) for row in old) and not _rests_on(mutation, finding):
            elsewhere.append(f"{finding.between}: {finding.gist}")
    return Outcome(mutation, detected, tuple(elsewhere))


def _disputed(briefing: Briefing) -> list[Finding]:
    return [finding for finding in briefing.findings if finding.verdict == "disputed"]


def _places(finding: Finding, mutation: Mutation) -> list[Place]:
    """Return the evidence of a finding of the original briefing as it stands after the change."""
    return [
        (c.article, mutation.after(c.start), mutation.after(c.end))
        if c.article == mutation.article
        else (c.article, c.start, c.end)
        for c in finding.evidence
    ]


def _touches(a: Place, b: Place) -> bool:
    """Tell whether two places overlap by half of the shorter one."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and shared > 0 and shared >= 0.5 * min(a[2] - a[1], b[2] - b[1])


def _touches_any(place: Place, places: Iterable[Place]) -> bool:
    return any(_touches(place, other) for other in places)


def _same(places: Sequence[Place], others: Sequence[Place]) -> bool:
    """Tell whether two findings rest on the same two pieces of evidence at least."""
    return sum(_touches_any(place, others) for place in places) >= 2


def _rests_on(mutation: Mutation, finding: Finding) -> bool:
    """Tell whether a dispute follows from the change: one side holds an edit, another's side what it replaced."""
    edited = [(mutation.after(start), mutation.after(end)) for start, end, _ in mutation.edits]
    holds = any(
        c.article == mutation.article and any(c.start < end and start < c.end for start, end in edited)
        for c in finding.evidence
    )
    return holds and any(c.article != mutation.article and _states_old(mutation, c.text) for c in finding.evidence)


def _states_old(mutation: Mutation, text: str) -> bool:
    """Tell whether `text` has what was changed; a denial contradicts whatever stands against it."""
    if mutation.kind == "number":
        return bool({n.value for n in numbers_in(text)} & {n.value for n in numbers_in(mutation.old)})
    return mutation.kind == "negation" or mutation.old.split()[-1].lower() in text.lower()


def run(events: Sequence[Event], chosen: Sequence[Mutation]) -> list[Outcome]:
    """Brief every event once as it is and once for each change."""
    keep_scores()
    outcomes = []
    for event in events:
        mine = [mutation for mutation in chosen if mutation.event == event.name]
        if not mine:
            continue
        before = brief(event, articles_of(event))
        outcomes += [judge(mutation, before, brief(event, articles_of(event, mutation))) for mutation in mine]
    return outcomes


def table(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return a row of counts for each kind and one for all."""
    rows = []
    for kind in (*KINDS, "all"):
        mine = [o for o in outcomes if kind in ("all", o.mutation.kind)]
        hits = sum(o.detected for o in mine)
        new = sum(len(o.elsewhere) for o in mine)
        count = max(len(mine), 1)
        rows.append(
            {"kind": kind, "changes": len(mine), "detected": hits, "share": hits / count, "elsewhere": new / count}
        )
    return rows


def describe(mutation: Mutation) -> str:
    """Return a change as lines to read: what it replaced, the evidence now, and what the others say."""
    head = f"{mutation.event} {mutation.fact} {mutation.kind} {mutation.article}: {mutation.old!r} -> {mutation.new!r}"
    lines = [head, f"    {_line(mutation.evidence)}", *(f"  ~ {_line(other)}" for other in mutation.others)]
    return "\n".join(lines)


def _line(evidence: Evidence) -> str:
    return f"{evidence.article}: {' '.join(evidence.text.split())}"


def main() -> int:
    """Run the check and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="gold", choices=sorted(SETS))
    parser.add_argument("--gold", type=Path, help="another folder of gold events")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changes", type=int, default=90, help="how many changes to make (default 90)")
    parser.add_argument("--show", action="store_true", help="list each change with what became of it")
    parser.add_argument("--list", action="store_true", help="only list the changes")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    args = parser.parse_args()
    events = list(events_in(args.gold or SETS[args.set]))
    pool = [m for event in events for m in mutations(event, random.Random(f"{args.seed} {event.name}"))]
    chosen = choose(pool, args.changes, random.Random(args.seed))
    if args.list:
        print(json.dumps([asdict(m) for m in chosen], indent=1) if args.json else "\n".join(map(describe, chosen)))
        return 0
    outcomes = run(events, chosen)
    rows = table(outcomes)
    if args.json:
        print(json.dumps({"seed": args.seed, "table": rows, "outcomes": [asdict(o) for o in outcomes]}, indent=1))
        return 0
    if args.show:
        for outcome in outcomes:
            print(f"{'found ' if outcome.detected else 'MISSED'} {describe(outcome.mutation)}")
            print("".join(f"  + elsewhere, {gist}\n" for gist in outcome.elsewhere), end="")
    print(f"{'kind':10} {'changes':>8} {'detected':>9} {'share':>7} {'new elsewhere per change':>25}")
    for row in rows:
        print(f"{row['kind']:10} {row['changes']:8} {row['detected']:9} {row['share']:7.3f} {row['elsewhere']:25.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
