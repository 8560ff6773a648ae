"""Scores of a ledger against gold: which lines stand for which mentions, what was merged, and the status of entries.

Pure functions on small records, without accord: the program that runs accord is `ledger.py`.
"""

from __future__ import annotations

import calendar
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

LEAST = 1 / 3
"""The least that a line and a mention share, of the shorter one, for the line to stand for the mention."""


@dataclass(frozen=True)
class Mention:
    """A place where gold says something of a commitment."""

    commitment: str
    article: str
    start: int
    end: int
    says: str = "made"
    text: str = ""


@dataclass(frozen=True)
class Line:
    """A place where the ledger says something of one, and the entry that it is in."""

    entry: str
    article: str
    start: int
    end: int
    says: str = "made"
    text: str = ""


@dataclass(frozen=True)
class Counts:
    """Hits among what was found and among what is in gold; shares of nothing are 0."""

    hits: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)

    def __str__(self) -> str:
        scores = f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"
        return f"{scores} ({self.hits} hits, {self.found} found, {self.gold} gold)"


def harmonic(precision: float, recall: float) -> float:
    """Return the F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def stands_for(mentions: Sequence[Mention], lines: Sequence[Line]) -> dict[int, int]:
    """Return which of `lines` stands for which of `mentions` (indexes), one to one, those that overlap best first.

    How well two overlap is what they share of what they cover together; a third of the shorter one is the least. Of
    equals those that say the same come first, then those that stand first.
    """
    at: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        at[line.article].append(number)
    pairs = []
    for i, mention in enumerate(mentions):
        for j in at[mention.article]:
            line = lines[j]
            shared = min(mention.end, line.end) - max(mention.start, line.start)
            shorter = min(mention.end - mention.start, line.end - line.start)
            if shared > 0 and shared >= LEAST * shorter:
                together = (mention.end - mention.start) + (line.end - line.start) - shared
                pairs.append((-shared / together, mention.says != line.says, i, j))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


def pairwise(gold: Sequence[Hashable], found: Sequence[Hashable | None]) -> Counts:
    """Return the pairs that are together in both, in `found` and in `gold`; None is together with nothing.

    pairwise(["a", "a", "b"], ["x", None, "x"]) -> Counts(hits=0, found=1, gold=1)
    """
    together = Counter(item for item in found if item is not None)
    hits = Counter(pair for pair in zip(gold, found, strict=True) if pair[1] is not None)
    return Counts(_pairs(hits.values()), _pairs(together.values()), _pairs(Counter(gold).values()))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(math.comb(size, 2) for size in sizes)


def by_report(mentions: Sequence[Mention], placed: Sequence[str | None]) -> Counts:
    """Return the pairs of reports' words on commitments that share an entry, and those of one commitment.

    A unit is all that one report says of one commitment, in however many mentions; it is in every entry that one of
    these is in. Within one report units are of different commitments, so that such a pair is never a hit.
    """
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention, entry in zip(mentions, placed, strict=True):
        held[mention.commitment, mention.article] |= {entry} - {None}  # type: ignore[arg-type]
    hits = found = gold = 0
    for (one, first), (other, second) in combinations(held.items(), 2):
        same, together = one[0] == other[0], bool(first & second)
        gold += same
        found += together
        hits += same and together
    return Counts(hits, found, gold)


def bcubed(gold: Sequence[Hashable], found: Sequence[Hashable | None]) -> tuple[float, float, float]:
    """Return B-cubed precision (over what was found), recall (over all, 0 for what was not) and F1."""
    together, sizes, both = Counter(found), Counter(gold), Counter(zip(gold, found, strict=True))
    kept = [(g, f) for g, f in zip(gold, found, strict=True) if f is not None]
    if not kept:
        return 0.0, 0.0, 0.0
    precision = sum(both[g, f] / together[f] for g, f in kept) / len(kept)
    recall = sum(both[g, f] / sizes[g] for g, f in kept) / len(gold)
    return precision, recall, harmonic(precision, recall)


def entry_of(numbers: Iterable[int], placed: Sequence[str | None]) -> str | None:
    """Return the entry that holds most of the mentions `numbers`; of equals the one with fewest other mentions."""
    held = Counter(placed[n] for n in numbers if placed[n] is not None)
    sizes = Counter(placed)
    return min(held, key=lambda entry: (-held[entry], sizes[entry], str(entry))) if held else None


def same_due(gold: str, found: str | None) -> bool:
    """Tell whether two due dates agree: one is a coarser form of the other, or they end at most a day apart.

    "Within a fortnight" may be counted from what was said last night or from the report of it.
    """
    if not found:
        return False
    if gold.startswith(found) or found.startswith(gold):
        return True
    return abs((last_day(gold) - last_day(found)).days) <= 1


def last_day(iso: str) -> date:
    """Return the last day of an ISO day, month or year.

    last_day("2026-02") -> date(2026, 2, 28)
    """
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])


def same_amount(gold: Mapping[str, Any], amount: float | None, unit: str | None) -> bool:
    """Tell whether an amount is that of gold, and of its currency where gold names one (or percent)."""
    if amount is None or not math.isclose(gold["amount"], amount, rel_tol=1e-6):
        return False
    wanted = gold.get("unit", "")
    return unit == wanted if wanted == "percent" or (len(wanted) == 3 and wanted.isupper()) else True


@dataclass
class Sheet:
    """What a half of the gold gave. `wrong` lists what to read, by kind."""

    lines: Counts
    merging: Counts
    merging_found: Counts
    reports: Counts
    bcubed: tuple[float, float, float]
    says: tuple[int, int]
    joined: int
    status: tuple[int, int] = (0, 0)
    status_found: tuple[int, int] = (0, 0)
    amount: tuple[int, int] = (0, 0)
    due: tuple[int, int] = (0, 0)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def score(
    commitments: Mapping[str, Mapping[str, Any]],
    mentions: Sequence[Mention],
    lines: Sequence[Line],
    entries: Mapping[tuple[str, str], Any],
) -> Sheet:
    """Score `lines` against `mentions`, and entries against `commitments` (gold, by the name that mentions use).

    `entries` gives for an entry and a commitment the entry as of the day on which the commitment's status is asked.
    """
    matched = stands_for(mentions, lines)
    placed = [lines[matched[n]].entry if n in matched else None for n in range(len(mentions))]
    gold = [mention.commitment for mention in mentions]
    held = sorted(matched)
    inside = {entry for entry in placed if entry is not None}
    spare = [line for n, line in enumerate(lines) if n not in set(matched.values())]
    sheet = Sheet(
        lines=Counts(len(matched), len(lines), len(mentions)),
        merging=pairwise(gold, placed),
        merging_found=pairwise([gold[n] for n in held], [placed[n] for n in held]),
        reports=by_report(mentions, placed),
        bcubed=bcubed(gold, placed),
        says=(sum(mentions[n].says == lines[matched[n]].says for n in held), len(held)),
        joined=sum(line.entry in inside for line in spare),
    )
    _score_entries(sheet, commitments, gold, placed, entries)
    _note(sheet, mentions, lines, matched, placed, spare)
    return sheet


def _score_entries(
    sheet: Sheet,
    commitments: Mapping[str, Mapping[str, Any]],
    gold: Sequence[str],
    placed: Sequence[str | None],
    entries: Mapping[tuple[str, str], Any],
) -> None:
    """Score the status, amount and due date of the entry of each commitment."""
    where: dict[str, list[int]] = defaultdict(list)
    for number, commitment in enumerate(gold):
        where[commitment].append(number)
    with_entry = 0
    for name, entry in commitments.items():
        chosen = entry_of(where[name], placed)
        found = entries[chosen, name] if chosen is not None else None
        with_entry += found is not None
        status = found.status if found is not None else "(none)"
        sheet.confusion[entry["status"], status] += 1
        if status != entry["status"]:
            rule = f"; rule: {found.rule}" if found is not None else ""
            sheet.wrong["status"].append(f"{name}: {entry['status']}, found {status}{rule}")
        if "amount" in entry:
            right = found is not None and same_amount(entry, found.amount, found.unit)
            sheet.amount = (sheet.amount[0] + right, sheet.amount[1] + 1)
            if not right and found is not None:
                wanted = f"{entry['amount']} {entry.get('unit', '')}"
                sheet.wrong["amount"].append(f"{name}: {wanted}, found {found.amount} {found.unit}")
        if "due_date" in entry:
            right = found is not None and same_due(entry["due_date"], found.due_date)
            sheet.due = (sheet.due[0] + right, sheet.due[1] + 1)
            if not right and found is not None:
                sheet.wrong["due"].append(f"{name}: {entry['due_date']}, found {found.due_date}")
    hits = sum(n for (wanted, found), n in sheet.confusion.items() if wanted == found)
    sheet.status = (hits, len(commitments))
    sheet.status_found = (hits, with_entry)


def _note(
    sheet: Sheet,
    mentions: Sequence[Mention],
    lines: Sequence[Line],
    matched: Mapping[int, int],
    placed: Sequence[str | None],
    spare: Sequence[Line],
) -> None:
    """List what to read: wrong merges, splits, what was missed, what stands for nothing, what says something else."""
    groups: dict[str, dict[str, Mention]] = defaultdict(dict)
    parts: dict[str, set[str]] = defaultdict(set)
    for number, mention in enumerate(mentions):
        entry = placed[number]
        if entry is None:
            sheet.wrong["missed"].append(f"{mention.commitment} {mention.article} {mention.says}: {mention.text!r}")
            continue
        groups[entry].setdefault(mention.commitment, mention)
        parts[mention.commitment].add(entry)
        said = lines[matched[number]].says
        if said != mention.says:
            sheet.wrong["says"].append(f"{mention.commitment} {mention.says}, found {said}: {mention.text!r}")
    for group in groups.values():
        for one, other in combinations(sorted(group.values(), key=lambda m: m.commitment), 2):
            first, second = (f"{m.commitment} {m.article} {m.text!r}" for m in (one, other))
            sheet.wrong["merged"].append(f"{first}\n    with {second}")
    for commitment, entries in sorted(parts.items()):
        if len(entries) > 1:
            told = [f"\n    {placed[n]} {m.text!r}" for n, m in enumerate(mentions) if m.commitment == commitment]
            sheet.wrong["split"].append(f"{commitment} over {len(entries)} entries{''.join(told)}")
    for line in spare:
        sheet.wrong["no mention"].append(f"{line.article} {line.says}: {line.text!r}")
