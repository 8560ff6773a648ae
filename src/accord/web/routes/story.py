"""A story's pages: briefing, side-by-side reader, matrix, origins, timeline, what was left out, changes, findings."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from accord.corrections import described
from accord.web.access import AsViewer, Viewer
from accord.web.desk import AtDesk, Desk
from accord.web.kept import Kept, keep, send
from accord.web.pages import rendered
from accord.web.problems import not_found
from accord.web.reading import finding_in
from accord.web.views import story_finding, story_matrix, story_origins, story_outlets, story_reader, story_versions
from accord.web.views.places import finding_at
from accord.web.views.story import Reading, Standing, read, weight_of
from accord.web.views.story_briefing import briefing_page, levels

if TYPE_CHECKING:
    from accord.records import Correction
    from accord.stores import Store
    from accord.stores.store import StoryLine

router = APIRouter()

MOST_BYTES = 290_000
UPDATES = 100
Corrections = Annotated[Literal["on", "off"], Query()]
Verdicts = Annotated[Literal["corroborated", "disputed", "single"] | None, Query()]
Kinds = Annotated[Literal["statement", "figure", "quote", "commitment"] | None, Query()]


# the pages ------------------------------------------------------------------------------------------------------------


@router.get("/stories/{identity}")
def briefing(
    request: Request, desk: AtDesk, viewer: AsViewer, identity: str, corrections: Corrections = "on"
) -> Response:
    """Show the briefing: as much of it as a page may hold."""

    return _tab(request, desk, viewer, identity, "briefing", corrections, partial(_briefing, viewer))


def _briefing(viewer: Viewer, reading: Reading) -> bytes:
    content = b""
    for level in levels(reading):
        content = _page(reading, viewer, "briefing", page=briefing_page(reading, level))
        if len(content) <= MOST_BYTES:
            break
    return content


def make_ready(desk: Desk, viewer: Viewer, identity: str) -> None:
    """Make the briefing of a story, where it is not kept already, for all who may see what `viewer` may."""
    _kept(desk, viewer, standing_of(desk, identity), "briefing", "on", partial(_briefing, viewer))


@router.get("/stories/{identity}/reader")
def reader(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    identity: str,
    report: Annotated[list[str] | None, Query()] = None,
    finding: Annotated[str | None, Query(max_length=100)] = None,
    part: Annotated[list[str] | None, Query()] = None,
    corrections: Corrections = "on",
) -> Response:
    """Show two or three reports side by side, with every piece of evidence marked."""
    wanted, parts = tuple((report or [])[:8]), tuple((part or [])[:8])

    def make(reading: Reading) -> bytes:
        shown = story_reader.reader(reading, wanted, finding, _parts(parts))
        return _page(reading, viewer, "reader", page=shown)

    return _tab(request, desk, viewer, identity, "reader", corrections, make, wanted, finding, parts)


@router.get("/stories/{identity}/matrix")
def matrix(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    identity: str,
    verdict: Verdicts = None,
    kind: Kinds = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    corrections: Corrections = "on",
) -> Response:
    """Show which report carries which finding."""

    def make(reading: Reading) -> bytes:
        return _page(reading, viewer, "matrix", page=story_matrix.matrix(reading, verdict, kind, page))

    return _tab(request, desk, viewer, identity, "matrix", corrections, make, verdict, kind, page)


@router.get("/stories/{identity}/origins")
def origins(
    request: Request, desk: AtDesk, viewer: AsViewer, identity: str, corrections: Corrections = "on"
) -> Response:
    """Show who copied whom."""

    def make(reading: Reading) -> bytes:
        from markupsafe import Markup

        shown = story_origins.origins(reading)
        return _page(reading, viewer, "origins", page=shown, drawn=Markup(shown.picture))

    return _tab(request, desk, viewer, identity, "origins", corrections, make)


@router.get("/stories/{identity}/timeline")
def timeline(
    request: Request, desk: AtDesk, viewer: AsViewer, identity: str, corrections: Corrections = "on"
) -> Response:
    """Show what happened when, and when it was reported."""

    def make(reading: Reading) -> bytes:
        return _page(reading, viewer, "timeline", page=story_outlets.timeline(reading))

    return _tab(request, desk, viewer, identity, "timeline", corrections, make)


@router.get("/stories/{identity}/outlets")
def outlets(
    request: Request, desk: AtDesk, viewer: AsViewer, identity: str, corrections: Corrections = "on"
) -> Response:
    """Show what each report left out, and what only it has."""

    def make(reading: Reading) -> bytes:
        return _page(reading, viewer, "outlets", page=story_outlets.outlets(reading))

    return _tab(request, desk, viewer, identity, "outlets", corrections, make)


@router.get("/stories/{identity}/versions")
def versions(
    request: Request, desk: AtDesk, viewer: AsViewer, identity: str, corrections: Corrections = "on"
) -> Response:
    """Show how the reports changed, and what changed in the story."""

    def make(reading: Reading) -> bytes:
        with desk.store() as store:
            held = [store.versions(article.id) for article in reading.briefing.articles]
        return _page(reading, viewer, "versions", page=story_versions.versions(reading, held))

    return _tab(request, desk, viewer, identity, "versions", corrections, make)


# findings -------------------------------------------------------------------------------------------------------------


@router.get("/stories/{identity}/findings/{finding}")
def finding_page(
    request: Request, desk: AtDesk, viewer: AsViewer, identity: str, finding: str, corrections: Corrections = "on"
) -> Response:
    """Show one finding: its verdict and why, its passages, how to cite it; of a former one, what became of it."""
    standing = standing_of(desk, identity)
    if standing.line.id != identity:
        return _elsewhere(request, identity, standing)
    reading = reading_of(desk, standing, machine=corrections == "off")
    one = reading.findings.get(finding) if reading else None
    if reading is None or one is None:
        return _former(request, desk, viewer, standing, reading, finding)
    here = str(request.base_url).rstrip("/")
    key = ("story finding", standing.line.id, standing.mark, corrections, finding, here, _who(viewer))

    def make() -> tuple[Kept, int]:
        page = story_finding.finding_page(reading, one, lambda at: f"{here}{at}")
        kept = keep(_page(reading, viewer, "finding", page=page))
        return kept, kept.size

    return send(request, desk.cache.get(key, make))


@router.get("/stories/{identity}/findings/{finding}/citation.{ending}")
def citation(
    request: Request,
    desk: AtDesk,
    identity: str,
    finding: str,
    ending: Literal["txt", "md"],
    corrections: Corrections = "on",
) -> Response:
    """Give a finding with all its citations as plain text or Markdown."""
    standing = standing_of(desk, identity)
    if standing.line.id != identity:
        return _elsewhere(request, identity, standing)
    reading = reading_of(desk, standing, machine=corrections == "off")
    one = reading.findings.get(finding) if reading else None
    if reading is None or one is None:
        raise not_found(f"the finding {finding}", "open its story again")
    here = str(request.base_url).rstrip("/")
    page = story_finding.finding_page(reading, one, lambda at: f"{here}{at}")
    words, kind = (page.markdown, "text/markdown") if ending == "md" else (page.plain, "text/plain")
    return send(request, keep(words.encode("utf-8", "replace"), kind))


@router.get("/findings/{finding}")
def by_id(request: Request, desk: AtDesk, viewer: AsViewer, finding: str) -> Response:
    """Lead to a finding's page in its story."""
    with desk.store() as store:
        found = finding_in(store, finding, corrections=True)
    if found is None:
        raise not_found(f"the finding {finding}", "look for its words in the search")
    return RedirectResponse(finding_at(found[0].story, finding), 303)


def _former(
    request: Request, desk: Desk, viewer: Viewer, standing: Standing, reading: Reading | None, finding: str
) -> Response:
    """Say what became of a finding that the story's briefing has no more, or that only people's corrections made."""
    with desk.store() as store:
        found = finding_in(store, finding, corrections=True)
        if found is None:
            raise not_found(f"the finding {finding}", "the story may have been briefed again; look for its words")
        located, by = found
        home = store.story(located.story)
        made = [one for identity in by if (one := store.correction(identity)) is not None]
    if home is not None and home.id != standing.line.id:
        return RedirectResponse(finding_at(home.id, finding), 303)
    if reading is None:
        raise not_found(f"the finding {finding}", "its story waits to be briefed; try again in a minute")
    now = [reading.findings[one] for one in located.now if one in reading.findings]
    merges = any(one.kind == "findings merged" and one.undone is None for one in made)
    merged = [one for one in now if merges and set(located.finding.evidence) <= set(one.evidence)]
    content = _page(
        reading,
        viewer,
        "former",
        located=located,
        now=merged or now,
        made=made,
        merged=bool(merged),
        described=described,
    )
    return send(request, keep(content, status=200))


# what all of them share -----------------------------------------------------------------------------------------------


def standing_of(desk: Desk, identity: str) -> Standing:
    """Return what may have changed of a story since its pages were made; NotFound where there is none.

    Asked of the store once after each change of anything in it.
    """
    with desk.store() as store:
        pulse = store.pulse()

        def make() -> tuple[Standing, int]:
            line = _line(store, identity)
            articles = _articles(desk, store, line)
            updates = tuple(store.updates(story=line.id, limit=UPDATES))
            made = Standing(
                line, tuple(store.corrections(articles)) if articles else (), tuple(store.lines(articles)), updates
            )
            return made, 2_000 + 400 * (len(made.ledgered) + len(updates))

        return desk.cache.get(("story standing", pulse, identity), make)


def reading_of(desk: Desk, standing: Standing, *, machine: bool = False) -> Reading | None:
    """Return a story as its pages show it; None where it is not briefed so far."""

    def make() -> tuple[Reading | None, int]:
        with desk.store() as store:
            found = store.briefing(standing.line.id)
            later = _later(store, standing.corrections)
        if found is None:
            return None, 100
        made = read(standing, found, machine=machine, later=later)
        return made, weight_of(made)

    return desk.readings.get(("story reading", standing.line.id, standing.mark, machine), make)


def _tab(
    request: Request,
    desk: Desk,
    viewer: Viewer,
    identity: str,
    name: str,
    corrections: str,
    make: Callable[[Reading], bytes],
    *options: Hashable,
) -> Response:
    """Return one page of a story, made once for all viewers who see the same."""
    standing = standing_of(desk, identity)
    if standing.line.id != identity:
        return _elsewhere(request, identity, standing)
    return send(request, _kept(desk, viewer, standing, name, corrections, make, *options))


def _kept(
    desk: Desk,
    viewer: Viewer,
    standing: Standing,
    name: str,
    corrections: str,
    make: Callable[[Reading], bytes],
    *options: Hashable,
) -> Kept:
    def made() -> tuple[Kept, int]:
        reading = reading_of(desk, standing, machine=corrections == "off")
        kept = keep(make(reading) if reading else _waiting(desk, viewer, standing, name))
        return kept, kept.size

    return desk.cache.get(
        ("story page", name, standing.line.id, standing.mark, corrections, _who(viewer), *options), made
    )


def _page(reading: Reading, viewer: Viewer, name: str, **context: Any) -> bytes:
    return rendered(f"story/{name}.html", viewer=viewer, section=None, r=reading, tab=_TAB.get(name, ""), **context)


_TAB = {name: name for name in ("reader", "matrix", "origins", "timeline", "outlets", "versions")}


def _who(viewer: Viewer) -> str:
    """Return what of a viewer a page depends on."""
    return viewer.role


def _waiting(desk: Desk, viewer: Viewer, standing: Standing, name: str) -> bytes:
    """Return the page of a story that is not briefed so far: its reports."""
    with desk.store() as store:
        numbers = store.members([standing.line.id]).get(standing.line.id, [])
        held = store.numbered(numbers[:200])
    return rendered("story/waiting.html", viewer=viewer, section=None, line=standing.line, held=held)


def _elsewhere(request: Request, identity: str, standing: Standing) -> Response:
    """Lead to the address of the story that is meant: by the beginning of its id, or one that was merged into it."""
    path = request.url.path.removeprefix(f"/stories/{identity}")
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/stories/{standing.line.id}{path}{asked}", 303)


def _line(store: Store, identity: str) -> StoryLine:
    line = store.story(identity)
    if line is None:
        begun = store.begun(identity) if len(identity) < 40 else []
        several = f"several stories begin so: {', '.join(begun)}" if len(begun) > 1 else None
        raise not_found(f"the story {identity}", several or "it may have been dissolved; look for it on Today")
    return line


def _articles(desk: Desk, store: Store, line: StoryLine) -> tuple[str, ...]:
    """Return the ids of a story's articles; they are asked for once for each of its revisions."""

    def make() -> tuple[tuple[str, ...], int]:
        numbers = store.members([line.id]).get(line.id, [])
        ids = tuple(held.article.id for held in store.numbered(numbers))
        return ids, 200 + 40 * len(ids)

    return desk.cache.get(("story articles", line.id, line.revision, line.updated, line.articles), make)


def _later(store: Store, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Return for each article that corrections name and that was replaced the version in its place."""
    named = {a for one in corrections for a in (*one.articles, *one.others)}
    named |= {c.article for one in corrections for c in (*one.passages, *one.other_passages)}
    found = {}
    for article in sorted(named):
        versions = store.versions(article)
        if versions and versions[-1].article.id != article:
            found[article] = versions[-1].article.id
    return found


def _parts(asked: tuple[str, ...]) -> dict[str, int]:
    """Return which part of which report is asked for: "2:a17c" is the second part of a17c."""
    found = {}
    for one in asked:
        number, _, article = one.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 6:
            found[article] = int(number)
    return found
