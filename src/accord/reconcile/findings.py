"""Makes findings of groups of claims: keeps their differences, counts their origins, gives the verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from accord.reconcile.claims import Claim
from accord.reconcile.compare import Comparison, Context, compare
from accord.reconcile.compare.date import same_day
from accord.reconcile.origins import count_origins
from accord.records import (
    Between,
    Citation,
    ClaimKind,
    Difference,
    Finding,
    Story,
    Value,
    Verdict,
    content_id,
)

_SPECIFIC: tuple[ClaimKind, ...] = ("quote", "figure", "commitment", "statement")


@dataclass(frozen=True, slots=True)
class Dispute:
    """What two sides say in one field, each with the articles that say it, how sure that is, and why."""

    field: str
    sides: tuple[Value, ...]
    sure: float
    why: str
    between: Between = "reports"


def make_finding(
    claims: Sequence[Claim],
    probabilities: Sequence[float],
    story: Story,
    context: Context,
    disputes: Sequence[Dispute] = (),
) -> Finding:
    """Return the finding that `claims` (one or more, in order) make together.

    Disputed when there are `disputes`, else corroborated when two or more origins carry it, else single.
    """
    disputed = {dispute.field for dispute in disputes}
    agreed = [d for d in _differences(claims, context) if d.field not in disputed]
    differences = (*_clashing(disputes), *agreed)
    origins = count_origins(claims, story)
    verdict: Verdict = "disputed" if disputes else "corroborated" if origins > 1 else "single"
    outlets = {article.id: article.outlet for article in story.articles}
    sure = max((dispute.sure for dispute in disputes), default=0.0)
    return Finding(
        id=content_id("finding", *(part for claim in claims for part in claim.key), *sorted(disputed)),
        kind=_kind(claims),
        gist=_gist(claims),
        verdict=verdict,
        between=max(disputes, key=lambda d: d.sure).between if disputes else None,
        origins=origins,
        outlets=tuple(sorted({outlets[claim.article] for claim in claims})),
        evidence=_evidence(claims),
        differences=differences,
        score=round(sure or (fmean(probabilities) if probabilities else 1.0), 4),
        reasons=_reasons(claims, probabilities, disputes),
    )


def _evidence(claims: Sequence[Claim]) -> tuple[Citation, ...]:
    """Return a citation for each claim; clauses of one sentence are cited as one stretch, quoted words apart."""
    stretches: dict[tuple[str, int, bool], list[Claim]] = defaultdict(list)
    for claim in claims:
        stretches[claim.article, claim.sentence.start, claim.kind == "quote"].append(claim)
    found = []
    for (article, base, _), members in stretches.items():
        start, end = min(claim.start for claim in members), max(claim.end for claim in members)
        found.append(Citation(article, start, end, members[0].sentence.text[start - base : end - base]))
    return tuple(found)


def _clashing(disputes: Sequence[Dispute]) -> Iterable[Difference]:
    """Return one difference per disputed field, the sides of all its disputes together."""
    for field in dict.fromkeys(dispute.field for dispute in disputes):
        sides: dict[str, set[str]] = defaultdict(set)
        for dispute in disputes:
            if dispute.field == field:
                for side in dispute.sides:
                    sides[side.value] |= set(side.articles)
        values = tuple(Value(value, tuple(sorted(articles))) for value, articles in sorted(sides.items()))
        yield Difference(field, values, compatible=False)


def _differences(claims: Sequence[Claim], context: Context) -> list[Difference]:
    """Return what the claims say more or less exactly, one compatible difference a field, and what only some add."""
    sides: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for a, b in combinations(claims, 2):
        if a.article != b.article:
            for comparison in compare(a, b, context):
                if comparison.compatible and _differ(comparison, a, b):
                    sides[comparison.field][comparison.a].add(a.article)
                    sides[comparison.field][comparison.b].add(b.article)
    found = [
        Difference(field, tuple(Value(v, tuple(sorted(articles))) for v, articles in sorted(said.items())), True)
        for field, said in sides.items()
        if len(said) > 1
    ]
    return found + _details(claims)


def _differ(comparison: Comparison, a: Claim, b: Claim) -> bool:
    """Whether the two sides differ in more than their wording."""
    if comparison.field == "value":
        first = [f for f in a.figures if f.text == comparison.a]
        other = [f for f in b.figures if f.text == comparison.b]
        return {(f.value, f.high, f.qualifier) for f in first} != {(f.value, f.high, f.qualifier) for f in other}
    if comparison.field == "date":
        dates = [
            {t.date for t in claim.times if t.text == text} for claim, text in ((a, comparison.a), (b, comparison.b))
        ]
        return dates[0] != dates[1] and any(same_day(x or "", y or "") for x in dates[0] for y in dates[1])
    return comparison.a != comparison.b


def _details(claims: Sequence[Claim]) -> list[Difference]:
    """Return the due dates that only some of the reports of a commitment give."""
    if not any(claim.commitment for claim in claims) or len({claim.article for claim in claims}) < 2:
        return []
    given: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.commitment and claim.commitment.due:
            given[claim.commitment.due].add(claim.article)
    silent = {claim.article for claim in claims} - {article for articles in given.values() for article in articles}
    if not given or not silent:
        return []
    return [
        Difference(
            "detail", tuple(Value(due, tuple(sorted(articles))) for due, articles in sorted(given.items())), True
        )
    ]


def _kind(claims: Sequence[Claim]) -> ClaimKind:
    """The most specific kind that at least half of the claims have."""
    for kind in _SPECIFIC:
        if sum(claim.kind == kind for claim in claims) * 2 >= len(claims):
            return kind
    return "statement"


def _gist(claims: Sequence[Claim]) -> str:
    """Return the words of the claim that best stand alone: a name or noun first, a verb in it, not too long."""

    def fitness(claim: Claim) -> float:
        first = claim.text.split(maxsplit=1)[0].lower()
        score = 2.0 * (claim.actor is not None) + 0.5 * len(claim.figures) + len(claim.names)
        score -= 3.0 * (first in _LEANING) + 2.0 * (not claim.text[:1].isupper()) + abs(len(claim.words) - 10) * 0.15
        return score

    return max(claims, key=fitness).text


_LEANING = frozenset(
    """he she it they this that these those which who whom whose where when while as after before and but to by
    including because if although since his her its their one some""".split()
)


def _reasons(claims: Sequence[Claim], probabilities: Sequence[float], disputes: Sequence[Dispute]) -> tuple[str, ...]:
    """Say in words what holds the claims together and what parts them."""
    reasons = [f"{dispute.why} ({dispute.sure:.0%} sure)" for dispute in disputes]
    if len(claims) == 1:
        return ("only this passage says so",)
    if probabilities:
        reasons.append(f"clauses read side by side: {fmean(probabilities):.0%} likely the same fact")
    shared = frozenset.intersection(*(frozenset(claim.words) for claim in claims))
    if shared:
        reasons.append("shared words: " + ", ".join(word for word in dict.fromkeys(claims[0].words) if word in shared))
    return tuple(dict.fromkeys(reasons))


def weigh_pairs(members: Sequence[int], probabilities: Mapping[tuple[int, int], float]) -> list[float]:
    """Return the probabilities of the pairs of `members` that were read side by side."""
    return [probabilities[pair] for pair in combinations(members, 2) if pair in probabilities]
