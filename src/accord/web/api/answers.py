"""Makes answers: records as JSON of a model's fields, validators, links to the next part, and refused parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from accord.errors import AccordError
from accord.renderers.lines import json_line
from accord.web.api.parameters import MOST_OFFSET, Paged
from accord.web.pages import matches
from accord.web.problems import Problem

_JSON = re.compile(r"application/([a-z0-9!#$&^_.+-]+\+)?json", re.I)


# records as JSON ------------------------------------------------------------------------------------------------------


def shown(model: type[BaseModel], value: object) -> dict[str, Any]:
    """Return the fields of `model` as `value` (a record, or a mapping) has them, as plain data; the rest is left out.

    shown(CitationModel, Citation("a", 0, 2, "No")) -> {"article": "a", "start": 0, "end": 2, "text": "No"}
    """
    made: dict[str, Any] = _shower(model)(value)
    return made


@cache
def _shower(kind: Any) -> Callable[[Any], Any]:
    """Return the function that makes plain data of a value that is annotated as `kind`."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _shower(inside[0])
    if origin in (Union, UnionType):
        (one,) = (arm for arm in inside if arm is not NoneType)
        show = _shower(one)
        return lambda value: None if value is None else show(value)
    if origin is list:
        show = _shower(inside[0])
        return lambda value: [show(item) for item in value]
    if origin is dict:
        show = _shower(inside[1])
        return lambda value: {key: show(item) for key, item in value.items()}
    if origin is not Literal and isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model_shower(kind)
    return lambda value: value


def _model_shower(model: type[BaseModel]) -> Callable[[Any], Any]:
    parts: list[tuple[str, Callable[[Any], Any]]] = []

    def show(value: Any) -> dict[str, Any]:
        if not parts:  # on first use: a model may hold itself
            for name, field in model.model_fields.items():
                kind: Any = field.annotation
                parts.append((name, _shower(kind)))
        if isinstance(value, Mapping):
            return {name: part(value[name]) for name, part in parts}
        return {name: part(getattr(value, name)) for name, part in parts}

    return show


def answer(
    model: type[BaseModel], value: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return `value` as an answer of the shape of `model`."""
    return json_answer(shown(model, value), status=status, headers=headers)


def json_answer(
    fields: dict[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """Return plain data as an answer; what no encoding can write is an escape in it."""
    return Response(json_line(fields), status_code=status, headers=dict(headers or {}), media_type=media_type)


# parts of lists -------------------------------------------------------------------------------------------------------


def part(
    request: Request,
    model: type[BaseModel],
    found: Sequence[object],
    asked: Paged,
    *,
    further: bool | None = None,
    **more: object,
) -> Response:
    """Return a part of a list, of whose items `found` holds one more than was asked for where there are more.

    Or `further` says whether there are. The address of the next part stands in the answer and in a Link header.
    """
    after = asked.offset + asked.limit
    there = len(found) > asked.limit if further is None else further
    following = address(request, offset=str(after)) if there and after <= MOST_OFFSET else None
    value = {"limit": asked.limit, "offset": asked.offset, "next": following, "items": found[: asked.limit], **more}
    return answer(model, value, headers={"Link": f'<{following}>; rel="next"'} if following else None)


def address(request: Request, **changed: str) -> str:
    """Return the address of a request, from the host's root on, with some of its parameters changed."""
    fields = {**dict(request.query_params), **changed}
    path = request.scope["path"]
    return f"{quoted(path)}?{urlencode(fields)}"


def quoted(path: str) -> str:
    """Return a path as it stands in an address."""
    from urllib.parse import quote

    return quote(path, safe="/:@!$&'()*+,;=~")


# routes ---------------------------------------------------------------------------------------------------------------


class Route(APIRoute):
    """A route that refuses parameters it does not know, takes JSON alone, and answers 304 where nothing changed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        known = _known(self)
        takes = self.body_field is not None

        async def handler(request: Request) -> Response:
            refuse_unknown(request, known)
            if takes and not _JSON.fullmatch(request.headers.get("content-type", "").partition(";")[0].strip()):
                raise Problem(415, "Unsupported media type", "send JSON, with Content-Type: application/json")
            try:
                return conditional(request, await handle(request))
            except (AccordError, Problem, HTTPException, RequestValidationError):
                raise  # the table of problems knows these
            except Exception as error:
                from accord.web.api.problems import unexpected

                return unexpected(request, error)

        return handler


def _known(route: APIRoute) -> tuple[str, ...]:
    """Return the names of the query parameters that a route takes."""
    return tuple(field.alias for field in get_flat_params(route.dependant) if field.alias not in route.param_convertors)


def refuse_unknown(request: Request, known: Sequence[str]) -> None:
    """Raise where a request has a parameter that nobody would read, or one twice."""
    faults = []
    for name in request.query_params:
        if name not in known:
            takes = f"this address takes {', '.join(known)}" if known else "this address takes none"
            faults.append({"loc": ("query", name), "msg": f"there is no such parameter; {takes}"})
        elif len(request.query_params.getlist(name)) > 1:
            faults.append({"loc": ("query", name), "msg": "it is given more than once; give it once"})
    if faults:
        raise RequestValidationError(faults)


def conditional(request: Request, response: Response) -> Response:
    """Give an answer to a reading request its validator; 304 where the client holds it as it is."""
    response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else "private, no-cache")
    if request.method != "GET" or response.status_code != 200:
        return response
    tag = f'W/"{blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
    if not matches(request.headers.get("if-none-match"), tag):
        response.headers["ETag"] = tag
        return response
    held = {"ETag": tag, "Cache-Control": response.headers["Cache-Control"]}
    return Response(status_code=304, headers=held)
