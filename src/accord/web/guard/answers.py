"""The one table from exception to answer: a page for people, a problem document (RFC 9457) under /api."""

from __future__ import annotations

import http
import json
import logging
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accord.errors import AccordError, CorrectionError, StoreError
from accord.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fastapi import FastAPI
    from starlette.types import Scope

BROKEN = Problem(
    500,
    "Something broke",
    "the room could not answer this; the reason is in its log. Try again, and tell who runs it if it stays so",
)
_HTTP = {
    404: "nothing is at this address; search for what you wanted, or begin at Today",
    405: "this address does not take that kind of request",
}


def problem_of(error: Exception) -> Problem:
    """Return what an exception says to who asked."""
    from fastapi.exceptions import RequestValidationError

    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return Problem(422, "Not understood", "; ".join(map(_told, error.errors()[:10])))
    if isinstance(error, HTTPException):
        title = _phrase(error.status_code)
        said = str(error.detail)
        known = _HTTP.get(error.status_code, title) if said.lower() in ("", title.lower()) else said
        return Problem(error.status_code, title, known, headers=dict(error.headers or {}))
    if isinstance(error, CorrectionError):
        return Problem(422, "Not corrected", str(error))
    if isinstance(error, StoreError):
        logging.getLogger("accord.web").error("%s", error)  # where the store is, is nobody's business but the keeper's
        told = "try again in a minute; who keeps this room finds the reason in its log"
        return Problem(503, "The store cannot be used", told, headers={"Retry-After": "10"})
    if isinstance(error, AccordError):
        return Problem(422, "Not done", str(error))
    return BROKEN


def _told(error: Mapping[str, object]) -> str:
    """Return what is wrong with one field: "limit: input should be less than or equal to 100"."""
    places = error.get("loc")
    names = [str(one) for one in places[1:]] if isinstance(places, tuple) else []
    said = str(error.get("msg", "it is not valid"))
    return f"{'.'.join(names) or 'the request'}: {said[:1].lower()}{said[1:]}"


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase.capitalize()
    except ValueError:
        return "Problem"


async def answered(scope: Scope, error: Exception) -> Response:
    """Return the answer to what raised `error`."""
    problem = problem_of(error)
    request = Request(scope)
    if scope["path"].startswith("/api/"):
        return document(request, problem)
    where = getattr(problem, "where", None)
    if where is not None and request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": where})
    if where is not None and "text/event-stream" not in request.headers.get("accept", ""):
        return RedirectResponse(where, status_code=303)
    return await run_in_threadpool(problem_page, request, problem)


def document(request: Request, problem: Problem) -> Response:
    """Return a problem document (RFC 9457)."""
    told = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": request.scope["path"],
    }
    content = json.dumps(told, ensure_ascii=True).encode()
    return Response(content, problem.status, _headers(problem), media_type="application/problem+json")


def problem_page(request: Request, problem: Problem) -> Response:
    """Return a page that says what is wrong and what to do."""
    from accord.web.pages import page

    headers = {**_headers(problem), "Cache-Control": "no-store"}
    return page(request, "problem.html", status=problem.status, headers=headers, problem=problem)


def _headers(problem: Problem) -> dict[str, str]:
    headers = dict(problem.headers or {})
    if problem.status == 401:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="accord"')
    if problem.status in (408, 413):
        headers.setdefault("Connection", "close")  # the rest of the body is not read
    return headers


def add_answers(app: FastAPI) -> None:
    """Have `app` answer what its routes raise."""
    from fastapi.exceptions import RequestValidationError

    async def answer(request: Request, error: Exception) -> Response:
        return await answered(request.scope, error)

    handler: Callable[[Request, Exception], object] = answer
    for kind in (Problem, HTTPException, RequestValidationError, AccordError):
        app.add_exception_handler(kind, handler)  # type: ignore[arg-type]
