"""Facets: what a search finds, counted by kind, outlet, speaker and month, over the same matches that search ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

import sqlalchemy as sql
from sqlalchemy import Connection, Table

from accord.stores.counting import ranked
from accord.stores.sql import schema
from accord.stores.sql.base import select_in
from accord.stores.sql.searching import Searching
from accord.stores.sql.words import HIT_KINDS, Facet
from accord.stores.store import Facets, Hit, Query
from accord.stores.terms import terms_of


class Faceting(Searching):
    """What a store counts of what it finds by words."""

    def facets(self, query: Query, most: int = 12) -> Facets:
        terms = terms_of(query.words)
        if query.words.strip() and not terms:
            return Facets()
        with self._read() as connection:
            asked = self._wanted(connection, replace(query, kind=None, limit=0, offset=0), terms)
            counted = [self._dialect.facets(connection, wanted) for wanted in asked]
            rows = [row for some, _ in counted for row in some]
            return _facets(connection, rows, most, more=any(more for _, more in counted))

    def found(self, query: Query, most: int = 12) -> tuple[list[Hit], Facets]:
        terms = terms_of(query.words)
        if query.kind is not None:
            return self.search(query), self.facets(query, most)
        if query.words.strip() and not terms:
            return [], Facets()
        with self._read() as connection:
            asked = self._wanted(connection, query, terms)
            found = [self._dialect.found(connection, wanted) for wanted in asked]
            hits = self._best(connection, [one for best, _, _ in found for one in best], query, terms)
            rows = [row for _, some, _ in found for row in some]
            return hits, _facets(connection, rows, most, more=any(more for _, _, more in found))


def _facets(connection: Connection, rows: Sequence[Facet], most: int, *, more: bool) -> Facets:
    """Return how often each kind, outlet, speaker and month comes in `rows`."""
    kinds, outlets, speakers, days = (Counter(map(itemgetter(at), rows)) for at in range(4))
    months: Counter[str] = Counter()
    for day, times in days.items():
        if day:
            months[day[:7]] += times
    speakers.pop(None, None)
    return Facets(
        kinds=ranked({HIT_KINDS[kind]: times for kind, times in kinds.items()}),
        outlets=_names(connection, schema.outlets, outlets, most),
        speakers=_names(connection, schema.speakers, speakers, most),
        months=ranked(months, most),
        more=more,
    )


def _names(connection: Connection, table: Table, times: Counter[int], most: int) -> tuple[tuple[str, int], ...]:
    """Return the names in a table of names that come most frequently by their numbers."""
    often = times.most_common()
    least = often[most - 1][1] if 0 < most <= len(often) else 0
    query = sql.select(table.c.number, table.c.name)
    wanted = [number for number, count in often if count >= least]
    found = [(row.name, times[row.number]) for row in select_in(connection, query, table.c.number, wanted)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0]))[:most])
