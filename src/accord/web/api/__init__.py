"""The JSON API under `/api/v1`: an application of its own, mounted in the room, with its own table of problems."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse

from accord.web.api import adding, articles, correcting, entries, problems, schema, searching, stories, watching
from accord.web.api.answers import conditional, json_answer, refuse_unknown
from accord.web.api.head import Head
from accord.web.guard.checks import as_reader, meant

if TYPE_CHECKING:
    from accord.web.desk import Desk

__all__ = ["ROUTERS", "create_api"]

ROUTERS = (
    stories.router,
    articles.router,
    searching.router,
    entries.router,
    watching.router,
    correcting.router,
    adding.router,
)


def create_api(desk: Desk) -> FastAPI:
    """Return the application that answers under `/api/v1`."""
    api = FastAPI(
        title=schema.TITLE,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(meant), Depends(as_reader)],
    )
    api.state.desk = desk
    api.state.routes = tuple(route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
    for router in ROUTERS:
        api.include_router(router)
    problems.install(api)
    api.add_middleware(Head)

    @cache
    def described() -> dict[str, Any]:
        return schema.document(api, desk.settings)

    @api.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Response:
        """Describe the API (OpenAPI 3.1)."""
        refuse_unknown(request, ())
        return conditional(request, json_answer(described()))

    @api.get("/", include_in_schema=False)
    def start() -> Response:
        """Lead to the documentation."""
        return RedirectResponse("/api/v1/docs")

    @api.get("/docs", include_in_schema=False)
    def docs(request: Request) -> Response:
        """Show the description of the API as a page."""
        from accord.web.api import documentation as told
        from accord.web.pages import page

        found = described()
        return page(
            request,
            "api.html",
            described=found,
            parts=told.sections(found),
            common=told.common(found),
            schemas=told.schemas(found),
        )

    return api
