"""Articles that are read and not yet kept: they count as known to those that are read after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from accord.history import Known
from accord.records import Article

if TYPE_CHECKING:
    from accord.stores import Store

_MOST_CANDIDATES = 4


class Pending:
    """What is known of articles that were read before (`revisions.Past`): those of a batch, then those of a store.

    `marks`, `keys`, `latest` and `follows` of an article that `revisions.placed` gave are found here, by its id, until
    `clear`; `notes` are marks of articles that are no last version.
    """

    def __init__(self, store: Store) -> None:
        self.unchanged = 0
        self._store = store
        self.clear()

    def clear(self) -> None:
        """Forget the batch: it is kept, or to be read again."""
        self.notes: list[str] = []
        self.marks: dict[str, str] = {}
        self.keys: dict[str, tuple[str, ...]] = {}
        self.latest: dict[str, bool] = {}
        self.follows: dict[str, str] = {}
        self._seen: set[str] = set()
        self._replaced: set[str] = set()
        self._followed: set[str] = set()
        self._under: defaultdict[str, list[int]] = defaultdict(list)
        self._known: list[Known | None] = []

    def known(self, key: str) -> Iterator[Known]:
        """Yield the last versions of articles under `key`, the latest first; of many, the latest four."""
        found = (known for number in reversed(self._under.get(key, ())) if (known := self._known[number]) is not None)
        pending = list(islice(found, _MOST_CANDIDATES))
        yield from pending
        held = (known for known in self._store.known(key) if known.article.id not in self._followed)
        yield from islice(held, _MOST_CANDIDATES - len(pending))

    def seen(self, mark: str) -> bool:
        """Tell whether an article with this mark was read before, in any of its versions."""
        return mark in self._seen or self._store.seen(mark)

    def given(self, identity: str) -> bool:
        """Tell whether an article was handed on under this id."""
        return identity in self.marks or self._store.given(identity)

    def replaced(self, identity: str) -> bool:
        """Tell whether an article says that it replaces the one with this id, not read so far."""
        return (identity in self._replaced and not self.given(identity)) or self._store.replaced(identity)

    def note(self, mark: str) -> None:
        """Keep that an article with this mark was read, and is no last version."""
        self._seen.add(mark)
        self.notes.append(mark)

    def keep(
        self, article: Article, mark: str, keys: Sequence[str], fetched: str | None, before: Known | None, latest: bool
    ) -> None:
        """Keep an article that was handed on; the `latest` stands in `before`'s place."""
        self._seen.add(mark)
        self.marks[article.id], self.keys[article.id], self.latest[article.id] = mark, tuple(keys), latest
        if article.replaces:
            self._replaced.add(article.replaces)
        if not latest:
            return
        if before is not None:
            self.follows[article.id] = before.article.id
            self._followed.add(before.article.id)
            for number, known in enumerate(self._known):
                if known is not None and known.article.id == before.article.id:
                    self._known[number] = None
        for key in keys:
            self._under[key].append(len(self._known))
        self._known.append(Known(-1, article, mark, fetched))
