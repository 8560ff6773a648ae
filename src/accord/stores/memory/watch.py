"""What the watch keeps in a store in memory, and what a store tells of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from accord.errors import StoreError
from accord.stores.memory.tables import Tables
from accord.stores.store import Counts, Feed, Visit


class Watch(Tables):
    """Feeds, pages to look at again, counts, stamps."""

    def feeds(self, urls: Sequence[str] | None = None) -> list[Feed]:
        return [feed for url, feed in sorted(self.watched.items()) if urls is None or url in urls]

    def keep_feed(self, feed: Feed) -> None:
        self._write(shown=False)
        self.watched.set(feed.url, feed)

    def visits(self, before: str, limit: int = 100) -> list[Visit]:
        due = [visit for _, visit in self.visited.items() if visit.next and visit.next < before]
        return sorted(due, key=lambda visit: (visit.next, visit.url))[:limit]

    def visit(self, url: str) -> Visit | None:
        return self.visited.get(url)

    def keep_visit(self, visit: Visit) -> None:
        self._write(shown=False)
        self.visited.set(visit.url, visit)

    def counts(self) -> Counts:
        superseded = sum(1 for _, kept in self.articles.items() if kept.held.superseded)
        return Counts(
            articles=len(self.articles) - superseded,
            versions=superseded,
            stories=len(self.told),
            findings=sum(len(briefing.findings) for _, briefing in self.briefings.items()),
            entries=len(self.ledger_entries),
            updates=len(self.news),
            rejected=len(self.refused),
        )

    def stamp(self, key: str, value: str | None = None) -> str | None:
        if value is not None:
            self._write(shown=False)
            self.stamps.set(key, value)
        return self.stamps.get(key)

    def pulse(self) -> str:
        return self._pulse

    def backup(self, path: str) -> NoReturn:
        raise StoreError(f"{path}: a store in memory has no file to copy; open the store at a file's path instead")
