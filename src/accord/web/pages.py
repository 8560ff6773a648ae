"""Makes pages of templates: what all of them share, validators for browsers, and what a script may ask for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from accord import __version__
from accord.web import filters
from accord.web.access import Viewer, viewer_of

if TYPE_CHECKING:
    from jinja2 import Environment

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no page may hold them
SECTIONS = (
    ("today", "Today", "/"),
    ("ledger", "Ledger", "/ledger"),
    ("search", "Search", "/search"),
    ("changes", "Changes", "/changes"),
    ("corrections", "Corrections", "/corrections"),
    ("add", "Add", "/add"),
)


@cache
def environment() -> Environment:
    """Return the environment of all templates: everything is escaped, and a name that is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("accord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(filters.FILTERS)
    made.globals.update(version=__version__, sections=SECTIONS, asset=asset)
    return made


@cache
def asset(name: str) -> str:
    """Return the address of a static file, with a mark of its content: browsers may keep it for good."""
    content = (resources.files("accord.web") / "static" / name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:8]}"


def rendered(template: str, *, viewer: Viewer, **context: Any) -> bytes:
    """Return a page's bytes. `context` says what the template shows; `section` is the part of the room it is in."""
    text = environment().get_template(template).render(viewer=viewer, **{"section": None, **context})
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).encode("utf-8", "replace")


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Response:
    """Return the answer to a request for a page; 304 where the browser has it as it is.

    `template` is a whole page; a request by htmx (`partial(request)`) may be given a part of one.
    """
    return answer(request, rendered(template, viewer=viewer_of(request), **context), status=status, headers=headers)


def answer(
    request: Request,
    content: bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "text/html",
) -> Response:
    """Return `content` with a validator of its own; 304 where the browser has it as it is."""
    tag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    held = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie, HX-Request", **(headers or {})}
    if status == 200 and request.method in ("GET", "HEAD") and matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=held)
    return Response(content, status_code=status, headers=held, media_type=media_type)


def matches(wanted: str | None, tag: str) -> bool:
    """Tell whether an If-None-Match header names `tag` (weak comparison, RFC 9110, 13.1.2)."""
    if wanted is None:
        return False
    named = [one.strip().removeprefix("W/") for one in wanted.split(",")]
    return "*" in named or tag.removeprefix("W/") in named


def partial(request: Request) -> bool:
    """Tell whether htmx asks for a part of a page, and not the browser for the whole."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"
