"""What grouping sees of articles, which are alike, and which form which stories and chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.records import Chain
from accord.stores.sql import schema
from accord.stores.sql.articles import Articles
from accord.stores.sql.base import delete_in, select_in
from accord.stores.sql.listing import LIVING
from accord.stores.store import Posting


class Grouping(Articles):
    """What a store does for grouping."""

    def postings(
        self, terms: Sequence[int], days: tuple[int, int] | None = None, most: int = 65
    ) -> dict[int, list[Posting]]:
        if days is not None:
            days = (max(1, days[0]), days[1])
        asked = list(dict.fromkeys(terms))
        found: dict[int, list[Posting]] = {}
        with self._read() as connection:
            for term, day, number, weight in self._dialect.postings(connection, asked, days, most):
                found.setdefault(term, []).append(Posting(term, number, day or None, weight))
        for carriers in found.values():
            carriers.sort(key=lambda posting: posting.number)
        return found

    def sketches(self, numbers: Sequence[int]) -> dict[int, bytes]:
        s = schema.sketches.c
        with self._read() as connection:
            rows = select_in(connection, sql.select(s.number, s.blob), s.number, numbers)
            found = {number: bytes(blob) for number, blob in rows if blob}
        return {number: found[number] for number in numbers if number in found}

    def links(self, numbers: Sequence[int]) -> dict[int, dict[int, float]]:
        table = schema.links.c
        found: dict[int, dict[int, float]] = {number: {} for number in numbers}
        query = sql.select(table.number, table.other, table.alike).order_by(table.number, table.other)
        with self._read() as connection:
            for number, other, alike in select_in(connection, query, table.number, list(found)):
                found[number][other] = alike
        return found

    def link(self, links: Iterable[tuple[int, int, float]]) -> None:
        rows = {}
        for first, second, alike in links:
            rows[first, second] = rows[second, first] = alike
        with self._write() as connection:
            values = [{"number": n, "other": other, "alike": alike} for (n, other), alike in sorted(rows.items())]
            self._dialect.upsert(connection, schema.links, values, change=True)

    def stories_of(self, numbers: Sequence[int]) -> dict[int, str]:
        a, s = schema.articles.c, schema.stories.c
        query = sql.select(a.number, s.id).join_from(schema.articles, schema.stories, a.story == s.number)
        with self._read() as connection:
            found = {row.number: row.id for row in select_in(connection, query, a.number, numbers)}
        return {number: found[number] for number in numbers if number in found}

    def members(self, stories: Sequence[str]) -> dict[str, list[int]]:
        a, s = schema.articles.c, schema.stories.c
        query = sql.select(s.id, a.number).join_from(schema.articles, schema.stories, a.story == s.number)
        found: dict[str, list[int]] = {}
        with self._read() as connection:
            for story, number in select_in(connection, query.order_by(a.number), s.id, stories):
                found.setdefault(story, []).append(number)
        return {story: found[story] for story in stories if story in found}

    def place(self, stories: Mapping[str, Sequence[int]], gone: Mapping[str, str | None], at: str) -> None:
        with self._write() as connection:
            held = self._story_numbers(connection, [*gone, *stories])
            for story, into in gone.items():
                if story in held:
                    self._dissolve(connection, held[story], into)
            before = self.members(list(stories))
            changed: dict[int, None] = {}
            for story, numbers in stories.items():
                if set(before.get(story, ())) != set(numbers):
                    number = held.get(story) or self._new_story(connection, story)
                    changed.update(dict.fromkeys(self._move(connection, number, numbers)))
            self._changed(connection, changed)

    def _story_numbers(self, connection: Connection, ids: Sequence[str]) -> dict[str, int]:
        s = schema.stories.c
        return {row.id: row.number for row in select_in(connection, sql.select(s.id, s.number), s.id, ids)}

    def _new_story(self, connection: Connection, identity: str) -> int:
        number = self._next(connection, schema.stories)
        nothing = {"articles": 0, "origins": 0, "agreed": 0, "disputed": 0, "single": 0, "weight": 0.0, "revision": 0}
        blob = self._codec.pack(())
        connection.execute(
            schema.stories.insert().values(number=number, id=identity, title="", outlets=blob, gone=LIVING, **nothing)
        )
        return number

    def _move(self, connection: Connection, story: int, numbers: Sequence[int]) -> list[int]:
        """Let a story have the articles `numbers`; return the stories that change, this one first."""
        a, s = schema.articles, schema.stories
        rows = select_in(connection, sql.select(a.c.number, a.c.story), a.c.number, numbers)
        others = {row.number: row.story for row in rows if row.story not in (None, story)}
        connection.execute(a.update().where(a.c.story == story).values(story=None))
        for at in range(0, len(numbers), 500):
            within = a.c.number.in_(numbers[at : at + 500])
            connection.execute(a.update().where(within, a.c.superseded == 0).values(story=story))
        connection.execute(s.update().where(s.c.number == story).values(gone=LIVING, into=None))
        return [story, *(others[number] for number in numbers if number in others)]

    def chain(self, chains: Sequence[Chain], of: Sequence[str]) -> None:
        c, m = schema.chains, schema.chained
        with self._write() as connection:
            gone = [row.chain for row in select_in(connection, sql.select(m.c.chain), m.c.story, of)]
            gone = list(dict.fromkeys([*gone, *(chain.id for chain in chains)]))
            delete_in(connection, m, m.c.chain, gone)
            delete_in(connection, c, c.c.id, gone)
            kept = {chain.id: chain for chain in chains}
            self._dialect.insert(connection, c, [(one.id, self._codec.pack(one)) for one in kept.values()])
            rows = {(story, one.id): None for one in kept.values() for story in one.stories}
            self._dialect.insert(connection, m, list(rows))

    def chains(self, stories: Sequence[str] | None = None) -> list[Chain]:
        c, m = schema.chains.c, schema.chained.c
        query = sql.select(c.id, c.blob)
        with self._read() as connection:
            if stories is None:
                rows = connection.execute(query).all()
            else:
                ids = [row.chain for row in select_in(connection, sql.select(m.chain), m.story, stories)]
                rows = list(select_in(connection, query, c.id, list(dict.fromkeys(ids))))
            return [self._codec.unpack(row.blob, Chain) for row in sorted(rows, key=lambda row: str(row.id))]
