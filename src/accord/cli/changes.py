"""`accord changes`: what later coverage changed in the stories of a store."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import typer

from accord.cli.options import Limit, Output, chosen, deliver
from accord.cli.stored import DEFAULT, StoreUrl, check_target, opened_store, story_in
from accord.cli.times import moment

if TYPE_CHECKING:
    from accord.records import UpdateKind


class ChangesFormat(StrEnum):
    """The keys of `renderers.updates.RENDERERS`."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    atom = "atom"


class ChangeKind(StrEnum):
    """The values of `records.UpdateKind`, with hyphens for spaces."""

    new_story = "new-story"
    new_report = "new-report"
    corroborated = "newly-corroborated"
    disputed = "newly-disputed"
    settled = "no-longer-disputed"
    alone = "no-longer-corroborated"
    corrected = "corrected"
    retracted = "retracted"
    merged = "merged"
    commitment = "commitment"


def changes(
    store: StoreUrl = DEFAULT,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="TIME", help="Only what was noticed since a day or a time; 2d is two days ago."
        ),
    ] = None,
    story: Annotated[
        str | None, typer.Option("--story", metavar="STORY", help="Only of one story: its id, or how it begins.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Only about a person, body or place of this name.")
    ] = None,
    words: Annotated[str | None, typer.Option("--words", metavar="WORDS", help="Only what has these words.")] = None,
    kind: Annotated[ChangeKind | None, typer.Option("--kind", help="Only one kind of change. [default: all]")] = None,
    limit: Limit = 100,
    format: Annotated[
        ChangesFormat | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Output = None,
) -> None:
    """List what later coverage changed, the latest first.

    New reports, newly corroborated, newly disputed, corrected, retracted, merged, and what was reported of
    commitments. Exit status: 0 all is well, 2 the store cannot be read.
    """
    from accord.renderers.updates import RENDERERS, render_atom

    start = moment(since, "--since")
    check_target(output, store)
    wanted = chosen(format, output, ChangesFormat)
    with opened_store(store) as opened:
        one = story_in(opened, story).id if story is not None else None
        named = cast("UpdateKind", kind.value.replace("-", " ")) if kind else None
        found = opened.updates(since=start, story=one, name=name, words=words, kind=named, limit=limit)
    if wanted is ChangesFormat.atom:  # a feed of its own for each story, person and search
        deliver(render_atom(found, {"story": one, "name": name, "words": words, "kind": named}), output)
    else:
        deliver(RENDERERS[wanted](found), output)
