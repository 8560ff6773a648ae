"""Walks all routes of a room, those of applications mounted in it too, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI


@dataclass(frozen=True)
class Way:
    """One method and path; `queries` are the names of what the route takes in the query, `fields` in a form."""

    method: str
    path: str
    queries: tuple[str, ...]
    fields: tuple[str, ...]


def ways(app: FastAPI) -> list[Way]:
    """Return every method and path that a room answers, static files left out."""
    return sorted(set(_walk(app.routes, "")), key=lambda way: (way.path, way.method))


def _walk(routes: Iterable[Any], prefix: str) -> Iterator[Way]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _walk(route.original_router.routes, prefix + (route.include_context.prefix or ""))
        elif hasattr(route, "app") and hasattr(route.app, "routes") and not hasattr(route, "methods"):
            yield from _walk(route.app.routes, prefix + route.path)
        elif getattr(route, "methods", None):
            dependant = getattr(route, "dependant", None)
            queries = tuple(one.alias for one in dependant.query_params) if dependant else ()
            fields = tuple(one.alias for one in dependant.body_params) if dependant else ()
            for method in route.methods:
                yield Way(method, prefix + route.path, queries, fields)
