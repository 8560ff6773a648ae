"""Follows the commitments of a story in the ledger of a store, once the story is briefed anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accord.records import Citation, Update, content_id

if TYPE_CHECKING:
    from accord.records import Analysis, Briefing, LedgerEntry, LedgerLine
    from accord.stores import Store

_MOST_NEAR = 200
_MOST_AROUND = 200
"""Lines around those of a story, from which on no more are sought."""


def follow(
    store: Store, story: str, briefing: Briefing, analyses: Sequence[Analysis], replaced: Sequence[str]
) -> list[Update]:
    """Put what `briefing` says of commitments into the ledger, and return which entries changed their status or terms.

    Inside the transaction that keeps the briefing. `replaced` are ids of articles that no longer count. Entries that
    hold one of the story's lines, and those around them, are compiled anew.
    """
    from accord.ledger import compiled, lines_of

    lines = lines_of(story, briefing, analyses)
    articles = list(dict.fromkeys([*(article.id for article in briefing.articles), *replaced]))
    old = store.lines(articles)
    if not lines and not old:
        return []
    mine = set(articles)
    around, touched = _around(store, lines, old, mine)
    entries = {entry.id: entry for entry in store.entries(touched)}
    store.keep_lines(articles, lines)
    pool = {line.id: line for entry in entries.values() for line in entry.lines if line.article not in mine}
    pool |= {line.id: line for line in around if line.article not in mine}
    pool |= {line.id: line for line in lines}
    before = {line.id: entry.id for entry in entries.values() for line in entry.lines}
    made = compiled([pool[name] for name in sorted(pool)], before)
    fresh = [entry for entry in made if entries.get(entry.id) != entry]
    store.keep_entries(fresh, sorted(entries.keys() - {entry.id for entry in made}))
    return [update for entry in fresh if (update := _update(story, entries.get(entry.id), entry)) is not None]


def _around(
    store: Store, lines: Sequence[LedgerLine], old: Sequence[tuple[LedgerLine, str | None]], mine: set[str]
) -> tuple[list[LedgerLine], list[str]]:
    """Return the lines that may bear on what becomes of `lines`, and the ids of the entries that they and `old` are in.

    These are the lines that share a key with one of them, with all lines of their articles; and, while those are few,
    the lines around these, and so on: so a store whose reports came one by one ends as one whose reports came at once.
    """
    found: dict[str, LedgerLine] = {}
    entries = {entry: None for _, entry in old if entry is not None}
    asked: set[str] = set()
    read = set(mine)
    edge = [*lines, *(line for line, _ in old)]
    while edge and len(found) < _MOST_AROUND:
        keys = sorted({key for line in edge for key in line.keys} - asked)
        asked.update(keys)
        near = store.lines_near(keys, _MOST_NEAR) if keys else []
        articles = sorted({line.article for line, _ in near} - read)
        read.update(articles)
        edge = []
        for line, entry in store.lines(articles) if articles else []:
            found[line.id] = line
            edge.append(line)
            if entry is not None:
                entries[entry] = None
    return list(found.values()), sorted(entries)


def _update(story: str, before: LedgerEntry | None, after: LedgerEntry) -> Update | None:
    """Return what is told of an entry: that its status or its terms changed; not that it is new."""
    if before is None:
        return None
    was, now = _terms(before), _terms(after)
    if was == now:
        return None
    said = tuple(Citation(line.article, line.start, line.end, line.text) for line in after.lines[-1:])
    return Update(
        id=content_id("commitment", after.id, was, now, *(line.id for line in after.lines)),
        kind="commitment",
        story=first_story(after) or story,
        gist=gist_of(after),
        finding=after.lines[-1].finding,
        article=after.lines[-1].article,
        before=was,
        after=now,
        evidence=after.rests_on or said,
        names=names_of(after),
    )


def gist_of(entry: LedgerEntry) -> str:
    """Return a commitment in one line: "Norda Rail: reopen the branch line"."""
    return f"{entry.who}: {entry.what}" if entry.who else entry.what


def names_of(entry: LedgerEntry) -> tuple[str, ...]:
    """Return who is to act, and for whom, where that is told."""
    return tuple(name for name in (entry.who, entry.to_whom) if name)


def first_story(entry: LedgerEntry) -> str | None:
    """Return the story in which a commitment was first reported: who follows that story waits for what became of it."""
    return next((line.story for line in entry.lines if line.story), None)


def _terms(entry: LedgerEntry) -> str:
    """Return the status of an entry and what may change in it, in words: "open, 130,000,000 USD, due 2024-09"."""
    amount = None if entry.amount is None else f"{entry.amount:,.10g} {entry.unit or ''}".strip()
    due = f"due {entry.due_date}" if entry.due_date else None
    return ", ".join(part for part in (entry.status, amount, due) if part)
