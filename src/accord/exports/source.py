"""What an export takes from a store: articles, stories with their briefings, the ledger and the updates, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accord.errors import AccordError
from accord.records import Briefing, Chain, Correction, LedgerEntry, Rejected, Update

if TYPE_CHECKING:
    from accord.stores import Store
    from accord.stores.store import Held, StoryLine

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its last briefing; `articles` are the ids of those that it has now, in the order they came."""

    line: StoryLine
    briefing: Briefing | None
    articles: tuple[str, ...]


class Source:
    """What `store` holds of one `story` or of all, since a day; in an order that the store's contents alone decide.

    `texts` tells whether the texts of articles are wanted, `at` (ISO time in UTC) when the export is made. Raises
    AccordError where there is no such story.
    """

    def __init__(
        self,
        store: Store,
        *,
        since: str | None = None,
        story: str | None = None,
        texts: bool = True,
        at: str | None = None,
    ) -> None:
        self._store = store
        self.since, self.texts, self.at = since, texts, at
        self.story: str | None = None
        if story is not None:
            line = store.story(story)
            if line is None:
                raise AccordError(f"{story}: the store has no such story; accord stories lists them")
            self.story = line.id

    def articles(self) -> Iterator[Held]:
        """Yield the articles, every version of each."""
        if self.story is None:
            yield from self._store.each(self.since, superseded=True)
            return
        for number in self._store.members([self.story]).get(self.story, ()):
            for held in self._store.numbered([number]):
                for version in self._store.versions(held.article.id):
                    if self.since is None or (version.article.published or "") >= self.since:
                        yield version

    def stories(self) -> Iterator[Told]:
        """Yield the stories by their ids."""
        for identity in sorted(self._ids()):
            line = self._store.story(identity)
            if line is None or line.id != identity:  # merged or dissolved meanwhile
                continue
            numbers = self._store.members([identity]).get(identity, ())
            articles = tuple(held.article.id for held in self._store.numbered(numbers))
            yield Told(line, self._store.briefing(identity), articles)

    def chains(self) -> Iterator[Chain]:
        """Yield the chains of stories by their ids."""
        chosen = None if self.story is None else [self.story]
        yield from sorted(self._store.chains(chosen), key=lambda chain: chain.id)

    def entries(self) -> Iterator[LedgerEntry]:
        """Yield the entries of the ledger, with their status on the day of the export where that is known."""
        mine = {held.article.id for held in self.articles()} if self.story is not None else None
        for entry in self._store.ledger():
            if mine is not None and not any(line.article in mine for line in entry.lines):
                continue
            if self.since is None or (entry.latest or entry.made or "") >= self.since:
                yield self._today(entry)

    def updates(self) -> Iterator[Update]:
        """Yield the updates, the latest first."""
        offset = 0
        while page := self._store.updates(since=self.since, story=self.story, limit=_PAGE, offset=offset):
            yield from page
            offset += len(page)

    def rejects(self) -> Iterator[tuple[str, Rejected]]:
        """Yield what was left out and when, the latest first; of one story nothing is known."""
        offset = 0
        while self.story is None and (page := self._store.rejects(limit=_PAGE, offset=offset)):
            yield from ((at, item) for at, item in page if self.since is None or at >= self.since)
            offset += len(page)

    def corrections(self) -> Iterator[Correction]:
        """Yield what people corrected, what they undid too, in the order in which it was made."""
        articles = None
        if self.story is not None:
            members = self._store.members([self.story]).get(self.story, ())
            articles = [held.article.id for held in self._store.numbered(members)]
        for one in self._store.corrections(articles, standing=False):
            if self.since is None or max(one.at, one.undone or "") >= self.since:
                yield one

    def _ids(self) -> set[str]:
        if self.story is not None:
            return {self.story}
        found: set[str] = set()
        offset = 0
        while page := self._store.stories(since=self.since, limit=_PAGE, offset=offset):
            found.update(line.id for line in page)
            offset += len(page)
        return found

    def _today(self, entry: LedgerEntry) -> LedgerEntry:
        if self.at is None:
            return entry
        from accord.ledger import as_of

        return as_of(entry, date.fromisoformat(self.at[:10]))
