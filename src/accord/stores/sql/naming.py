"""Names: the persons, bodies and places of stories, found by parts of their names or by a whole one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sql
from sqlalchemy import Connection

from accord.records import Name, NameKind
from accord.stores.counting import frequent
from accord.stores.folding import fold
from accord.stores.sql import schema
from accord.stores.sql.base import Base, folded_words, holds_all, select_in
from accord.stores.sql.codec import Damaged
from accord.stores.sql.recalling import Recall
from accord.stores.store import Named

if TYPE_CHECKING:
    from accord.stores.sql.base import Dialect, Row


_MOST = 200
"""So many characters of a name are looked up by: an index takes no text of any length."""


def key_of(name: str) -> str:
    """Return what a name is looked up by: Ilse Tarn -> ilse tarn"""
    return key_in(fold(name))


def key_in(folded: str) -> str:
    """Return what a name is looked up by, of its folded forms, one a line."""
    return folded.partition("\n")[0][:_MOST]


class Naming(Base):
    """What a store does with names."""

    def __init__(self, url: str, dialect: Dialect) -> None:
        super().__init__(url, dialect)
        self._recall = Recall()

    def named(self, words: str, kind: NameKind | None = None, limit: int = 20) -> list[tuple[str, str, int]]:
        n = schema.names.c
        number = sql.func.count(n.story.distinct())
        query = sql.select(n.name, n.kind, number).where(holds_all(n.folded, words)).group_by(n.name, n.kind)
        if kind is not None:
            query = query.where(n.kind == kind)
        query = query.order_by(number.desc(), n.name, n.kind).limit(limit)
        with self._read() as connection:
            known = None if self._open is not None else self._recall.holding(connection, folded_words(words))
            if known is not None:
                keys = sorted({key_in(name) for name in known})
                query = query.where(n.key.in_(keys))
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def one_named(self, name: str, kind: NameKind | None = None, limit: int = 50) -> Named | None:
        n, s = schema.names.c, schema.stories.c
        wanted = fold(name)
        query = (
            sql.select(n.name, n.kind, s.number, s.id)
            .join_from(schema.names, schema.stories, n.story == s.number)
            .where(n.key == key_of(name))
            .order_by(s.last.desc().nulls_last(), s.id)
        )
        if kind is not None:
            query = query.where(n.kind == kind)
        with self._read() as connection:
            rows = [row for row in connection.execute(query) if fold(row.name) == wanted]
            if not rows:
                return None
            stories: dict[NameKind, dict[str, Row]] = {}
            for row in rows:
                stories.setdefault(row.kind, {}).setdefault(row.id, row)
            most = min(stories, key=lambda of: (-len(stories[of]), of))
            told = list(stories[most].values())
            ((full, _),) = frequent((row.name for row in told), 1)
            forms = self._forms(connection, told[:limit], most, wanted)
        others = tuple(form for form, _ in frequent(form for form in forms if form != full))
        return Named(full, most, len(told), tuple(row.id for row in told[:limit]), others)

    def _forms(self, connection: Connection, told: Sequence[Row], kind: NameKind, wanted: str) -> list[str]:
        """Return the other forms of a name in the briefings of some stories."""
        b = schema.briefings.c
        rows = select_in(connection, sql.select(b.story, b.blob), b.story, [row.number for row in told])
        forms: list[str] = []
        for row in rows:
            try:
                names = self._codec.unpack_part(row.blob, _Names).names
            except Damaged as error:
                (story,) = (one.id for one in told if one.number == row.story)
                raise Damaged(f"the briefing of story {story} is damaged: {error}") from error
            forms += {
                form for name in names if name.kind == kind and fold(name.name) == wanted for form in name.aliases
            }
        return forms


@dataclass(frozen=True, slots=True)
class _Names:
    """What is read of a briefing: `names` alone."""

    names: tuple[Name, ...]
