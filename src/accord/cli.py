"""The command line: a thin shell over `accord.pipeline` and `accord.renderers`.

Exit status: 0 all is well, 1 something was left out, 2 nothing could be briefed or read, or bad usage.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
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
    cannot_write,
    check_folder,
    check_output,
    counted,
    echo,
    fail,
    give_up_stdout,
    opened,
    progress,
    say,
    tell,
    write_atomically,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
_LIST = ".stories.json"


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

    Takes the files, folders and addresses that "accord read" takes, and what that writes. Exit status: 0 all is well,
    1 something was left out (named on standard error), 2 nothing could be briefed.
    """
    from accord.errors import AccordError, NothingToBriefError

    config = _config(published, outlet, column, offline, private, delay)
    chosen = format or _BY_SUFFIX.get(os.path.splitext(output or "")[1].lower(), Format.text)
    if output is not None:
        check_output(output, _files(paths))
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
        write_file(output, _render(briefing, chosen))
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
            "--history",
            metavar="FILE",
            help="Give only what is new or changed since the last run with FILE; --output then adds to its file.",
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
        check_output(output, _files(paths), history)
    try:
        from accord.history import History

        with History(history) as known, opened(output, add=history is not None) as write:
            status = _read(paths, config, known, write, quiet)
            if status != FAILED:
                write(b"")  # no line was new: the file is there all the same
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

    Takes the files, folders and addresses that "accord read" takes, and what that writes. Exit status: 0 all is well,
    1 something was left out (named on standard error), 2 nothing could be grouped.
    """
    from accord.errors import AccordError
    from accord.renderers.stories import RENDERERS

    config = _config(published, outlet, column, offline, private, delay)
    chosen = format or (GroupFormat.json if (output or "").lower().endswith(".json") else GroupFormat.text)
    if output is not None:
        check_output(output, _files(paths))
    if into is not None:
        _check_into(into, _files(paths))
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
        echo(content)
    else:
        write_file(output, content)
    raise typer.Exit(PARTLY if grouping.rejected else OK)


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


def _files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the files that `paths` name, among them those that folders hold and patterns match."""
    from accord.errors import ReadError
    from accord.readers.files import expand
    from accord.readers.kinds import web_address

    for path in paths:
        if not web_address(path):
            with suppress(ReadError):  # told when it is read
                yield from expand(path)[0]


# output ---------------------------------------------------------------------------------------------------------------


def _print(briefing: Briefing, format: Format) -> None:
    """Print `briefing` on standard output: text on a terminal as wide as it is, everything else as UTF-8."""
    try:
        if format is Format.text and sys.stdout is not None and sys.stdout.isatty():
            from rich.console import Console

            from accord.renderers.terminal import print_briefing

            print_briefing(briefing, Console(highlight=False))
            sys.stdout.flush()
        else:
            echo(_render(briefing, format))
    except BrokenPipeError:
        give_up_stdout()
    except OSError as error:
        give_up_stdout()
        cannot_write(None, error)


def _render(briefing: Briefing, format: Format) -> bytes:
    from accord.renderers import RENDERERS

    return RENDERERS[format](briefing).encode("utf-8", "replace")


# the folder of --into -------------------------------------------------------------------------------------------------


def _check_into(folder: str, inputs: Iterator[str]) -> None:
    """Fail before the work is done where the stories cannot be written to `folder`, or it holds files of others."""
    check_folder(folder, inputs)
    try:
        _listed(folder)
    except OSError as error:
        cannot_write(folder, error, "--into")
    except ValueError:
        fail(f"{os.path.join(folder, _LIST)}: it is no list of stories by accord; choose another --into")


def _write_stories(folder: str, grouping: Grouping) -> None:
    """Write the articles of each story of two or more to a file of its own, that "accord brief" reads, and their list.

    Files of stories that an earlier run listed in `folder` and that are none any more are removed.
    """
    from accord.renderers.articles import to_line
    from accord.renderers.stories import render_json

    files = {f"{story.id}.jsonl": story.articles for story in grouping.stories if len(story.articles) > 1}
    try:
        stale = _listed(folder) - files.keys()
        for name, articles in files.items():
            write_atomically(os.path.join(folder, name), b"".join(map(to_line, articles)))
        for name in stale:
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))
        write_atomically(os.path.join(folder, _LIST), render_json(grouping).encode("utf-8", "replace"))
    except OSError as error:
        cannot_write(folder, error, "--into")


def _listed(folder: str) -> set[str]:
    """Return the names of the files of stories that an earlier run wrote to `folder`, as its list has them.

    Raises ValueError where the list is not one that accord wrote.
    """
    import json

    from accord.renderers.stories import SCHEMA

    try:
        with open(os.path.join(folder, _LIST), "rb") as file:
            document = json.load(file)
    except FileNotFoundError:
        return set()
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ValueError(_LIST)
    try:
        ids = [str(story["id"]) for story in document["stories"] if len(story["articles"]) > 1]
    except (KeyError, TypeError) as error:
        raise ValueError(_LIST) from error
    return {f"{name}.jsonl" for name in ids if name.isalnum()}
