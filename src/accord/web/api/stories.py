"""Stories: a list of them, one, its briefing, findings, articles; findings by their ids; chains."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from accord.records import ClaimKind, Verdict
from accord.web.api import models
from accord.web.api.answers import Route, answer, json_answer, part, shown
from accord.web.api.parameters import Day, Flag, Id, Mark, Order, Paged, Words
from accord.web.desk import AtDesk
from accord.web.problems import not_found
from accord.web.reading import article_line, briefing_in, cited, finding_in, short, story_in

if TYPE_CHECKING:
    from accord.stores import Store

router = APIRouter(route_class=Route, tags=["stories"])


class StoriesAsked(Paged):
    """Which stories, and in what order."""

    since: Annotated[Day | None, Query(description="Only those with an article of this day or later.")] = None
    outlet: Annotated[Words | None, Query(description="Only those that an outlet of this name reports.")] = None
    several: Annotated[Flag, Query(description="Only those of two articles or more.")] = False
    order: Annotated[Order, Query(description="The latest, those with most to tell, or changed last, first.")] = (
        "latest"
    )


class Corrections(Paged):
    """Whether what people corrected is applied."""

    corrections: Annotated[Flag, Query(description="With corrections applied, or as the machine made it.")] = True


class FindingsAsked(Corrections):
    """Which findings of a story."""

    verdict: Annotated[Verdict | None, Query(description="Only those of this verdict.")] = None
    kind: Annotated[ClaimKind | None, Query(description="Only those of this kind.")] = None


Corrected = Annotated[Flag, Query(description="With corrections applied, or as the machine made it.")]


@router.get("/stories", response_model=models.StoryPage)
def stories(request: Request, desk: AtDesk, asked: Annotated[StoriesAsked, Query()]) -> Response:
    """List stories."""
    with desk.store() as store:
        found = store.stories(
            since=asked.since,
            outlet=asked.outlet,
            several=asked.several,
            order=asked.order,
            limit=asked.limit + 1,
            offset=asked.offset,
        )
    return part(request, models.StoryPage, found, asked)


@router.get("/stories/{story}", response_model=models.OneStory)
def story(desk: AtDesk, story: Id) -> Response:
    """Return one story, by its id, the beginning of it, or the id of a story that was merged into it."""
    with desk.store() as store:
        line = story_in(store, story)
        days = store.days([line.id]).get(line.id, [])
        chains = [chain.id for chain in store.chains([line.id])]
    told = [{"day": day, "articles": number} for day, number in days]
    return answer(models.OneStory, {**asdict(line), "days": told, "chains": chains})


@router.get("/stories/{story}/briefing", response_model=models.BriefingModel)
def briefing(desk: AtDesk, story: Id, corrections: Corrected = True) -> Response:
    """Return the briefing of a story, the document `accord/briefing@1`."""
    from accord.renderers import render

    with desk.store() as store:
        found = briefing_in(store, story_in(store, story), corrections)
    return Response(render(found, "json"), media_type="application/json")


@router.get("/stories/{story}/findings", response_model=models.FindingPage)
def findings(request: Request, desk: AtDesk, story: Id, asked: Annotated[FindingsAsked, Query()]) -> Response:
    """List the findings of a story by weight, each with its evidence."""
    with desk.store() as store:
        line = story_in(store, story)
        briefing = briefing_in(store, line, asked.corrections)
    found = [
        one for one in briefing.findings if asked.verdict in (None, one.verdict) and asked.kind in (None, one.kind)
    ][asked.offset : asked.offset + asked.limit + 1]
    return part(request, models.FindingPage, found, asked, story=line.id, corrected=asked.corrections)


@router.get("/stories/{story}/articles", response_model=models.ArticlePage)
def articles(request: Request, desk: AtDesk, story: Id, asked: Annotated[Paged, Query()]) -> Response:
    """List the articles of a story in the order in which they came."""
    with desk.store() as store:
        line = story_in(store, story)
        numbers = store.members([line.id]).get(line.id, [])
        held = store.numbered(numbers[asked.offset : asked.offset + asked.limit + 1])
    return part(request, models.ArticlePage, [article_line(one) for one in held], asked)


@router.get("/findings/{finding}", response_model=models.OneFinding)
def finding(desk: AtDesk, finding: Id, corrections: Corrected = True) -> Response:
    """Return one finding with its evidence, by its id, also one that its story had and lost."""
    with desk.store() as store:
        fields = one_finding(store, finding, corrections)
    if fields is None:
        raise not_found(f"the finding {short(finding)}", "it was never kept; list the findings of its story")
    return json_answer(fields)


def one_finding(store: Store, identity: str, corrections: bool) -> dict[str, Any] | None:
    """Return a finding as the API shows it; None where there is none."""
    found = finding_in(store, identity, corrections)
    if found is None:
        return None
    located, by = found
    fields = {
        **asdict(located.finding),
        "evidence": cited(store, located.finding.evidence),
        "story": located.story,
        "current": located.current,
        "now": located.now,
        "corrected": corrections,
        "corrections": by,
    }
    return shown(models.OneFinding, fields)


class ChainsAsked(Paged):
    """Which chains."""

    story: Annotated[Mark | None, Query(description="Only those that this story is part of: its id.")] = None


@router.get("/chains", response_model=models.ChainPage)
def chains(request: Request, desk: AtDesk, asked: Annotated[ChainsAsked, Query()]) -> Response:
    """List chains: stories that follow one another."""
    with desk.store() as store:
        found = store.chains(None if asked.story is None else [asked.story])
    return part(request, models.ChainPage, found[asked.offset : asked.offset + asked.limit + 1], asked)
