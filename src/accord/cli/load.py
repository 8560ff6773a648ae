"""`accord load`: a finished run goes into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.options import Quiet
from accord.cli.pace import pace
from accord.cli.stored import DEFAULT, StoreUrl, is_missing, opened_store
from accord.cli.telling import teller
from accord.errors import AccordError
from accord.shell import OK, PARTLY, counted, fail, say

if TYPE_CHECKING:
    from accord.runs.loading import Loaded


def load(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder of a finished run: the --output of accord run.")
    ],
    store: StoreUrl = DEFAULT,
    quiet: Quiet = False,
) -> None:
    """Put a finished run into the store.

    Its articles, stories, briefings and commitments are then there as if "accord add" had read the articles, without
    being made again. What the store holds already is not added again; stories that touch those of the store join them
    and are briefed anew. Exit status: 0 all is well, 1 something was left out (named on standard error), 2 the folder
    holds no finished run or the store cannot be used, 130 after Ctrl-C, which leaves the store whole.
    """
    from accord.runs.parts import read_manifest

    if is_missing(store):  # what is wrong with the folder is told, and no empty store is left behind
        try:
            read_manifest(Path(folder))
        except AccordError as error:
            fail(str(error))
    stopped = 'stopped; the store is whole and keeps what came so far, and the same "accord load" goes on from there'
    with opened_store(store, make=True, stopped=stopped) as opened, pace(quiet) as show:
        from accord.runs.loading import load as load_run

        loaded = load_run(folder, opened, progress=show, told=teller())
    if not quiet:
        say(_counts(loaded))
    raise typer.Exit(PARTLY if loaded.rejected else OK)


def _counts(loaded: Loaded) -> str:
    """Return what became of a run: "64 articles, 2 new versions; 31 stories, 4 of them briefed anew"."""
    told = [
        counted(loaded.articles, "article"),
        counted(loaded.versions, "new version") if loaded.versions else "",
        f"{loaded.unchanged:,} unchanged" if loaded.unchanged else "",
        counted(loaded.rejected, "problem") if loaded.rejected else "",
    ]
    stories = loaded.stories + len(loaded.anew)
    named = f"; {stories:,} {'story' if stories == 1 else 'stories'}" if stories else ""
    anew = f", {len(loaded.anew):,} of them briefed anew" if loaded.anew else ""
    return ", ".join(part for part in told if part) + named + anew
