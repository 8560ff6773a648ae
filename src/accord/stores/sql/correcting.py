"""Corrections: what people said against the machine's answer, found again by the articles that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sql
from sqlalchemy import Connection, Select

from accord.records import Correction, CorrectionKind
from accord.stores.evidence import named_in
from accord.stores.sql import schema
from accord.stores.sql.base import Base, select_in
from accord.stores.sql.codec import Damaged
from accord.stores.sql.kin import kin
from accord.stores.sql.listing import LIVING

if TYPE_CHECKING:
    from accord.stores.sql.base import Row


class Correcting(Base):
    """What a store does with corrections, and with the counts that they change."""

    def correct(self, correction: Correction) -> None:
        c = schema.corrections
        with self._write() as connection:
            if any(self._held_in(connection, c.c.id, [correction.id])):
                return
            number = self._next(connection, c)
            undone = int(correction.undone is not None)
            row = (number, correction.id, correction.kind, undone, self._codec.pack(correction))
            self._dialect.insert(connection, c, [row])
            self._dialect.insert(connection, schema.corrected, [(name, number) for name in named_in(correction)])

    def undo(self, identity: str, by: str, at: str) -> bool:
        c = schema.corrections
        with self._write() as connection:
            blob = connection.scalar(sql.select(c.c.blob).where(c.c.id == identity, c.c.undone == 0))
            if blob is None:
                return False
            undone = replace(self._correction(identity, blob), undone=at, undone_by=by)
            values = {"undone": 1, "blob": self._codec.pack(undone)}
            connection.execute(c.update().where(c.c.id == identity).values(**values))
            return True

    def corrections(
        self,
        articles: Sequence[str] | None = None,
        *,
        kinds: Sequence[CorrectionKind] | None = None,
        standing: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Correction]:
        c = schema.corrections.c
        query = sql.select(c.number, c.id, c.blob)
        if kinds is not None:
            query = query.where(c.kind.in_(list(kinds)))
        if standing:
            query = query.where(c.undone == 0)
        rows: list[Row]
        with self._read() as connection:
            if articles is None:
                rows = [*connection.execute(query.order_by(c.number).limit(limit).offset(offset))]
            else:
                naming = sorted(self._naming(connection, query, articles), key=lambda row: int(row.number))
                rows = naming[offset:][:limit]
            return [self._correction(row.id, row.blob) for row in rows]

    def _naming(self, connection: Connection, query: Select[Any], articles: Sequence[str]) -> list[Row]:
        """Return the corrections of `query` that name one of `articles`, or another version of one."""
        n = schema.corrected.c
        if connection.execute(sql.select(n.article).limit(1)).first() is None:
            return []
        ids = sorted({one for versions in kin(connection, articles).values() for one in versions})
        rows = select_in(connection, sql.select(n.correction), n.article, ids)
        numbers = list(dict.fromkeys(row.correction for row in rows))
        return list(select_in(connection, query, schema.corrections.c.number, numbers))

    def correction(self, identity: str) -> Correction | None:
        c = schema.corrections.c
        with self._read() as connection:
            blob = connection.scalar(sql.select(c.blob).where(c.id == identity))
            return None if blob is None else self._correction(identity, blob)

    def _correction(self, identity: str, blob: bytes) -> Correction:
        try:
            return self._codec.unpack(blob, Correction)
        except Damaged as error:
            raise Damaged(f"the correction {identity} is damaged: {error}") from error

    def tally(self, story: str, *, origins: int, agreed: int, disputed: int, single: int, lead: str) -> None:
        s = schema.stories
        counts = {"origins": origins, "agreed": agreed, "disputed": disputed, "single": single}
        with self._write() as connection:
            living = s.update().where(s.c.id == story, s.c.gone == LIVING)
            connection.execute(living.values(tallied=1, lead=lead, **counts))
