"""The store that commands work on: its option, how it is opened, and what is said where it cannot be."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from accord.shell import STOPPED, check_output, fail, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.stores import Store
    from accord.stores.store import StoryLine

DEFAULT = "accord.db"

StoreUrl = Annotated[
    str,
    typer.Option(
        "--store", metavar="URL", envvar="ACCORD_STORE", help="The store: a file, or an address as postgresql://..."
    ),
]


@contextmanager
def opened_store(url: str, *, make: bool = False, stopped: str = "stopped") -> Iterator[Store]:
    """Give the store at `url`, and close it; every error of accord is told, and ends the command with status 2.

    Commands that only read do not `make` a store that is not there. `stopped` is what is said after Ctrl-C.
    """
    from accord.errors import AccordError
    from accord.stores import open_store

    if not url.strip():
        raise typer.BadParameter("it is empty; name a file, such as accord.db", param_hint="--store")
    try:
        with closing(open_store(url, make=make)) as store:
            yield store
    except AccordError as error:
        fail(str(error))
    except KeyboardInterrupt:
        say(stopped)
        raise typer.Exit(STOPPED) from None


def check_target(output: str | None, store: str) -> None:
    """Fail before the work is done where `output` cannot be written, or is the file of the store at `store`."""
    if output is not None:
        file = _file_of(store)
        check_output(output, [file, f"{file}-wal", f"{file}-shm"] if file else [])


def story_in(store: Store, identity: str) -> StoryLine:
    """Return the story with the id `identity`, or a beginning of it, or an article with it; else leave."""
    story = store.story(identity) if identity.strip() else None
    if story is None:
        held = [item.story for item in store.held([identity]) if item.story]
        story = store.story(held[0]) if held else None
    if story is None:
        fail(f"{identity}: no one story has an id that begins like this; see accord stories")
    return story


def _file_of(url: str) -> str | None:
    """Return the file that a store is kept in, None where it is none.

    _file_of("sqlite:///desk.db") -> "desk.db"; file_of("postgresql://desk") -> None
    """
    if url.startswith("sqlite://"):
        return url.removeprefix("sqlite://").removeprefix("/").partition("?")[0]
    return None if "://" in url or url.startswith("memory:") else url
