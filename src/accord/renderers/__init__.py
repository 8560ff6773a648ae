"""Render: a `Briefing` in, a document out, in one of the formats of `RENDERERS`."""

from __future__ import annotations

from collections.abc import Callable

from accord.records import Briefing
from accord.renderers import html, json, markdown, text

__all__ = ["RENDERERS", "render"]

RENDERERS: dict[str, Callable[[Briefing], str]] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": json.render,
    "html": html.render,
}


def render(briefing: Briefing, format: str) -> str:
    """Return `briefing` in `format`, a key of `RENDERERS`; ValueError names the formats for any other."""
    if format not in RENDERERS:
        raise ValueError(f"no renderer for {format!r}: use one of {', '.join(RENDERERS)}")
    return RENDERERS[format](briefing)
