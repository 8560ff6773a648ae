"""Search over articles, quotes, figures and commitments; persons, bodies and places by name."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from accord.records import NameKind
from accord.stores.store import HitKind
from accord.web.api import models
from accord.web.api.answers import Route, answer, part
from accord.web.api.parameters import DIGITS, Day, Flag, Id, Paged, Words
from accord.web.desk import AtDesk
from accord.web.problems import not_found
from accord.web.reading import entries_of, short, standing

if TYPE_CHECKING:
    from accord.stores.store import Query as Sought

router = APIRouter(route_class=Route, tags=["search"])
_FIRST = 20


class Filters(BaseModel):
    """What to search for."""

    words: Annotated[
        Words | None, Query(description='Words that must all occur; "a phrase", word*, -word. None find everything.')
    ] = None
    speaker: Annotated[Words | None, Query(description="Only what somebody of this name said.")] = None
    outlet: Annotated[Words | None, Query(description="Only what an outlet of this name published.")] = None
    since: Annotated[Day | None, Query(description="Only what was published on this day or later.")] = None
    until: Annotated[Day | None, Query(description="Only what was published until this day.")] = None
    exactly: Annotated[Flag, Query(description="Speaker and outlet are whole names, not parts of names.")] = False

    def query(self) -> Sought:
        """Return this as stores take it."""
        from accord.stores.store import Query as Sought

        return Sought(self.words or "", None, self.speaker, self.outlet, self.since, self.until, exactly=self.exactly)


class SearchAsked(Filters, Paged):
    """A search, and which part of what it finds."""

    kind: Annotated[HitKind | None, Query(description="Only one kind of thing.")] = None


class FacetsAsked(Filters):
    """A search of which the hits are counted."""

    most: Annotated[int, Field(ge=1, le=100, description="The most outlets, speakers and months."), DIGITS] = 12


@router.get("/search", response_model=models.HitPage)
def search(request: Request, desk: AtDesk, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Search articles, quotes, figures and commitments, the best first."""
    query = replace(asked.query(), kind=asked.kind, limit=asked.limit + 1, offset=asked.offset)
    with desk.store() as store:
        found = store.search(query)
    return part(request, models.HitPage, found, asked)


@router.get("/search/facets", response_model=models.FacetsModel)
def facets(desk: AtDesk, asked: Annotated[FacetsAsked, Query()]) -> Response:
    """Count what a search finds by kind, outlet, speaker and month."""
    with desk.store() as store:
        found = store.facets(asked.query(), asked.most)
    counted = {
        name: [{"value": value, "hits": hits} for value, hits in getattr(found, name)]
        for name in ("kinds", "outlets", "speakers", "months")
    }
    return answer(models.FacetsModel, {**counted, "more": found.more})


class NamesAsked(BaseModel):
    """Which names."""

    words: Annotated[Words, Query(description="What the name holds.")]
    kind: Annotated[NameKind | None, Query(description="Only persons, organisations or places.")] = None
    limit: Annotated[int, Field(ge=1, le=200, description="The most to answer with."), DIGITS] = 20


@router.get("/names", response_model=models.NameList)
def names(desk: AtDesk, asked: Annotated[NamesAsked, Query()]) -> Response:
    """List persons, bodies and places whose names hold some words, those of most stories first."""
    with desk.store() as store:
        found = store.named(asked.words, asked.kind, asked.limit)
    return answer(
        models.NameList, {"items": [dict(zip(("name", "kind", "stories"), one, strict=True)) for one in found]}
    )


@router.get("/names/{name:path}", response_model=models.OneName)
def name(
    desk: AtDesk,
    name: Id,
    kind: Annotated[NameKind | None, Query(description="Where a person and a place share the name.")] = None,
) -> Response:
    """Return a person, body or place by its fullest name: all it said, and the commitments it made and received."""
    from accord.stores.store import Query as Sought

    with desk.store() as store:
        found = store.one_named(name, kind)
        if found is None:
            raise not_found(f"the name {short(name)}", "write it as /api/v1/names lists it")
        said = store.search(Sought(kind="quote", speaker=found.name, limit=_FIRST, exactly=True))
        made = standing(store, entries_of(store, found.name, _FIRST))
        received = standing(store, entries_of(store, found.name, _FIRST, to_whom=True))
    told = cast("dict[str, object]", asdict(found))
    lists = {"said": said, "made": made, "received": received}
    at = {
        "said_at": _at("search", kind="quote", speaker=found.name, exactly="true"),
        "made_at": _at("ledger", who=found.name, order="latest"),
        "received_at": _at("ledger", to_whom=found.name, order="latest"),
    }
    return answer(models.OneName, {**told, **lists, **at})


def _at(path: str, **fields: str) -> str:
    return f"/api/v1/{path}?{urlencode(fields)}"
