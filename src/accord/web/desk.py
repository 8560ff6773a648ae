"""What every route is given: opened stores, the settings, and what was rendered before."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from fastapi import Depends, Request

from accord.stores import open_store
from accord.web.settings import Settings
from accord.web.work.bench import Jobs
from accord.web.work.hub import Hub
from accord.web.work.orders import decoders
from accord.web.work.turns import Turns

if TYPE_CHECKING:
    from accord.stores import Store

T = TypeVar("T")
THREADS = 6
"""So many requests are worked on at once: more threads than that only wait for each other."""

_STORES = 2 * THREADS + 4  # opened when they are needed; nobody who has one waits long for another
_PAGES = 48 * 1024 * 1024
_READINGS = 16 * 1024 * 1024


class Desk:
    """The reading room's hands: stores by turns, since a store is used by one thread at a time, and a cache."""

    def __init__(self, settings: Settings) -> None:
        decoders()
        self.settings = settings
        self.cache = Cache(_PAGES)
        self.readings = Cache(_READINGS)
        self._shared = settings.store.startswith("memory:")
        self._free: LifoQueue[Store] = LifoQueue()
        self._places = threading.BoundedSemaphore(1 if self._shared else _STORES)
        self.asked = 0.0  # when a page was asked for last, by the clock of `time.monotonic`
        self._closed = False
        self.hub = Hub(self.store)
        shared = Turns(self.store) if self._shared else None
        self.jobs = Jobs(
            settings, self.store, shared=cast("Store | None", shared), told=self.hub.tell, watch=settings.watch
        )

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Give an opened store to this thread alone; waits while all are in use. Raises StoreError."""
        with self._places:
            try:
                store = self._free.get_nowait()
            except Empty:
                store = open_store(self.settings.store)
            try:
                yield store
            finally:
                if self._closed:
                    store.close()
                else:
                    self._free.put(store)

    def close(self) -> None:
        """End streams and jobs, and close the stores; those in use are closed once they are given back."""
        self.hub.close()
        self.jobs.close()
        self._closed = True
        while True:
            try:
                self._free.get_nowait().close()
            except Empty:
                return


class Cache:
    """Keeps what was made last, up to so many bytes; may be used by many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], tuple[T, int]]) -> T:
        """Return what is kept under `key`; else what `make` gives, which returns it with its size in bytes."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                value: T = found[0]
                return value
        value, size = make()
        with self._lock:
            if key not in self._held:
                self._held[key] = (value, size)
                self._size += size
                while self._size > self._most:
                    self._size -= self._held.popitem(last=False)[1][1]
        return value


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    desk: Desk = request.app.state.desk
    desk.asked = time.monotonic()
    return desk


async def _desk(request: Request) -> Desk:
    return desk_of(request)  # on the event loop: a plain function would be given a thread


AtDesk = Annotated[Desk, Depends(_desk)]
