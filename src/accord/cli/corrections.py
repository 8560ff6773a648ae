"""`accord corrections`: what people said against the machine's answer, and taking it back."""

from __future__ import annotations

import getpass
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.options import AsList, Limit, ListFormat, Output, chosen, deliver
from accord.cli.stored import DEFAULT, StoreUrl, check_target, opened_store, story_in
from accord.shell import counted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.corrections import Applied, Corrected
    from accord.records import Correction
    from accord.stores import Store

_MOST = 4

Machine = Annotated[
    bool, typer.Option("--machine", help="Show the machine's own answer, without what people corrected.")
]


def corrections(
    store: StoreUrl = DEFAULT,
    story: Annotated[
        str | None, typer.Option("--story", metavar="STORY", help="Only of one story: its id, or how it begins.")
    ] = None,
    undone: Annotated[bool, typer.Option("--undone", help="List those that were undone, too.")] = False,
    undo: Annotated[
        str | None,
        typer.Option("--undo", metavar="ID", help="Take this correction back: the machine's answer stands again."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who takes it back. [default: the name you are logged in under]"),
    ] = None,
    limit: Limit = 50,
    format: AsList = None,
    output: Output = None,
) -> None:
    """List what people corrected, or take a correction back.

    Each with who made it, when and why, the latest first. Corrections are made in the web application ("accord serve")
    or over its API. Exit status: 0 all is well, 2 there is no such correction or the store cannot be read.
    """
    from accord.renderers.corrections import RENDERERS, Row

    if undo is not None:
        _take_back(store, undo.strip(), by or _login())
        return
    check_target(output, store)
    wanted = chosen(format, output, ListFormat)
    with opened_store(store) as opened:
        articles = _articles(opened, story_in(opened, story).id) if story is not None else None
        found = opened.corrections(articles, standing=not undone)[::-1][:limit]
        rows = [Row(one, _words(one), _story_of(opened, one)) for one in found]
    deliver(RENDERERS[wanted](rows), output)


def tell_corrected(found: Corrected) -> None:
    """Say which corrections a briefing has, by whom, and which found nothing to correct any more."""
    tell_applied(found.applied)
    for one in found.unmatched:
        say(f"a correction by {one.correction.by} is left out, since {one.why}: {_words(one.correction)}")


def tell_applied(applied: Sequence[Applied]) -> None:
    """Say which corrections were applied, a line for each analyst: "2 corrections by Mara: Merged two findings ..."."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for one in applied:
        of[one.correction.by].append(_words(one.correction))
    for name, words in of.items():
        more = f"; and {len(words) - _MOST:,} more" if len(words) > _MOST else ""
        say(f"{counted(len(words), 'correction')} by {name}: {'; '.join(words[:_MOST])}{more}")


def _take_back(store: str, identity: str, by: str) -> None:
    from accord.upkeep.constraints import KINDS
    from accord.upkeep.correcting import undo

    with opened_store(store) as opened:
        drawn = undo(opened, identity, by)
    regrouped = drawn.correction.kind in KINDS and bool(drawn.stories)
    say(f"undone: {_words(drawn.correction)}{'; run accord refresh to brief its stories anew' if regrouped else ''}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        message = "who takes it back is not known here; name yourself"
        raise typer.BadParameter(message, param_hint="--by") from error


def _words(correction: Correction) -> str:
    from accord.corrections import described

    return described(correction)


def _articles(store: Store, story: str) -> list[str]:
    return [held.article.id for held in store.numbered(store.members([story]).get(story, []))]


def _story_of(store: Store, correction: Correction) -> str | None:
    """Return the story that the first article which a correction names is in by now."""
    passages = (*correction.passages, *correction.other_passages)
    names = (*correction.articles, *(passage.article for passage in passages))
    versions = (version for name in names[:1] for version in reversed(store.versions(name)))
    return next((version.story for version in versions if version.story), None)
