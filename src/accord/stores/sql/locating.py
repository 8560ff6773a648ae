"""Findings by their ids: those of briefings, and those that a briefing had and lost."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.records import Finding
from accord.stores.evidence import carriers
from accord.stores.sql import schema
from accord.stores.sql.base import select_in
from accord.stores.sql.kin import kin
from accord.stores.sql.stories import Stories
from accord.stores.store import Located

_MOST_STORIES = 12
"""In so many stories the passages of a former finding are looked for."""


class Locating(Stories):
    """What a store does to find findings again."""

    def finding(self, identity: str) -> Located | None:
        f, s = schema.findings.c, schema.stories.c
        query = sql.select(s.id).join_from(schema.findings, schema.stories, f.story == s.number)
        query = query.where(f.id == identity).order_by(s.waits.is_not(None), s.number)
        with self._read() as connection:
            stories = connection.scalars(query).all()
        for story in stories:
            briefing = self.briefing(story)
            for finding in briefing.findings if briefing else ():
                if finding.id == identity:
                    return Located(finding, story)
        return self._lost(identity)

    def _lost(self, identity: str) -> Located | None:
        o, s = schema.former.c, schema.stories.c
        query = sql.select(o.blob, s.id).join_from(schema.former, schema.stories, o.story == s.number)
        with self._read() as connection:
            row = connection.execute(query.where(o.id == identity)).one_or_none()
            if row is None:
                return None
            finding = self._former(connection, identity, row.blob)
            versions = kin(connection, (cited.article for cited in finding.evidence))
            into = self.story(row.id)
            story = into.id if into else str(row.id)
            near = self._stories_near(connection, finding, versions)
        names = list(dict.fromkeys((story, *near)))[:_MOST_STORIES]
        briefings = (briefing for name in names if (briefing := self.briefing(name)) is not None)
        return Located(finding, story, False, carriers(finding, briefings, versions))

    def _stories_near(self, connection: Connection, finding: Finding, versions: dict[str, set[str]]) -> list[str]:
        """Return the stories that articles which a finding cites are in by now, those with the most of them first."""
        a, s = schema.articles.c, schema.stories.c
        ids = sorted({one for cited in finding.evidence for one in versions[cited.article]})
        query = sql.select(s.id).join_from(schema.articles, schema.stories, a.story == s.number)
        found = Counter(row.id for row in select_in(connection, query.order_by(a.number), a.id, ids))
        return [story for story, _ in found.most_common()]
