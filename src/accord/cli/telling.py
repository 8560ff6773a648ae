"""Prints updates as they come, a line each, and says what was left out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from accord.shell import cannot_write, fail, give_up_stdout, line, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from accord.records import Rejected, Update


def teller(timed: bool = False, gone: Callable[[], object] = lambda: None) -> Callable[[Rejected | Update], None]:
    """Return a function that prints an update on standard output, or says what was left out; `timed` with the time.

    Where nobody reads the updates any more, `gone` is called; the work goes on.
    """
    from accord.records import Rejected
    from accord.renderers import updates
    from accord.upkeep.clock import now

    def told(item: Rejected | Update) -> None:
        if isinstance(item, Rejected):
            say(f"{f'{now()} ' if timed else ''}{item.what}: {item.reason}")
        else:
            time = f"{item.at or now()} " if timed else ""
            print_line(f"{time}{updates.line(item)} [{item.story}]", gone)

    return told


def print_line(text: str, gone: Callable[[], object] = lambda: None) -> None:
    """Print `text` as one line on standard output; nobody needs to read it."""
    if sys.stdout is None:
        fail("standard output: it is closed; open it")
    try:
        words = f"{line(text)}\n"
        if sys.stdout.isatty():  # a bar of progress on it lets text pass above itself
            encoding = sys.stdout.encoding or "utf-8"
            typer.echo(words.encode(encoding, "replace").decode(encoding), file=sys.stdout, nl=False)
        else:
            typer.echo(words.encode("utf-8", "replace"), nl=False)
    except BrokenPipeError:
        give_up_stdout()
        gone()
    except OSError as error:
        give_up_stdout()
        cannot_write(None, error)
