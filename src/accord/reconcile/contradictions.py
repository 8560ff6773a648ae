"""Finds what named sides say against each other: one says so, another denies it, and the reports only tell of both."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accord.reconcile.candidates import Corpus
from accord.reconcile.claims import Claim
from accord.reconcile.contradiction_denials import Denial, Kind, find_denials
from accord.reconcile.contradiction_pairs import Frame, find_pairs, weigh
from accord.reconcile.contradiction_sides import same_camp
from accord.records import Name

Score = Callable[[list[tuple[int, int]]], list[list[float]]]

# The least log odds of a contradiction worth an editor's time, and the most pairs of sentences to read for them.
SURE = 0.05
MOST_PAIRS = 40
MOST_CLAIMS = 4
REPORT = "the report itself"
_SAYS: Mapping[Kind, str] = {
    "denies": "denied it",
    "rejects": "rejected it",
    "calls it false": "called it false",
    "negates": "denied it",
    "corrects": "said otherwise",
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims, by number, that deny what others assert. `sides`: who asserts, then who denies; `why` in words."""

    denying: tuple[int, ...]
    asserting: tuple[int, ...]
    sides: tuple[str, str]
    sure: float
    why: str


def find_contradictions(
    claims: Sequence[Claim], corpus: Corpus, score: Score | None, names: Mapping[str, Name]
) -> list[Contradiction]:
    """Return where one side denies what another, or the report itself, says is so; the surest first.

    `score` answers pairs of sentences (i < j, by number in `corpus.units`) with the pair encoder's logits: the whole
    sentences, then each claim of i with each of j. Without it the likeness of the sentences stands in.

    "Mara Lind said the bridge would open", "However, Tom Reyes said it would not" -> "Mara Lind said so, Tom Reyes
    denied it"
    """
    if len(claims) != len(corpus.claims):
        raise ValueError(
            f"{len(claims)} claims, but the corpus has {len(corpus.claims)}: give the corpus of these claims"
        )
    denials = find_denials(corpus, names)
    if not denials:
        return []
    frame = Frame(corpus, names, denials)
    weighed = _weigh_all(frame, denials, score)
    found: list[Contradiction] = []
    for number, denial in enumerate(denials):
        mine = sorted((-odds, claim) for (of, claim), odds in weighed.items() if of == number and odds >= SURE)
        if mine:
            found.append(_make(frame, denial, mine))
    merged = _merge(frame, sorted(found, key=lambda each: (-each.sure, each.denying)), denials)
    return sorted(merged, key=lambda each: (-each.sure, each.denying))


def units_in_question(corpus: Corpus, names: Mapping[str, Name]) -> list[int]:
    """Return the units that deny, and those that they may answer: all of which the likeness counts."""
    denials = find_denials(corpus, names)
    if not denials:
        return []
    frame = Frame(corpus, names, denials)
    answered = {corpus.unit_of[claim] for _, claim in find_pairs(frame, denials, per_denial=len(corpus.claims))}
    return sorted({*answered, *(denial.unit for denial in denials)}) if answered else []


def _weigh_all(frame: Frame, denials: Sequence[Denial], score: Score | None) -> dict[tuple[int, int], float]:
    """Return the log odds of each (denial, claim) worth reading."""
    chosen: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, claim in find_pairs(frame, denials):
        first, other = sorted((denials[number].unit, frame.corpus.unit_of[claim]))
        if (first, other) in chosen or len(chosen) < MOST_PAIRS:
            chosen.setdefault((first, other), []).append((number, claim))
    asked = sorted(chosen)
    answers = score(asked) if score is not None and asked else [None] * len(asked)
    weighed = {}
    for (i, j), logits in zip(asked, answers, strict=True):
        for number, claim in chosen[i, j]:
            clauses, sentences = _logits(frame, denials[number], claim, (i, j), logits)
            weighed[number, claim] = weigh(frame, denials[number], claim, clauses, sentences)
    return weighed


def _logits(
    frame: Frame, denial: Denial, claim: int, pair: tuple[int, int], logits: list[float] | None
) -> tuple[float, float]:
    """Return what the encoder says of the clauses and of their sentences; without it 10 * (cosine - 0.5)."""
    if logits is None:
        likeness = 10.0 * (float(frame.cosines[pair]) - 0.5)
        return likeness, likeness
    first, other = (frame.corpus.units[unit].claims for unit in pair)
    grid = {
        frozenset(places): logit
        for places, logit in zip(((a, b) for a in first for b in other), logits[1:], strict=True)
    }
    return max(grid[frozenset((place, claim))] for place in denial.claims), logits[0]


def _make(frame: Frame, denial: Denial, weighed: Sequence[tuple[float, int]]) -> Contradiction:
    """Return the contradiction between `denial` and the claims it answers, given as (-log odds, claim)."""
    within = 0.6 if denial.back else 2.0
    kept = [claim for odds, claim in weighed if odds <= weighed[0][0] + within][:MOST_CLAIMS]
    kept = [claim for claim in kept if not any(_within(frame, claim, other) for other in kept)]
    side = next((side for claim in kept if (side := frame.sides[claim])), REPORT)
    denier = denial.side or REPORT
    return Contradiction(
        denying=denial.claims,
        asserting=tuple(sorted(kept)),
        sides=(side, denier),
        sure=round(1 / (1 + math.exp(weighed[0][0])), 4),
        why=f"{side} said so, {denier} {_SAYS[denial.kind]}",
    )


def _within(frame: Frame, claim: int, other: int) -> bool:
    """Whether `claim` is a part of `other`."""
    a, b = frame.corpus.claims[claim], frame.corpus.claims[other]
    return a.article == b.article and b.start <= a.start and a.end <= b.end and (a.start, a.end) != (b.start, b.end)


def _merge(frame: Frame, found: Sequence[Contradiction], denials: Sequence[Denial]) -> list[Contradiction]:
    """Join contradictions over one claim, and the same denial told again by another report or in the next sentence."""
    merged: list[Contradiction] = []
    for each in found:
        for place, kept in enumerate(merged):
            claims = {*kept.denying, *kept.asserting}
            if claims & {*each.denying, *each.asserting} or _told_again(frame, kept, each):
                merged[place] = _join(kept, each)
                break
        else:
            merged.append(each)
    return [_extend(frame, each, denials) for each in merged]


def _told_again(frame: Frame, kept: Contradiction, each: Contradiction) -> bool:
    """Whether the same side denies, or the same is asserted, in alike sentences."""
    if same_camp(kept.sides[1], each.sides[1]) and _alike(frame, kept.denying, each.denying):
        return True
    return _alike(frame, kept.asserting, each.asserting)


def _alike(frame: Frame, first: Sequence[int], other: Sequence[int]) -> bool:
    of = frame.corpus.unit_of
    return max(float(frame.cosines[of[a], of[b]]) for a in first for b in other) >= 0.6


def _join(kept: Contradiction, each: Contradiction) -> Contradiction:
    """Return `kept` with the claims of `each`, none on both sides."""
    denying = (*kept.denying, *(claim for claim in each.denying if claim not in (*kept.denying, *kept.asserting)))
    asserting = (*kept.asserting, *(claim for claim in each.asserting if claim not in (*denying, *kept.asserting)))
    return Contradiction(denying, asserting, kept.sides, kept.sure, kept.why)


def _extend(frame: Frame, each: Contradiction, denials: Sequence[Denial]) -> Contradiction:
    """Add the same side's denials in the sentence after, and those that other reports tell in alike words."""
    denying = list(each.denying)
    answered = {denial.unit for denial in denials if denial.back == "before" and set(denial.claims) <= set(denying)}
    for denial in denials:
        if denial.kind == "corrects" or denial.side is None or not same_camp(denial.side, each.sides[1]):
            continue
        follows = denial.unit - 1 in answered and denial.kind == "negates" and _same_article(frame, denial, denying)
        if follows or (not _same_article(frame, denial, denying) and _alike(frame, denying, denial.claims)):
            denying += [claim for claim in denial.claims if claim not in denying and claim not in each.asserting]
    most = 2 * MOST_CLAIMS
    return Contradiction(
        tuple(sorted(denying[:most])), tuple(sorted(each.asserting[:most])), each.sides, each.sure, each.why
    )


def _same_article(frame: Frame, denial: Denial, claims: Sequence[int]) -> bool:
    article = frame.corpus.units[denial.unit].article
    return any(frame.corpus.claims[claim].article == article for claim in claims)
