"""What clients send: strict, so that nothing is guessed and nothing ignored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag

from accord.records import Status
from accord.web.api.parameters import TEXT

Name = Annotated[str, Field(min_length=1, max_length=1_000, pattern=TEXT)]
Note = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")]
Off = Annotated[list[Name], Field(min_length=1, max_length=400)]


class Sent(BaseModel):
    """Base of all bodies: types are not converted, and fields that are not listed are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


# add ------------------------------------------------------------------------------------------------------------------


class TextSent(Sent):
    """One text, and what is known of it; `published` is a day."""

    text: Annotated[str, Field(min_length=1, max_length=400_000, pattern=TEXT)]
    outlet: Name
    title: Name | None = None
    published: Name | None = None
    url: Name | None = None
    byline: Name | None = None


class Texts(Sent):
    """Texts to add."""

    texts: Annotated[list[TextSent], Field(min_length=1, max_length=100)]


class Addresses(Sent):
    """Addresses (http or https) of pages, feeds, sitemaps and files to add."""

    addresses: Annotated[list[Name], Field(min_length=1, max_length=100)]


def _which(sent: object) -> str:
    return "addresses" if isinstance(sent, dict) and "addresses" in sent else "texts"


class Added(
    RootModel[Annotated[Annotated[Texts, Tag("texts")] | Annotated[Addresses, Tag("addresses")], Discriminator(_which)]]
):
    """What to add: texts, or addresses."""


class Stopped(Sent):
    """A job is to stop."""

    state: Literal["stopped"]


# correct --------------------------------------------------------------------------------------------------------------


class Place(Sent):
    """Exact characters of an article."""

    article: Name
    start: Annotated[int, Field(ge=0, le=10_000_000)]
    end: Annotated[int, Field(ge=0, le=10_000_000)]


class Noted(Sent):
    """Why."""

    note: Note = ""


class FindingsMerged(Noted):
    """Two findings of a story say the same."""

    kind: Literal["findings merged"]
    story: Name
    finding: Name
    other: Name


class FindingSplit(Noted):
    """Passages (`off`, cited by the finding) say something else than the rest of it."""

    kind: Literal["finding split"]
    story: Name
    finding: Name
    off: Annotated[list[Place], Field(min_length=1, max_length=400)]


class FindingDismissed(Noted):
    """A finding is none."""

    kind: Literal["finding dismissed"]
    story: Name
    finding: Name


class DisputeDismissed(Noted):
    """What a finding differs in (`field`; without one all that it does) is no dispute."""

    kind: Literal["dispute dismissed"]
    story: Name
    finding: Name
    field: Name | None = None


class OriginsMerged(Noted):
    """Two origins of a story are one text."""

    kind: Literal["origins merged"]
    story: Name
    origin: Name
    other: Name


class OriginSplit(Noted):
    """Articles (`off`, their ids) are no copies of the rest of their origin."""

    kind: Literal["origin split"]
    story: Name
    origin: Name
    off: Off


class StoriesMerged(Noted):
    """Two stories tell of one event."""

    kind: Literal["stories merged"]
    story: Name
    other: Name


class StorySplit(Noted):
    """Articles (`off`, their ids) tell of another event than the rest of the story."""

    kind: Literal["story split"]
    story: Name
    off: Off


class Speaker(Noted):
    """Somebody else said a quote (at its exact `passage`); null: nobody knows who."""

    kind: Literal["speaker"]
    story: Name
    passage: Place
    value: Name | None


class FieldValue(Noted):
    """A field of a figure or a commitment (at its `passage`) is something else; null: the article does not say."""

    kind: Literal["value"]
    story: Name
    passage: Place
    field: Literal[
        "value", "high", "unit", "of", "qualifier", "who", "what", "to_whom", "strength", "amount", "due_date"
    ]
    value: Name | None


class EntryDismissed(Noted):
    """An entry of the ledger is no commitment."""

    kind: Literal["entry dismissed"]
    entry: Name


class StatusSet(Noted):
    """An entry of the ledger stands otherwise."""

    kind: Literal["status"]
    entry: Name
    value: Status


OfEntry = EntryDismissed | StatusSet
OfStory = (
    FindingsMerged
    | FindingSplit
    | FindingDismissed
    | DisputeDismissed
    | OriginsMerged
    | OriginSplit
    | StoriesMerged
    | StorySplit
    | Speaker
    | FieldValue
)


class CorrectionAsked(RootModel[Annotated[OfStory | OfEntry, Field(discriminator="kind")]]):
    """A correction: what it says by its `kind`, on what, and why (`note`)."""


class Undone(Sent):
    """A correction is to stand no more."""

    undone: Literal[True]
