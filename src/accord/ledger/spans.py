"""Where clauses and commitments stand in a text, and what they share."""

from __future__ import annotations

from collections.abc import Sequence

from accord.ledger.outcomes import Outcome
from accord.ledger.wording import rarity, stems_of
from accord.records import Commitment, Figure, Spanned, Statement

LEAST_TELLING = 2
_LEAST_WEIGHT = 0.8
_CURRENCY_LETTERS = 3


def is_the_act(
    statement: Statement, outcome: Outcome, stated: Sequence[Commitment], hollow: Sequence[Commitment]
) -> bool:
    """Whether the words that tell of an outcome are what somebody commits to: "would withdraw its offer"."""
    if outcome.sort == "act":
        return any(same_place(statement, each) for each in stated if each not in hollow)
    cue = statement.start + outcome.start
    inside = (each for each in stated if place_of(each)[0] <= cue < place_of(each)[1])
    return statement.status == "planned" and any(overlap(statement, each) for each in inside)


def value_of(figures: Sequence[Figure]) -> tuple[float | None, str | None]:
    """Return the value and unit of the first sum of money, else of the first figure."""
    money = [f for f in figures if f.unit is not None and len(f.unit) == _CURRENCY_LETTERS and f.unit.isupper()]
    first = next(iter(money or figures), None)
    return (first.value, first.unit) if first else (None, None)


def is_telling(statement: Statement) -> bool:
    """Whether an act in the past is told with words enough to know what was done."""
    own = own_stems(statement.text)
    return len(own) >= LEAST_TELLING and sum(rarity(each) for each in own) > _LEAST_WEIGHT


def own_stems(text: str) -> frozenset[str]:
    return frozenset(stems_of(text))


def place_of(commitment: Commitment) -> tuple[int, int]:
    """Return where the act of a commitment stands in the article."""
    at = commitment.text.find(commitment.what)
    first = commitment.start + max(at, 0)
    return first, first + len(commitment.what) if at >= 0 else commitment.end


def size_of(span: Spanned) -> int:
    return span.end - span.start


def overlap(a: Spanned, b: Spanned) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def same_place(a: Spanned, b: Spanned) -> bool:
    """Whether two spans share half of the shorter one."""
    return overlap(a, b) * 2 >= min(size_of(a), size_of(b)) > 0


def within(a: Spanned, b: Spanned) -> bool:
    return b.start <= a.start and a.end <= b.end and size_of(a) < size_of(b)
