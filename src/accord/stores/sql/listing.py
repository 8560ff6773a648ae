"""What the list of stories says of each: brought up to date whenever a story's articles change."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.stores.sql import schema
from accord.stores.sql.base import delete_in
from accord.stores.sql.former import Former

_TITLE = 80
LIVING, MERGED = 0, 1


class Listing(Former):
    """What parts of a store that change a story's articles do to the story."""

    def _changed(self, connection: Connection, stories: Iterable[int]) -> None:
        """Let stories wait to be briefed, each in the turn that it has already, and list them by their articles."""
        table = schema.stories
        waits = (connection.scalar(sql.select(sql.func.max(table.c.waits))) or 0) + 1
        for turn, number in enumerate(dict.fromkeys(stories), waits):
            listed = self._listed(connection, number)
            if listed["articles"] == 0:
                self._dissolve(connection, number, None)
                continue
            connection.execute(
                table.update()
                .where(table.c.number == number)
                .values(revision=table.c.revision + 1, waits=sql.func.coalesce(table.c.waits, turn), **listed)
            )

    def _listed(self, connection: Connection, story: int) -> dict[str, object]:
        """Return what the list says of a story's articles; its title only where no briefing gives one."""
        a, o = schema.articles.c, schema.outlets.c
        query = (
            sql.select(a.number, a.id, a.published, o.name)
            .join_from(schema.articles, schema.outlets, a.outlet == o.number)
            .where(a.story == story)
        )
        found = connection.execute(query).all()
        rows = sorted(found, key=lambda row: (row.published is None, row.published or "", row.number))
        days = [row.published for row in rows if row.published is not None]
        listed: dict[str, object] = {
            "articles": len(rows),
            "first": days[0] if days else None,
            "last": days[-1] if days else None,
            "outlets": self._codec.pack(tuple(dict.fromkeys(row.name for row in rows))),
        }
        b = schema.briefings.c
        if rows and connection.execute(sql.select(b.story).where(b.story == story)).first() is None:
            t = schema.texts.c
            blob = connection.execute(sql.select(t.blob).where(t.number == rows[0].number)).scalar_one()
            article, _ = self._article(rows[0].id, blob)
            listed["title"] = article.title or article.text[:_TITLE]
        return listed

    def _dissolve(self, connection: Connection, story: int, into: str | None) -> None:
        """Let a story be gone with its briefing; `into` is what it was merged into."""
        a, s = schema.articles, schema.stories
        connection.execute(a.update().where(a.c.story == story).values(story=None))
        self._lose_findings(connection, story)
        for table in (schema.briefings, schema.findings, schema.origins, schema.names):
            delete_in(connection, table, table.c.story, [story])
        gone = {"gone": MERGED, "into": into, "waits": None, "weight": 0.0, "updated": None, "articles": 0}
        none = {"origins": 0, "agreed": 0, "disputed": 0, "single": 0, "tallied": 0, "lead": ""}
        connection.execute(s.update().where(s.c.number == story).values(**gone, **none))
