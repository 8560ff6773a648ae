"""Which articles are versions of one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.stores.sql import schema
from accord.stores.sql.base import select_in


def kin(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """Return for each of `ids` the ids of all versions of its article, itself among them.

    Articles that are not held count, too, where others say that they replace or follow them.
    """
    a = schema.articles.c
    names = sql.select(a.id, a.replaces, a.follows)
    near: defaultdict[str, set[str]] = defaultdict(set)
    wanted = list(dict.fromkeys(ids))
    seen: set[str] = set()
    edge = set(wanted)
    while edge:
        seen |= edge
        for way in (a.id, a.replaces, a.follows):
            for row in select_in(connection, names, way, sorted(edge)):
                together = {name for name in row if name is not None}
                for name in together:
                    near[name] |= together
        edge = near.keys() - seen
    groups: dict[str, set[str]] = {}
    for one in wanted:
        if one not in groups:
            group = _reached(one, near)
            groups.update(dict.fromkeys(group, group))
    return {one: groups[one] for one in wanted}


def _reached(start: str, near: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    edge = {start}
    while edge:
        reached |= edge
        edge = {other for one in edge for other in near.get(one, ())} - reached
    return reached
