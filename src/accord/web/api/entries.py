"""The ledger: its entries as they stand today, one with its history; how many have each status."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from accord.records import Status
from accord.web.api import models
from accord.web.api.answers import Route, answer, part
from accord.web.api.parameters import Day, Id, Mark, Paged, Words
from accord.web.desk import AtDesk
from accord.web.problems import not_found
from accord.web.reading import short, standing, today

router = APIRouter(route_class=Route, tags=["ledger"])


class Filters(BaseModel):
    """Which entries."""

    who: Annotated[Words | None, Query(description="Only what this person or body is to do.")] = None
    to_whom: Annotated[Words | None, Query(description="Only what is owed to this person or body.")] = None
    topic: Annotated[Words | None, Query(description="Only what has these words.")] = None
    due_from: Annotated[Day | None, Query(description="Only what is due on this day or later.")] = None
    due_until: Annotated[Day | None, Query(description="Only what is due until this day.")] = None

    @property
    def due(self) -> tuple[str | None, str | None] | None:
        """The first and the last day that the due date may be."""
        return None if self.due_from is None and self.due_until is None else (self.due_from, self.due_until)


class LedgerAsked(Filters, Paged):
    """Which entries, and in what order."""

    status: Annotated[Status | None, Query(description="Only what stands so today, corrections apart.")] = None
    story: Annotated[Mark | None, Query(description="Only what this story reports on: its id.")] = None
    order: Annotated[
        Literal["made", "latest", "due", "lately due"],
        Query(description="By the day they were made, the latest first; or by due date (those without left out)."),
    ] = "made"


@router.get("/ledger", response_model=models.LedgerPage)
def ledger(request: Request, desk: AtDesk, asked: Annotated[LedgerAsked, Query()]) -> Response:
    """List commitments, each with all that reports say of it."""
    with desk.store() as store:
        found = store.ledger(
            who=asked.who,
            to_whom=asked.to_whom,
            topic=asked.topic,
            due=asked.due,
            status=asked.status,
            story=asked.story,
            order=asked.order,
            today=today(),
            limit=asked.limit + 1,
            offset=asked.offset,
        )
        entries = list(found)
        further = len(entries) > asked.limit
        entries = standing(store, entries[: asked.limit])
    return part(request, models.LedgerPage, entries, asked, further=further)


@router.get("/ledger/statuses", response_model=models.StatusesModel)
def statuses(desk: AtDesk, asked: Annotated[Filters, Query()]) -> Response:
    """Count the entries of each status, as they stand today."""
    with desk.store() as store:
        found = store.statuses(who=asked.who, to_whom=asked.to_whom, topic=asked.topic, due=asked.due, today=today())
    return answer(models.StatusesModel, {"statuses": found})


@router.get("/ledger/{entry}", response_model=models.LedgerEntryModel)
def entry(desk: AtDesk, entry: Id) -> Response:
    """Return one commitment with its whole history."""
    with desk.store() as store:
        found = standing(store, store.entries([entry]))
    if not found:
        raise not_found(f"the commitment {short(entry)}", "it may have become part of another; list the ledger")
    return answer(models.LedgerEntryModel, found[0])
