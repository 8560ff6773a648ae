"""`accord stories` and `accord show`: the stories of a store in a list, and one of them whole."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.brief import Format, format_of, print_briefing, render_briefing
from accord.cli.corrections import Machine, tell_corrected
from accord.cli.options import AsList, Limit, ListFormat, Output, chosen, deliver
from accord.cli.stored import DEFAULT, StoreUrl, check_target, opened_store, story_in
from accord.cli.times import day
from accord.shell import fail, say, write_file

if TYPE_CHECKING:
    from accord.records import Article
    from accord.stores import Store


class Order(StrEnum):
    """What comes first in a list of stories."""

    latest = "latest"
    weight = "weight"


def stories(
    store: StoreUrl = DEFAULT,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Only stories with an article since; 2d is two days ago."),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Only stories that an outlet of this name reports.")
    ] = None,
    several: Annotated[bool, typer.Option("--several", help="Only stories of two articles or more.")] = False,
    by: Annotated[Order, typer.Option("--by", help="What comes first: the latest, or most to tell.")] = Order.latest,
    limit: Limit = 50,
    format: AsList = None,
    output: Output = None,
) -> None:
    """List the stories of the store.

    Each with its days, its outlets, and how much is agreed on and disputed. Exit status: 0 all is well, 2 the store
    cannot be read.
    """
    from accord.renderers.lists import STORIES

    first = day(since, "--since")
    check_target(output, store)
    wanted = chosen(format, output, ListFormat)
    with opened_store(store) as opened:
        found = opened.stories(since=first, outlet=outlet, several=several, order=by.value, limit=limit)
    deliver(STORIES[wanted](found), output)


def show(
    story: Annotated[
        str, typer.Argument(metavar="STORY", help="The id of a story, how it begins, or the id of an article.")
    ],
    store: StoreUrl = DEFAULT,
    changes: Annotated[
        bool, typer.Option("--changes", help="Show how its articles changed from version to version, not the briefing.")
    ] = False,
    machine: Machine = False,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Output = None,
) -> None:
    """Show one story of the store, or what its outlets changed.

    Writes the briefing as it was last made, in the formats of "accord brief", with what people corrected; who did is
    said on standard error. Exit status: 0 all is well, 2 there is no such story or the store cannot be read.
    """
    check_target(output, store)
    wanted = format_of(format, output)
    if changes and wanted not in (Format.text, Format.json):
        raise typer.BadParameter(f"changes are written as text or json, not as {wanted.value}", param_hint="--format")
    with opened_store(store) as opened:
        line = story_in(opened, story)
        if changes:
            from accord.renderers.versions import RENDERERS

            deliver(RENDERERS[wanted](*_versions(opened, line.id)), output)
            return
        from accord.upkeep.correcting import corrected

        found = None if machine else corrected(opened, line.id)
        briefing = found.briefing if found else opened.briefing(line.id)
    if briefing is None:
        fail(f'{line.id}: this story has not been briefed so far; run "accord refresh"')
    if line.stale:
        say(f'{line.id}: articles came that this briefing does not know; "accord refresh" briefs it anew')
    if found is not None:
        tell_corrected(found)
    if output is None:
        print_briefing(briefing, wanted)
    else:
        write_file(output, render_briefing(briefing, wanted))


def _versions(store: Store, story: str) -> tuple[list[list[Article]], dict[str, str]]:
    """Return the versions of each article of a story that has several or was taken down, and when those were."""
    versions, gone = [], {}
    for held in store.numbered(store.members([story]).get(story, [])):
        rows = store.versions(held.article.id)
        if len(rows) > 1 or held.gone:
            versions.append([row.article for row in rows])
            gone.update({held.article.id: held.gone} if held.gone else {})
    return versions, gone
