"""Findings, and the document `accord/briefing@1`."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from accord.records import Between, ClaimKind, NameKind, Verdict
from accord.web.api.models.shared import CitationModel, CitedPassage, Count, Listed, Shown, ValueModel


class DifferenceModel(Shown):
    """Where the claims of a finding differ: value, date, place, actor, polarity, status, wording, detail."""

    field: str
    values: list[ValueModel]
    compatible: bool


class UtteranceModel(Shown):
    """What one speaker said once, as two or more reports give it."""

    id: str
    quotes: list[CitationModel]
    wording: list[ValueModel]
    score: float
    reasons: list[str]


class FindingModel(Shown):
    """One thing asserted, by one report or more, with its verdict."""

    id: str
    kind: ClaimKind
    gist: str
    verdict: Verdict
    between: Between | None
    origins: Count
    outlets: list[str]
    evidence: list[CitationModel]
    differences: list[DifferenceModel]
    score: float
    reasons: list[str]
    weight: float


class FindingPage(Listed):
    """Findings in the order of their weight."""

    story: str
    corrected: bool
    items: list[FindingModel]


class OneFinding(FindingModel):
    """A finding with the articles of its evidence named.

    `current` is false where its story lost it, or a correction dismissed or merged it; `now` are the findings that
    carry its passages by now. `corrections` are the ids of the corrections that made it what it is; `corrected` tells
    whether these were asked for.
    """

    evidence: list[CitedPassage]  # type: ignore[assignment]
    story: str
    current: bool
    now: list[str]
    corrected: bool
    corrections: list[str]


class BriefedArticle(Shown):
    """An article of a briefing, and the origin that it counts under."""

    id: str
    outlet: str
    title: str | None
    byline: str | None
    url: str | None
    published: str | None
    language: str | None
    words: Count
    credits: list[str]
    origin: str | None
    text: str


class OriginModel(Shown):
    """Articles that share one text count once."""

    id: str
    articles: list[str]
    kind: Literal["own", "agency", "copy"]
    agency: str | None
    why: str
    shared: list[CitationModel]


class SpanModel(Shown):
    """A stretch of an article's text."""

    start: Count
    end: Count
    text: str


class QuoteModel(CitationModel):
    """What somebody is quoted as saying."""

    kind: Literal["direct", "indirect", "mixed"]
    speaker: str | None
    cue: str | None
    finding: str | None
    source: SpanModel | None
    cue_span: SpanModel | None
    content: list[SpanModel]
    relayed_by: str | None
    found_by: Literal["rules", "model", "both"]
    utterance: str | None


class FigureModel(CitationModel):
    """An expression that says how many or how much."""

    value: float | None
    unit: str | None
    of: str | None
    qualifier: Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"]
    high: float | None
    finding: str | None


class CommitmentModel(CitationModel):
    """A stated future act of a named or described actor."""

    who: str | None
    what: str
    strength: Literal["promised", "agreed", "planned", "offered", "threatened", "ordered", "refused", "considering"]
    to_whom: str | None
    amount: float | None
    unit: str | None
    due: str | None
    due_date: str | None
    finding: str | None


class TimelineModel(Shown):
    """A dated happening."""

    date: str
    gist: str
    evidence: list[CitationModel]
    finding: str | None


class NameModel(Shown):
    """One person, organisation or place over a story."""

    id: str
    name: str
    kind: NameKind
    articles: list[str]
    aliases: list[str]


class SummaryModel(Shown):
    """One sentence of the lead and the findings that carry it."""

    text: str
    findings: list[str]


class RejectedModel(Shown):
    """What was left out, and why."""

    what: str
    stage: str
    reason: str


class PassageModel(CitationModel):
    """A stretch whose text another article carries too; passages with one `shared` id are one text."""

    shared: str
    origin: str | None
    agency: str | None


class BriefingModel(Shown):
    """The document `accord/briefing@1`."""

    model_config = ConfigDict(populate_by_name=True)
    document: Literal["accord/briefing@1"] = Field(alias="schema")
    id: str
    title: str
    articles: list[BriefedArticle]
    origins: list[OriginModel]
    findings: list[FindingModel]
    quotes: list[QuoteModel]
    figures: list[FigureModel]
    commitments: list[CommitmentModel]
    timeline: list[TimelineModel]
    names: list[NameModel]
    summary: list[SummaryModel]
    rejected: list[RejectedModel]
    utterances: list[UtteranceModel]
    passages: list[PassageModel]
