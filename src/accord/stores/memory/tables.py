"""The tables of a store in memory: dictionaries that can be put back as they were before a transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

from accord.records import Analysis, Briefing, Chain, Correction, Finding, LedgerEntry, LedgerLine, Rejected, Update
from accord.stores.store import Feed, Held, Posting, Visit

if TYPE_CHECKING:
    from accord.readers.web.memory import Validators

K = TypeVar("K")
V = TypeVar("V")
_OUTSIDE = "the store is written to outside a transaction; write inside `with store.transaction():`"


class Table(Generic[K, V]):
    """A dictionary of values that never change themselves; what is set or dropped is noted in `undo`, newest last."""

    def __init__(self, undo: list[Callable[[], object]]) -> None:
        self.rows: dict[K, V] = {}
        self._undo = undo

    def set(self, key: K, value: V) -> None:
        if key in self.rows:
            before = self.rows[key]
            self._undo.append(lambda: self.rows.__setitem__(key, before))
        else:
            self._undo.append(lambda: self.rows.pop(key, None))
        self.rows[key] = value

    def drop(self, key: K) -> None:
        if key in self.rows:
            before = self.rows.pop(key)
            self._undo.append(lambda: self.rows.__setitem__(key, before))

    def __getitem__(self, key: K) -> V:
        return self.rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self.rows

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, key: K) -> V | None:
        return self.rows.get(key)

    def items(self) -> list[tuple[K, V]]:
        return list(self.rows.items())


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it was kept: how it is held, which it stands in for, and what its versions are known by."""

    held: Held
    mark: str
    before: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    postings: tuple[Posting, ...] = ()
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Told:
    """A story: its articles by number, how often they changed, and since which turn it waits to be briefed.

    `tallied` are its origins and its findings by verdict (agreed, disputed, single), and its first sentence, with
    corrections applied.
    """

    members: tuple[int, ...]
    revision: int
    stale: int | None
    weight: float = 0.0
    updated: str | None = None
    tallied: tuple[int, int, int, int, str] | None = None


class Tables:
    """All tables, and the transaction that keeps or undoes what is written to them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._undo: list[Callable[[], object]] = []
        self._writing = False
        self._shown = False
        self._pulse = ""
        self._turns = count(1)  # in which order things came; what is undone leaves a gap
        undo = self._undo
        self.articles: Table[int, Kept] = Table(undo)
        self.numbers: Table[str, int] = Table(undo)
        self.successors: Table[str, tuple[int, ...]] = Table(undo)
        self.marked: Table[str, tuple[int, ...]] = Table(undo)
        self.seen_marks: Table[str, bool] = Table(undo)
        self.pages: Table[str, bytes] = Table(undo)
        self.made: Table[str, tuple[Analysis, str]] = Table(undo)
        self.terms: Table[int, tuple[Posting, ...]] = Table(undo)
        self.alike: Table[int, dict[int, float]] = Table(undo)
        self.told: Table[str, Told] = Table(undo)
        self.merged: Table[str, str | None] = Table(undo)
        self.briefings: Table[str, Briefing] = Table(undo)
        self.former: Table[str, tuple[str, Finding]] = Table(undo)
        self.corrected: Table[str, tuple[int, Correction]] = Table(undo)
        self.chained: Table[str, Chain] = Table(undo)
        self.refused: Table[Rejected, tuple[int, str]] = Table(undo)
        self.news: Table[str, tuple[int, Update]] = Table(undo)
        self.ledger_lines: Table[str, tuple[int, LedgerLine]] = Table(undo)
        self.entry_of: Table[str, str] = Table(undo)
        self.ledger_entries: Table[str, LedgerEntry] = Table(undo)
        self.watched: Table[str, Feed] = Table(undo)
        self.visited: Table[str, Visit] = Table(undo)
        self.stamps: Table[str, str] = Table(undo)
        self.fetched: Table[str, Validators] = Table(undo)
        self.fetching: dict[str, Validators] = {}

    @property
    def url(self) -> str:
        return self._url

    def close(self) -> None:
        """Do nothing: what is kept goes with the process."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it where it ends in an error."""
        if self._writing:
            raise RuntimeError("a transaction is open already; end it before the next one begins")
        self._writing, self._shown = True, False
        self._undo.clear()
        try:
            yield
            if self._shown:
                self._pulse = secrets.token_urlsafe(9)
        except BaseException:
            for undo in reversed(self._undo):
                undo()
            raise
        finally:
            self._undo.clear()
            self._writing = False

    def _write(self, *, shown: bool = True) -> None:
        """Raise RuntimeError outside a transaction; what is `shown` to readers of the store changes its `pulse`."""
        if not self._writing:
            raise RuntimeError(_OUTSIDE)
        self._shown = self._shown or shown

    def _outside(self) -> None:
        """Forget how to undo what may be written outside a transaction."""
        if not self._writing:
            self._undo.clear()

    def _turn(self) -> int:
        return next(self._turns)


def without(values: Iterable[K], value: K) -> tuple[K, ...]:
    """Return `values` without `value`."""
    return tuple(item for item in values if item != value)
