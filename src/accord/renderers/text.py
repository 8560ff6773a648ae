"""Renders a `Briefing` as plain text: what the terminal shows, without colour, 100 columns wide."""

from __future__ import annotations

import io

from accord.records import Briefing
from accord.renderers.terminal import print_briefing

WIDTH = 100


def render(briefing: Briefing) -> str:
    """Return the briefing as text with no trailing spaces and a newline at its end."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=WIDTH, color_system=None, force_terminal=False, force_jupyter=False, emoji=False, markup=False
    )
    print_briefing(briefing, console)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
