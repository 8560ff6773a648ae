"""Fills what a commitment says beside who: what, to whom, how much, by when and how firmly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.analyze.commitment_candidates import Candidate
from accord.analyze.commitment_words import Strength
from accord.analyze.people import People
from accord.analyze.reading import Reading
from accord.records import Figure, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_CURRENCY_LETTERS = 3
_TOWARDS = frozenset({"to", "for", "with", "against", "on", "from"})
_BEFORE_TIME = frozenset(
    {"by", "in", "on", "over", "within", "until", "at", "before", "after", "during", "the", "next", "starting", "from"}
)


def what_of(candidate: Candidate) -> str:
    """Return the act in the article's words, from its verb (or noun) to the end of the span.

    Where the subject denies it ("none of the staff would be laid off") the subject comes along.
    """
    act, doc = candidate.act, candidate.act.doc
    negation = _negation(candidate)
    edge = act.i if negation is None else negation.i
    first = min(act.i, edge) if candidate.frame != "noun" else act.i
    for child in act.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and _denies(child):
            first = min(first, child.left_edge.i)
    last = max(candidate.last, act.i + 1)
    if candidate.frame == "noun" and act.pos_ == "NOUN":
        first = min(token.i for token in act.subtree)
        last = max(token.i for token in act.subtree) + 1
    while last - first > 1 and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    text: str = doc[first:last].text
    return text


def _negation(candidate: Candidate) -> Token | None:
    """Return the "not" of the act, of its cue, or of the verb that it completes ("not going to talk")."""
    verbs = [candidate.act] if candidate.frame == "modal" else [candidate.act, candidate.cue]
    if candidate.act.dep_ == "xcomp":
        verbs.append(candidate.act.head)
    return next((child for verb in verbs for child in verb.children if child.dep_ == "neg"), None)


def _denies(subject: Token) -> bool:
    """Return whether `subject` is nobody or none: "no workers", "none of them", "neither side"."""
    words = {subject.lower_, *(child.lower_ for child in subject.children if child.dep_ in {"det", "neg", "preconj"})}
    return bool(words & {"no", "none", "nobody", "neither", "nothing"})


def strength_of(candidate: Candidate) -> Strength:
    """Return how firmly it is stated: the cue's own strength, "refused" where it is denied.

    A first person's "will" is a promise, anybody else's a plan.
    """
    if _negation(candidate) is not None and candidate.strength in {
        "planned",
        "offered",
        "agreed",
        "promised",
        "considering",
    }:
        return "refused"
    above = candidate.clause.governor
    if candidate.frame == "modal" and candidate.clause.kind == "complement" and above is not None:
        reported: dict[str, Strength] = {"promise": "promised", "pledge": "promised", "vow": "promised"}
        reported |= {"threaten": "threatened", "warn": "threatened"}
        if above.head.lemma_ in reported:
            return reported[above.head.lemma_]
    if candidate.key == "will" and candidate.actor is not None and candidate.actor.lower_ in {"i", "we"}:
        return "promised"
    return candidate.strength


def to_whom(candidate: Candidate, people: People, who: str | None) -> str | None:
    """Return whom the act or the cue is meant for: a named object, or a name after "to", "for", "with"."""
    for verb in (candidate.cue, candidate.act):
        for child in verb.children:
            for noun in _receivers(child):
                name = people.of(noun)
                if name is not None and name.name != who:
                    return name.name
    return None


def _receivers(child: Token) -> list[Token]:
    """Return the nouns that `child` brings in as receivers."""
    if child.dep_ in {"dobj", "dative"} and child.pos_ in {"PROPN", "PRON", "NOUN"}:
        return [child]
    if child.dep_ in {"prep", "dative"} and child.lower_ in _TOWARDS:
        return [below for below in child.children if below.dep_ == "pobj"]
    return []


def amount_in(start: int, end: int, figures: tuple[Figure, ...]) -> tuple[float | None, str | None]:
    """Return value and unit of the first sum of money between two offsets, else of the first figure."""
    inside = [figure for figure in figures if start <= figure.start < end and figure.value is not None]
    money = [f for f in inside if f.unit is not None and len(f.unit) == _CURRENCY_LETTERS and f.unit.isupper()]
    first = next(iter(money or inside), None)
    return (first.value, first.unit) if first is not None else (None, None)


def due_in(start: int, end: int, reading: Reading, times: tuple[Time, ...]) -> tuple[str | None, str | None]:
    """Return by when, verbatim with the preposition before it, and its date."""
    inside = [time for time in times if start <= time.start and time.end <= end]
    published = (reading.article.published or "9999")[:10]
    time = next((time for time in inside if time.future or (time.date is not None and time.date > published)), None)
    if time is None:
        return None, None
    first = time.start
    while True:
        before = reading.article.text[start:first].rstrip()
        word = before.split()[-1] if before.split() else ""
        if word.lower() not in _BEFORE_TIME:
            break
        first = start + len(before) - len(word)
    return reading.article.text[first : time.end], time.date
