"""The OpenAPI document of the API: what FastAPI finds in the routes, and what their shared machinery adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.web.api.models import ProblemModel
from accord.web.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI

    from accord.web.settings import Settings

TITLE = "accord"
ABOUT = (
    "What reports of one event agree on, where they differ, who says so, and what was promised. Every line leads back "
    "to the characters it rests on: spans are code-point offsets into the text of an article. Lists come in parts: "
    "`next` (also a Link header) is the address of the next one. Answers to GET carry an ETag; ask again with "
    "If-None-Match. Errors are application/problem+json (RFC 9457)."
)
_ANYWHERE = {
    "400": "The request cannot be read at all.",
    "401": "Nobody said who asks, or with a token that is not known.",
    "403": "Who asks may not do this.",
    "408": "The request came too slowly.",
    "413": "The request is larger than this room takes.",
    "415": "The body is no JSON.",
    "421": "This room does not answer under this host name.",
    "422": "The request is not as described here; `errors` say where.",
    "429": "Too many requests from here; ask again after Retry-After seconds.",
    "500": "accord could not answer; its log says why.",
    "503": "The store cannot be used just now; ask again after Retry-After seconds.",
}
_WELL = {"200": "What was asked for.", "201": "It is kept.", "202": "It is taken up; ask again how far it is."}
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}}}
_HEADERS = {
    "401": {"WWW-Authenticate": {"description": "How to say who asks.", "schema": {"type": "string"}}},
    "429": _RETRY,
    "503": _RETRY,
}
_ETAG = {"description": "Changes with the answer.", "schema": {"type": "string"}}
_LINK = {"description": 'The address of the next part, rel="next" (RFC 8288).', "schema": {"type": "string"}}
_LOCATION = {"description": "The address of what was made.", "schema": {"type": "string"}, "required": True}
_CONDITION = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETags of answers that the client holds.",
    "schema": {"type": "string"},
}


def document(api: FastAPI, settings: Settings) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    from fastapi.openapi.utils import get_openapi

    made = get_openapi(
        title=TITLE,
        version="1",
        summary="The reading room for programs.",
        description=ABOUT,
        routes=api.routes,
        servers=[{"url": "/api/v1"}],
    )
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = ProblemModel.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= schemas["Problem"].pop("$defs", {})
    for name in ("errors", "instance"):
        _drop_null(schemas["Problem"]["properties"][name])
    for item in made["paths"].values():
        for method, operation in item.items():
            _complete(method, operation)
    _secure(made, settings)
    return made


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what every route can answer, and what the shared machinery takes."""
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        _drop_null(parameter["schema"])
        if parameter["in"] == "path":
            parameter.setdefault("description", "Its id, or its name.")
    answers = operation["responses"]
    for status, description in _WELL.items():
        if status in answers:
            answers[status]["description"] = description
    if method == "get":
        parameters.append(dict(_CONDITION))
        headers = answers["200"].setdefault("headers", {})
        headers["ETag"] = _ETAG
        if any(parameter["name"] == "offset" for parameter in parameters):
            headers["Link"] = _LINK
        answers["304"] = {"description": "Nothing changed.", "headers": {"ETag": _ETAG}}
    for status, description in _ANYWHERE.items():
        answers[status] = _problem(description, _HEADERS.get(status))
    for status in [status for status in answers if status >= "400" and status not in _ANYWHERE]:
        answers[status] = _problem(answers[status].get("description", ""))
    for status in ("201", "202"):
        if method == "post" and status in answers:
            answers[status].setdefault("headers", {})["Location"] = _LOCATION
    if any(parameter["in"] == "path" for parameter in parameters):
        answers["404"] = _problem("There is no such thing here.")
    operation["responses"] = dict(sorted(answers.items()))


def _problem(description: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content, **({"headers": headers} if headers else {})}


def _drop_null(schema: dict[str, Any]) -> None:
    """Say that a parameter is there or not: no address can give null."""
    arms = [arm for arm in schema.get("anyOf", ()) if arm != {"type": "null"}]
    if len(arms) == 1 and len(schema.get("anyOf", ())) == 2:
        del schema["anyOf"]
        schema.update(arms[0])


def _secure(made: dict[str, Any], settings: Settings) -> None:
    """Say how a client says who it is: not at all in an open room."""
    if settings.access.open:
        return
    schemes: dict[str, Any] = {}
    if settings.access.tokens:
        schemes["token"] = {"type": "http", "scheme": "bearer", "description": "A token of this room."}
        schemes["session"] = {"type": "apiKey", "in": "cookie", "name": "accord", "description": "A signed-in session."}
    if settings.access.header:
        schemes["proxy"] = {
            "type": "apiKey",
            "in": "header",
            "name": settings.access.header,
            "description": "Set by the reverse proxy before this room, never by a client.",
        }
    made["components"]["securitySchemes"] = schemes
    made["security"] = [{name: []} for name in schemes]
