"""`accord brief`: several reports of one event as a briefing; and how a briefing is printed and written."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.options import (
    Columns,
    Delay,
    Offline,
    Outlet,
    Output,
    Paths,
    Private,
    Published,
    Version,
    by_ending,
    files,
    settings,
)
from accord.shell import (
    OK,
    PARTLY,
    cannot_write,
    check_output,
    echo,
    fail,
    give_up_stdout,
    progress,
    tell,
    write_file,
)

if TYPE_CHECKING:
    from accord.records import Briefing


class Format(StrEnum):
    """The keys of `renderers.RENDERERS`."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


_BY_SUFFIX = {
    ".txt": Format.text,
    ".md": Format.markdown,
    ".markdown": Format.markdown,
    ".html": Format.html,
    ".htm": Format.html,
    ".json": Format.json,
}


def brief(
    paths: Paths,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    column: Columns = None,
    offline: Offline = False,
    private: Private = False,
    delay: Delay = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    version: Version = False,
) -> None:
    """Brief several reports of one event.

    Takes the files, folders and addresses that "accord read" takes, and what that writes. Exit status: 0 all is well,
    1 something was left out (named on standard error), 2 nothing could be briefed.
    """
    from accord.errors import AccordError, NothingToBriefError

    config = settings(published, outlet, column, offline, private, delay)
    chosen = format_of(format, output)
    if output is not None:
        check_output(output, files(paths))
    try:
        from accord.pipeline import brief as make_briefing

        with progress(quiet) as show:
            briefing = make_briefing(paths, config=config, progress=show)
    except NothingToBriefError as error:
        tell(error.rejected)
        fail("nothing could be briefed: no report could be read")
    except AccordError as error:
        fail(str(error))
    tell(briefing.rejected)
    if output is None:
        print_briefing(briefing, chosen)
    else:
        write_file(output, render_briefing(briefing, chosen))
    raise typer.Exit(PARTLY if briefing.rejected else OK)


# output ---------------------------------------------------------------------------------------------------------------


def format_of(format: Format | None, output: str | None) -> Format:
    """Return the format asked for, else the one that `output` ends in, else text; bad usage where it is none."""
    return format or by_ending(output, _BY_SUFFIX) or Format.text


def print_briefing(briefing: Briefing, format: Format) -> None:
    """Print `briefing` on standard output: text on a terminal as wide as it is, everything else as UTF-8."""
    try:
        if format is Format.text and sys.stdout is not None and sys.stdout.isatty():
            from rich.console import Console

            from accord.renderers.terminal import print_briefing as print_in_colour

            print_in_colour(briefing, Console(highlight=False))
            sys.stdout.flush()
        else:
            echo(render_briefing(briefing, format))
    except BrokenPipeError:
        give_up_stdout()
    except OSError as error:
        give_up_stdout()
        cannot_write(None, error)


def render_briefing(briefing: Briefing, format: Format) -> bytes:
    """Return `briefing` in a format, as UTF-8."""
    from accord.renderers import RENDERERS

    return RENDERERS[format](briefing).encode("utf-8", "replace")
