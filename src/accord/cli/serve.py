"""`accord serve` opens the reading room; `accord token` makes what lets somebody in."""

from __future__ import annotations

import os
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli.options import Quiet
from accord.cli.stored import DEFAULT, StoreUrl, is_missing, opened_store
from accord.shell import FAILED, echo, fail, say

if TYPE_CHECKING:
    import socket

    from accord.web.settings import Settings


class TokenRole(StrEnum):
    """What the holder of a token may do."""

    reader = "reader"
    editor = "editor"


_REFUSED = """\
accord: {host}: others can reach this address, so the room must know who asks. Write into a file, such as room.toml:

    [access]
    tokens = [
      # one line for each person, made by: accord token NAME --role reader (or: --role editor)
    ]
    hosts = ["ITS NAME"]

or, behind a reverse proxy that signs people in and asks from ADDRESS:

    [access]
    header = "X-Forwarded-User"
    proxies = ["ADDRESS"]
    editors = ["THOSE WHO MAY ADD AND CORRECT"]
    hosts = ["ITS NAME"]

ITS NAME is what browsers ask for, as room.example or the machine's address; under others they are answered 421. Then
start again with --config room.toml. For this machine alone, leave --host out.
"""


def serve(
    ctx: typer.Context,
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help="The address to listen on. [default: 127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="NUMBER", min=0, max=65_535, help="The port; 0: a free one. [default: 8000]"),
    ] = None,
    config: Annotated[
        str | None, typer.Option("--config", metavar="FILE.toml", help="Who may do what, limits, and all the above.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Read the feeds that the store follows, too.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser of this machine.")] = False,
    store: StoreUrl = DEFAULT,
    quiet: Quiet = False,
) -> None:
    """Open the reading room: read and search a store in a browser.

    Prints the address. A store that is not there is made. What options say goes before what the file says. On loopback
    whoever uses this machine is an editor; on any other address the file has to say who may enter, by tokens or by a
    reverse proxy's header. Ctrl-C or SIGTERM end it within seconds. Exit status: 0 it was ended so, 2 the room cannot
    be opened.
    """
    source = ctx.get_parameter_source("store")
    settings = _settings(config, host, port, None if source is None or source.name == "DEFAULT" else store)
    _check_host(settings)
    _check_access(settings)
    settings = replace(settings, watch=watch or settings.watch)
    listening = _listening(settings)
    with listening:
        new = is_missing(settings.store)
        with opened_store(settings.store, make=True):
            pass  # what is wrong with it is told before anybody asks
        if new:
            say(f"{settings.store}: there was no store, so this is a new one")
        _run(replace(settings, port=listening.getsockname()[1]), listening, browse=open_, quiet=quiet)


def _settings(config: str | None, host: str | None, port: int | None, store: str | None) -> Settings:
    from accord.errors import ReadError
    from accord.web.configuration import read_settings

    try:
        made = read_settings(config, os.environ)
    except ReadError as error:
        fail(str(error))
    return replace(
        made,
        host=made.host if host is None else host.strip("[]"),
        port=made.port if port is None else port,
        store=made.store if store is None else store,
    )


def _check_host(settings: Settings) -> None:
    """Leave where nothing has the name or address to listen on."""
    from accord.web.serving import exists

    if not exists(settings.host):
        fail(f"{settings.host}: there is no such address; name one of this machine's, such as 127.0.0.1 or 0.0.0.0")


def _check_access(settings: Settings) -> None:
    """Leave where others can reach the room, and nothing says who they are."""
    from accord.web.settings import is_loopback

    if not is_loopback(settings.host) and settings.access.open:
        typer.echo(_REFUSED.format(host=settings.host), err=True)
        raise typer.Exit(FAILED)


def _listening(settings: Settings) -> socket.socket:
    import errno

    from accord.web.serving import bound

    host, port = settings.host, settings.port
    try:
        return bound(host, port)
    except OSError as error:
        why = {
            errno.EADDRINUSE: "another program listens there; choose another --port, or 0 for any that is free",
            errno.EACCES: "listening there is not permitted; choose a --port from 1024 up",
            errno.EADDRNOTAVAIL: "it is no address of this machine; choose another --host",
        }
        fail(f"{host}, port {port}: {why.get(error.errno or 0, f'{error.strerror}; choose another --host or --port')}")


def _run(settings: Settings, listening: socket.socket, *, browse: bool, quiet: bool) -> None:
    from accord.web.serving import address_at, serve

    address = address_at(settings)

    def started() -> None:
        echo(f"{address}\n".encode())
        if not quiet:
            say("the reading room is open; Ctrl-C closes it")
            if settings.host in ("0.0.0.0", "::") and not settings.access.hosts:
                say('browsers are answered under loopback names alone, until [access] says hosts = ["ITS NAME"]')
        if browse:
            import webbrowser

            webbrowser.open(address)

    serve(settings, listening, started)
    if not quiet:
        say("closed; the store is whole")


def token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose it is: the name that corrections are kept under.")],
    role: Annotated[TokenRole, typer.Option("--role", help="What its holder may do.")] = TokenRole.reader,
) -> None:
    """Make a token that lets somebody into the reading room.

    Prints it, this once, and the line of the configuration that lets its holder in, which holds its SHA-256 alone.
    Exit status: 0 it was made, 2 the name cannot be used.
    """
    import json

    from accord.web.access import mark_of, new_token

    name = name.strip()
    if not name or not name.isprintable() or len(name) > 80:
        raise typer.BadParameter("it is empty, too long, or holds what cannot be printed", param_hint="NAME")
    made = new_token()
    line = f'{{name = {json.dumps(name, ensure_ascii=False)}, role = "{role}", sha256 = "{mark_of(made)}"}},'
    text = (
        f"{made}\n\nGive this to {name}, by a way that nobody else reads; it is not shown again. "
        f"Into the configuration of accord serve, under [access] tokens = [ ... ]:\n\n  {line}\n"
    )
    echo(text.encode())
