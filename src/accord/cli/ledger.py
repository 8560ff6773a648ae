"""`accord ledger`: the commitments of all stories, who made them, and what became of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.corrections import Machine, tell_applied
from accord.cli.options import Output, chosen, deliver
from accord.cli.stored import DEFAULT, StoreUrl, check_target, opened_store
from accord.cli.times import day, stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from accord.records import LedgerEntry


class LedgerFormat(StrEnum):
    """The keys of `renderers.ledger.RENDERERS`."""

    text = "text"
    json = "json"
    csv = "csv"
    ics = "ics"


class Standing(StrEnum):
    """The values of `records.Status`, with hyphens for spaces."""

    open = "open"
    done = "reported-done"
    partly = "reported-partly-done"
    changed = "changed"
    withdrawn = "withdrawn"
    disputed = "disputed"
    overdue = "overdue"


def ledger(
    store: StoreUrl = DEFAULT,
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Only what this person or body is to do.")
    ] = None,
    to_whom: Annotated[
        str | None, typer.Option("--to-whom", metavar="NAME", help="Only what is owed to this person or body.")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="WORDS", help="Only what has these words.")] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="FROM..TO", help="Only what is due then: 2024-06-01..2024-06-30, 2024-06."),
    ] = None,
    status: Annotated[
        list[Standing] | None, typer.Option("--status", help="Only entries that stand so. May be repeated.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Tell what is overdue on this day. [default: today]"),
    ] = None,
    machine: Machine = False,
    format: Annotated[
        LedgerFormat | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Output = None,
) -> None:
    """List commitments, and what was reported of each since.

    By whom, to whom, what, how much, when due, and how it stands: open, reported done, changed, overdue ... With what
    people corrected; who did is said on standard error. Exit status: 0 all is well, 2 the store cannot be read.
    """
    from accord.renderers.ledger import RENDERERS

    days, named = stretch(due, "--due"), day(as_of, "--as-of")
    today = date.fromisoformat(named) if named else date.today()
    wanted = {item.value.replace("-", " ") for item in status or ()}
    check_target(output, store)
    render = RENDERERS[chosen(format, output, LedgerFormat)]
    with opened_store(store) as opened:
        entries = opened.ledger(who=who, to_whom=to_whom, topic=topic, due=days)
        if machine:
            content = render(list(_standing(entries, today, wanted)))
        else:
            from accord.upkeep.correcting import corrected_ledger

            found = corrected_ledger(opened, entries)
            tell_applied(found.applied)
            content = render(list(_standing(found.entries, today, wanted, found.fixed)))
    deliver(content, output)


def _standing(
    entries: Iterable[LedgerEntry], today: date, wanted: Collection[str], fixed: Collection[str] = ()
) -> Iterator[LedgerEntry]:
    """Yield `entries` as they stand `today`, those whose status is `wanted`, all where nothing is.

    `fixed` are the ids of those whose status a person gave.
    """
    from accord.ledger import as_of

    for entry in entries:
        found = entry if entry.id in fixed else as_of(entry, today)
        if not wanted or found.status in wanted:
            yield found
