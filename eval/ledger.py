"""Does the ledger follow commitments? Merging, status, amounts and due dates against our own gold.

    python eval/ledger.py [--set dev|held|all|nine|more ...] [--floors] [--list dev|held|nine] [--order]

`dev` and `held` are the halves of eval/ledger (its README says how it was made and what the words mean), `all` both
thrown together, `nine` the gold events of ../shared/data/gold thrown together, `more` those of gold-more. All reports
of a set go into a new store in memory the way a user's do (`upkeep.add`), so that grouping, reconciling and the ledger
all count; "nine given" gives the ledger gold's commitments instead of those that the analysis finds, so that merging
alone is measured. `--order` also adds the reports day by day, and says how many entries come out otherwise.

A line of the ledger stands for the gold mention that it overlaps best, one to one, with a third of the shorter one as
the least. The figure for MERGING is the pairwise F1 over ALL gold mentions: of all pairs of mentions of one commitment,
how many stand in one entry, and of all pairs of mentions in one entry, how many are of one commitment. A mention
without a line is in no entry, so all its pairs are missed: what a reader wants is all that was said of a promise in one
place, and does not care whether a line is missing because it was not found or because it was put elsewhere. A figure
over the mentions found alone would rise by finding fewer; it is printed beside, to tell finding from merging. So is the
figure by report, in which all that one report says of one commitment counts once, however often it says so. B-cubed
(also over all mentions, 0 for what was missed) counts the commitments mentioned once too, which pairs do not; it is
printed beside, and is not the figure because a ledger that merges nothing gets much of it for free. Lines that stand
for no mention count in the precision of `lines`, not in merging; how many of them sit in an entry that holds gold is
printed as `joined`.

STATUS is right where the entry that holds most of a commitment's mentions has gold's status on the day gold asks; a
commitment without an entry is wrong. With --floors the figures are held against eval/ledger-floors.json (exit status 1
when one is missed): what is wanted at `least`, what is allowed at `most`; only the sets it names are run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import import_module
from itertools import combinations, groupby
from pathlib import Path
from typing import Any

from accord.ledger import as_of
from accord.records import Analysis, Article, Commitment, LedgerEntry
from accord.stores import open_store
from accord.upkeep import add
from events import ANALYZERS, ROOT, SETS, Event, keep_scores, kept, load_events, locate
from ledger_scores import Line, Mention, Sheet, score, stands_for

HERE = Path(__file__).parent
GOLD = HERE / "ledger"
FLOORS = HERE / "ledger-floors.json"
HALVES = {"dev": ("dev",), "held": ("held",), "all": ("dev", "held")}
THROWN = {"nine": "gold", "nine given": "gold", "more": "gold-more", "more given": "gold-more"}
STATUSES = ("open", "reported done", "reported partly done", "changed", "withdrawn", "disputed", "overdue")


GIVEN: dict[str, list[Commitment]] = {}
"""Gold commitments, by article, that take the place of those that the analysis finds."""


@dataclass
class Gold:
    """The gold of some sequences: their reports (path by article name), commitments by name, mentions, days asked."""

    paths: dict[str, Path] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    commitments: dict[str, dict[str, Any]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    today: dict[str, date] = field(default_factory=dict)


def load_gold(folders: Iterable[Path]) -> Gold:
    """Return the gold of the sequences in `folders`; articles are named sequence/stem, commitments sequence/id."""
    gold = Gold()
    for path in sorted(found for folder in folders for found in folder.glob("*/gold.json")):
        sequence = path.parent.name
        entry = json.loads(path.read_text("utf-8"))
        for report in sorted(path.parent.glob("*.json")):
            if report != path:
                article = json.loads(report.read_text("utf-8"))
                name = f"{sequence}/{report.stem}"
                gold.paths[name], gold.texts[name], gold.days[name] = report, article["text"], article["published"]
        for commitment in entry["commitments"]:
            name = f"{sequence}/{commitment['id']}"
            gold.commitments[name] = commitment
            gold.today[name] = date.fromisoformat(entry["today"])
            for mention in commitment["mentions"]:
                article = f"{sequence}/{mention['article']}"
                start, end = locate(gold.texts[article], mention)
                gold.mentions.append(Mention(name, article, start, end, mention["says"], mention["text"]))
    return gold


def ledger_of(batches: Sequence[Sequence[Path]]) -> tuple[list[LedgerEntry], dict[str, str]]:
    """Return the entries of a new store that `batches` of reports were added to, and the path of each article's id."""
    keep_analyses()
    with closing(open_store("memory:")) as store:
        for batch in batches:
            added = add([str(path) for path in batch], store)
            if added.rejected:
                raise SystemExit(f"left out: {store.rejects()}")
        return list(store.ledger()), {item.article.id: item.what for item in store.each()}


@cache
def keep_analyses() -> None:
    """Keep analyses, and what the models answer, in build/cache."""
    module = import_module("accord.analyze")
    digest = hashlib.sha256()
    for part in ANALYZERS:
        source = ROOT / "src" / "accord" / part
        for path in sorted(source.rglob("*.py")) if source.is_dir() else [source]:
            digest.update(path.read_bytes())
    made, analyze = digest.hexdigest(), module.analyze

    def kept_analysis(article: Article, *options: Any, **named: Any) -> Analysis:
        analysis: Analysis = kept(
            f"ledger {made} {article!r} {options!r} {named!r}", [], lambda: analyze(article, *options, **named)
        )
        return analysis

    def with_given(article: Article, *options: Any, **named: Any) -> Analysis:
        analysis = kept_analysis(article, *options, **named)
        given = GIVEN.get(article.id)
        return analysis if given is None else replace(analysis, commitments=tuple(given))

    module.analyze = with_given  # type: ignore[attr-defined]
    keep_scores()


def lines_in(entries: Iterable[LedgerEntry], names: dict[str, str]) -> list[Line]:
    """Return the lines of `entries`, their articles by the names that gold uses."""
    return [
        Line(entry.id, names[line.article], line.start, line.end, line.says, line.text)
        for entry in entries
        for line in entry.lines
    ]


def measure(name: str, *, order: bool = False) -> tuple[Sheet, str]:
    """Score a half of the gold; the second value says how the order in which reports come matters."""
    gold = load_gold(GOLD / half for half in HALVES[name])
    by_path = {str(path): article for article, path in gold.paths.items()}
    entries, whats = ledger_of([[*gold.paths.values()]])
    names = {article: by_path[what] for article, what in whats.items()}
    by_id = {entry.id: entry for entry in entries}
    asked = _AsOf(by_id, gold.today)
    sheet = score(gold.commitments, gold.mentions, lines_in(entries, names), asked)
    return sheet, compare_orders(gold, entries, whats) if order else ""


class _AsOf(dict[tuple[str, str], LedgerEntry]):
    """An entry as of the day on which a commitment's status is asked."""

    def __init__(self, entries: dict[str, LedgerEntry], today: dict[str, date]) -> None:
        super().__init__()
        self._entries, self._today = entries, today

    def __missing__(self, key: tuple[str, str]) -> LedgerEntry:
        entry, commitment = key
        return self.setdefault(key, as_of(self._entries[entry], self._today[commitment]))


def compare_orders(gold: Gold, entries: Sequence[LedgerEntry], whats: dict[str, str]) -> str:
    """Add the reports once more, day by day, and say how many entries are not as when all come at once."""
    paths = sorted(gold.paths, key=lambda article: (gold.days[article], article))
    days = [[gold.paths[name] for name in day] for _, day in groupby(paths, key=lambda name: gold.days[name])]
    again, others = ledger_of(days)

    def shapes(found: Iterable[LedgerEntry], where: dict[str, str]) -> set[Any]:
        return {
            (
                entry.status,
                entry.amount,
                entry.due_date,
                frozenset((where[x.article], x.start, x.end) for x in entry.lines),
            )
            for entry in found
        }

    at_once, by_day = shapes(entries, whats), shapes(again, others)
    return (
        f"all at once {len(entries)} entries, day by day {len(again)}: "
        f"{len(at_once - by_day)} only at once, {len(by_day - at_once)} only by day"
    )


# the gold events ------------------------------------------------------------------------------------------------------


@dataclass
class Thrown:
    """What became of gold events thrown together: commitments found, wrongly merged, shared by reports and merged."""

    found: int = 0
    gold: int = 0
    violations: list[str] = field(default_factory=list)
    apart: int = 0
    merged: int = 0
    shared: int = 0
    groups: tuple[int, int] = (0, 0)
    missed: list[str] = field(default_factory=list)


def throw_together(name: str, *, given: bool = False) -> Thrown:
    """Put all reports of all events of a set into one store, and see which gold commitments its entries merge.

    Two gold commitments are one where eval/ledger/gold-same.json says so ("same", read by us out of the gold facts;
    "may" are those whose merging is no fault: an offer and its terms, a sentence on the whole and one on its parts),
    or, in a set that it does not cover, where a gold fact of the kind commitment stands in both. `given`: the ledger
    gets gold's own commitments (span, who, what, to whom, amount, due as the article words them) in the place of those
    that the analysis finds, so that merging alone is measured.
    """
    events = list(load_events(SETS[name]))
    table = json.loads((GOLD / "gold-same.json").read_text("utf-8")) if name == "gold" else None
    thrown, mentions = Thrown(), []
    with tempfile.TemporaryDirectory() as temporary:
        for event in events:
            for article in event.articles:
                entry = {
                    "id": f"{event.name}/{article.id}",
                    "outlet": article.outlet,
                    "title": article.title,
                    "published": article.published,
                    "text": article.text,
                }
                path = Path(temporary) / f"{event.name}-{article.id}.json"
                path.write_text(json.dumps(entry), encoding="utf-8")
                if given:
                    GIVEN[entry["id"]] = given_in(event, article)
            mentions.append(commitments_of(event))
        entries, _ = ledger_of([sorted(Path(temporary).iterdir())])
        GIVEN.clear()
    flat = [mention for group in mentions for mention in group]
    lines = lines_in(entries, _Same())
    matched = stands_for(flat, lines)
    placed = {flat[n].commitment: lines[j].entry for n, j in matched.items()}
    thrown.found, thrown.gold = len(placed), len(flat)
    same: set[frozenset[str]] = set()
    may: set[frozenset[str]] = set()
    for event, group in zip(events, mentions, strict=True):
        groups = table.get(event.name, {"same": [], "may": []}) if table is not None else facts_of(event, group)
        for numbers in groups["same"]:
            reports = {group[n].article: placed.get(group[n].commitment) for n in numbers}
            known = [entry for entry in reports.values() if entry is not None]
            if len(reports) > 1:
                thrown.groups = (thrown.groups[0] + (len(set(known)) < len(known)), thrown.groups[1] + 1)
        for kind, pairs in (("same", same), ("may", may)):
            for numbers in groups[kind]:
                pairs |= {frozenset((group[a].commitment, group[b].commitment)) for a, b in combinations(numbers, 2)}
    words = {mention.commitment: mention for mention in flat}
    for one, other in combinations(sorted(placed), 2):
        if frozenset((one, other)) not in same | may:
            if placed[one] == placed[other]:
                thrown.violations.append(f"{one} {words[one].text!r}\n    with {other} {words[other].text!r}")
            else:
                thrown.apart += 1
    cases = {
        (one, other): placed.get(one, one) == placed.get(other, other)
        for one, other in sorted(sorted(pair) for pair in same)
        if words[one].article != words[other].article
    }
    thrown.shared, thrown.merged = len(cases), sum(cases.values())
    thrown.missed = [
        f"{one} {'' if one in placed else '(no line) '}{words[one].text!r}\n"
        f"    and {other} {'' if other in placed else '(no line) '}{words[other].text!r}"
        for (one, other), hit in cases.items()
        if not hit
    ]
    return thrown


class _Same(dict[str, str]):
    """Every name for itself."""

    def __missing__(self, key: str) -> str:
        return key


def commitments_of(event: Event) -> list[Mention]:
    """Return the gold commitments of an event, each by its place in the list."""
    texts = {article.id: article.text for article in event.articles}
    found = []
    for number, entry in enumerate(event.gold["commitments"]):
        start, end = locate(texts[entry["article"]], entry)
        article = f"{event.name}/{entry['article']}"
        found.append(Mention(f"{event.name}:{number}", article, start, end, "made", entry["text"]))
    return found


def given_in(event: Event, article: Article) -> list[Commitment]:
    """Return the gold commitments of an article as an analysis would give them, due dates resolved as accord does."""
    keep_analyses()
    times = import_module("accord.analyze").analyze(article).times
    found = []
    for entry in event.gold["commitments"]:
        if entry["article"] != article.id:
            continue
        start, end = locate(article.text, entry)
        due = entry.get("due")
        dates = [t.date for t in times if due and start <= t.start < end and (t.text in due or due in t.text)]
        found.append(
            Commitment(
                article=f"{event.name}/{article.id}",
                start=start,
                end=end,
                text=article.text[start:end],
                who=entry["who"],
                what=entry["what"],
                strength=entry["strength"],
                to_whom=entry.get("to_whom"),
                amount=entry.get("amount"),
                unit=entry.get("unit"),
                due=due,
                due_date=next((day for day in dates if day), None),
            )
        )
    return sorted(found, key=lambda commitment: (commitment.start, commitment.end))


def facts_of(event: Event, mentions: Sequence[Mention]) -> dict[str, list[list[int]]]:
    """Return which commitments stand in one gold fact: in one of the kind commitment ("same"), in any other ("may")."""
    groups: dict[str, list[list[int]]] = {"same": [], "may": []}
    for fact in event.facts():
        numbers = []
        for number, mention in enumerate(mentions):
            for article, (start, end) in fact.evidence:
                shared = min(mention.end, end) - max(mention.start, start)
                if f"{event.name}/{article}" == mention.article and shared * 2 >= min(
                    mention.end - mention.start, end - start
                ):
                    numbers.append(number)
                    break
        groups["same" if fact.entry["kind"] == "commitment" else "may"].append(numbers)
    return groups


# printing -------------------------------------------------------------------------------------------------------------


def print_sheet(name: str, sheet: Sheet) -> None:
    """Print the figures of a half of the gold."""
    right = {"status": sheet.status, "amount": sheet.amount, "due date": sheet.due, "says": sheet.says}
    print(f"\n{name}")
    print(f"  lines          {sheet.lines}; {sheet.joined} of the others in entries with gold")
    print(f"  MERGING        {sheet.merging}")
    print(f"  of those found {sheet.merging_found}")
    print(f"  by report      {sheet.reports}")
    print("  B-cubed        P {:.3f} R {:.3f} F1 {:.3f}".format(*sheet.bcubed))
    for what, (hits, total) in right.items():
        print(f"  {what.upper() if what == 'status' else what:<14} {hits} of {total} = {ratio(hits, total):.3f}")
    hits, total = sheet.status_found
    print(f"  status of the commitments that have an entry: {hits} of {total} = {ratio(hits, total):.3f}")
    columns = [*STATUSES, "(none)"]
    print("  gold \\ found".ljust(24) + "".join(f"{column.replace('reported ', '')[:10]:>12}" for column in columns))
    for status in STATUSES:
        row = [sheet.confusion[status, column] for column in columns]
        print(f"    {status:<20}" + "".join(f"{n or '.':>12}" for n in row))


def print_thrown(name: str, thrown: Thrown) -> None:
    """Print the figures of gold events thrown together."""
    how = "gold's commitments given" if name.endswith("given") else "their commitments trained the extraction"
    print(f"\n{name}: gold events thrown together ({how})")
    print(f"  commitments with a line: {thrown.found} of {thrown.gold} = {ratio(thrown.found, thrown.gold):.3f}")
    print(f"  different ones merged: {len(thrown.violations)} pairs; kept apart: {thrown.apart} pairs")
    print(
        f"  shared by two reports: {thrown.merged} of {thrown.shared} pairs merged ="
        f" {ratio(thrown.merged, thrown.shared):.3f}"
    )
    print(f"  shared commitments of which two reports are in one entry: {thrown.groups[0]} of {thrown.groups[1]}")


def ratio(hits: int, total: int) -> float:
    """Return a share; of nothing 0."""
    return hits / total if total else 0.0


def short_of(results: dict[str, dict[str, float]], floors: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    """Return which figures are under what is wanted at least, or over what is allowed at most."""
    found = []
    for name, figures in results.items():
        for measure, floor in floors["least"].get(name, {}).items():
            if figures[measure] < floor:
                found.append(f"{name} {measure} {figures[measure]:.3f} < {floor}")
        for measure, most in floors["most"].get(name, {}).items():
            if figures[measure] > most:
                found.append(f"{name} {measure} {figures[measure]:g} > {most}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=[*HALVES, *THROWN], dest="sets")
    parser.add_argument("--floors", action="store_true", help="hold the figures against eval/ledger-floors.json")
    parser.add_argument("--list", choices=["dev", "held", *THROWN], help="list what is wrong in a set")
    parser.add_argument("--order", action="store_true", help="add the reports day by day too, and compare")
    args = parser.parse_args()
    results: dict[str, dict[str, float]] = {}
    floors = json.loads(FLOORS.read_text("utf-8"))
    named = [name for name in (*HALVES, *THROWN) if name in floors["least"] or name in floors["most"]]
    usual = [args.list] if args.list else named if args.floors else ["dev", "held", "all", "nine", "nine given"]
    for name in args.sets or usual:
        if name in THROWN:
            if not SETS[THROWN[name]].is_dir():
                print(f"{name}: there is no ../shared/data/{THROWN[name]}; nothing is measured")
                continue
            thrown = throw_together(THROWN[name], given=name.endswith("given"))
            print_thrown(name, thrown)
            results[name] = {"wrongly merged": len(thrown.violations), "shared": ratio(thrown.merged, thrown.shared)}
            wrong = {"merged": thrown.violations, "not merged": thrown.missed}
        else:
            sheet, orders = measure(name, order=args.order)
            print_sheet(name, sheet)
            if orders:
                print(f"  order: {orders}")
            results[name] = {"merging": sheet.merging.f1, "status": ratio(*sheet.status)}
            wrong = sheet.wrong
        if args.list == name:
            for kind, items in wrong.items():
                print(f"\n{kind}: {len(items)}")
                print("\n".join(f"  {item}" for item in items))
    if not args.floors:
        return 0
    short = short_of(results, floors)
    print("\nfloors:", "; ".join(short) or "all met")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
