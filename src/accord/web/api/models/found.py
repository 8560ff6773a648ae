"""What is searched for: hits, names, the ledger."""

from __future__ import annotations

from accord.records import NameKind, Says, Status
from accord.stores.store import HitKind
from accord.web.api.models.shared import CitationModel, Count, Listed, Shown


class HitModel(Shown):
    """Something found, with its span. `quoted` is true of words between quotation marks."""

    kind: HitKind
    article: str
    outlet: str
    title: str | None
    published: str | None
    start: Count
    end: Count
    text: str
    speaker: str | None
    story: str | None
    score: float
    quoted: bool


class HitPage(Listed):
    """What a search found, the best first."""

    items: list[HitModel]


class FacetModel(Shown):
    """How many hits have a value."""

    value: str
    hits: Count


class FacetsModel(Shown):
    """How many hits a search has, by kind, outlet, speaker and month; `more`: there are more than were counted."""

    kinds: list[FacetModel]
    outlets: list[FacetModel]
    speakers: list[FacetModel]
    months: list[FacetModel]
    more: bool


class NameLine(Shown):
    """A person, body or place, and how many stories name it."""

    name: str
    kind: NameKind
    stories: Count


class NameList(Shown):
    """Persons, bodies and places, those of most stories first."""

    items: list[NameLine]


class LedgerLineModel(CitationModel):
    """What one article says of a commitment: that it was made, or what became of it."""

    id: str
    says: Says
    outlet: str
    who: str | None
    what: str
    published: str | None
    to_whom: str | None
    strength: str | None
    amount: float | None
    unit: str | None
    due: str | None
    due_date: str | None
    speaker: str | None
    story: str | None
    finding: str | None
    origin: str | None
    date: str | None
    recalled: bool


class LedgerEntryModel(Shown):
    """One commitment, followed from the day it was made; `lines` are its history, in the order of their days."""

    id: str
    who: str | None
    what: str
    status: Status
    rule: str
    lines: list[LedgerLineModel]
    to_whom: str | None
    strength: str | None
    amount: float | None
    unit: str | None
    due: str | None
    due_date: str | None
    made: str | None
    latest: str | None
    rests_on: list[CitationModel]


class LedgerPage(Listed):
    """Entries of the ledger, as they stand today."""

    items: list[LedgerEntryModel]


class StatusesModel(Shown):
    """How many entries have each status."""

    statuses: dict[Status, Count]


class OneName(NameLine):
    """A person, body or place: what it said, and the commitments that it made and received.

    Each list is the first part of the one at the address beside it, where the rest is. `latest` are the ids of the
    latest stories.
    """

    latest: list[str]
    aliases: list[str]
    said: list[HitModel]
    said_at: str
    made: list[LedgerEntryModel]
    made_at: str
    received: list[LedgerEntryModel]
    received_at: str
