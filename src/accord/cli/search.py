"""`accord search`: articles, quotes, figures and commitments with some words in them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from accord.cli.options import AsList, Limit, ListFormat, Output, chosen, deliver
from accord.cli.stored import DEFAULT, StoreUrl, check_target, opened_store
from accord.cli.times import day


class Kind(StrEnum):
    """What can be found: the values of `stores.store.HitKind`."""

    article = "article"
    quote = "quote"
    figure = "figure"
    commitment = "commitment"


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help='Words that must all occur; "a phrase", word*, -word.'),
    ] = None,
    store: StoreUrl = DEFAULT,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only one kind of thing. [default: all]")] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Only what somebody of this name said.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Only what an outlet of this name published.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Only what was published since; 2d is two days ago."),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Only what was published until this day.")
    ] = None,
    limit: Limit = 20,
    format: AsList = None,
    output: Output = None,
) -> None:
    """Search articles, quotes, figures and commitments.

    The best come first. Quote the words for the shell: accord search '"public inquiry" ferry -weather'. Words that
    start with - follow --. Without words, everything that the options admit is listed. Exit status: 0 all is well,
    2 the store cannot be read.
    """
    from accord.renderers.lists import HITS
    from accord.stores.store import Query

    asked = " ".join(words or ())
    if asked.strip() and not any(map(str.isalnum, asked)):
        raise typer.BadParameter(f"there is no word in {asked!r}; write one, or none at all", param_hint="WORDS")
    query = Query(
        words=asked,
        kind=kind.value if kind else None,
        speaker=speaker,
        outlet=outlet,
        since=day(since, "--since"),
        until=day(until, "--until"),
        limit=limit,
    )
    check_target(output, store)
    wanted = chosen(format, output, ListFormat)
    with opened_store(store) as opened:
        hits = opened.search(query)
    deliver(HITS[wanted](hits), output)
