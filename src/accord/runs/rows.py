"""The rows of a run's tables. A field marked `SPREAD` has the fields of its record as columns of the table."""

from __future__ import annotations

from dataclasses import dataclass, field

from accord.records import (
    Analysis,
    Article,
    Commitment,
    Figure,
    Finding,
    Name,
    Origin,
    Passage,
    Quote,
    Rejected,
    SummarySentence,
    TimelineEntry,
    Utterance,
)

SPREAD = {"spread": True}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """An article as it was parsed (between steps): its place in its batch, its length, and what finds its versions."""

    place: int
    size: int
    what: str
    mark: str
    keys: tuple[str, ...]
    own_id: str | None
    fetched: str | None
    article: Article = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article. `number` counts the latest versions in the order of their days; an older version has none."""

    number: int | None
    what: str
    mark: str
    keys: tuple[str, ...]
    fetched: str | None
    words: int
    article: Article = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class AnalysisRow:
    """The analysis of an article, with the article's `number`, and what made it."""

    number: int | None
    maker: str
    analysis: Analysis = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class SketchRow:
    """What grouping sees of the article `number`, as `cluster.grouping.pack` gives it; `article` is its id."""

    number: int
    article: str
    sketch: bytes


@dataclass(frozen=True, slots=True)
class LinkRow:
    """That the articles with the numbers `a` and `b` are alike; each pair stands once."""

    a: int
    b: int
    alike: float


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story: its articles, and of its briefing what is not in a table of its own.

    `articles` are the ids of all of its articles, `compared` of those that the briefing is made of, where that is not
    all. `first` and `last` are days; `agreed`, `disputed` and `single` count findings; `briefing` is the briefing's id.
    """

    id: str
    briefing: str
    title: str
    first: str | None
    last: str | None
    articles: tuple[str, ...]
    compared: tuple[str, ...]
    outlets: tuple[str, ...]
    agreed: int
    disputed: int
    single: int
    chain: str | None
    origins: tuple[Origin, ...]
    timeline: tuple[TimelineEntry, ...]
    names: tuple[Name, ...]
    summary: tuple[SummarySentence, ...]
    utterances: tuple[Utterance, ...]
    passages: tuple[Passage, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding of a story; `rank` counts from 1, in the order of the briefing."""

    story: str
    rank: int
    finding: Finding = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote of a story, in the order of the briefing."""

    story: str
    quote: Quote = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of a story, in the order of the briefing."""

    story: str
    figure: Figure = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment of a story, in the order of the briefing."""

    story: str
    commitment: Commitment = field(metadata=SPREAD)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """What was left out, in which step, and why."""

    what: str
    stage: str
    reason: str


TABLES: dict[str, type] = {
    "articles": ArticleRow,
    "analyses": AnalysisRow,
    "sketches": SketchRow,
    "links": LinkRow,
    "stories": StoryRow,
    "findings": FindingRow,
    "quotes": QuoteRow,
    "figures": FigureRow,
    "commitments": CommitmentRow,
    "rejected": RejectedRow,
}
"""The tables that a run gives, in the order of the way through."""
