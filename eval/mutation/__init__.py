"""Changes one report's side of a fact that two reports agree on: another number, date, place or actor, or a negation.

A change is taken only where it can be checked: another report's evidence of the same fact states the very thing that is
changed. The rules are general; the same program runs on events that nobody here has seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from mutation.actors import change_actor
from mutation.dates import change_date
from mutation.events import (
    Change,
    Event,
    Evidence,
    Fact,
    Maker,
    Mutation,
    applied,
    events_in,
    moved,
)
from mutation.negations import change_negation
from mutation.numbers import change_number
from mutation.places import change_place

__all__ = ["KINDS", "Event", "Evidence", "Fact", "Mutation", "choose", "events_in", "mutations"]

_MAKERS: dict[str, Maker] = {
    "number": change_number,
    "date": change_date,
    "place": change_place,
    "actor": change_actor,
    "negation": change_negation,
}
KINDS = tuple(_MAKERS)


def mutations(event: Event, rng: Random) -> list[Mutation]:
    """Return every change that can be made to `event`, one for each kind and evidence."""
    found = []
    for fact in event.facts:
        for evidence in fact.evidence:
            others = tuple(e for e in fact.evidence if e.article != evidence.article)
            for kind in KINDS:
                change = _MAKERS[kind](event, fact, evidence, others, rng)
                if change is not None:
                    found.append(_mutation(event, fact, kind, evidence, change))
    return found


def choose(pool: Sequence[Mutation], count: int, rng: Random) -> list[Mutation]:
    """Return `count` of `pool`, the kinds and then the events in turn, each fact at most once for a kind."""
    queues = {kind: _by_turns([m for m in pool if m.kind == kind], rng) for kind in KINDS}
    chosen: list[Mutation] = []
    while len(chosen) < count and any(queues.values()):
        for kind in KINDS:
            if queues[kind] and len(chosen) < count:
                chosen.append(queues[kind].pop(0))
    return sorted(chosen, key=lambda m: (m.event, m.fact, m.kind))


def _by_turns(pool: Sequence[Mutation], rng: Random) -> list[Mutation]:
    rows: dict[str, list[Mutation]] = {}
    seen: set[tuple[str, ...]] = set()
    for mutation in sorted(pool, key=lambda _: rng.random()):
        keys = {(mutation.event, mutation.fact), (mutation.event, mutation.article, mutation.old.lower())}
        if not keys & seen:
            seen |= keys
            rows.setdefault(mutation.event, []).append(mutation)
    turns = []
    while rows:
        for name in sorted(rows):
            turns.append(rows[name].pop(0))
        rows = {name: row for name, row in rows.items() if row}
    return turns


def _mutation(event: Event, fact: Fact, kind: str, evidence: Evidence, change: Change) -> Mutation:
    article = event.articles[evidence.article]
    edits = tuple(sorted(change.edits))
    text = applied(article.text, edits)
    start, end = moved(evidence.start, edits), moved(evidence.end, edits)
    title = article.title
    if title and kind != "negation" and kind != "date":
        title = re.sub(rf"(?<!\w){re.escape(change.old)}(?!\w)", change.new, title)
    return Mutation(
        event=event.name,
        fact=fact.id,
        kind=kind,
        article=evidence.article,
        old=change.old,
        new=change.new,
        edits=edits,
        text=text,
        title=title,
        original=evidence,
        evidence=Evidence(evidence.article, start, end, text[start:end]),
        others=change.others,
    )
