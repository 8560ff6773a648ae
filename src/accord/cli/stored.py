"""The store that commands work on: its option, how it is opened, and what is said where it cannot be."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from accord.shell import STOPPED, check_output, fail, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.stores import Store
    from accord.stores.store import StoryLine

DEFAULT = "accord.db"
_MOST = 5

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


def is_missing(store: str) -> bool:
    """Tell whether the store at `store` is a file that is not there."""
    file = _file_of(store)
    return file is not None and bool(file.strip()) and not os.path.lexists(file)


def story_in(store: Store, identity: str) -> StoryLine:
    """Return the story with the id `identity`, or with an article of it, or whose id begins so; else leave.

    An article's older versions lead to the story of its last one. Ids are matched whatever their case.
    """
    forms = dict.fromkeys(
        form for form in (identity.strip(), identity.strip().lower(), identity.strip().upper()) if form
    )
    exact = [form for form in forms if store.begun(form, 1) == [form]]
    named = exact or [version.story for form in forms for version in store.versions(form) if version.story]
    begun = named or [one for form in forms for one in store.begun(form, _MOST + 1)]
    found = {line.id: line for one in dict.fromkeys(begun) if (line := store.story(one)) is not None}
    if not found:
        fail(f"{identity}: no story has an id that begins like this, and no article in one has it; see accord stories")
    if len(found) > 1 and not named:
        told = ", ".join([*list(found)[:_MOST], *(["..."] if len(found) > _MOST else [])])
        fail(f"{identity}: several stories have ids that begin like this: {told}; write more of the one that you mean")
    return next(iter(found.values()))


def _file_of(url: str) -> str | None:
    """Return the file that a store is kept in, None where it is none.

    _file_of("sqlite:///desk.db") -> "desk.db"; file_of("postgresql://desk") -> None
    """
    if url.startswith("sqlite://"):
        return url.removeprefix("sqlite://").removeprefix("/").partition("?")[0]
    return None if "://" in url or url.startswith("memory:") else url
