"""What stands where: the sections that the text, terminal, Markdown and HTML renderers share, as records.

`outliner` fills them. A finding has a number, given in the order in which findings are shown; whatever only points at
one carries that number in `Line.see`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from accord.records import Article, Citation
from accord.renderers import words

NEVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many lines a section may have, and how many characters a line; the page has no limits."""

    findings: int = NEVER
    per_origin: int = NEVER
    per_speaker: int = NEVER
    items: int = NEVER
    rejected: int = NEVER
    characters: int = NEVER
    speakers: int = NEVER
    reported: int = NEVER


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it says, the articles that say it, and their words, equal ones together."""

    value: str
    articles: tuple[str, ...]
    quotes: tuple[tuple[Citation, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """How other reports give what a line quotes: `paraphrased by` them, or `worded differently` inside the marks."""

    how: Literal["paraphrased by", "worded differently"]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, the passages that carry it, its number if it is a finding, and the finding it points at.

    `key` is unique within the outline; `notes` are what only some reports add; `terms` the short facts of a commitment;
    `by` the articles that have the words of the line itself, where others only have its `asides`; `findings` the ids of
    the findings that it is, or that its words are a part of.
    """

    key: str
    text: str
    evidence: tuple[Citation, ...]
    verdict: str | None = None
    number: int | None = None
    see: tuple[int, ...] = ()
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    head: str | None = None
    terms: tuple[str, ...] = ()
    quoted: bool = False
    asides: tuple[Aside, ...] = ()
    by: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed finding: its line, what it is about, its sides, and the passages that belong to no one side."""

    line: Line
    about: str
    sides: tuple[Side, ...]
    quotes: tuple[tuple[Citation, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading, and how many more there are."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Speaker:
    """What one speaker said: the utterances that a report quotes, and those that are only reported."""

    title: str
    quoted: Group
    reported: Group

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, quoted ones first."""
        return (*self.quoted.lines, *self.reported.lines)

    @property
    def more(self) -> str:
        """How many lines are not shown, in words; empty where all are."""
        counts = ((self.quoted.more, "quote"), (self.reported.more, "reported statement"))
        return ", ".join(f"{count} more {words.plural(noun, count)}" for count, noun in counts if count)


@dataclass(frozen=True, slots=True)
class Report:
    """One article: its label, origin, and the agreed findings that it leaves out."""

    article: Article
    label: str
    published: str | None
    words: int
    origin: str
    credits: tuple[str, ...]
    carries: int
    lacks: tuple[int, ...]
    lacks_more: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The briefing in the order of its sections. `unheard` counts the statements of the `speakers_more` not shown."""

    title: str
    counts: tuple[str, ...]
    labels: dict[str, str]
    lead: Group
    agreed: Group
    disputed: tuple[Dispute, ...]
    disputed_more: int
    single: tuple[Group, ...]
    single_elsewhere: int
    speakers: tuple[Speaker, ...]
    speakers_more: int
    unheard: int
    figures: Group
    commitments: Group
    timeline: Group
    reports: tuple[Report, ...]
    rejected: Group


def outlet_labels(articles: Sequence[Article]) -> dict[str, str]:
    """Return each article's label: its outlet, with a number where an outlet has several articles."""
    names = [words.plain(a.outlet).removeprefix("www.") or words.plain(a.id) or "?" for a in articles]
    seen: dict[str, int] = {}
    labels = {}
    for article, name in zip(articles, names, strict=True):
        seen[name] = seen.get(name, 0) + 1
        labels[article.id] = f"{name} {seen[name]}" if names.count(name) > 1 else name
    return labels


def cited(labels: dict[str, str], evidence: Iterable[Citation]) -> list[str]:
    """Return the labels of the articles that carry `evidence`, each once, in the order of the articles."""
    carriers = {citation.article for citation in evidence}
    return [label for article, label in labels.items() if article in carriers]


def cited_by(labels: dict[str, str], line: Line) -> list[str]:
    """Return the labels of the articles that have the words of `line` itself."""
    evidence = [citation for citation in line.evidence if not line.by or citation.article in line.by]
    return cited(labels, evidence)


def aside_words(labels: dict[str, str], aside: Aside) -> str:
    """Return an aside in words.

    paraphrased by Herald and Post: “it will be paid for” / worded differently: “We pay” [Herald]; “We will pay” [Post]
    """
    named = [[labels[article] for article in labels if article in side.articles] for side in aside.sides]
    if aside.how == "paraphrased by":
        who = " and ".join(", ".join(part) for part in (named[0][:-1], named[0][-1:]) if part)
        return f"paraphrased by {who}: “{aside.sides[0].value}”"
    said = (f"“{side.value}” [{', '.join(names)}]" for side, names in zip(aside.sides, named, strict=True))
    return "worded differently: " + "; ".join(said)


def unshown(shown: Outline) -> str:
    """Return how many speakers are not shown, in words; empty where all are."""
    if not shown.speakers_more:
        return ""
    speakers = f"{shown.speakers_more} more {words.plural('speaker', shown.speakers_more)}"
    return f"{speakers} with {shown.unheard} {words.plural('statement', shown.unheard)}"
