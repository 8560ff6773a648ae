"""The command line: a thin shell over `accord.pipeline` and `accord.renderers`.

Exit status: 0 all is well, 1 something was left out, 2 nothing could be briefed or read, or bad usage.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from accord import __version__
from accord.shell import (
    FAILED,
    OK,
    PARTLY,
    STOPPED,
    check_output,
    counted,
    fail,
    give_up_stdout,
    opened,
    progress,
    say,
    tell,
    write_atomically,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accord.config import Config
    from accord.history import History
    from accord.records import Briefing, Grouping

app = typer.Typer(
    name="accord",
    help="Read every report of an event against the others: what they agree on, dispute and promise.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """The keys of `renderers.RENDERERS`."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


class GroupFormat(StrEnum):
    """The keys of `renderers.stories.RENDERERS`."""

    text = "text"
    json = "json"


_BY_SUFFIX = {
    ".txt": Format.text,
    ".md": Format.markdown,
    ".markdown": Format.markdown,
    ".html": Format.html,
    ".htm": Format.html,
    ".json": Format.json,
}


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"accord {__version__}")
        raise typer.Exit(OK)


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH|URL", help="Files, folders, patterns or web addresses; - is standard input."),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, not to standard output.")
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="The day of reports that give none, such as 2024-05-31."),
]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="The outlet of reports that give none.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="What tables and JSON call a field: text=body_text. May be repeated."
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing; take what files and feeds hold.")]
Private = Annotated[
    bool, typer.Option("--private", help="Fetch from private and loopback addresses too: an office's own network.")
]
Delay = Annotated[
    float | None,
    typer.Option(
        "--delay", metavar="SECONDS", min=0, help="The least time between two requests to one host. [default: 1]"
    ),
]
Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]


@app.callback()
def _root(version: Version = False) -> None:
    pass


@app.command()
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

    Takes all that "accord read" takes, and what it writes. Exit status: 0 all is well, 1 something was left out (named
    on standard error), 2 nothing could be briefed.
    """
    from accord.errors import AccordError, NothingToBriefError

    config = _config(published, outlet, column, offline, private, delay)
    chosen = format or _BY_SUFFIX.get(os.path.splitext(output or "")[1].lower(), Format.text)
    if output is not None:
        check_output(output)
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
        _print(briefing, chosen)
    else:
        _write(output, _render(briefing, chosen))
    raise typer.Exit(PARTLY if briefing.rejected else OK)


@app.command()
def read(
    paths: Paths,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    column: Columns = None,
    history: Annotated[
        str | None,
        typer.Option(
            "--history", metavar="FILE", help="Give only what is new or changed since the last run with FILE."
        ),
    ] = None,
    offline: Offline = False,
    private: Private = False,
    delay: Delay = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say no counts at the end.")] = False,
    version: Version = False,
) -> None:
    """Read articles, and write each as a line of JSON as soon as it is there.

    Takes text, Markdown, HTML, JSON, JSON Lines, feeds, archives and tables, in files or on the web. Exit status: 0 all
    is well, 1 something was left out (named on standard error), 2 nothing could be read.
    """
    from accord.errors import AccordError

    config = _config(published, outlet, column, offline, private, delay)
    if output is not None:
        check_output(output, paths)
    try:
        from accord.history import History

        with opened(output) as write, History(history) as known:
            status = _read(paths, config, known, write, quiet)
    except AccordError as error:
        fail(str(error))
    except BrokenPipeError:
        give_up_stdout()
        status = OK
    except KeyboardInterrupt:
        say("stopped; every line that was written is whole")
        status = STOPPED
    raise typer.Exit(status)


@app.command()
def group(
    paths: Paths,
    format: Annotated[
        GroupFormat | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Output = None,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="FOLDER", help="Also write the articles of each story to FOLDER/STORY.jsonl."),
    ] = None,
    published: Published = None,
    outlet: Outlet = None,
    column: Columns = None,
    offline: Offline = False,
    private: Private = False,
    delay: Delay = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    version: Version = False,
) -> None:
    """Group articles into stories of one event, with the copies among them and the stories that follow one another.

    Takes all that "accord read" takes, and what it writes. Exit status: 0 all is well, 1 something was left out (named
    on standard error), 2 nothing could be grouped.
    """
    from accord.errors import AccordError
    from accord.renderers.stories import RENDERERS

    config = _config(published, outlet, column, offline, private, delay)
    chosen = format or (GroupFormat.json if (output or "").lower().endswith(".json") else GroupFormat.text)
    if output is not None:
        check_output(output)
    try:
        from accord.pipeline import group as make_groups

        with progress(quiet) as show:
            grouping = make_groups(paths, config=config, progress=show)
    except AccordError as error:
        fail(str(error))
    tell(grouping.rejected)
    if not grouping.stories:
        fail("nothing could be grouped: no article could be read")
    if into is not None:
        _write_stories(into, grouping)
    content = RENDERERS[chosen](grouping).encode("utf-8", "replace")
    if output is None:
        _echo(content)
    else:
        _write(output, content)
    raise typer.Exit(PARTLY if grouping.rejected else OK)


def _write_stories(folder: str, grouping: Grouping) -> None:
    """Write the articles of each story of two or more to a file of its own, that "accord brief" reads."""
    from accord.renderers.articles import to_line

    try:
        os.makedirs(folder, exist_ok=True)
        for story in grouping.stories:
            if len(story.articles) > 1:
                lines = b"".join(map(to_line, story.articles))
                write_atomically(os.path.join(folder, f"{story.id}.jsonl"), lines)
    except OSError as error:
        fail(f"{folder}: it cannot be written ({error.strerror or error}); choose another --into")


def _read(paths: Sequence[str], config: Config, known: History, write: Callable[[bytes], None], quiet: bool) -> int:
    """Write the articles at `paths` and say what was left out, each as it comes; return the exit status."""
    from accord.pipeline import read as read_articles
    from accord.records import Rejected
    from accord.renderers.articles import to_line

    articles = versions = problems = 0
    for item in read_articles(paths, config=config, history=known):
        if isinstance(item, Rejected):
            tell([item])
            problems += 1
        else:
            write(to_line(item))
            articles += 1
            versions += item.version > 1
    if not quiet:
        told = [
            counted(articles, "article"),
            counted(versions, "new version") if versions else "",
            f"{known.unchanged:,} unchanged" if known.unchanged else "",
            counted(problems, "problem") if problems else "",
        ]
        say(", ".join(part for part in told if part))
    return OK if not problems else PARTLY if articles or known.unchanged else FAILED


def main() -> None:
    """Run the command line; every way out is an exit status."""
    import logging

    logging.lastResort = None  # what libraries log about a page is told by our own reasons
    app(prog_name="accord")


# options --------------------------------------------------------------------------------------------------------------


def _config(
    published: str | None,
    outlet: str | None,
    columns: Sequence[str] | None,
    offline: bool,
    private: bool,
    delay: float | None,
) -> Config:
    from accord.config import Config, Web

    web = Web(offline=offline, private=private)
    return Config(
        published=_day(published),
        outlet=(outlet or "").strip() or None,
        columns=tuple(map(_column, columns or ())),
        web=web if delay is None else replace(web, delay=delay),
    )


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    from accord.parse import to_day

    try:
        return to_day(value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from error


def _column(value: str) -> tuple[str, str]:
    """Return the field and the name in "text=body_text"."""
    from accord.parse.fields import NAMES

    field, _, name = (part.strip() for part in value.partition("="))
    if field not in NAMES or not name:
        message = f"{value!r} is no FIELD=NAME; write it as text=body_text, with one of the fields {', '.join(NAMES)}"
        raise typer.BadParameter(message, param_hint="--column")
    return field, name


# output ---------------------------------------------------------------------------------------------------------------


def _print(briefing: Briefing, format: Format) -> None:
    """Print `briefing` on standard output: text on a terminal as wide as it is, everything else as UTF-8."""
    try:
        if format is Format.text and sys.stdout.isatty():
            from rich.console import Console

            from accord.renderers.terminal import print_briefing

            print_briefing(briefing, Console(highlight=False))
            sys.stdout.flush()
        else:
            _echo(_render(briefing, format))
    except BrokenPipeError:
        give_up_stdout()


def _echo(content: bytes) -> None:
    """Write `content` to standard output."""
    try:
        typer.echo(content, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_stdout()


def _render(briefing: Briefing, format: Format) -> bytes:
    from accord.renderers import RENDERERS

    return RENDERERS[format](briefing).encode("utf-8", "replace")


def _write(output: str, content: bytes) -> None:
    """Write `content` to `output` whole or not at all."""
    try:
        write_atomically(output, content)
    except OSError as error:
        fail(f"{output}: it cannot be written ({error.strerror or error}); choose another --output")
