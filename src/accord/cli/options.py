"""The options that several commands share, and the settings that they make."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from accord import __version__
from accord.shell import OK, echo, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accord.config import Config


Kind = TypeVar("Kind", bound=StrEnum)


class ListFormat(StrEnum):
    """How a list is written."""

    text = "text"
    json = "json"


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"accord {__version__}")
        raise typer.Exit(OK)


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH|URL", help="Files, folders, patterns or web addresses; - is standard input."),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, not to standard output.")
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="The day of reports that give none, such as 2024-05-31."),
]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="The outlet of reports that give none.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="What tables and JSON call a field: text=body_text. May be repeated."
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing; take what files and feeds hold.")]
Private = Annotated[
    bool, typer.Option("--private", help="Fetch from private and loopback addresses too: an office's own network.")
]
Delay = Annotated[
    float | None,
    typer.Option(
        "--delay", metavar="SECONDS", min=0, help="The least time between two requests to one host. [default: 1]"
    ),
]
Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]
AsList = Annotated[
    ListFormat | None,
    typer.Option("--format", "-f", help="How to write it. [default: json where --output ends so, else text]"),
]
Limit = Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, max=100_000, help="The most to show.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress, and say nothing at the end.")]


# settings -------------------------------------------------------------------------------------------------------------


def settings(
    published: str | None,
    outlet: str | None,
    columns: Sequence[str] | None,
    offline: bool,
    private: bool,
    delay: float | None,
) -> Config:
    """Return the settings that the options of reading make."""
    from accord.config import Config, Web

    web = Web(offline=offline, private=private)
    return Config(
        published=_day(published),
        outlet=(outlet or "").strip() or None,
        columns=tuple(map(_column, columns or ())),
        web=web if delay is None else replace(web, delay=delay),
    )


def _day(value: str | None) -> str | None:
    if value is None:
        return None
    from accord.parse import to_day

    try:
        return to_day(value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from error


def _column(value: str) -> tuple[str, str]:
    """Return the field and the name in "text=body_text"."""
    from accord.parse.fields import NAMES

    field, _, name = (part.strip() for part in value.partition("="))
    if field not in NAMES or not name:
        message = f"{value!r} is no FIELD=NAME; write it as text=body_text, with one of the fields {', '.join(NAMES)}"
        raise typer.BadParameter(message, param_hint="--column")
    return field, name


def files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the files that `paths` name, among them those that folders hold and patterns match."""
    from accord.errors import ReadError
    from accord.readers.files import expand
    from accord.readers.kinds import web_address

    for path in paths:
        if not web_address(path):
            with suppress(ReadError):  # told when it is read
                yield from expand(path)[0]


# output ---------------------------------------------------------------------------------------------------------------


def chosen(format: Kind | None, output: str | None, kinds: type[Kind]) -> Kind:
    """Return the format asked for, else the one that `output` ends in ("ledger.CSV": csv), else the first one.

    Bad usage where it ends in what none of them is written to.
    """
    known = {f".{'txt' if kind == 'text' else kind}": kind for kind in kinds}
    return format or by_ending(output, known) or next(iter(kinds))


def by_ending(output: str | None, known: Mapping[str, Kind]) -> Kind | None:
    """Return the format that a file named `output` has by its ending, of those that are `known`; None without one."""
    ending = os.path.splitext(output or "")[1].lower()
    if ending and ending not in known:
        *others, last = known
        message = f"{output}: nothing is written as {ending}; let it end in {', '.join(others)} or {last}, or "
        raise typer.BadParameter(f"{message}name a --format", param_hint="--output")
    return known.get(ending)


def deliver(content: str | bytes, output: str | None) -> None:
    """Write `content` to the file `output`, whole or not at all; without one to standard output."""
    made = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if output is None:
        echo(made)
    else:
        write_file(output, made)
