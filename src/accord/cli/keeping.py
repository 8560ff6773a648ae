"""`accord export`, `accord backup` and `accord check`: what is in a store, taken out, copied and looked over."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from accord.cli.options import Quiet, chosen
from accord.cli.stored import DEFAULT, StoreUrl, check_target, opened_store, story_in
from accord.cli.telling import print_line
from accord.cli.times import day
from accord.shell import OK, PARTLY, counted, say


class ExportFormat(StrEnum):
    """The keys of `exports.EXPORTS`."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    ftm = "ftm"
    jsonld = "jsonld"


def export(
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where to: a file; for tables a folder or a .zip."),
    ],
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else jsonl]"),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only what was published since; 2d is two days ago.")
    ] = None,
    story: Annotated[
        str | None, typer.Option("--story", metavar="STORY", help="Only one story: its id, or how it begins.")
    ] = None,
    no_texts: Annotated[bool, typer.Option("--no-texts", help="Leave the texts of the articles out.")] = False,
    store: StoreUrl = DEFAULT,
    quiet: Quiet = False,
) -> None:
    """Write what the store holds for other programs.

    As JSON Lines, tables (CSV, Parquet), FollowTheMoney entities, or JSON-LD; whole or not at all. Exit status: 0
    all is well, 2 the store cannot be read or the file not be written.
    """
    first = day(since, "--since")
    if not os.path.isdir(output):
        check_target(output, store)
    wanted = chosen(format, output, ExportFormat)
    with opened_store(store) as opened:
        from accord.exports import export as export_store
        from accord.upkeep.clock import now

        one = story_in(opened, story).id if story is not None else None
        counts = export_store(opened, wanted.value, output, since=first, story=one, texts=not no_texts, at=now())
    if not quiet:
        told = ", ".join(f"{kind} {number:,}" for kind, number in counts.items() if number)
        nothing = "nothing to export" + (f" since {first}" if first else "")
        say(f"{output}: {told or nothing}")


def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The new file that the copy goes to.")],
    store: StoreUrl = DEFAULT,
    quiet: Quiet = False,
) -> None:
    """Write a copy of the store to a new file.

    The copy is whole or not there at all; others may use the store meanwhile. Exit status: 0 all is well, 2 the
    store cannot be read or the file not be written.
    """
    with opened_store(store) as opened:
        opened.backup(file)
    if not quiet:
        say(f"{file}: {os.path.getsize(file):,} bytes")


def check(store: StoreUrl = DEFAULT, quiet: Quiet = False) -> None:
    """Look for damage in the store, and name it.

    Says of each damage where it is and what can be done. Exit status: 0 the store is sound, 1 damage was found, 2
    the store cannot be opened.
    """
    from accord.renderers.lists import counts_text

    found = 0
    with opened_store(store) as opened:
        for damage in opened.check():
            print_line(f"{damage.where}: {damage.problem}")
            found += 1
        counts = opened.counts() if not found and not quiet else None
    if not quiet:
        advice = 'put a backup in its place, or save stories by "accord export --story"'
        say(f"damage in {counted(found, 'place')}; {advice}" if counts is None else f"sound: {counts_text(counts)}")
    raise typer.Exit(PARTLY if found else OK)
