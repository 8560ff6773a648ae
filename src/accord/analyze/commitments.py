"""Finds stated future acts: candidates by rule, then a logistic model over readable features and word vectors."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np

from accord.analyze.clauses import subject_of
from accord.analyze.commitment_actors import resolve_actor
from accord.analyze.commitment_candidates import Candidate, find_candidates
from accord.analyze.commitment_details import amount_in, due_in, strength_of, to_whom, what_of
from accord.analyze.commitment_features import Setting, features, governor_of
from accord.analyze.commitment_vectors import SIZE, Sense, Vector, meaning, read
from accord.analyze.people import People
from accord.analyze.reading import Reading
from accord.errors import ModelError
from accord.records import Commitment, Figure, Name, Quote, Sentence, Time

_THEME = 4
_TEN_THOUSAND = 10_000
_LARGEST = 3.2
BIAS, THRESHOLD = "(bias)", "(threshold)"


@dataclass(frozen=True, slots=True)
class Weights:
    """What a candidate is judged by.

    `table` is feature -> weight, with "(bias)" and "(threshold)"; `vector` weighs what `commitment_vectors` gives.
    """

    table: Mapping[str, float]
    vector: Vector = field(default_factory=lambda: np.zeros(SIZE, dtype=np.float32), compare=False)


@dataclass(frozen=True, slots=True)
class Prospects:
    """The candidates of an article, each with its sentence and the sentence's number, and what the sentences mean."""

    places: list[tuple[Candidate, Sentence, int]]
    sense: Sense


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its place in the text, its features, who acts, and what its words mean."""

    candidate: Candidate
    start: int
    end: int
    features: frozenset[str]
    who: str | None
    who_id: str | None
    meaning: Vector = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the other analyzers found in the article, and how often each lemma stands in it."""

    reading: Reading
    people: People
    times: tuple[Time, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    counts: Counter[str]


@cache
def load_weights() -> Weights:
    """Return the weights that come with accord."""
    try:
        text = resources.files("accord.models").joinpath("commitments.json").read_text(encoding="utf-8")
        file = json.loads(text)
        table: dict[str, float] = file["weights"]
        if checksum(table, file["vector"]) != file["sha256"]:
            raise ValueError("its weights are not those of its checksum")
        return Weights(table, unpacked(file["vector"]))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"models/commitments.json cannot be read ({error}): reinstall accord") from error


def checksum(table: Mapping[str, float], vector: str) -> str:
    """Return the SHA-256 of a table of weights and a packed vector."""
    return hashlib.sha256(json.dumps([dict(sorted(table.items())), vector]).encode()).hexdigest()


def packed(numbers: Vector) -> str:
    """Return numbers as ten-thousandths: 16-bit, little-endian, base64; raise `ValueError` for one beyond 3.2."""
    if np.abs(numbers).max(initial=0.0) > _LARGEST:
        raise ValueError(f"{np.abs(numbers).max()} is too large to pack: numbers go up to {_LARGEST}")
    return base64.b64encode(np.rint(numbers * _TEN_THOUSAND).astype("<i2").tobytes()).decode()


def unpacked(text: str) -> Vector:
    """Return the numbers that `packed` wrote."""
    return (np.frombuffer(base64.b64decode(text), dtype="<i2") / _TEN_THOUSAND).astype(np.float32)


def find_commitments(
    reading: Reading,
    names: tuple[Name, ...],
    times: tuple[Time, ...],
    quotes: tuple[Quote, ...],
    figures: tuple[Figure, ...],
    *,
    weights: Weights | None = None,
    prospects: Prospects | None = None,
    threads: int = 2,
) -> tuple[Commitment, ...]:
    """Return the commitments of the article in text order; `weights` replace those that come with accord.

    `prospects` are what `find_prospects` found in the reading, where that was asked before.
    "Velmar said it will close the mill by June." -> who "Velmar", what "close the mill by June", due "by June".
    """
    used = load_weights() if weights is None else weights
    people = People(names)
    prospects = prospects or find_prospects(reading, threads=threads)
    chosen = choose(find_scored(reading, names, times, quotes, figures, prospects), used)
    return tuple(_commitment(each, reading, people, times, figures) for each in chosen)


def choose(scored: list[Scored], weights: Weights) -> list[Scored]:
    """Return the likely candidates in text order; of those at one place the likeliest."""
    chosen: list[Scored] = []
    ranked = sorted((-probability_of(each, weights), each.start, each.end, n) for n, each in enumerate(scored))
    for minus, _, _, number in ranked:
        if -minus >= weights.table.get(THRESHOLD, 0.5) and not any(
            _same_place(scored[number], other) for other in chosen
        ):
            chosen.append(scored[number])
    return sorted(chosen, key=lambda each: (each.start, each.end))


def probability_of(scored: Scored, weights: Weights) -> float:
    """Return the probability that a candidate states a commitment."""
    named = weights.table.get(BIAS, 0.0) + sum(weights.table.get(name, 0.0) for name in sorted(scored.features))
    total = named + math.fsum((scored.meaning * weights.vector).tolist())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def find_prospects(reading: Reading, *, threads: int = 2) -> Prospects:
    """Return every place of the running text that may state a future act, and what its sentence means.

    It needs the parse alone, and most of its time goes to MiniLM.
    """
    places = [
        (candidate, sentence, number)
        for number, sentence in enumerate(reading.sentences)
        if sentence.furniture is None
        for candidate in find_candidates(reading.span(sentence), reading.clauses(sentence))
    ]
    return Prospects(places, read((sentence for _, sentence, _ in places), threads=threads))


def find_scored(
    reading: Reading,
    names: tuple[Name, ...],
    times: tuple[Time, ...],
    quotes: tuple[Quote, ...],
    figures: tuple[Figure, ...],
    prospects: Prospects,
) -> list[Scored]:
    """Return every candidate of the article with its features."""
    counts: Counter[str] = Counter()
    for lemma, count in Counter(reading.doc.to_array("LEMMA").tolist()).items():
        counts[str(reading.doc.vocab.strings[lemma]).lower()] += count
    found = _Found(reading, People(names), times, quotes, figures, counts)
    return [
        _scored(candidate, sentence, number, found, meaning(reading, candidate, sentence, prospects.sense))
        for candidate, sentence, number in prospects.places
    ]


def _scored(candidate: Candidate, sentence: Sentence, number: int, found: _Found, meaning: Vector) -> Scored:
    """Return `candidate`, which stands in sentence `number`, with its features."""
    reading, people = found.reading, found.people
    tokens = reading.doc[candidate.first : candidate.last]
    start, end = tokens.start_char, tokens.end_char
    cue = candidate.cue.idx
    quote = next((quote for quote in found.quotes if quote.kind != "indirect" and quote.start <= cue < quote.end), None)
    speaker = quote.speaker if quote is not None and quote.speaker else people.called(candidate.clause.speaker)
    who, who_id = resolve_actor(candidate, people, quote, speaker)
    inside = [time for time in found.times if start <= time.start < end]
    above = governor_of(candidate.act if candidate.frame == "modal" else candidate.cue)
    reporter = people.called(subject_of(above)) if above is not None else None
    setting = Setting(
        quoted=quote is not None or _between_marks(reading.article.text, sentence, cue),
        speaker=reporter or speaker,
        actor=who,
        future=any(time.future for time in inside),
        dated=bool(inside),
        amount=any(start <= figure.start < end for figure in found.figures),
        first=number < 6,
        theme=found.counts[candidate.key] >= _THEME,
    )
    return Scored(candidate, start, end, features(candidate, setting, people), who, who_id, meaning)


def _between_marks(text: str, sentence: Sentence, at: int) -> bool:
    """Return whether `at` stands between quotation marks in its sentence."""
    before = text[sentence.start : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _commitment(
    each: Scored, reading: Reading, people: People, times: tuple[Time, ...], figures: tuple[Figure, ...]
) -> Commitment:
    """Return the record of a chosen candidate."""
    amount, unit = amount_in(each.start, each.end, figures)
    due, due_date = due_in(each.start, each.end, reading, times)
    return Commitment(
        article=reading.article.id,
        start=each.start,
        end=each.end,
        text=reading.article.text[each.start : each.end],
        who=each.who,
        what=what_of(each.candidate),
        strength=strength_of(each.candidate),
        to_whom=to_whom(each.candidate, people, each.who),
        amount=amount,
        unit=unit,
        due=due,
        due_date=due_date,
        who_id=each.who_id,
    )


def _same_place(one: Scored, other: Scored) -> bool:
    """Return whether two candidates share half of the shorter span."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start)
