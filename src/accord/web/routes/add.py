"""Add: texts, files, addresses; what became of them, live; what was left out."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from accord.web.access import AsViewer, Viewer
from accord.web.desk import AtDesk, Desk
from accord.web.guard import Editor
from accord.web.pages import page
from accord.web.problems import Problem, not_found
from accord.web.views import jobs as views
from accord.web.work import pastes
from accord.web.work.addresses import taken
from accord.web.work.examples import EVENTS
from accord.web.work.examples import folder as examples_folder
from accord.web.work.folders import file_in
from accord.web.work.orders import Order
from accord.web.work.pastes import PasteError

if TYPE_CHECKING:
    from accord.web.work.jobs import Job

router = APIRouter()

PER_PAGE = 50
_LATEST = 8
_SHORT = 80
Field = Annotated[str, Form(max_length=500)]


@dataclass(frozen=True, slots=True)
class Given:
    """What a form held that could not be taken, so that it is shown again, with what is wrong and where."""

    text: str = ""
    outlet: str = ""
    title: str = ""
    published: str = ""
    addresses: str = ""
    feed: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@router.get("/add")
def add(request: Request, desk: AtDesk, viewer: Editor) -> Response:
    """Show the ways to add reports, and the latest jobs."""
    return add_page(request, desk)


@router.post("/add/text")
def add_text(
    request: Request,
    desk: AtDesk,
    viewer: Editor,
    text: Annotated[str, Form()] = "",
    outlet: Field = "",
    title: Field = "",
    published: Field = "",
) -> Response:
    """Take pasted texts; where nothing but addresses was pasted, these."""
    most = desk.settings.limits.paste
    if len(text.encode("utf-8", "replace")) > most:
        raise Problem(413, "Too large", f"this is more than the {most / 1e6:.3g} MB that can be pasted; upload a file")
    try:
        if pastes.addresses_in(text):
            return _read(desk, viewer, taken(text, desk.settings.config.web, "text"), outlet, published)
        found = pastes.texts(text, outlet=outlet, title=title, published=published)
    except PasteError as error:
        given = Given(
            text=text, outlet=outlet, title=title, published=published, errors={error.field: views.sentence(str(error))}
        )
        return add_page(request, desk, given)
    folder = desk.jobs.folder()
    pastes.write(folder, found)
    return _go(desk.jobs.submit(_texts(found), Order("add", str(folder), by=viewer.name), viewer.name))


@router.post("/add/files")
def add_files(
    request: Request,
    desk: AtDesk,
    viewer: Editor,
    files: Annotated[list[UploadFile] | None, File()] = None,
    outlet: Field = "",
    published: Field = "",
) -> Response:
    """Take uploaded files."""
    sent = [file for file in files or () if file.filename or file.size]
    errors: dict[str, str] = {}
    if not sent:
        errors["files"] = "no file was chosen; choose one or several"
    elif len(sent) > desk.settings.limits.files:
        errors["files"] = (
            f"these are {len(sent)} files; send at most {desk.settings.limits.files} at once, or an archive"
        )
    day = _day(published, errors)
    if errors:
        return add_page(
            request, desk, Given(errors={f"file-{name}": views.sentence(told) for name, told in errors.items()})
        )
    folder = desk.jobs.folder()
    try:
        for number, file in enumerate(sent, 1):
            with file_in(folder, number, file.filename or "").open("xb") as copy:
                shutil.copyfileobj(file.file, copy)
    except OSError as error:
        desk.jobs.folders.remove(str(folder))
        raise Problem(
            507, "No space", f"the files cannot be kept for the work ({error.strerror}); try later"
        ) from error
    title = f"{len(sent)} files" if len(sent) > 1 else (sent[0].filename or "a file").replace("\\", "/").split("/")[-1]
    order = Order("add", str(folder), outlet=outlet.strip() or None, published=day, by=viewer.name)
    return _go(desk.jobs.submit(title[:_SHORT], order, viewer.name))


@router.post("/add/address")
def add_address(
    request: Request, desk: AtDesk, viewer: Editor, addresses: Annotated[str, Form(max_length=100_000)] = ""
) -> Response:
    """Take addresses of pages, feeds, sitemaps and files on the web."""
    try:
        return _read(desk, viewer, taken(addresses, desk.settings.config.web))
    except PasteError as error:
        return add_page(request, desk, Given(addresses=addresses, errors={error.field: views.sentence(str(error))}))


@router.post("/add/examples")
def add_examples(request: Request, desk: AtDesk, viewer: Editor) -> Response:
    """Read the example coverage."""
    if examples_folder() is None:
        raise not_found("the example coverage", "it was not installed with this accord; add reports of your own")
    return _go(desk.jobs.submit("The example coverage", Order("examples", by=viewer.name), viewer.name))


def add_page(request: Request, desk: Desk, given: Given | None = None) -> Response:
    """Return the page with all ways to add; with what was `given` where that could not be taken."""
    with desk.store() as store:
        empty = store.counts().articles == 0
        rejected = len(store.rejects(1)) > 0
    return page(
        request,
        "add.html",
        status=422 if given else 200,
        section="add",
        given=given or Given(),
        empty=empty,
        rejected=rejected,
        examples=EVENTS if examples_folder() else (),
        limits=desk.settings.limits,
        latest=[(job, views.progress(job), views.outcome(job), views.moment(job.made)) for job in desk.jobs.latest()],
    )


# jobs -----------------------------------------------------------------------------------------------------------------


@router.get("/jobs/{identity}")
def job(request: Request, desk: AtDesk, viewer: Editor, identity: str) -> Response:
    """Show a job: how far it is, or what came of it."""
    found = job_of(desk, identity)
    return page(
        request,
        "job.html",
        section="add",
        job=found,
        before=desk.jobs.before(found),
        progress=views.progress(found),
        outcome=views.sentence(views.outcome(found)),
        reason=views.sentence(found.reason),
        lasted=views.lasted(found, time.time()),
        updates=views.shown(views.news(found)),
        changes=views.changes(found),
        rejects=views.shown(found.rejects),
        stories=found.result.get("stories", ()),
    )


@router.post("/jobs/{identity}/stop")
def stop(request: Request, desk: AtDesk, viewer: Editor, identity: str) -> Response:
    """Stop a job; what it kept until then stays."""
    found = job_of(desk, identity)
    desk.jobs.stop(found)
    return _go(found)


def job_of(desk: Desk, identity: str) -> Job:
    """Return the job with this id. Raises Problem where it is not known (any more)."""
    found = desk.jobs.job(identity)
    if found is None:
        advice = "the room was started anew since, or it is long over; what it added is in the store"
        raise not_found("this job", advice)
    return found


# what was left out ----------------------------------------------------------------------------------------------------


@router.get("/rejects")
def rejects(
    request: Request, desk: AtDesk, viewer: AsViewer, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> Response:
    """List what was left out, with the reasons, the latest first."""
    with desk.store() as store:
        rows = store.rejects(PER_PAGE + 1, offset)
        total = store.counts().rejected
    more = len(rows) > PER_PAGE
    return page(
        request,
        "rejects.html",
        section="add",
        rows=rows[:PER_PAGE],
        more=more,
        total=total,
        offset=offset,
        per_page=PER_PAGE,
    )


# ----------------------------------------------------------------------------------------------------------------------


def _read(desk: Desk, viewer: Viewer, urls: tuple[str, ...], outlet: str = "", published: str = "") -> RedirectResponse:
    """Have the pages at addresses read."""
    errors: dict[str, str] = {}
    day = _day(published, errors)
    if errors:
        raise PasteError("published", errors["published"])
    order = Order("add", addresses=urls, outlet=outlet.strip() or None, published=day, by=viewer.name)
    title = urls[0] if len(urls) == 1 else f"{len(urls)} addresses"
    return _go(desk.jobs.submit(title[:_SHORT], order, viewer.name))


def _day(published: str, errors: dict[str, str]) -> str | None:
    """Return a day as ISO; where it cannot be read, `errors` says so."""
    from accord.parse import to_day

    if not published.strip():
        return None
    try:
        return to_day(published.strip())
    except ValueError as error:
        errors["published"] = str(error)
        return None


def _texts(found: list[pastes.Text]) -> str:
    if len(found) > 1:
        return f"{len(found)} texts"
    return (found[0].title or f"A text of {found[0].outlet or found[0].url}")[:_SHORT]


def _go(job: Job) -> RedirectResponse:
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)
