"""The reading room: a web application over a store. `create_app(settings)` makes it, `serve(settings)` runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.web.app import create_app
    from accord.web.settings import Settings

__all__ = ["Settings", "create_app"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name == "create_app":
            from accord.web.app import create_app

            return create_app
        if name == "Settings":
            from accord.web.settings import Settings

            return Settings
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
