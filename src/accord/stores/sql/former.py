"""Former findings: those that the briefing of their story lost, kept under their ids as they last were."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.records import Briefing, Finding
from accord.stores.sql import schema
from accord.stores.sql.base import Base, delete_in, select_in
from accord.stores.sql.codec import Damaged


class Former(Base):
    """What parts of a store that drop a briefing do for the findings in it."""

    def _lose_findings(self, connection: Connection, story: int, kept: Sequence[str] = ()) -> None:
        """Keep the findings of a story that is briefed anew, or is gone: those that neither it nor another has now.

        `kept` are those that the story goes on with; none of them is a former finding any more.
        """
        f, table = schema.findings.c, schema.former
        delete_in(connection, table, table.c.id, kept)
        held = connection.scalars(sql.select(f.id).where(f.story == story)).all()
        lost = list(dict.fromkeys(one for one in held if one not in set(kept)))
        elsewhere = sql.select(f.id).where(f.story != story)
        there = {row.id for row in select_in(connection, elsewhere, f.id, lost)}
        found = self._findings_of(connection, story, {one for one in lost if one not in there})
        self._dialect.upsert(connection, table, found, change=True)

    def _findings_of(self, connection: Connection, story: int, ids: Collection[str]) -> list[dict[str, object]]:
        """Return findings of a story's last briefing as rows; none of one that is damaged, which `check` tells."""
        b = schema.briefings.c
        row = connection.execute(sql.select(b.articles, b.blob).where(b.story == story)).one_or_none() if ids else None
        if row is None:
            return []
        try:
            texts = self._texts(connection, self._codec.unpack(row.articles, tuple[str, ...]))
            briefing = self._codec.unpack_spans(row.blob, Briefing, texts.get)
        except Damaged:
            return []
        found: dict[str, Finding] = {finding.id: finding for finding in briefing.findings if finding.id in ids}
        return [
            {"id": one.id, "story": story, "blob": self._codec.pack_spans(one, texts.get)} for one in found.values()
        ]

    def _former(self, connection: Connection, identity: str, blob: bytes) -> Finding:
        """Return a former finding from its blob; raises Damaged."""

        def text_of(article: str) -> str | None:
            return self._texts(connection, [article]).get(article)

        try:
            return self._codec.unpack_spans(blob, Finding, text_of)
        except Damaged as error:
            raise Damaged(f"the former finding {identity} is damaged: {error}") from error

    def _texts(self, connection: Connection, ids: Sequence[str]) -> dict[str, str]:
        """Return the texts of the articles with these ids; those that are not held are left out."""
        a, t = schema.articles.c, schema.texts.c
        query = sql.select(a.id, t.blob).join_from(schema.articles, schema.texts, a.number == t.number)
        rows = select_in(connection, query, a.id, ids)
        return {row.id: self._article(row.id, row.blob)[0].text for row in rows}
