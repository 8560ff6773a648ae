"""`accord add` and `accord refresh`: articles go into the store, and its stories are brought up to date."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from accord.cli.options import Columns, Delay, Offline, Outlet, Paths, Private, Published, Quiet, files, settings
from accord.cli.stored import DEFAULT, StoreUrl, is_missing, opened_store
from accord.cli.telling import teller
from accord.shell import FAILED, OK, PARTLY, counted, progress, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.upkeep import Added


def add(
    paths: Paths,
    store: StoreUrl = DEFAULT,
    published: Published = None,
    outlet: Outlet = None,
    column: Columns = None,
    offline: Offline = False,
    private: Private = False,
    delay: Delay = None,
    quiet: Quiet = False,
) -> None:
    """Add articles to the store, and say what they change.

    Takes the files, folders and addresses that "accord read" takes, and what that writes; what the store holds
    already is not added again. Stories that get articles are briefed anew. Exit status: 0 all is well, 1 something
    was left out (named on standard error), 2 nothing could be read or the store not be used, 130 after Ctrl-C,
    which leaves the store whole.
    """
    config = settings(published, outlet, column, offline, private, delay)
    stopped = 'stopped; the store is whole and keeps what came so far, and the same "accord add" goes on from there'
    if is_missing(store) and not _any_there(paths):
        store = "memory:"  # what is wrong with each path is told, and no empty store is left behind
    with opened_store(store, make=True, stopped=stopped) as opened, progress(quiet) as show:
        from accord.upkeep import add as add_articles

        added = add_articles(paths, opened, config=config, progress=show, told=teller())
    if not quiet:
        say(_counts(added))
    raise typer.Exit(OK if not added.rejected else PARTLY if _came(added) else FAILED)


def refresh(store: StoreUrl = DEFAULT, quiet: Quiet = False) -> None:
    """Make anew what an older accord made, and say what changes.

    Analyses by another accord or other models are made again, and stories that wait for their briefing are briefed.
    Exit status: 0 all is well, 2 the store cannot be used, 130 after Ctrl-C, which leaves the store whole.
    """
    stopped = 'stopped; the store is whole, and "accord refresh" goes on from there'
    with opened_store(store, stopped=stopped) as opened, progress(quiet) as show:
        from accord.upkeep import refresh as refresh_stories

        changed = refresh_stories(opened, progress=show, told=teller(), outdated=True)
    if not quiet:
        say(counted(len(changed), "update"))


def _any_there(paths: Sequence[str]) -> bool:
    """Tell whether any of `paths` is an address, standard input, or names a file that is there."""
    from accord.readers.kinds import web_address

    return any(path == "-" or web_address(path) for path in paths) or any(map(os.path.exists, files(paths)))


def _came(added: Added) -> int:
    return added.articles + added.versions + added.unchanged


def _counts(added: Added) -> str:
    told = [
        counted(added.articles, "article"),
        counted(added.versions, "new version") if added.versions else "",
        f"{added.unchanged:,} unchanged" if added.unchanged else "",
        counted(added.rejected, "problem") if added.rejected else "",
    ]
    stories = len(added.stories)
    changed = f"; {stories:,} {'story' if stories == 1 else 'stories'} changed" if stories else ""
    return ", ".join(part for part in told if part) + changed
