"""Add: texts or addresses as a job; how far it is; stopping it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Response

from accord.web.api import bodies, models
from accord.web.api.answers import Route, answer
from accord.web.api.parameters import Id
from accord.web.desk import AtDesk, Desk
from accord.web.guard import Editor
from accord.web.problems import Problem, not_found
from accord.web.reading import short
from accord.web.views.jobs import moment
from accord.web.work import pastes
from accord.web.work.addresses import taken
from accord.web.work.orders import Order

if TYPE_CHECKING:
    from accord.web.work.jobs import Job

router = APIRouter(route_class=Route, tags=["add"])
_SHORT = 80
_COUNTS = ("articles", "versions", "unchanged", "rejected")


@router.post("/add", response_model=models.JobModel, status_code=202, responses={413: {}})
def add(desk: AtDesk, editor: Editor, asked: bodies.Added) -> Response:
    """Take texts, or addresses of pages, feeds and files on the web; the job says what comes of them."""
    try:
        order, title = _order(desk, asked.root, editor.name)
    except pastes.PasteError as error:
        raise Problem(422, "Not possible", f"{error.field}: {error}") from error
    job = desk.jobs.submit(title[:_SHORT], order, editor.name)
    return answer(models.JobModel, _shown(desk, job), status=202, headers={"Location": f"/api/v1/jobs/{job.id}"})


@router.get("/jobs/{job}", response_model=models.JobModel)
def job(desk: AtDesk, editor: Editor, job: Id) -> Response:
    """Say how far a job is, or what came of it. For editors."""
    return answer(models.JobModel, _shown(desk, _job(desk, job)))


@router.patch("/jobs/{job}", response_model=models.JobModel, status_code=202)
def stop(desk: AtDesk, editor: Editor, job: Id, asked: bodies.Stopped) -> Response:
    """Have a job stop; what it kept until then stays. One that is over is left as it is."""
    found = _job(desk, job)
    desk.jobs.stop(found)
    return answer(models.JobModel, _shown(desk, found), status=202)


def _order(desk: Desk, sent: bodies.Texts | bodies.Addresses, by: str) -> tuple[Order, str]:
    """Return the order that a body asks for, and what the job is called. Raises PasteError."""
    if isinstance(sent, bodies.Texts):
        return _texts(desk, sent.texts, by)
    return _addresses(desk, sent.addresses, by)


def _texts(desk: Desk, given: list[bodies.TextSent], by: str) -> tuple[Order, str]:
    """Return the order to add texts, and what the job is called."""
    size = sum(len(text.text.encode("utf-8", "replace")) for text in given)
    most = desk.settings.limits.paste
    if size > most:
        raise Problem(413, "Too large", f"these texts are more than {most:,} bytes; send fewer at once")
    texts = []
    for number, one in enumerate(given, 1):
        if not one.text.strip():
            raise pastes.PasteError(f"text {number}", "it has no words")
        if not one.outlet.strip():
            raise pastes.PasteError(f"text {number}", "who published it is not known; give its outlet")
        day = _day(one.published, number) if one.published else ""
        known = {name: getattr(one, name) or "" for name in ("outlet", "title", "url", "byline")}
        texts.append(pastes.Text(one.text, published=day, **known))
    folder = desk.jobs.folder()
    pastes.write(folder, texts)
    title = f"{len(texts)} texts" if len(texts) > 1 else texts[0].title or f"A text of {texts[0].outlet}"
    return Order("add", str(folder), by=by), title


def _addresses(desk: Desk, given: list[str], by: str) -> tuple[Order, str]:
    found = taken("\n".join(given), desk.settings.config.web)
    return Order("add", addresses=found, by=by), found[0] if len(found) == 1 else f"{len(found)} addresses"


def _day(published: str, number: int) -> str:
    """Return a day as ISO. Raises PasteError."""
    from accord.parse import to_day

    try:
        return to_day(published)
    except ValueError as error:
        raise pastes.PasteError(f"text {number}", str(error)) from error


def _job(desk: Desk, identity: str) -> Job:
    found = desk.jobs.job(identity)
    if found is None:
        advice = "it is long over, or the room was started anew since; what it added is in the store"
        raise not_found(f"the job {short(identity)}", advice)
    return found


def _shown(desk: Desk, job: Job) -> dict[str, Any]:
    fields = ("id", "title", "by", "state", "stage", "done", "total", "changes", "left_out", "reason")
    return {
        **{name: getattr(job, name) for name in fields},
        "before": desk.jobs.before(job),
        **{name: job.result.get(name, 0) for name in _COUNTS},
        "stories": [one["id"] for one in job.result.get("stories", ())],
        "rejects": list(job.rejects),
        **{name: None if (at := getattr(job, name)) is None else moment(at) for name in ("made", "begun", "ended")},
    }
