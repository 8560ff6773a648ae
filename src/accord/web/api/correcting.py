"""Corrections: what people said against the machine's answer; saying so, and taking it back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from accord.errors import CorrectionError
from accord.records import CorrectionKind
from accord.upkeep.clock import now
from accord.web.api import bodies, models
from accord.web.api.answers import Route, answer, part
from accord.web.api.parameters import Flag, Id, Mark, Paged
from accord.web.desk import AtDesk, Desk
from accord.web.guard import Editor
from accord.web.problems import Problem, not_found
from accord.web.reading import short, story_in
from accord.web.views import correcting as views

if TYPE_CHECKING:
    from accord.records import Correction
    from accord.stores import Store
    from accord.web.access import Viewer

router = APIRouter(route_class=Route, tags=["corrections"])
_REGROUPING = ("stories merged", "story split")


class CorrectionsAsked(Paged):
    """Which corrections."""

    article: Annotated[Mark | None, Query(description="Only those that name this article: its id.")] = None
    kind: Annotated[CorrectionKind | None, Query(description="Only one kind.")] = None
    standing: Annotated[Flag, Query(description="Only those that were not undone.")] = True


@router.get("/corrections", response_model=models.CorrectionPage)
def corrections(request: Request, desk: AtDesk, asked: Annotated[CorrectionsAsked, Query()]) -> Response:
    """List corrections, in the order in which they were made."""
    with desk.store() as store:
        found = store.corrections(
            None if asked.article is None else [asked.article],
            kinds=None if asked.kind is None else [asked.kind],
            standing=asked.standing,
            limit=asked.limit + 1,
            offset=asked.offset,
        )
    return part(request, models.CorrectionPage, found, asked)


@router.get("/corrections/{correction}", response_model=models.CorrectionModel)
def correction(desk: AtDesk, correction: Id) -> Response:
    """Return one correction, also one that was undone."""
    with desk.store() as store:
        return answer(models.CorrectionModel, _held(store, correction))


_MISSING: dict[str, Any] = {"description": "There is no such story, finding, origin, passage or entry (any more)."}
_CONFLICT: dict[str, Any] = {
    "description": "The story has not been briefed so far, or the correction was undone before."
}


@router.post(
    "/corrections", response_model=models.MadeCorrection, status_code=201, responses={404: _MISSING, 409: _CONFLICT}
)
def correct(desk: AtDesk, editor: Editor, asked: bodies.CorrectionAsked) -> Response:
    """Correct the machine's answer, which is kept beside the correction. Making the same one again changes nothing."""
    from accord.upkeep.correcting import correct as keep

    with desk.store() as store:
        made = _made(store, editor, asked.root)
        drawn = keep(store, made)
    held = drawn.correction
    fields = {**asdict(held), "job": _refreshed(desk, held, editor)}
    return answer(models.MadeCorrection, fields, status=201, headers={"Location": f"/api/v1/corrections/{held.id}"})


@router.patch("/corrections/{correction}", response_model=models.MadeCorrection, responses={409: _CONFLICT})
def undo(desk: AtDesk, editor: Editor, correction: Id, asked: bodies.Undone) -> Response:
    """Take a correction back: the machine's answer stands again. The correction is kept, with who undid it and when."""
    from accord.upkeep.correcting import undo as take_back

    with desk.store() as store:
        if _held(store, correction).undone:
            raise Problem(
                409, "Undone before", f"the correction {short(correction)} was undone before; nothing is left"
            )
        drawn = take_back(store, correction, editor.name)
    fields = {**asdict(drawn.correction), "job": _refreshed(desk, drawn.correction, editor)}
    return answer(models.MadeCorrection, fields)


def _held(store: Store, identity: str) -> Correction:
    found = store.correction(identity)
    if found is None:
        raise not_found(
            f"the correction {short(identity)}", "list all corrections, with standing=false those undone too"
        )
    return found


def _refreshed(desk: Desk, made: Correction, editor: Viewer) -> str | None:
    """Have the stories that a correction regrouped briefed anew; return the id of the job that does."""
    return desk.jobs.refresh(editor.name) if made.kind in _REGROUPING else None


def _made(store: Store, editor: Viewer, asked: bodies.OfStory | bodies.OfEntry) -> Correction:
    """Return the correction that a body asks for. Raises CorrectionError and Problem."""
    signed = views.Asked(editor.name, now(), note=asked.note)
    if isinstance(asked, bodies.OfEntry):
        return _of_entry(store, asked, signed)
    line = story_in(store, asked.story)
    at = _place(store, line.id, asked)
    if isinstance(asked, bodies.StoriesMerged):
        other = story_in(store, asked.other)
        if other.id == line.id:
            raise CorrectionError(f"{other.id}: these are one story; name two")
        held = store.numbered(store.members([other.id]).get(other.id, ()))
        return views.merged_stories(at.briefing, [one.article.id for one in held], signed)
    return _of_story(at, asked, signed)


def _of_entry(store: Store, asked: bodies.OfEntry, signed: views.Asked) -> Correction:
    from dataclasses import replace

    found = store.entries([asked.entry])
    if not found:
        raise not_found(f"the commitment {short(asked.entry)}", "it may have become part of another; list the ledger")
    if isinstance(asked, bodies.StatusSet):
        return views.entry_correction(found[0], "status", replace(signed, value=asked.value))
    return views.entry_correction(found[0], "dismiss", signed)


def _of_story(at: views.Place, asked: bodies.OfStory, signed: views.Asked) -> Correction:
    from dataclasses import replace

    from accord import corrections as made

    signature = {"by": signed.by, "at": signed.at, "note": signed.note}
    if isinstance(asked, bodies.DisputeDismissed) and at.finding is not None:
        return made.dismiss_dispute(at.finding, asked.field, **signature)
    if isinstance(asked, bodies.FindingSplit):
        off = tuple(f"{each.article}:{each.start}:{each.end}" for each in asked.off)
        return views.correction(at, "split", replace(signed, off=off))
    if isinstance(asked, bodies.OriginSplit):
        return views.correction(at, "split-origin", replace(signed, off=tuple(asked.off)))
    if isinstance(asked, bodies.StorySplit):
        return views.correction(at, "split-story", replace(signed, off=tuple(asked.off)))
    if isinstance(asked, bodies.FindingsMerged):
        return views.correction(at, "merge", replace(signed, other=asked.other))
    if isinstance(asked, bodies.OriginsMerged):
        return views.correction(at, "merge-origins", replace(signed, other=asked.other))
    if isinstance(asked, bodies.Speaker):
        return views.correction(at, "speaker", replace(signed, value=asked.value or ""))
    if isinstance(asked, bodies.FieldValue):
        return views.correction(at, "value", replace(signed, field=asked.field, value=asked.value or ""))
    return views.correction(at, "dismiss", signed)


def _place(store: Store, story: str, asked: bodies.OfStory) -> views.Place:
    """Return what of a story is to be corrected; Problem where it is not there."""
    from accord.upkeep.correcting import corrected

    machine = store.briefing(story)
    shown = corrected(store, story)
    if machine is None or shown is None:
        raise Problem(409, "Not briefed", f"the story {story} waits to be briefed; try again in a minute")
    passage: bodies.Place | None = getattr(asked, "passage", None)
    span = (passage.article, passage.start, passage.end) if passage else None
    kinds = {"speaker": "quote"}
    found = views.place(
        shown.briefing,
        machine,
        finding=getattr(asked, "finding", None),
        origin=getattr(asked, "origin", None),
        span=span,
        kind=kinds.get(asked.kind),
    )
    if found is None:
        raise not_found("what is to be corrected", "the story has changed, or has no such thing; read it again")
    return found
