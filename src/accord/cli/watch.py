"""`accord watch`: feeds are read again and again, and what they change is said, until it is stopped."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.cli.options import Delay, Private, Quiet, settings
from accord.cli.stored import DEFAULT, StoreUrl, opened_store
from accord.cli.telling import teller
from accord.cli.times import seconds
from accord.shell import say


def watch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEEDS.opml|URL",
            help="Lists of feeds; addresses of feeds, sitemaps and pages. Beside them it reads the feeds that the store"
            " follows.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often each feed is read: 90s, 10m, 2h or 1d.")
    ] = "10m",
    once: Annotated[bool, typer.Option("--once", help="Read what is due, and end: for a timer.")] = False,
    store: StoreUrl = DEFAULT,
    private: Private = False,
    delay: Delay = None,
    quiet: Quiet = False,
) -> None:
    """Read feeds again and again, and say what changes.

    Adds what is new to the store, and what changed or was taken down; briefs the stories that this touches; prints each
    update with its time. What fails is named on standard error, and asked again ever later. Ctrl-C or SIGTERM end it
    within seconds, and the next run goes on from there. Exit status: 0 it was ended so, 2 nothing can be read or the
    store not be used.
    """
    pause = float(seconds(every, "--every"))
    config = settings(None, None, None, offline=False, private=private, delay=delay)
    with opened_store(store, make=True) as opened:
        from accord.upkeep.stopping import stopping
        from accord.upkeep.watch import watch as watch_feeds

        with stopping() as stop:
            told = teller(timed=True, gone=stop.set)
            named = sources or []
            watch_feeds(named, opened, config=config, every=pause, stop=stop, told=told, once=once, followed=True)
    if not quiet and not once:
        say("stopped; the store is whole, and the next watch goes on from there")
