"""The command line: each command is a thin shell over one public function.

Exit status: 0 all is well, 1 something was left out (for `check`: damaged), 2 nothing could be done, or bad usage,
130 stopped by Ctrl-C.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from accord.cli import (
    add,
    brief,
    changes,
    corrections,
    group,
    keeping,
    ledger,
    load,
    mcp,
    read,
    run,
    search,
    serve,
    stories,
    watch,
)
from accord.cli.brief import Format
from accord.cli.group import GroupFormat
from accord.cli.options import Version
from accord.shell import FAILED, OK, PARTLY, STOPPED

__all__ = ["FAILED", "OK", "PARTLY", "STOPPED", "Format", "GroupFormat", "app", "main"]

_LEAK = "Value error, "


class _Commands(TyperGroup):
    """The commands, whose options say what is wrong with a value in our words alone."""

    def invoke(self, ctx: Any) -> object:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(_LEAK)
            raise


app = typer.Typer(
    cls=_Commands,
    name="accord",
    help="Read every report of an event against the others: what they agree on, dispute and promise.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root(version: Version = False) -> None:
    pass


for _command in (
    brief.brief,
    read.read,
    group.group,
    add.add,
    add.refresh,
    watch.watch,
    stories.stories,
    stories.show,
    search.search,
    changes.changes,
    ledger.ledger,
    corrections.corrections,
    serve.serve,
    serve.token,
    mcp.mcp,
    run.run,
    load.load,
    keeping.export,
    keeping.backup,
    keeping.check,
):
    app.command()(_command)


def main() -> None:
    """Run the command line; every way out is an exit status."""
    import gc
    import logging

    gc.set_threshold(20_000, 20, 20)  # libraries and models make much that stays: it is looked over less often
    logging.lastResort = None  # what libraries log about a page is told by our own reasons
    app(prog_name="accord")
