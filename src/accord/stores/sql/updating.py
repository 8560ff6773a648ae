"""Updates: what later coverage changed, in the order in which it was told."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sql

from accord.records import Update, UpdateKind
from accord.stores.folding import fold
from accord.stores.sql import schema
from accord.stores.sql.base import Base, holds_all


class Updating(Base):
    """What a store does with updates."""

    def tell(self, updates: Sequence[Update]) -> None:
        table = schema.updates
        with self._write() as connection:
            new = {update.id: update for update in reversed(updates)}
            held = set(self._held_in(connection, table.c.id, list(new)))
            first = self._next(connection, table)
            fresh = [new[one] for one in dict.fromkeys(update.id for update in updates) if one not in held]
            rows = [
                (number, one.id, one.at or "", one.story, one.kind, fold("\n".join(one.names)),
                 fold(f"{one.gist} {one.before or ''} {one.after or ''}"), self._codec.pack(one))
                for number, one in enumerate(fresh, first)
            ]  # fmt: skip
            self._dialect.insert(connection, table, rows)

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
        u = schema.updates.c
        query = sql.select(u.blob)
        if since is not None:
            query = query.where(u.at >= since)
        if story is not None:
            query = query.where(u.story == story)
        if kind is not None:
            query = query.where(u.kind == kind)
        if name is not None:
            query = query.where(holds_all(u.names, name))
        if words is not None:
            query = query.where(holds_all(u.folded, words))
        with self._read() as connection:
            rows = connection.execute(query.order_by(u.at.desc(), u.number).limit(limit).offset(offset))
            return [self._codec.unpack(row.blob, Update) for row in rows]
