"""Corrections: what people said against the machine's answer, the forms to say so, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from accord.corrections import described
from accord.errors import CorrectionError
from accord.records import Status
from accord.stores.store import Query as Wanted
from accord.upkeep.clock import now
from accord.web.access import AsViewer
from accord.web.desk import AtDesk, Desk
from accord.web.guard import Editor
from accord.web.pages import page
from accord.web.problems import Problem, not_found
from accord.web.views.correcting import (
    Asked,
    Place,
    correction,
    entry_correction,
    merged_stories,
    passage_key,
    place,
)

if TYPE_CHECKING:
    from accord.records import Correction
    from accord.stores import Store
    from accord.stores.store import StoryLine

router = APIRouter()

PER_PAGE = 40
STATUSES: tuple[Status, ...] = (
    "open",
    "reported done",
    "reported partly done",
    "changed",
    "withdrawn",
    "disputed",
    "overdue",
)
_FOUND = 8

Text = Annotated[str, Form(max_length=4_000)]
Id = Annotated[str | None, Query(max_length=200)]


# all of them ----------------------------------------------------------------------------------------------------------


@router.get("/corrections")
def listed(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    standing: bool = True,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """List the corrections that stand, the latest first; or all, those that were taken back too."""
    with desk.store() as store:
        made = store.corrections(standing=standing)
        made.reverse()
        shown = made[offset : offset + PER_PAGE]
        stories = {one.id: _story_of(store, one) for one in shown}
    return page(
        request,
        "corrections/list.html",
        section="corrections",
        corrections=[(one, described(one), stories[one.id]) for one in shown],
        standing=standing,
        offset=offset,
        total=len(made),
        per_page=PER_PAGE,
    )


@router.get("/corrections/{identity}")
def shown(request: Request, desk: AtDesk, viewer: AsViewer, identity: str, fresh: bool = False) -> Response:
    """Show one correction: what it says, against what, who, when and why."""
    with desk.store() as store:
        one = store.correction(identity)
        if one is None:
            raise not_found(f"the correction {identity}", "see all corrections")
        story = _story_of(store, one)
        outlets = {held.article.id: held.article.outlet for held in store.held(_articles(one))}
    context: dict[str, Any] = {
        "correction": one,
        "words": described(one),
        "story": story,
        "outlets": outlets,
        "fresh": fresh,
    }
    return page(request, "corrections/one.html", section="corrections", **context)


@router.post("/corrections/{identity}/undo")
def undone(request: Request, desk: AtDesk, viewer: Editor, identity: str) -> Response:
    """Take a correction back: the machine's answer stands again."""
    from accord.upkeep.correcting import undo

    with desk.store() as store:
        one = store.correction(identity)
        if one is None:
            raise not_found(f"the correction {identity}", "see all corrections")
        try:
            undo(store, identity, viewer.name)
        except CorrectionError as error:
            raise Problem(409, "Taken back already", str(error)) from error
    return _done(desk, one, viewer.name)


# of a story -----------------------------------------------------------------------------------------------------------


@router.get("/stories/{story}/correct")
def form(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    story: str,
    finding: Id = None,
    origin: Id = None,
    article: Id = None,
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    find: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show what can be corrected of a story, or of one finding, origin, quote, figure or commitment of it."""
    _must_edit(viewer.edits)
    with desk.store() as store:
        line = _line(store, story)
        at = _place(store, line, finding, origin, (article, start, end) if article else None, kind)
        near = _stories_like(store, line, find or line.title)
    return _form(request, line, at, near, find)


@router.post("/stories/{story}/correct")
def made(
    request: Request,
    desk: AtDesk,
    viewer: Editor,
    story: str,
    action: Annotated[str, Form(max_length=40)],
    finding: Id = None,
    origin: Id = None,
    article: Id = None,
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    other: Text = "",
    off: Annotated[list[str] | None, Form(max_length=400)] = None,
    field: Text = "",
    value: Text = "",
    note: Text = "",
) -> Response:
    """Keep a correction of a story, or of something in it."""
    from accord.upkeep.correcting import correct

    asked = Asked(viewer.name, now(), other.strip(), tuple(off or ()), field, value, note)
    with desk.store() as store:
        line = _line(store, story)
        at = _place(store, line, finding, origin, (article, start, end) if article else None, kind)
        try:
            wanted = _merged(store, line, at, asked) if action == "merge-story" else correction(at, action, asked)
            correct(store, wanted)
        except CorrectionError as error:
            near = _stories_like(store, line, line.title)
            return _form(request, line, at, near, "", str(error), status=422)
    return _done(desk, wanted, viewer.name)


# of the ledger --------------------------------------------------------------------------------------------------------


@router.get("/ledger/{identity}/correct")
def entry_form(request: Request, desk: AtDesk, viewer: AsViewer, identity: str) -> Response:
    """Show what can be corrected of an entry of the ledger."""
    _must_edit(viewer.edits)
    with desk.store() as store:
        found = store.entries([identity])
    if not found:
        raise not_found(f"the entry {identity} of the ledger")
    context: dict[str, Any] = {"entry": found[0], "statuses": STATUSES, "error": None}
    return page(request, "corrections/entry.html", section="ledger", **context)


@router.post("/ledger/{identity}/correct")
def entry_made(
    request: Request,
    desk: AtDesk,
    viewer: Editor,
    identity: str,
    action: Annotated[str, Form(max_length=40)],
    value: Text = "",
    note: Text = "",
) -> Response:
    """Keep a correction of an entry of the ledger."""
    from accord.upkeep.correcting import correct

    with desk.store() as store:
        found = store.entries([identity])
        if not found:
            raise not_found(f"the entry {identity} of the ledger")
        try:
            wanted = entry_correction(found[0], action, Asked(viewer.name, now(), value=value, note=note))
            correct(store, wanted)
        except CorrectionError as error:
            context: dict[str, Any] = {"entry": found[0], "statuses": STATUSES, "error": str(error)}
            return page(request, "corrections/entry.html", status=422, section="ledger", **context)
    return _done(desk, wanted, viewer.name)


# what they share ------------------------------------------------------------------------------------------------------


def _must_edit(edits: bool) -> None:
    if not edits:
        raise Problem(403, "For editors", "readers cannot correct; sign in with an editor's token")


def _line(store: Store, story: str) -> StoryLine:
    line = store.story(story)
    if line is None:
        raise not_found(f"the story {story}")
    return line


def _place(
    store: Store,
    line: StoryLine,
    finding: str | None,
    origin: str | None,
    span: tuple[str, int, int] | None,
    kind: str | None,
) -> Place:
    from accord.upkeep.correcting import corrected

    machine = store.briefing(line.id)
    shown = corrected(store, line.id)
    if machine is None or shown is None:
        raise Problem(409, "Not briefed yet", "the story waits to be briefed; try again in a minute")
    at = place(shown.briefing, machine, finding=finding, origin=origin, span=span, kind=kind)
    if at is None:
        raise not_found("what you want to correct", "the story has changed meanwhile; open it again")
    return at


def _merged(store: Store, line: StoryLine, at: Place, asked: Asked) -> Correction:
    named = asked.other.rstrip("/").rpartition("/")[2]
    other = store.story(named) if named else None
    if other is None or other.id == line.id:
        raise CorrectionError("name the other story: choose one of the list, or write its id or address")
    held = store.numbered(store.members([other.id]).get(other.id, ()))
    return merged_stories(at.briefing, [one.article.id for one in held], asked)


def _stories_like(store: Store, line: StoryLine, words: str) -> list[StoryLine]:
    """Return stories that have reports with `words`, or some of them."""
    terms = [word for word in words.split() if len(word) > 3]
    found: dict[str, StoryLine] = {}
    for wanted in (words, " ".join(terms[:2]), *terms[:4]):
        for hit in store.search(Wanted(words=wanted, kind="article", limit=_FOUND)) if wanted.strip() else ():
            if hit.story and hit.story != line.id and hit.story not in found and len(found) < _FOUND:
                other = store.story(hit.story)
                if other is not None:
                    found[other.id] = other
    return list(found.values())


def _form(
    request: Request,
    line: StoryLine,
    at: Place,
    near: list[StoryLine],
    find: str,
    error: str | None = None,
    status: int = 200,
) -> Response:
    outlets = {article.id: article.outlet for article in at.briefing.articles}
    context: dict[str, Any] = {"story": line, "at": at, "near": near, "find": find, "error": error, "outlets": outlets}
    context |= {"key": passage_key, "action": f"{request.url.path}?{request.url.query}"}
    return page(request, "corrections/form.html", status=status, section="corrections", **context)


def _articles(one: Correction) -> list[str]:
    named = (*one.articles, *one.others, *(p.article for p in (*one.passages, *one.other_passages)))
    return list(dict.fromkeys(named))


def _story_of(store: Store, one: Correction) -> StoryLine | None:
    """Return the story that a correction is about, by the articles that it names."""
    for held in store.held(_articles(one)):
        latest = store.versions(held.article.id)[-1] if held.superseded else held
        if latest.story:
            return store.story(latest.story)
    return None


def _done(desk: Desk, one: Correction, by: str) -> Response:
    """Show a correction that was kept; where it changes which articles form a story, these are briefed anew."""
    if one.kind in ("stories merged", "story split"):
        job = desk.jobs.refresh(by)
        return RedirectResponse(f"/jobs/{job}", status_code=303)
    return RedirectResponse(f"/corrections/{one.id}?fresh=true", status_code=303)
