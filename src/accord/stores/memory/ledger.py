"""Updates and the ledger of a store in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

from accord.records import LedgerEntry, LedgerLine, Status, Update, UpdateKind
from accord.stores.memory.folding import holds
from accord.stores.memory.tables import Tables

_FIRST = {4: "-01-01", 7: "-01"}
_LAST = {4: "-12-31", 7: "-31"}
"""What makes a day of a year or a month: its first and its last."""


class Ledger(Tables):
    """What a store does with updates, and with the lines and entries of the ledger."""

    # updates ----------------------------------------------------------------------------------------------------------

    def tell(self, updates: Sequence[Update]) -> None:
        self._write()
        for update in updates:
            if update.id not in self.news:
                self.news.set(update.id, (self._turn(), update))

    def updates(
        self,
        *,
        since: str | None = None,
        story: str | None = None,
        name: str | None = None,
        words: str | None = None,
        kind: UpdateKind | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Update]:
        found = [
            (update.at or "", turn, update)
            for _, (turn, update) in self.news.items()
            if (since is None or (update.at or "") >= since)
            and story in (None, update.story)
            and kind in (None, update.kind)
            and (name is None or any(holds(one, name) for one in update.names))
            and (words is None or holds(f"{update.gist} {update.before or ''} {update.after or ''}", words))
        ]
        found.sort(key=lambda row: row[1])
        found.sort(key=lambda row: row[0], reverse=True)
        return [update for _, _, update in found[offset : offset + limit]]

    # the ledger -------------------------------------------------------------------------------------------------------

    def keep_lines(self, articles: Sequence[str], lines: Sequence[LedgerLine]) -> None:
        self._write()
        for line, _ in self.lines(articles):
            self.ledger_lines.drop(line.id)
            self.entry_of.drop(line.id)
        for line in lines:
            self.ledger_lines.set(line.id, (self._turn(), line))
            self.entry_of.drop(line.id)

    def lines(self, articles: Sequence[str]) -> list[tuple[LedgerLine, str | None]]:
        wanted = set(articles)
        return self._found([row for _, row in self.ledger_lines.items() if row[1].article in wanted])

    def lines_near(self, keys: Sequence[str], most: int = 200) -> list[tuple[LedgerLine, str | None]]:
        found: dict[str, tuple[int, LedgerLine]] = {}
        for key in set(keys):
            carriers = [row for _, row in self.ledger_lines.items() if key in row[1].keys]
            if len(carriers) <= most:
                found.update((row[1].id, row) for row in carriers)
        return self._found(list(found.values()))

    def _found(self, rows: list[tuple[int, LedgerLine]]) -> list[tuple[LedgerLine, str | None]]:
        return [(line, self.entry_of.get(line.id)) for _, line in sorted(rows, key=lambda row: row[0])]

    def entries(self, ids: Sequence[str]) -> list[LedgerEntry]:
        return [self.ledger_entries[identity] for identity in ids if identity in self.ledger_entries]

    def keep_entries(self, entries: Sequence[LedgerEntry], gone: Iterable[str] = ()) -> None:
        self._write()
        dropped = {*gone, *(entry.id for entry in entries)}
        for line, identity in self.entry_of.items():
            if identity in dropped:
                self.entry_of.drop(line)
        for identity in dropped:
            self.ledger_entries.drop(identity)
        for entry in entries:
            self.ledger_entries.set(entry.id, entry)
            for told in entry.lines:
                if told.id in self.ledger_lines:
                    self.entry_of.set(told.id, entry.id)

    def ledger(
        self,
        *,
        who: str | None = None,
        to_whom: str | None = None,
        topic: str | None = None,
        due: tuple[str | None, str | None] | None = None,
        status: Status | None = None,
        story: str | None = None,
        order: Literal["made", "latest", "due", "lately due"] = "made",
        today: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[LedgerEntry]:
        told = None if story is None else self._entries_of(story)
        entries = [
            entry
            for _, entry in self.ledger_entries.items()
            if status in (None, _standing(entry, today)) and (told is None or entry.id in told)
        ]
        backwards = order in ("latest", "lately due")
        if order in ("due", "lately due"):
            entries = [entry for entry in entries if entry.due_date]
            entries.sort(key=lambda entry: (entry.due_date or "", entry.id), reverse=backwards)
        else:
            entries.sort(key=lambda entry: (entry.made or "", entry.id), reverse=backwards)
        found = (entry for entry in entries if _tells(entry, who, to_whom, topic, due))
        yield from islice(found, offset, None if limit is None else offset + limit)

    def _entries_of(self, story: str) -> set[str]:
        """Return the entries with a line of one of a story's articles."""
        numbers = self.told[story].members if story in self.told else ()
        ids = {self.articles[number].held.article.id for number in numbers}
        return {entry for line, entry in self.entry_of.items() if self.ledger_lines[line][1].article in ids}

    def statuses(
        self,
        *,
        who: str | None = None,
        to_whom: str | None = None,
        topic: str | None = None,
        due: tuple[str | None, str | None] | None = None,
        today: str | None = None,
    ) -> dict[Status, int]:
        entries = [entry for _, entry in self.ledger_entries.items() if _tells(entry, who, to_whom, topic, due)]
        return dict(Counter(_standing(entry, today) for entry in entries))


def _standing(entry: LedgerEntry, today: str | None) -> Status:
    """Return the status of an entry on a day: one that runs is overdue once all days of its due date are over."""
    if today is None or entry.status not in ("open", "changed") or not entry.due_date:
        return entry.status
    return "overdue" if entry.due_date < today[: len(entry.due_date)] else entry.status


def _tells(
    entry: LedgerEntry,
    who: str | None,
    to_whom: str | None,
    topic: str | None,
    due: tuple[str | None, str | None] | None,
) -> bool:
    told = " ".join((entry.what, *(line.text for line in entry.lines)))
    return (
        (who is None or holds(entry.who, who))
        and (to_whom is None or holds(entry.to_whom, to_whom))
        and (topic is None or holds(told, topic))
        and (due is None or _due(entry.due_date, *due))
    )


def _due(date: str | None, first: str | None, last: str | None) -> bool:
    """Tell whether some day of `date` (a day, a month or a year) is from `first` to `last`."""
    if not date:
        return False
    begins, ends = date + _FIRST.get(len(date), ""), date + _LAST.get(len(date), "")
    return (first is None or ends >= first) and (last is None or begins <= last)
