"""The API's table from exception to answer: always a problem document (RFC 9457), never a trace."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import RootModel
from starlette._utils import get_route_path
from starlette.exceptions import HTTPException

from accord.errors import AccordError, StoreError
from accord.web.api.answers import json_answer, quoted
from accord.web.faults import fault, place
from accord.web.problems import Problem

MEDIA_TYPE = "application/problem+json"
_LATER = "5"
_MOST_FAULTS = 20
_MOST_PATH = 300
_log = logging.getLogger(__name__)


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> Response:
    """Return a problem document."""
    fields: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        fields["errors"] = errors
    held = {"Cache-Control": "no-store", **(headers or {})}
    return json_answer(fields, status=status, headers=held, media_type=MEDIA_TYPE)


def install(api: FastAPI) -> None:
    """Have every exception under the API answered by a problem document."""
    table = {
        Problem: _told,
        RequestValidationError: _invalid,
        HTTPException: _of_http,
        StoreError: _of_store,
        AccordError: _refused,
        Exception: unexpected,
    }
    for kind, handler in table.items():
        api.add_exception_handler(kind, handler)


def _told(_: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    more: Mapping[str, str] | None = getattr(error, "headers", None)
    headers = {"WWW-Authenticate": 'Bearer realm="accord"'} if error.status == 401 else {}
    return problem(error.status, error.title, error.detail, headers={**headers, **(more or {})})


def _invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    if any(item.get("loc", ())[:1] == ("path",) and item.get("input") == "" for item in found):
        return _nowhere(request)  # "/articles/" names no article
    faults = [_fault(item, tagged=_tagged(request)) for item in found[:_MOST_FAULTS]]
    errors = [{"where": f"{part} {where}".strip(), "problem": told} for part, where, told in faults]
    detail = "; ".join(f"{where or f'the {part}'}: {told}" for part, where, told in faults)
    return problem(422, "Not as described", detail or "see /api/v1/docs", errors=errors)


def _fault(item: Mapping[str, Any], *, tagged: bool) -> tuple[str, str, str]:
    """Return the part of the request that a fault is in, the place there, and what is wrong and what to give."""
    part, *steps = item.get("loc") or ("request",)
    if item.get("type") == "json_invalid" or (tagged and part == "body"):
        steps = steps[1:]  # the number of a byte; which of several shapes of the body it was held against
    return str(part), place(steps), fault(item)


def _tagged(request: Request) -> bool:
    """Tell whether the body is of one of several shapes, whose name pydantic puts before the place of a fault."""
    field = getattr(request.scope.get("route"), "body_field", None)
    kind = getattr(getattr(field, "field_info", None), "annotation", None)
    return isinstance(kind, type) and issubclass(kind, RootModel)


def _of_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    if status == 404:
        return _nowhere(request)
    if status == 405:
        headers["Allow"] = ", ".join(allowed(request))
        detail = f"{request.method} is not possible here; use {headers['Allow']}"
    elif status == 400:
        detail = "the body cannot be read; send JSON in UTF-8"
    else:
        detail = str(getattr(error, "detail", "")) or HTTPStatus(status).phrase
    return problem(status, HTTPStatus(status).phrase.capitalize(), detail, headers=headers)


def _nowhere(request: Request) -> Response:
    bare = _bare(request)
    advice = (
        "/api/v1/docs lists those that there are" if bare is None else f"without the slash at its end there is {bare}"
    )
    return problem(404, "Not found", f"there is no such address; {advice}")


def _bare(request: Request) -> str | None:
    """Return the address of a request without the slash at its end, where there is one that only this keeps apart."""
    path = get_route_path(request.scope)
    bare = path.rstrip("/")
    routes: Sequence[APIRoute] = request.app.state.routes
    if bare == path or not any(route.path_regex.match(bare) for route in routes):
        return None
    return quoted(f"{request.scope['path'].rstrip('/')}"[:_MOST_PATH])


def allowed(request: Request) -> list[str]:
    """Return the methods that the address of a request takes."""
    routes: Sequence[APIRoute] = request.app.state.routes
    path = get_route_path(request.scope)
    found = {method for route in routes if route.path_regex.match(path) for method in route.methods or ()}
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _of_store(_: Request, error: Exception) -> Response:
    _log.error("%s", error)
    detail = "the store cannot be used just now; the log of the room says why; try again later"
    return problem(503, "Store unavailable", detail, headers={"Retry-After": _LATER})


def _refused(_: Request, error: Exception) -> Response:
    return problem(422, "Not possible", str(error))


def unexpected(_: Request, error: Exception) -> Response:
    """Log what nobody foresaw, and tell the client no more than that."""
    _log.error("an answer failed", exc_info=error)
    return problem(500, "Internal error", "accord could not answer; its log says why")
