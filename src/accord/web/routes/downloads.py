"""What can be taken along from a story: the briefing in each format, its findings as a table, its pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from accord.web.desk import AtDesk, Desk
from accord.web.kept import Kept, keep, send
from accord.web.problems import Problem
from accord.web.routes.story import Corrections, reading_of, standing_of

if TYPE_CHECKING:
    from accord.web.views.story import Reading

router = APIRouter()

FORMATS = {
    "html": ("html", "text/html"),
    "md": ("markdown", "text/markdown"),
    "txt": ("text", "text/plain"),
    "json": ("json", "application/json"),
}
Picture = Literal["matrix", "timeline", "origins"]


@router.get("/stories/{identity}/findings.csv")
def table(request: Request, desk: AtDesk, identity: str, corrections: Corrections = "on") -> Response:
    """Give all findings as CSV, with the whole address of each."""
    base = str(request.base_url).rstrip("/")

    def make(reading: Reading) -> bytes:
        from accord.web.views.story_matrix import csv_of

        return csv_of(reading, base)

    return _given(request, desk, identity, corrections, "findings.csv", "text/csv", make, base)


@router.get("/stories/{identity}/pictures/{name}.{ending}")
def picture(
    request: Request,
    desk: AtDesk,
    identity: str,
    name: Picture,
    ending: Literal["svg", "png"],
    scheme: Annotated[Literal["light", "dark"], Query()] = "light",
    corrections: Corrections = "on",
) -> Response:
    """Give a picture as SVG or PNG, in light or dark."""

    def make(reading: Reading) -> bytes:
        from accord.renderers import origins_picture, pictures

        draw = {"matrix": pictures.matrix, "timeline": pictures.timeline}
        svg = origins_picture.picture(reading.briefing) if name == "origins" else draw[name](reading.shown)
        if not svg:
            raise Problem(404, "Nothing to draw", "the story has nothing for this picture to show so far")
        alone = pictures.standalone(svg, scheme)
        return pictures.png(alone) if ending == "png" else alone.encode()

    kind = "image/png" if ending == "png" else "image/svg+xml"
    return _given(request, desk, identity, corrections, f"{name}.{ending}", kind, make, scheme)


@router.get("/stories/{identity}/briefing.{ending}")
def document(
    request: Request,
    desk: AtDesk,
    identity: str,
    ending: Literal["html", "md", "txt", "json"],
    corrections: Corrections = "on",
) -> Response:
    """Give the briefing as HTML of its own, Markdown, text, or JSON (`accord/briefing@1`)."""
    format, kind = FORMATS[ending]

    def make(reading: Reading) -> bytes:
        from accord.renderers import render

        return render(reading.briefing, format).encode("utf-8", "replace")

    return _given(request, desk, identity, corrections, f"briefing.{ending}", kind, make)


def _given(
    request: Request,
    desk: Desk,
    identity: str,
    corrections: str,
    name: str,
    kind: str,
    make: Callable[[Reading], bytes],
    *options: str,
) -> Response:
    """Return a file of a story, made once; browsers save it under the story's name."""
    standing = standing_of(desk, identity)
    if standing.line.id != identity:
        path = request.url.path.removeprefix(f"/stories/{identity}")
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/stories/{standing.line.id}{path}{asked}", 303)
    reading = reading_of(desk, standing, machine=corrections == "off")
    if reading is None:
        raise Problem(409, "Not briefed yet", "the story waits to be briefed; try again in a minute")

    def made() -> tuple[Kept, int]:
        kept = keep(make(reading), kind, {"Content-Disposition": disposition(reading.title, name)})
        return kept, kept.size

    key = ("story file", standing.line.id, standing.mark, corrections, name, *options)
    return send(request, desk.cache.get(key, made))


def disposition(title: str, name: str) -> str:
    """Return the header that names a download: ASCII for all, UTF-8 for those that read it (RFC 6266).

    disposition("Dämme brechen", "matrix.png") -> attachment; filename="damme-brechen-matrix.png"; filename*=...
    """
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60].strip("-") or "story"
    whole = re.sub(r"[^\w]+", "-", title, flags=re.UNICODE).strip("-_")[:60] or "story"
    encoded = quote(f"{whole}-{name}".encode("utf-8", "replace"), safe="")
    return f"attachment; filename=\"{plain}-{name}\"; filename*=UTF-8''{encoded}"
