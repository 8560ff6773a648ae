import io
from dataclasses import replace

from rich.console import Console

from accord.records import Rejected
from accord.renderers.terminal import print_briefing

from .sample import BRIEFING


def printed(width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    color = "truecolor" if terminal else None
    print_briefing(BRIEFING, Console(file=out, width=width, force_terminal=terminal, color_system=color))
    return out.getvalue()


def test_colour_only_on_a_terminal() -> None:
    assert "\x1b[" in printed(80, terminal=True)
    assert "\x1b" not in printed(80, terminal=False)


def test_lines_are_as_wide_as_the_terminal() -> None:
    for width in (40, 60, 140):
        assert max(len(line) for line in printed(width, terminal=False).splitlines()) <= width


def test_markup_and_escape_sequences_of_the_reports_are_shown_not_obeyed() -> None:
    hostile = replace(BRIEFING, title="[bold]x[/bold] \x1b[31m:smile:", rejected=(Rejected("[/]", "a", "[red]"),))
    out = io.StringIO()
    print_briefing(hostile, Console(file=out, width=80))
    assert out.getvalue().startswith("[bold]x[/bold] [31m:smile:\n")
    assert "[/] · a: [red]" in out.getvalue()
