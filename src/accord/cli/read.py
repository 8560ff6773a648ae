"""`accord read`: articles as lines of JSON."""

from __future__ import annotations

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
    files,
    settings,
)
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
    say,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accord.config import Config
    from accord.history import History


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

    config = settings(published, outlet, column, offline, private, delay)
    if output is not None:
        check_output(output, files(paths), history)
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
