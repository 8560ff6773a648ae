"""Finds the quotes of different articles that give one utterance: clipped, reworded, translated or paraphrased.

Two quotes are one utterance when one speaker says the same words in both, or a part of them, or other words of the same
sense. Sense is a score over readable features whose weights were set on the quotes of 34 gold events and rounded; it
counts only for one speaker, figures that can both hold, and an equal yes or no.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from accord.models import vectors
from accord.reconcile.claims import overlap
from accord.reconcile.compare.figure import compare as compare_figures
from accord.reconcile.compare.figure import same_quantity
from accord.reconcile.speakers import Speaker, kinship, resolve
from accord.reconcile.wording import clipped, content, denies, plain, shared, words
from accord.records import Analysis, Figure, Name, Quote

How = Literal["verbatim", "clipped", "reworded", "same sense"]

# Words that a clipped quote must have: with one speaker, and with speakers who are not known to be one.
CLIPPED, CLIPPED_ANYHOW = 2, 6
# Share of the shorter quote's words, in order, that makes two quotes nearly the same words, and the fewest words.
NEARLY, NEARLY_WORDS, NEARLY_ANYHOW = 0.75, 5, 6
# Log odds of the same sense: cosine, and the share of rarer words of the poorer and of the richer quote in the other.
COSINE, POORER, RICHER, BIAS = 5.0, 2.0, 8.0, -6.0
# The least score for the same sense where one report quotes and another reports, and where both quote.
PARAPHRASED, TRANSLATED = 0.6, 0.8
SAME_QUANTITY = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One quote with its speaker over the story and the figures in it. `full` is all that is attributed with it."""

    quote: Quote
    speaker: Speaker | None
    figures: tuple[Figure, ...]
    full: str

    @property
    def marked(self) -> bool:
        """Whether the words stand in quotation marks."""
        return self.quote.kind != "indirect"


@dataclass(frozen=True, slots=True)
class Match:
    """Two quotes, by number (a < b), that are one utterance: how, how surely (0..1), and why."""

    a: int
    b: int
    how: How
    score: float
    why: str


def gather(analyses: Sequence[Analysis], linked: Mapping[str, str], names: Sequence[Name]) -> tuple[Said, ...]:
    """Return the quotes of all articles, in the order of `analyses` and of each text.

    `linked` maps an article's name ids to the story's.
    """
    by_id = {name.id: name for name in names}
    return tuple(
        Said(
            quote,
            resolve(quote, analysis, linked, by_id),
            tuple(figure for figure in analysis.figures if overlap(figure, quote)),
            " ".join(span.text for span in quote.content) if quote.kind == "mixed" and quote.content else quote.text,
        )
        for analysis in analyses
        for quote in sorted(analysis.quotes, key=lambda quote: (quote.start, quote.end))
    )


def find_matches(said: Sequence[Said], analyses: Sequence[Analysis], *, threads: int) -> tuple[Match, ...]:
    """Return the pairs of quotes from different articles that are one utterance, the surest first."""
    found: list[Match] = []
    doubtful: list[tuple[int, int]] = []
    bags = [frozenset(plain(each.quote.text)) if _telling(each) else frozenset() for each in said]
    telling = [content(each.full) for each in said]
    for a, first in enumerate(said):
        for b in range(a + 1, len(said)):
            other = said[b]
            near = 2 * len(bags[a] & bags[b]) >= min(len(bags[a]), len(bags[b])) > 0
            alike = len(telling[a] & telling[b]) >= 2
            if first.quote.article == other.quote.article or not (near or alike):
                continue
            kin = kinship(first.speaker, other.speaker)
            if near and (match := _same_words(a, b, first, other, one_speaker=kin == "same")):
                found.append(match)
            elif alike and kin == "same" and _compatible(first, other):
                doubtful.append((a, b))
    found += _same_sense(said, doubtful, _rarity(analyses), threads)
    return tuple(sorted(found, key=lambda match: (-match.score, match.a, match.b)))


def join(said: Sequence[Said], matches: Sequence[Match]) -> list[list[int]]:
    """Return the groups of quotes that are one utterance each.

    Two groups are joined only where their longest quotes answer each other, so that a clip that two long quotes share
    does not make them one; other words of the same sense bring no second quote of an article into a group.
    """
    matched = {(match.a, match.b) for match in matches}
    home: dict[int, list[int]] = {}
    for match in matches:
        first, other = home.setdefault(match.a, [match.a]), home.setdefault(match.b, [match.b])
        if first is other:
            continue
        x, y = (max(members, key=lambda number: len(said[number].quote.text)) for members in (first, other))
        if (min(x, y), max(x, y)) not in matched and not _nested(said[x].quote, said[y].quote):
            continue
        if match.how == "same sense" and any(_apart(said[x].quote, said[y].quote) for x in first for y in other):
            continue
        merged = sorted(first + other)
        for number in merged:
            home[number] = merged
    unique = {id(members): members for members in home.values() if len(members) > 1}
    return sorted(unique.values())


def _nested(a: Quote, b: Quote) -> bool:
    return a.article == b.article and overlap(a, b) > 0


def _apart(a: Quote, b: Quote) -> bool:
    return a.article == b.article and not overlap(a, b)


def _telling(said: Said) -> bool:
    """Whether the quote has words enough to be known again: two words that tell, or four at all."""
    return len(content(said.quote.text)) >= 2 or len(words(said.quote.text)) >= 4


def _rarity(analyses: Sequence[Analysis]) -> dict[str, float]:
    """How telling a word is in this story: log(1 + sentences / sentences with it)."""
    sentences = [content(sentence.text) for analysis in analyses for sentence in analysis.sentences]
    counts = Counter(word for each in sentences for word in each)
    return {word: math.log(1 + len(sentences) / count) for word, count in counts.items()}


def _same_words(a: int, b: int, first: Said, other: Said, *, one_speaker: bool) -> Match | None:
    """Return the match of two quotes in the same words, one a part of the other, or nearly the same."""
    one, two = first.quote.text, other.quote.text
    if len(words(one)) > len(words(two)):
        one, two = two, one
    fewest = len(words(one))
    if clipped(one, two):
        if fewest < (CLIPPED if one_speaker else CLIPPED_ANYHOW):
            return None
        if fewest == len(words(two)):
            return Match(a, b, "verbatim", 1.0, "the same words")
        return Match(a, b, "clipped", 0.95, "one gives a part of the other's words")
    if fewest < NEARLY_WORDS:
        return None
    share, run = shared(one, two)
    if share < NEARLY or not (one_speaker or run >= NEARLY_ANYHOW) or not _compatible(first, other):
        return None
    return Match(a, b, "reworded", round(share * 0.95, 4), f"{share:.0%} of the words are the same, in order")


def _compatible(first: Said, other: Said) -> bool:
    """Whether both deny or neither does, and all figures of one quantity can both hold."""
    if denies(first.quote.text) != denies(other.quote.text):
        return False
    return all(
        compare_figures(x, y)[0] or same_quantity(x, y) < SAME_QUANTITY for x in first.figures for y in other.figures
    )


def _same_sense(
    said: Sequence[Said], pairs: Sequence[tuple[int, int]], rarity: Mapping[str, float], threads: int
) -> list[Match]:
    """Return the pairs whose words differ but say the same; each quote is encoded once."""
    asked = sorted({text for pair in pairs for number in pair for text in _texts(said[number])})
    encoded: dict[str, NDArray[np.float32]] = dict(zip(asked, vectors.encode(asked, threads=threads), strict=True))
    found = []
    for a, b in pairs:
        both = said[a].marked and said[b].marked
        tried = [
            (_score(x, y, float(encoded[x] @ encoded[y]), rarity), x, y)
            for x in (_texts(said[a])[:1] if both else _texts(said[a]))
            for y in (_texts(said[b])[:1] if both else _texts(said[b]))
        ]
        score, x, y = max(tried)
        if score >= (TRANSLATED if both else PARAPHRASED):
            why = f"{score:.0%} likely the same sense, shared words: {', '.join(sorted(content(x) & content(y)))}"
            found.append(Match(a, b, "same sense", round(score, 4), why))
    return found


def _texts(said: Said) -> tuple[str, ...]:
    """Return the words in the marks, then all that is attributed with them where that is more."""
    return tuple(dict.fromkeys((said.quote.text, said.full)))


def _score(a: str, b: str, cosine: float, rarity: Mapping[str, float]) -> float:
    """Return how likely two texts of one speaker have the same sense, 0..1."""
    weights: dict[str, float] = defaultdict(lambda: 2.0, rarity)
    own, theirs = content(a), content(b)
    common = sum(weights[word] for word in sorted(own & theirs))
    sizes = sorted(sum(weights[word] for word in sorted(each)) for each in (own, theirs))
    if len(own & theirs) < 2 or not sizes[0]:
        return 0.0
    odds = COSINE * cosine + POORER * common / sizes[0] + RICHER * common / sizes[1] + BIAS
    return 1 / (1 + math.exp(-odds))
