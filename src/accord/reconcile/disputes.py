"""Decides which differences are disputes: two claims of one fact that cannot both hold as written.

A comparison that finds two sides incompatible is only a candidate, since claims that share a fact may each add facts of
their own. A table of weights over readable features, trained by `eval/train_disputes.py`, tells how likely the two
sides speak of the same thing.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from accord import models
from accord.errors import ModelError
from accord.reconcile.candidates import Corpus
from accord.reconcile.claims import Claim
from accord.reconcile.compare import Comparison, Context, compare
from accord.reconcile.likeness import Likeness
from accord.reconcile.offices import find_rivals
from accord.reconcile.questions import ask
from accord.records import Name

TABLE = Path(models.__file__).parent / "pairs" / "disputes.json"
# Claims of two sentences are compared when they are this likely one fact, or when claims beside them are.
LEAST_LIKELY = 0.02
BESIDE = 0.15
UNREAD = 0.005
# The least and the most that the encoder may say of two clauses and of their sentences.
LEAST_LOGIT, MOST_LOGIT = -4.5, 4.5
_EXTREMES = tuple((clauses, whole) for clauses in (LEAST_LOGIT, MOST_LOGIT) for whole in (LEAST_LOGIT, MOST_LOGIT))
OFFICE = "one office:"
# On the 34 gold events the rule finds one pair, a holder and his predecessor.
OFFICE_SURE = 0.8
FIELDS = ("value", "date", "place", "actor", "polarity")
FEATURES = (
    *(f"the difference is of {field}" for field in FIELDS),
    *(f"how surely the {field} answers the other" for field in FIELDS),
    "log odds of the same fact",
    "log odds of the likeliest clauses of the two sentences",
    "encoder, clauses",
    "encoder, sentences",
    "share of rarer words of the poorer clause in the other",
    "share of rarer words of the richer clause in the other",
    "the same verb",
    "the same actor",
    "both dates are days",
    "another field agrees",
    "another field differs",
    "one side's value stands elsewhere in the other report",
    "both values stand elsewhere in the other report",
    "both quoted",
    "words in the shorter clause",
    "polarity: share of the richer clause",
    "polarity: the same verb",
    "polarity: log odds of the same fact",
    "neither value stands elsewhere in the other report",
    "how surely it answers, times the log odds of the likeliest clauses",
    "two people in one office",
)


@dataclass(frozen=True, slots=True)
class DisputeWeights:
    """One weight per feature, the bias, and the least probability of a dispute."""

    bias: float
    weights: Mapping[str, float]
    threshold: float


@cache
def load_weights(path: Path = TABLE) -> DisputeWeights:
    """Return the table at `path`; raise `ModelError` if it does not fit the features of this version."""
    table = json.loads(path.read_text(encoding="utf-8"))
    if tuple(table["weights"]) != FEATURES:
        raise ModelError(f"{path} was made for other features: run `make weights`")
    return DisputeWeights(table["bias"], table["weights"], table["threshold"])


def probability(clash: Clash, weights: DisputeWeights) -> float:
    """Return how likely `clash` is a dispute; two people in one office need no likeness of the clauses around them."""
    if clash.comparison.why.startswith(OFFICE):
        return OFFICE_SURE
    score = weights.bias + sum(weights.weights[feature] * value for feature, value in clash.features.items())
    return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims, by number (a < b), of which a comparison finds that they cannot both hold if they tell one fact."""

    a: int
    b: int
    comparison: Comparison
    features: Mapping[str, float]


def find_clashes(
    found: Likeness, context: Context, weights: DisputeWeights | None = None, *, threads: int
) -> Iterator[Clash]:
    """Yield the incompatible comparisons of claims that may tell one fact: likely pairs, and what stands beside.

    The pair encoder reads the sentences of each once more, both at once; those that are no dispute by `weights`
    whatever it says are left out unread.
    """
    corpus = found.corpus
    differing: dict[tuple[int, int], list[_Differing]] = defaultdict(list)
    for each in _find_differing(found, context):
        if weights is None or any(
            probability(_clash(corpus, each, logits, context), weights) >= weights.threshold for logits in _EXTREMES
        ):
            differing[corpus.unit_of[each.a], corpus.unit_of[each.b]].append(each)
    answers = ask(corpus, list(differing), threads=threads)
    for (units, clashing), (whole, *clauses) in zip(differing.items(), answers, strict=True):
        first, other = corpus.units[units[0]].claims, corpus.units[units[1]].claims
        for each in clashing:
            logit = clauses[first.index(each.a) * len(other) + other.index(each.b)]
            logits = min(max(logit, LEAST_LOGIT), MOST_LOGIT), min(max(whole, LEAST_LOGIT), MOST_LOGIT)
            yield _clash(corpus, each, logits, context)
    yield from _find_office_clashes(corpus, context)


@dataclass(frozen=True, slots=True)
class _Differing:
    """Claims a < b with an incompatible comparison, the others of the pair, and how likely they are one fact."""

    a: int
    b: int
    comparison: Comparison
    others: list[Comparison]
    likely: float
    best: float


def _clash(corpus: Corpus, each: _Differing, logits: tuple[float, float], context: Context) -> Clash:
    scores = (each.likely, each.best, *logits)
    features = _describe(corpus, each.a, each.b, scores, each.comparison, each.others, context)
    return Clash(each.a, each.b, each.comparison, features)


def _find_differing(found: Likeness, context: Context) -> Iterator[_Differing]:
    corpus = found.corpus
    by_sentences: dict[tuple[int, int], float] = {}
    for pairing in found.pairings:
        units = corpus.unit_of[pairing.a], corpus.unit_of[pairing.b]
        by_sentences[units] = max(by_sentences.get(units, 0.0), found.probabilities[pairing.a, pairing.b])
    for (i, j), best in by_sentences.items():
        for a in corpus.units[i].claims:
            for b in corpus.units[j].claims:
                likely = found.probabilities.get((a, b), UNREAD)
                if best < BESIDE and likely < LEAST_LIKELY:
                    continue
                compared = compare(corpus.claims[a], corpus.claims[b], context)
                for comparison in compared:
                    if not comparison.compatible:
                        others = [other for other in compared if other is not comparison]
                        yield _Differing(a, b, comparison, others, likely, best)


def _find_office_clashes(corpus: Corpus, context: Context) -> Iterator[Clash]:
    """Yield a clash for each two people to whom two reports give one office, each unknown to the other report."""
    holders = find_rivals(list(context.names.values()))
    for x, y in holders:
        a, b = _first_telling(corpus, x), _first_telling(corpus, y)
        if a is not None and b is not None:
            if b < a:
                (a, x), (b, y) = (b, y), (a, x)
            comparison = Comparison(
                "actor", x.name, y.name, False, 1.0, f"{OFFICE} {x.role} {x.name}, {y.role} {y.name}"
            )
            yield Clash(
                a,
                b,
                comparison,
                _describe(corpus, a, b, (UNREAD, UNREAD, LEAST_LOGIT, LEAST_LOGIT), comparison, [], context),
            )


def _first_telling(corpus: Corpus, name: Name) -> int | None:
    """Return the first claim that gives `name` in full with a word of the office."""
    words = name.role.lower().split() if name.role else []
    for number, claim in enumerate(corpus.claims):
        if name.id in claim.names and name.name in claim.text and any(word in claim.text.lower() for word in words):
            return number
    return None


def _describe(
    corpus: Corpus,
    first: int,
    second: int,
    scores: tuple[float, float, float, float],
    comparison: Comparison,
    others: list[Comparison],
    context: Context,
) -> dict[str, float]:
    """Return the features of an incompatible `comparison`; `scores` are the pair model's, `others` of the same pair."""
    a, b = corpus.claims[first], corpus.claims[second]
    likely, best, clauses, sentences = scores
    words_a, words_b = frozenset(a.words), frozenset(b.words)
    shared = corpus.weight(words_a & words_b)
    poorer, richer = sorted((shared / (corpus.weight(words) + 1e-9) for words in (words_a, words_b)), reverse=True)
    known = _known(comparison, a, b, context)
    polarity = float(comparison.field == "polarity")
    same_verb = float(a.statement.head == b.statement.head)
    values = (
        *(float(comparison.field == field) for field in FIELDS),
        *(comparison.sure * (comparison.field == field) for field in FIELDS),
        _odds(likely),
        _odds(best),
        clauses,
        sentences,
        poorer,
        richer,
        same_verb,
        float(a.actor is not None and a.actor == b.actor),
        float(comparison.field == "date" and comparison.sure > 0.9),
        float(any(other.compatible and other.field != "status" for other in others)),
        float(any(not other.compatible for other in others)),
        float(known > 0),
        float(known > 1),
        float(a.kind == "quote" and b.kind == "quote"),
        min(len(a.words), len(b.words), 10) / 10,
        polarity * richer,
        polarity * same_verb,
        polarity * _odds(likely),
        float(known == 0 and comparison.field in ("value", "date")),
        comparison.sure * _odds(best),
        float(comparison.why.startswith(OFFICE)),
    )
    return dict(zip(FEATURES, values, strict=True))


def _odds(likely: float) -> float:
    return math.log(max(likely, 0.005) / max(1 - likely, 0.005))


def _known(comparison: Comparison, a: Claim, b: Claim, context: Context) -> int:
    """Return how many of the two values stand elsewhere in the other report: each may tell of two things."""
    if comparison.field not in ("value", "date"):
        return 0
    return _stands(comparison.field, comparison.a, a, b, context) + _stands(
        comparison.field, comparison.b, b, a, context
    )


def _stands(field: str, text: str, own: Claim, other: Claim, context: Context) -> bool:
    """Whether the value that `own` words as `text` stands anywhere in the other claim's article."""
    if field == "date":
        dates = {time.date for time in own.times if time.text == text}
        return any(time.date in dates for claim in context.claims[other.article] for time in claim.times)
    values = {(figure.value, figure.unit) for figure in own.figures if figure.text == text}
    return any(
        (figure.value, figure.unit) in values for claim in context.claims[other.article] for figure in claim.figures
    )
