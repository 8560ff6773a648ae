"""What the tools answer with, as data: bounded, and every line with the article, outlet, place and address it rests on.

`next` is the offset to ask with for what comes after; null where that is all.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

Next = Annotated[int | None, Field(description="Ask again with this offset for what comes after; null: that is all.")]


class Cited(BaseModel):
    """Exact characters of an article, and where it was published."""

    article: str
    start: int
    end: int
    text: str
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None


class Hit(Cited):
    """Something found. `quoted`: the words stand between quotation marks in the report."""

    kind: str
    speaker: str | None = None
    quoted: bool = False
    story: str | None = None


class Hits(BaseModel):
    """What a search found, the best first."""

    hits: list[Hit]
    next: Next = None


class Story(BaseModel):
    """A story: findings by verdict, corrections applied. `updated`: when it was last briefed; null: not so far."""

    id: str
    title: str
    lead: str
    first: str | None
    last: str | None
    outlets: list[str]
    articles: int
    origins: int
    agreed: int
    disputed: int
    one_origin: int
    updated: str | None
    stale: bool


class Stories(BaseModel):
    """Stories, in the order asked for."""

    stories: list[Story]
    next: Next = None


class Part(BaseModel):
    """A part of a briefing, in whole lines, and how many lines there are in all."""

    part: str
    lines: int
    next: Next = None


class OneStory(Part):
    """A story and a part of its briefing."""

    story: Story
    format: str


class Briefed(Part):
    """A part of the briefing on texts that were sent; nothing is stored. `rejected`: what was left out, and why."""

    title: str
    rejected: list[str] = []


class Value(BaseModel):
    """One side of a difference, and the articles that say so."""

    value: str
    articles: list[str]


class Difference(BaseModel):
    """Where reports differ; `compatible`: both can hold."""

    field: str
    values: list[Value]
    compatible: bool


class Finding(BaseModel):
    """One thing asserted. `current`: false where its story lost it; `now`: the findings that carry its passages."""

    id: str
    story: str
    kind: str
    gist: str
    verdict: str
    between: str | None
    origins: int
    outlets: list[str]
    score: float
    reasons: list[str]
    differences: list[Difference]
    evidence: list[Cited]
    passages: int
    current: bool
    now: list[str]
    corrections: list[str]
    next: Next = None


class Line(Cited):
    """What one article says of a commitment."""

    says: str
    speaker: str | None = None
    story: str | None = None


class Entry(BaseModel):
    """One commitment, as it stands today; `rule` says what the status rests on, `reports` counts all lines."""

    id: str
    who: str | None
    what: str
    to_whom: str | None
    status: str
    rule: str
    amount: float | None
    unit: str | None
    due: str | None
    due_date: str | None
    made: str | None
    latest: str | None
    reports: int
    lines: list[Line]
    next: Next = None


class Entries(BaseModel):
    """Entries of the ledger."""

    entries: list[Entry]
    next: Next = None


class Change(BaseModel):
    """What later coverage changed in a story."""

    id: str
    kind: str
    story: str
    gist: str
    at: str | None
    finding: str | None
    article: str | None
    before: str | None
    after: str | None
    evidence: list[Cited]


class Changes(BaseModel):
    """Changes, the latest first."""

    changes: list[Change]
    next: Next = None


class Passage(Cited):
    """Exact characters of an article with those around them; `characters`: how long its text is."""

    before: str
    after: str
    characters: int
    version: int
    superseded: bool
    gone: str | None


class Sent(BaseModel):
    """One report to be briefed."""

    text: Annotated[str, Field(min_length=1, max_length=200_000, description="The whole report, as published.")]
    outlet: Annotated[str, Field(min_length=1, max_length=300, description="Who published it.")]
    title: Annotated[str | None, Field(max_length=1_000)] = None
    published: Annotated[str | None, Field(max_length=100, description="The day, such as 2031-05-04.")] = None
    url: Annotated[str | None, Field(max_length=2_000)] = None
