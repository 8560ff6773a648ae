"""The store that the tools read, opened when it is first needed, for one tool at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.records import Briefing
    from accord.stores import Store

_BRIEFINGS = 4


class Library:
    """A store, and the last few briefings on texts that were sent, so that they can be read on."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._briefings: OrderedDict[str, Briefing] = OrderedDict()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Give the store to this thread alone. Raises StoreError."""
        from accord.stores import open_store

        with self._lock:
            if self._store is None:
                self._store = open_store(self.url, make=False)
            yield self._store

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def briefing(self, key: str) -> Briefing | None:
        """Return a briefing that was made of texts before, by the key of these."""
        with self._lock:
            return self._briefings.get(key)

    def keep(self, key: str, briefing: Briefing) -> None:
        """Keep a briefing that was made of texts."""
        with self._lock:
            self._briefings[key] = briefing
            while len(self._briefings) > _BRIEFINGS:
                self._briefings.popitem(last=False)
