"""Stories, articles and their versions."""

from __future__ import annotations

from typing import Literal

from accord.web.api.models.shared import Count, Listed, Shown


class StoryModel(Shown):
    """A story: days, outlets, how many articles and origins, and its findings by verdict, corrections applied.

    `lead` is the first sentence of its briefing; `updated` is when it was last briefed (null: not so far); `stale` is
    true where articles came since.
    """

    id: str
    title: str
    lead: str
    first: str | None
    last: str | None
    outlets: list[str]
    articles: Count
    origins: Count
    agreed: Count
    disputed: Count
    single: Count
    weight: float
    updated: str | None
    stale: bool
    revision: Count


class StoryPage(Listed):
    """Stories, in the order asked for."""

    items: list[StoryModel]


class DayModel(Shown):
    """How many articles were published on a day."""

    day: str
    articles: Count


class OneStory(StoryModel):
    """A story with its days and the chains of stories that it is part of."""

    days: list[DayModel]
    chains: list[str]


class ArticleLine(Shown):
    """An article in a list. `words` counts those of its text; `gone` is when its outlet took it down."""

    id: str
    outlet: str
    title: str | None
    byline: str | None
    url: str | None
    published: str | None
    modified: str | None
    language: str | None
    words: Count
    version: Count
    story: str | None
    added: str
    gone: str | None


class ArticlePage(Listed):
    """Articles."""

    items: list[ArticleLine]


class CaptionModel(Shown):
    """The words under a picture, and whom they credit."""

    text: str
    credit: str | None


class EntryModel(Shown):
    """One entry of a live blog: a stretch of the article's text, and when it was posted."""

    start: Count
    end: Count
    at: str | None


class ChangeModel(Shown):
    """How a version differs from the one before: what it said `before` (null: added) and `after` (null: dropped)."""

    before: str | None
    after: str | None
    start: Count
    end: Count
    part: Literal["text", "title"]


class VersionModel(Shown):
    """One version of an article; `superseded` is true where a later one is held."""

    id: str
    version: Count
    published: str | None
    modified: str | None
    added: str
    superseded: bool
    gone: str | None
    changes: list[ChangeModel]


class OneArticle(ArticleLine):
    """An article whole; `text` is what all spans count in. `fetched` and `what` say where it came from."""

    text: str
    section: str | None
    paywalled: bool | None
    credits: list[str]
    captions: list[CaptionModel]
    entries: list[EntryModel]
    replaces: str | None
    superseded: bool
    fetched: str | None
    versions: list[VersionModel]


class ChainModel(Shown):
    """Stories that follow one another, in the order of their days."""

    id: str
    stories: list[str]


class ChainPage(Listed):
    """Chains of stories."""

    items: list[ChainModel]
