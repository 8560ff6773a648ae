"""Fit the two tables of weights of ledger/likeness.py, and say how well they do on sequences that they have not seen.

    python eval/train_ledger.py [--write] [--ridge X]

`SAME_TIME` is fitted on pairs of lines of the events of ../shared/data/gold-more and of reports of one time in
eval/ledger/dev, `LATER` on pairs of later reports in eval/ledger/dev. A pair is of one commitment where gold says so
of the mentions, or the facts, that its two lines stand for. What is printed is leave-one-sequence-out over dev: every
sequence is compiled with tables that were fitted on the other seven. `--write` prints the tables that all of it gives,
as they stand in the module. The same data give the same tables.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.ledger import compiled, likeness
from accord.ledger.likeness import FEATURES, features, of_one_time, profile_of, vectors_of
from accord.records import LedgerLine
from accord.stores import open_store
from accord.upkeep import add
from events import SETS, Event, load_events
from ledger import GOLD, Gold, _AsOf, commitments_of, facts_of, keep_analyses, lines_in, load_gold, print_sheet
from ledger_scores import Line, Mention, score, stands_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNUSED = {"SAME_TIME": ("one happens when the other is due",), "LATER": ("one finding",)}
"""Features that a table leaves out."""
RIDGE = 1.0
_ROUNDS = 50


@dataclass(frozen=True)
class Pairs:
    """Pairs of lines: their features, whether they are of one commitment, their sequence, whether of one time."""

    values: NDArray[np.float64]
    one: NDArray[np.bool_]
    sequence: NDArray[np.str_]
    now: NDArray[np.bool_]

    def of(self, chosen: NDArray[np.bool_]) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.values[chosen], self.one[chosen], self.sequence[chosen], self.now[chosen])


# lines and what gold says of them -------------------------------------------------------------------------------------


def lines_of(paths: Sequence[Path]) -> tuple[list[LedgerLine], dict[str, str]]:
    """Return all lines of a new store that reports were added to, in entries or not; and the path of each article."""
    keep_analyses()
    with closing(open_store("memory:")) as store:
        add([str(path) for path in paths], store)
        names = {item.article.id: item.what for item in store.each()}
        return [line for line, _ in store.lines(sorted(names))], names


def labels(lines: Sequence[LedgerLine], names: Mapping[str, str], mentions: Sequence[Mention]) -> dict[str, int]:
    """Return the mention (its place among `mentions`) that each line stands for; of lines that stand for none nothing.

    Also a line that shares half of the shorter one with a mention that another line stands for better.
    """
    as_gold = [Line("", names[line.article], line.start, line.end, line.says, line.text) for line in lines]
    return {lines[j].id: n for n, j in stands_for(mentions, as_gold).items()}


def dev_lines() -> tuple[Gold, list[LedgerLine], dict[str, str], dict[str, frozenset[str]]]:
    """Return the gold of dev, its lines, the names of their articles, and the commitments of lines by their ids."""
    gold = load_gold([GOLD / "dev"])
    lines, paths = lines_of([*gold.paths.values()])
    by_path = {str(path): article for article, path in gold.paths.items()}
    names = {article: by_path[what] for article, what in paths.items()}
    found = labels(lines, names, gold.mentions)
    return gold, lines, names, {line: frozenset({gold.mentions[n].commitment}) for line, n in found.items()}


def event_lines() -> Iterator[tuple[str, list[LedgerLine], dict[str, frozenset[str]]]]:
    """Yield the statements of each event of gold-more, and the facts that each stands for."""
    for event in load_events(SETS["gold-more"]):
        with tempfile.TemporaryDirectory() as folder:
            lines, paths = lines_of(_written(event, Path(folder)))
        names = {article: f"{event.name}/{Path(what).stem}" for article, what in paths.items()}
        mentions = commitments_of(event)
        facts = [{n} for n in range(len(mentions))]
        for number, group in enumerate(g for groups in facts_of(event, mentions).values() for g in groups):
            for each in group:
                facts[each].add(len(mentions) + number)
        found = labels([line for line in lines if line.strength], names, mentions)
        yield event.name, lines, {line: frozenset(map(str, facts[n])) for line, n in found.items()}


def _written(event: Event, folder: Path) -> list[Path]:
    paths = []
    for article in event.articles:
        fields = {"outlet": article.outlet, "title": article.title, "published": article.published}
        paths.append(folder / f"{article.id}.json")
        paths[-1].write_text(json.dumps({"id": article.id, "text": article.text, **fields}), encoding="utf-8")
    return paths


def pairs_of(groups: Iterable[tuple[str, Sequence[LedgerLine], Mapping[str, frozenset[str]]]]) -> Pairs:
    """Return the pairs of lines of two articles of which gold knows what they stand for, one of them a statement."""
    values, one, sequence, now = [], [], [], []
    for name, lines, known in groups:
        chosen = [profile_of(line) for line in lines if line.id in known]
        vectors = vectors_of(chosen)
        for (i, a), (j, b) in combinations(enumerate(chosen), 2):
            if a.line.article == b.line.article or not (a.line.strength or b.line.strength):
                continue
            values.append(features(a, b, float(vectors[i] @ vectors[j])))
            one.append(bool(known[a.line.id] & known[b.line.id]))
            sequence.append(name)
            now.append(of_one_time(a, b))
    return Pairs(np.array(values), np.array(one), np.array(sequence), np.array(now))


# fitting --------------------------------------------------------------------------------------------------------------


def fit(pairs: Pairs, unused: Sequence[str], ridge: float) -> dict[str, float]:
    """Return the weights of a logistic regression with a penalty on standardized weights, by Newton's method."""
    used = [n for n, name in enumerate(FEATURES) if name not in unused]
    values = pairs.values[:, used]
    mean, spread = values.mean(0), values.std(0) + 1e-6
    rows = np.c_[(values - mean) / spread, np.ones(len(values))]
    penalty = ridge * np.r_[np.ones(len(used)), 1e-6]
    weights = np.zeros(len(used) + 1)
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - pairs.one) + penalty * weights
        weights -= np.linalg.solve((rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty), slope)
    found = dict.fromkeys(("bias", *FEATURES), 0.0)
    found["bias"] = float(weights[-1] - (weights[:-1] * mean / spread).sum())
    found |= {
        FEATURES[n]: float(weight / spread[at]) for at, (n, weight) in enumerate(zip(used, weights, strict=False))
    }
    return {name: round(value, 2) + 0.0 for name, value in found.items()}


def tables(dev: Pairs, more: Pairs, ridge: float) -> dict[str, dict[str, float]]:
    """Return both tables."""
    same = Pairs(*(np.concatenate(each) for each in zip(_parts(dev.of(dev.now)), _parts(more), strict=True)))
    pairs = {"SAME_TIME": same, "LATER": dev.of(~dev.now)}
    return {name: fit(pairs[name], UNUSED[name], ridge) for name in pairs}


def _parts(pairs: Pairs) -> tuple[Any, ...]:
    return pairs.values, pairs.one, pairs.sequence, pairs.now


@contextmanager
def weighing(found: Mapping[str, Mapping[str, float]]) -> Iterator[None]:
    """Put tables in the place of the module's."""
    before = {name: getattr(likeness, name) for name in found}
    for name, table in found.items():
        setattr(likeness, name, table)
    try:
        yield
    finally:
        for name, table in before.items():
            setattr(likeness, name, table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="print the tables that all data give")
    parser.add_argument("--ridge", type=float, default=RIDGE)
    args = parser.parse_args()
    gold, lines, names, known = dev_lines()
    by_sequence: dict[str, list[LedgerLine]] = {}
    for line in lines:
        by_sequence.setdefault(names[line.article].split("/")[0], []).append(line)
    dev = pairs_of((name, group, known) for name, group in sorted(by_sequence.items()))
    more = pairs_of(event_lines())
    print(f"dev {len(dev.one)} pairs, {dev.one.sum()} of one; gold-more {len(more.one)} pairs, {more.one.sum()} of one")
    entries = []
    for name, group in sorted(by_sequence.items()):
        with weighing(tables(dev.of(dev.sequence != name), more, args.ridge)):
            entries += [replace(entry, id=f"{name} {entry.id}") for entry in compiled(group)]
    asked = _AsOf({entry.id: entry for entry in entries}, gold.today)
    print_sheet("dev, each sequence unseen", score(gold.commitments, gold.mentions, lines_in(entries, names), asked))
    if args.write:
        for name, table in tables(dev, more, args.ridge).items():
            print(f"{name}: Mapping[str, float] = {{")
            print("\n".join(f'    "{feature}": {weight},' for feature, weight in table.items()))
            print("}")


if __name__ == "__main__":
    main()
