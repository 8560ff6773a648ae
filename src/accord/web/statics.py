"""Serves the room's own style, scripts and icons; their addresses carry a mark of the content."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_KEPT = "public, max-age=31536000, immutable"


class Statics(StaticFiles):
    """The files of the folder `static`. Those asked for by their mark may be kept for good."""

    def __init__(self) -> None:
        super().__init__(directory=Path(str(resources.files("accord.web") / "static")))

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _KEPT if scope.get("query_string") else "no-cache"
        return response
