"""`accord group`: a pile of articles as stories, and the folder that their articles are written to."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.options import (
    Columns,
    Delay,
    Offline,
    Outlet,
    Output,
    Paths,
    Private,
    Published,
    Version,
    files,
    settings,
)
from accord.shell import (
    OK,
    PARTLY,
    cannot_write,
    check_folder,
    check_output,
    echo,
    fail,
    progress,
    tell,
    write_atomically,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.records import Grouping

_LIST = ".stories.json"


class GroupFormat(StrEnum):
    """The keys of `renderers.stories.RENDERERS`."""

    text = "text"
    json = "json"


def group(
    paths: Paths,
    format: Annotated[
        GroupFormat | None,
        typer.Option("--format", "-f", help="How to write it. [default: what --output ends in, else text]"),
    ] = None,
    output: Output = None,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="FOLDER", help="Also write the articles of each story to FOLDER/STORY.jsonl."),
    ] = None,
    published: Published = None,
    outlet: Outlet = None,
    column: Columns = None,
    offline: Offline = False,
    private: Private = False,
    delay: Delay = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    version: Version = False,
) -> None:
    """Group articles into stories of one event, with the copies among them and the stories that follow one another.

    Takes the files, folders and addresses that "accord read" takes, and what that writes. Exit status: 0 all is well,
    1 something was left out (named on standard error), 2 nothing could be grouped.
    """
    from accord.errors import AccordError
    from accord.renderers.stories import RENDERERS

    config = settings(published, outlet, column, offline, private, delay)
    chosen = format or (GroupFormat.json if (output or "").lower().endswith(".json") else GroupFormat.text)
    if output is not None:
        check_output(output, files(paths))
    if into is not None:
        _check_into(into, files(paths))
    try:
        from accord.pipeline import group as make_groups

        with progress(quiet) as show:
            grouping = make_groups(paths, config=config, progress=show)
    except AccordError as error:
        fail(str(error))
    tell(grouping.rejected)
    if not grouping.stories:
        fail("nothing could be grouped: no article could be read")
    if into is not None:
        _write_stories(into, grouping)
    content = RENDERERS[chosen](grouping).encode("utf-8", "replace")
    if output is None:
        echo(content)
    else:
        write_file(output, content)
    raise typer.Exit(PARTLY if grouping.rejected else OK)


# the folder of --into -------------------------------------------------------------------------------------------------


def _check_into(folder: str, inputs: Iterator[str]) -> None:
    """Fail before the work is done where the stories cannot be written to `folder`, or it holds files of others."""
    check_folder(folder, inputs)
    try:
        _listed(folder)
    except OSError as error:
        cannot_write(folder, error, "--into")
    except ValueError:
        fail(f"{os.path.join(folder, _LIST)}: it is no list of stories by accord; choose another --into")


def _write_stories(folder: str, grouping: Grouping) -> None:
    """Write the articles of each story of two or more to a file of its own, that "accord brief" reads, and their list.

    Files of stories that an earlier run listed in `folder` and that are none any more are removed.
    """
    from accord.renderers.articles import to_line
    from accord.renderers.stories import render_json

    files = {f"{story.id}.jsonl": story.articles for story in grouping.stories if len(story.articles) > 1}
    try:
        stale = _listed(folder) - files.keys()
        for name, articles in files.items():
            write_atomically(os.path.join(folder, name), b"".join(map(to_line, articles)))
        for name in stale:
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))
        write_atomically(os.path.join(folder, _LIST), render_json(grouping).encode("utf-8", "replace"))
    except OSError as error:
        cannot_write(folder, error, "--into")


def _listed(folder: str) -> set[str]:
    """Return the names of the files of stories that an earlier run wrote to `folder`, as its list has them.

    Raises ValueError where the list is not one that accord wrote.
    """
    import json

    from accord.renderers.stories import SCHEMA

    try:
        with open(os.path.join(folder, _LIST), "rb") as file:
            document = json.load(file)
    except FileNotFoundError:
        return set()
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ValueError(_LIST)
    try:
        ids = [str(story["id"]) for story in document["stories"] if len(story["articles"]) > 1]
    except (KeyError, TypeError) as error:
        raise ValueError(_LIST) from error
    return {f"{name}.jsonl" for name in ids if name.isalnum()}
