"""`accord run`: any number of articles through all stages, on one core, all cores or a cluster, into tables."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from accord.cli.options import Columns, Outlet, Published, Quiet, settings
from accord.cli.pace import pace
from accord.errors import AccordError
from accord.shell import FAILED, OK, PARTLY, STOPPED, counted, fail, say

if TYPE_CHECKING:
    from types import FrameType

    from accord.runs import Ran


class Engine(StrEnum):
    """Where the work is done."""

    serial = "serial"
    processes = "processes"
    ray = "ray"


def run(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders or patterns: WARC, JSON Lines, Parquet, feeds, pages."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder for the tables: a new one.")],
    executor: Annotated[
        Engine, typer.Option("--executor", help="Where: one core, the cores of this machine, or a Ray cluster.")
    ] = Engine.processes,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="NUMBER", min=1, help="Workers. [default: one for each core]")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", help="The Ray cluster: auto, or HOST:PORT. [default: one made here]")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in DIR that was stopped.")] = False,
    published: Published = None,
    outlet: Outlet = None,
    column: Columns = None,
    quiet: Quiet = False,
) -> None:
    """Take any number of articles through all stages, into tables.

    DIR gets articles, analyses, stories, findings, quotes, figures and commitments as Parquet files by month, what was
    left out, and a manifest. However it is stopped, the same command with --resume goes on where it was, and ends with
    the same files. "accord load DIR" puts them into a store. Exit status: 0 all is well, 1 something was left out (the
    table "rejected" says what and why), 2 the run could not begin or go on, 130 after Ctrl-C.
    """
    config = settings(published, outlet, column, True, False, None)
    stopped = f"stopped; what is finished is kept in {output}, and the same command with --resume goes on from there"
    try:
        with _stoppable(), pace(quiet) as progress:
            from accord.runs import run as run_through

            ran = run_through(
                paths,
                output,
                executor=executor.value,
                workers=workers,
                address=address,
                resume=resume,
                config=config,
                progress=progress,
                told=say,
            )
    except KeyboardInterrupt:
        say(stopped)
        raise typer.Exit(STOPPED) from None
    except AccordError as error:
        fail(str(error))
    if not quiet:
        say(_told(ran, output))
    raise typer.Exit(OK if not ran.rejected else PARTLY if ran.articles else FAILED)


def _told(ran: Ran, output: str) -> str:
    parts = [
        counted(ran.articles, "article"),
        f"{ran.unchanged:,} unchanged" if ran.unchanged else "",
        f"{ran.stories:,} {'story' if ran.stories == 1 else 'stories'}",
        counted(ran.findings, "finding"),
        counted(ran.commitments, "commitment"),
        f"{ran.rejected:,} left out (see the table rejected)" if ran.rejected else "",
    ]
    return f"{output}: {', '.join(part for part in parts if part)}"


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take what a job's keeper sends to end it (SIGTERM) as Ctrl-C."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
