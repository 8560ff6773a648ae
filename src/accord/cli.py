"""The command line: a thin shell over `accord.pipeline` and `accord.renderers`.

Exit status: 0 all is well, 1 a briefing was made but something was left out, 2 nothing could be briefed or bad usage.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from accord import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from accord.records import Briefing, Rejected

    Progress = Callable[[str, int, int], None]

OK, PARTLY, FAILED = 0, 1, 2

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


Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]


@app.callback()
def _root(version: Version = False) -> None:
    pass


@app.command()
def brief(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders or patterns; - is standard input.")
    ],
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, not to standard output.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="The day of reports that give none, such as 2024-05-31."),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="The outlet of reports that give none.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    version: Version = False,
) -> None:
    """Brief several reports of one event.

    Text, Markdown, JSON, JSON Lines and HTML are read. Exit status: 0 all is well, 1 something was left out (named on
    standard error), 2 nothing could be briefed.
    """
    from accord.config import Config
    from accord.errors import AccordError, NothingToBriefError

    config = Config(published=_day(published), outlet=(outlet or "").strip() or None)
    chosen = format or _BY_SUFFIX.get(os.path.splitext(output or "")[1].lower(), Format.text)
    if output is not None:
        _check_output(output)
    try:
        from accord.pipeline import brief as make_briefing

        with _progress(quiet) as progress:
            briefing = make_briefing(paths, config=config, progress=progress)
    except NothingToBriefError as error:
        _tell(error.rejected)
        _fail("nothing could be briefed: no report could be read")
    except AccordError as error:
        _fail(str(error))
    _tell(briefing.rejected)
    if output is None:
        _print(briefing, chosen)
    else:
        _write(output, briefing, chosen)
    raise typer.Exit(PARTLY if briefing.rejected else OK)


def main() -> None:
    """Run the command line; every way out is an exit status."""
    import logging

    logging.lastResort = None  # what libraries log about a page is told by our own reasons
    app(prog_name="accord")


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    from accord.parse import to_day

    try:
        return to_day(value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from error


# progress and messages ------------------------------------------------------------------------------------------------


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """Give a function that shows progress on standard error, if that is a terminal and it is wanted, else None."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield show


def _tell(rejected: Sequence[Rejected]) -> None:
    """Say what was left out and why, a line each."""
    for item in rejected:
        typer.echo(_line(f"accord: {item.what}: {item.reason}"), err=True)


def _fail(message: str) -> NoReturn:
    typer.echo(_line(f"accord: {message}"), err=True)
    raise typer.Exit(FAILED)


def _line(text: str) -> str:
    """Return `text` as one line that cannot command a terminal: control characters become spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


# output ---------------------------------------------------------------------------------------------------------------


def _print(briefing: Briefing, format: Format) -> None:
    """Print `briefing` on standard output: text on a terminal as wide as it is, everything else as UTF-8."""
    try:
        if format is Format.text and sys.stdout.isatty():
            from rich.console import Console

            from accord.renderers.terminal import print_briefing

            print_briefing(briefing, Console(highlight=False))
        else:
            typer.echo(_render(briefing, format), nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_stdout()


def _render(briefing: Briefing, format: Format) -> bytes:
    from accord.renderers import RENDERERS

    return RENDERERS[format](briefing).encode("utf-8", "replace")


def _give_up_stdout() -> None:
    """Point standard output at nothing, so that Python does not complain while it closes a pipe that nobody reads."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def _check_output(output: str) -> None:
    """Fail before the work is done where `output` cannot be written."""
    if os.path.isdir(output):
        _fail(f"{output}: it is a folder; name a file in it for --output")
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        _fail(f"{output}: there is no folder {folder}; make it first")


def _write(output: str, briefing: Briefing, format: Format) -> None:
    """Write `briefing` to `output` whole or not at all."""
    try:
        write_atomically(output, _render(briefing, format))
    except OSError as error:
        _fail(f"{output}: it cannot be written ({error.strerror or error}); choose another --output")


def write_atomically(path: str, content: bytes) -> None:
    """Write `content` to `path` by way of a file beside it, so that a reader never sees half of it.

    A file that exists keeps its permissions; a device or pipe is written to as it is.
    """
    import stat
    import tempfile

    target = os.path.realpath(path)
    mode = os.stat(target).st_mode if os.path.exists(target) else None
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as file:
            file.write(content)
        return
    handle, aside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".accord-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        os.replace(aside, target)
    except BaseException:
        os.unlink(aside)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
