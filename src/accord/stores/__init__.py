"""Stores: where articles, stories and the ledger are kept. `open_store` opens one by its URL.

A new store is one module that passes `tests/contract`, and one line in `STORES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import cast

from accord.errors import StoreError
from accord.stores.store import Store

__all__ = ["STORES", "Store", "open_store"]

_PASSWORD = re.compile(r"(://[^/@:]*):.*@")

STORES: dict[str, str] = {
    "memory": "accord.stores.memory:open_memory",
    "sqlite": "accord.stores.sql:open_sqlite",
    "postgresql": "accord.stores.sql:open_postgresql",
}
"""Which function opens the store of a URL, by the URL's scheme."""


def open_store(url: str, *, make: bool = True) -> Store:
    """Return the store at `url`: the path of a SQLite file, `sqlite:///path`, `postgresql://...` or `memory:`.

    A store that is not there is made, unless `make` is false. Raises StoreError where it cannot be opened.

        with closing(open_store("accord.db")) as store: store.counts()
    """
    scheme, found, _ = url.partition(":")
    if not found or scheme not in (*STORES, "postgres"):
        if "://" in url:
            shown = _PASSWORD.sub(r"\1:***@", url)
            raise StoreError(f"{shown}: no store of this kind is known; use a file's path, sqlite:/// or postgresql://")
        scheme, url = "sqlite", f"sqlite:///{url}"
    module, _, name = STORES["postgresql" if scheme == "postgres" else scheme].partition(":")
    opener = cast("Callable[[str, bool], Store]", getattr(import_module(module), name))
    return opener(url, make)
