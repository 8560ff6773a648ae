"""Stories: which wait to be briefed, their briefings with all that these hold, and the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.records import Briefing
from accord.stores.counting import lead_of
from accord.stores.folding import fold
from accord.stores.sql import schema
from accord.stores.sql.base import delete_in, holds_all, select_in
from accord.stores.sql.codec import Damaged
from accord.stores.sql.grouping import Grouping
from accord.stores.sql.listing import LIVING
from accord.stores.sql.naming import key_of
from accord.stores.store import StoryLine

if TYPE_CHECKING:
    from accord.stores.sql.base import Row

_PARTS = ("findings", "origins", "names")


class Stories(Grouping):
    """What a store does with stories."""

    def stale(self, limit: int = 100) -> list[str]:
        s = schema.stories.c
        query = sql.select(s.id).where(s.waits.is_not(None)).order_by(s.waits, s.id).limit(limit)
        with self._read() as connection:
            return list(connection.scalars(query))

    def brief(self, story: str, revision: int, briefing: Briefing, weight: float, at: str) -> bool:
        s = schema.stories
        with self._write() as connection:
            query = sql.select(s.c.number).where(s.c.id == story, s.c.gone == LIVING, s.c.revision == revision)
            number = connection.scalar(query)
            if number is None:
                return False
            self._lose_findings(connection, number, [finding.id for finding in briefing.findings])
            for table in (schema.briefings, schema.findings, schema.origins, schema.names):
                delete_in(connection, table, table.c.story, [number])
            texts = {article.id: article.text for article in briefing.articles}
            slim = replace(briefing, articles=())
            ids = self._codec.pack(tuple(article.id for article in briefing.articles))
            blob = self._codec.pack_spans(slim, texts.get)
            self._dialect.insert(connection, schema.briefings, [(number, ids, blob)])
            self._keep_parts(connection, number, briefing)
            verdicts = Counter(finding.verdict for finding in briefing.findings)
            connection.execute(
                s.update()
                .where(s.c.number == number)
                .values(
                    title=briefing.title, origins=len(briefing.origins), agreed=verdicts["corroborated"],
                    disputed=verdicts["disputed"], single=verdicts["single"], weight=weight, updated=at, waits=None,
                    tallied=0, lead=lead_of(briefing),
                )
            )  # fmt: skip
            return True

    def _keep_parts(self, connection: Connection, story: int, briefing: Briefing) -> None:
        findings = [
            (story, n, one.id, one.kind, one.verdict, one.between, one.origins)
            for n, one in enumerate(briefing.findings)
        ]
        origins = [(story, n, one.id, one.kind, one.agency) for n, one in enumerate(briefing.origins)]
        names = [
            (story, n, one.name, one.kind, "\n".join(map(fold, (one.name, *one.aliases))), key_of(one.name))
            for n, one in enumerate(briefing.names)
        ]
        self._dialect.insert(connection, schema.findings, findings)
        self._dialect.insert(connection, schema.origins, origins)
        self._dialect.insert(connection, schema.names, names)

    def story(self, identity: str) -> StoryLine | None:
        s = schema.stories.c
        with self._read() as connection:
            row = self._story_row(connection, s.id == identity)
            if row is None and identity:
                found = self.begun(identity, 2)
                row = self._story_row(connection, s.id == found[0]) if len(found) == 1 else None
            passed = set()
            while row is not None and row.gone != LIVING:
                if row.into is None or row.id in passed:
                    return None
                passed.add(row.id)
                row = self._story_row(connection, s.id == row.into)
            return None if row is None else self._line(row)

    def begun(self, identity: str, limit: int = 5) -> list[str]:
        s = schema.stories.c
        begins = sql.func.substr(s.id, 1, len(identity), type_=schema.Text()) == identity
        query = sql.select(s.id).where(s.id >= identity, begins).order_by(s.id).limit(limit)
        with self._read() as connection:
            return list(connection.scalars(query))

    def _story_row(self, connection: Connection, where: sql.ColumnElement[bool]) -> Row | None:
        return connection.execute(sql.select(schema.stories).where(where)).one_or_none()

    def _line(self, row: Row) -> StoryLine:
        return StoryLine(
            id=row.id,
            title=row.title,
            first=row.first,
            last=row.last,
            outlets=self._codec.unpack(row.outlets, tuple[str, ...]),
            articles=row.articles,
            origins=row.origins,
            agreed=row.agreed,
            disputed=row.disputed,
            single=row.single,
            weight=row.weight,
            updated=row.updated,
            stale=row.waits is not None,
            revision=row.revision,
            lead=row.lead,
        )

    def stories(
        self,
        *,
        since: str | None = None,
        outlet: str | None = None,
        several: bool = False,
        order: Literal["latest", "weight", "changed"] = "latest",
        limit: int = 50,
        offset: int = 0,
    ) -> list[StoryLine]:
        s = schema.stories.c
        query = sql.select(schema.stories).where(s.gone == LIVING)
        if since:
            query = query.where(s.last >= since)
        if several:
            query = query.where(s.articles > 1)
        if outlet is not None:
            a, o = schema.articles.c, schema.outlets.c
            fits = sql.select(o.number).where(holds_all(o.folded, outlet))
            query = query.where(sql.exists().where(a.story == s.number, a.outlet.in_(fits)))
        latest = (s.last.desc().nulls_last(), s.id)
        first = {"latest": (), "weight": (s.weight.desc(),), "changed": (s.updated.desc().nulls_last(),)}
        query = query.order_by(*first[order], *latest)
        with self._read() as connection:
            return [self._line(row) for row in connection.execute(query.limit(limit).offset(offset))]

    def days(self, stories: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        a, s = schema.articles.c, schema.stories.c
        query = (
            sql.select(s.id, a.published, sql.func.count(a.published).label("number"))
            .join_from(schema.stories, schema.articles, a.story == s.number)
            .where(s.gone == LIVING)
            .group_by(s.id, a.published)
            .order_by(s.id, a.published)
        )
        found: dict[str, list[tuple[str, int]]] = {}
        with self._read() as connection:
            for row in select_in(connection, query, s.id, stories):
                days = found.setdefault(row.id, [])
                if row.published is not None:
                    days.append((row.published, row.number))
        return found

    def briefing(self, story: str) -> Briefing | None:
        b, s = schema.briefings.c, schema.stories.c
        query = sql.select(b.articles, b.blob).join_from(schema.briefings, schema.stories, b.story == s.number)
        with self._read() as connection:
            row = connection.execute(query.where(s.id == story)).one_or_none()
            if row is None:
                return None
            try:
                ids = self._codec.unpack(row.articles, tuple[str, ...])
                articles = tuple(held.article for held in self.held(ids))
                texts = {article.id: article.text for article in articles}
                slim = self._codec.unpack_spans(row.blob, Briefing, texts.get)
            except Damaged as error:
                raise Damaged(f"the briefing of story {story} is damaged: {error}") from error
        return replace(slim, articles=articles)
