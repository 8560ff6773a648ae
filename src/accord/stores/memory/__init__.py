"""A store in memory, for tests and short runs: plain dictionaries, gone with the process.

The tables and their transactions stand in `tables`; each other module is one part of the store's methods.
"""

from __future__ import annotations

from accord.errors import StoreError
from accord.stores.memory.checking import Checking
from accord.stores.memory.correcting import Correcting
from accord.stores.memory.ledger import Ledger
from accord.stores.memory.searching import Searching
from accord.stores.memory.watch import Watch
from accord.stores.store import Store

__all__ = ["MemoryStore", "open_memory"]


class MemoryStore(Searching, Correcting, Ledger, Watch, Checking):
    """Keeps everything in dictionaries; see `stores.store.Store` for what each method promises."""


def open_memory(url: str, make: bool = True) -> Store:
    """Return a new, empty store; raises StoreError where none is to be made, for none is ever there before.

    open_memory("memory:").counts() -> Counts(0, 0, 0, 0, 0, 0, 0)
    """
    if not make:
        raise StoreError(f"{url}: a store in memory is always a new one; name a file, or have it made")
    return MemoryStore(url)
