"""What the store tells: updates, rejects, feeds, corrections, jobs; and what is wrong with a request."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from accord.records import CorrectionKind, UpdateKind
from accord.web.api.models.findings import RejectedModel
from accord.web.api.models.shared import CitationModel, Count, Listed, Shown


class UpdateModel(Shown):
    """What later coverage changed in a story."""

    id: str
    kind: UpdateKind
    story: str
    gist: str
    at: str | None
    finding: str | None
    article: str | None
    before: str | None
    after: str | None
    evidence: list[CitationModel]
    names: list[str]


class UpdatePage(Listed):
    """Updates, the latest first."""

    items: list[UpdateModel]


class RejectModel(RejectedModel):
    """What was left out, why, and when."""

    at: str


class RejectPage(Listed):
    """What was left out, the latest first."""

    items: list[RejectModel]


class FeedModel(Shown):
    """A feed or page that the watch reads again and again; `next` is when, `failures` those in a row."""

    url: str
    next: str
    failures: Count
    problem: str | None
    read: str | None


class FeedPage(Listed):
    """Feeds by address."""

    items: list[FeedModel]


class CountsModel(Shown):
    """How much the store holds."""

    articles: Count
    versions: Count
    stories: Count
    findings: Count
    entries: Count
    updates: Count
    rejected: Count


class CorrectionModel(Shown):
    """What a person says against the machine's answer; `undone` is when it ceased to stand."""

    id: str
    kind: CorrectionKind
    by: str
    at: str
    articles: list[str]
    others: list[str]
    passages: list[CitationModel]
    other_passages: list[CitationModel]
    field: str | None
    value: str | None
    before: str | None
    note: str
    undone: str | None
    undone_by: str | None


class MadeCorrection(CorrectionModel):
    """A correction that was made or undone just now; `job` briefs stories anew that it regrouped."""

    job: str | None


class CorrectionPage(Listed):
    """Corrections, in the order in which they were made."""

    items: list[CorrectionModel]


class JobModel(Shown):
    """A job: how far it is (`stage`, `done` of `total`; `before`: how many jobs come first), and what came of it.

    `articles`, `versions`, `unchanged` and `rejected` are known once it is over. `rejects` says what was left out (at
    most 500), `left_out` how much that is, `stories` which stories changed, `reason` why it failed.
    """

    id: str
    title: str
    by: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    stage: str
    done: Count
    total: Count
    before: Count
    changes: Count
    articles: Count
    versions: Count
    unchanged: Count
    rejected: Count
    left_out: Count
    stories: list[str]
    rejects: list[RejectedModel]
    reason: str
    made: str
    begun: str | None
    ended: str | None


class FaultModel(Shown):
    """One thing wrong with a request: where ("query limit"), and what."""

    where: str
    problem: str


class ProblemModel(BaseModel):
    """What is wrong and what to do (RFC 9457); `errors` names each fault of a request that is not as described."""

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    instance: str | None = None
    errors: list[FaultModel] | None = None
