"""A store in memory, which pages and work share: each call of the work has its turn, so that pages go on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accord.stores import Store


class Turns:
    """A `Store` in all but name: a call takes the desk's store for as long as it lasts, a transaction to its end.

    Several threads may use it (those that fetch ask what servers said). What a call yields lazily is taken out at once.
    """

    def __init__(self, stores: Callable[[], AbstractContextManager[Store]]) -> None:
        self._stores = stores
        self._own = threading.local()

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            with self._turn() as store:
                found = getattr(store, name)(*given, **named)
                return iter(list(found)) if isinstance(found, Iterator) else found

        return call

    @property
    def url(self) -> str:
        """Where it is."""
        with self._turn() as store:
            return store.url

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store until the transaction is at its end."""
        with self._stores() as store, store.transaction():
            self._own.store = store
            try:
                yield
            finally:
                self._own.store = None

    def close(self) -> None:
        """Leave it open: it is the desk's."""

    @contextmanager
    def _turn(self) -> Iterator[Store]:
        held = getattr(self._own, "store", None)
        if held is not None:
            yield held
        else:
            with self._stores() as store:
                yield store
