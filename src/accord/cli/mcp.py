"""`accord mcp`: the store as tools for assistants, by the Model Context Protocol."""

from __future__ import annotations

import typer

from accord.cli.stored import DEFAULT, StoreUrl, opened_store
from accord.shell import STOPPED


def mcp(store: StoreUrl = DEFAULT) -> None:
    """Serve the store to an assistant over standard input and output.

    Speaks the Model Context Protocol: search, stories, findings, quotes, the ledger, changes and exact passages, every
    line with the report it rests on. An assistant's program starts this command itself; docs/mcp.md says how. Exit
    status: 0 standard input ended, 2 the store cannot be read.
    """
    with opened_store(store):  # what is wrong with it is told here, where somebody reads it
        pass
    from accord.mcp.library import Library
    from accord.mcp.server import run

    library = Library(store)
    try:
        run(library)
    except KeyboardInterrupt:
        raise typer.Exit(STOPPED) from None
    finally:
        library.close()
