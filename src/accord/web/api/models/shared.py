"""What all answers share, and the passages that they rest on."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Score = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Shown(BaseModel):
    """Base of all answers: every field is always there."""

    model_config = ConfigDict(from_attributes=True)


class Listed(Shown):
    """A part of a list: how many were asked for, from where on, and the address of the next part (null: no more)."""

    limit: Count
    offset: Count
    next: str | None


class CitationModel(Shown):
    """The exact characters that carry a line: `article.text[start:end] == text`."""

    article: str
    start: Count
    end: Count
    text: str


class CitedPassage(CitationModel):
    """A citation, and where its article stands."""

    outlet: str | None
    title: str | None
    url: str | None
    published: str | None


class ValueModel(Shown):
    """One side of a difference, and the articles that say so."""

    value: str
    articles: list[str]
