"""The tables of an SQL store, as the newest migration leaves them (a test compares the two).

Records are kept whole as blobs (`codec`); columns beside them are what is looked up by. Numbers are given out by the
one process that writes. Names that come again and again (outlets, speakers, makers) stand once, in tables of their own.
The words that search looks up stand in tables of each database's own kind, which `fts5` and `tsearch` know.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sql
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

tables = MetaData()

Number = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite makes a column the rowid of its table only where it is called INTEGER."""
Real = Float(53)


def sound(text: str) -> str:
    """Return `text` with a question mark for each half character (a lone surrogate), which no database keeps."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Text(TypeDecorator[str]):
    """Text in the order of its code points, on every database."""

    impl = sql.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sql.Text(collation="C" if dialect.name == "postgresql" else None))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else sound(value)


def _key(name: str = "number") -> Column[int]:
    return Column(name, Number, primary_key=True, autoincrement=False)


def _of(
    name: str, target: str, *, null: bool = False, primary_key: bool = False, unique: bool | None = None
) -> Column[int]:
    return Column(name, Number, ForeignKey(target), nullable=null, primary_key=primary_key, unique=unique)


def _text(name: str, *, null: bool = False, primary_key: bool = False, unique: bool | None = None) -> Column[str]:
    return Column(name, Text, nullable=null, primary_key=primary_key, unique=unique)


def _blob(
    name: str = "blob", *, null: bool = False, primary_key: bool = False, unique: bool | None = None
) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null, primary_key=primary_key, unique=unique)


# what was fetched and read --------------------------------------------------------------------------------------------

stamps = Table("stamps", tables, _text("key", primary_key=True), _text("value"))
fetches = Table(
    "fetches", tables, _text("url", primary_key=True), _text("etag", null=True), _text("last_modified", null=True),
    _text("fetched", null=True),
)  # fmt: skip
pages = Table("pages", tables, _key(), _blob("digest", unique=True), _text("media_type"), _blob("content"))
prints = Table("prints", tables, _text("mark", primary_key=True), sqlite_with_rowid=False)
rejects = Table("rejects", tables, _key(), _blob("digest", unique=True), _text("at"), _blob())
outlets = Table("outlets", tables, _key(), _text("name", unique=True), _text("folded"))
speakers = Table("speakers", tables, _key(), _text("name", unique=True), _text("folded"))
makers = Table("makers", tables, _key(), _text("name", unique=True))

# articles -------------------------------------------------------------------------------------------------------------

articles = Table(
    "articles", tables, _key(), _text("id", unique=True), _of("outlet", "outlets.number"),
    _text("published", null=True), Column("version", Integer, nullable=False), _text("replaces", null=True),
    _text("mark"), _of("page", "pages.number", null=True), _text("fetched", null=True),
    _text("added"), Column("superseded", SmallInteger, nullable=False), _text("gone", null=True),
    _of("maker", "makers.number"), _of("story", "stories.number", null=True), _text("follows", null=True),
)  # fmt: skip
Index("articles_by_story", articles.c.story)
Index("articles_by_replaced", articles.c.replaces, sqlite_where=articles.c.replaces.is_not(None))
Index("articles_by_followed", articles.c.follows, sqlite_where=articles.c.follows.is_not(None))
Index("articles_by_day", articles.c.published, articles.c.id)
Index("articles_by_outlet", articles.c.outlet, articles.c.published)

texts = Table("texts", tables, _of("number", "articles.number", primary_key=True), _blob())
analyses = Table("analyses", tables, _of("number", "articles.number", primary_key=True), _blob())
marks = Table(
    "marks", tables, _blob("key", primary_key=True), _of("number", "articles.number", primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
Index("marks_by_article", marks.c.number)
claims = Table(
    "claims", tables, _key(), _of("article", "articles.number"), Column("kind", SmallInteger, nullable=False),
    Column("start", Integer, nullable=False), Column("end", Integer, nullable=False),
    _of("speaker", "speakers.number", null=True),
)  # fmt: skip
Index("claims_by_article", claims.c.article)
Index("claims_by_speaker", claims.c.speaker, sqlite_where=claims.c.speaker.is_not(None))

# grouping -------------------------------------------------------------------------------------------------------------

sketches = Table(
    "sketches", tables, _of("number", "articles.number", primary_key=True), _blob(),
    Column("day", Integer, nullable=False), _blob("terms"),
)  # fmt: skip
postings = Table(
    "postings", tables, Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    _of("number", "articles.number", primary_key=True), Column("weight", Real, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
links = Table(
    "links", tables, _of("number", "articles.number", primary_key=True),
    _of("other", "articles.number", primary_key=True), Column("alike", Real, nullable=False), sqlite_with_rowid=False,
)  # fmt: skip

# stories --------------------------------------------------------------------------------------------------------------

stories = Table(
    "stories", tables, _key(), _text("id", unique=True), _text("title"), _text("first", null=True),
    _text("last", null=True), _blob("outlets"), Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False), Column("agreed", Integer, nullable=False),
    Column("disputed", Integer, nullable=False), Column("single", Integer, nullable=False),
    Column("weight", Real, nullable=False), _text("updated", null=True), Column("waits", Number),
    Column("revision", Integer, nullable=False), Column("gone", SmallInteger, nullable=False),
    _text("into", null=True), Column("tallied", SmallInteger, nullable=False, server_default="0"),
    Column("lead", Text, nullable=False, server_default=sql.text("''")),
)  # fmt: skip
Index("stories_by_last", stories.c.gone, stories.c.last, stories.c.id)
Index("stories_by_weight", stories.c.gone, stories.c.weight)
Index("stories_by_change", stories.c.gone, stories.c.updated)
Index("stories_waiting", stories.c.waits, sqlite_where=stories.c.waits.is_not(None))

briefings = Table(
    "briefings", tables, _of("story", "stories.number", primary_key=True), _blob("articles"), _blob(),
)  # fmt: skip
findings = Table(
    "findings", tables, _of("story", "stories.number", primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False), _text("id"), _text("kind"), _text("verdict"),
    _text("between", null=True), Column("origins", Integer, nullable=False), sqlite_with_rowid=False,
)  # fmt: skip
Index("findings_by_id", findings.c.id)
former = Table("former", tables, _text("id", primary_key=True), _of("story", "stories.number"), _blob())
origins = Table(
    "origins", tables, _of("story", "stories.number", primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False), _text("id"), _text("kind"),
    _text("agency", null=True), sqlite_with_rowid=False,
)  # fmt: skip
names = Table(
    "names", tables, _of("story", "stories.number", primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False), _text("name"), _text("kind"), _text("folded"),
    Column("key", Text, nullable=False, server_default=sql.text("''")), sqlite_with_rowid=False,
)  # fmt: skip
Index("names_by_key", names.c.key)
chains = Table("chains", tables, _text("id", primary_key=True), _blob())
chained = Table(
    "chained", tables, _text("story", primary_key=True), Column("chain", Text, ForeignKey("chains.id"),
    primary_key=True), sqlite_with_rowid=False,
)  # fmt: skip
Index("chained_by_chain", chained.c.chain)

# corrections ----------------------------------------------------------------------------------------------------------

corrections = Table(
    "corrections", tables, _key(), _text("id", unique=True), _text("kind"),
    Column("undone", SmallInteger, nullable=False), _blob(),
)  # fmt: skip
corrected = Table(
    "corrected", tables, _text("article", primary_key=True),
    _of("correction", "corrections.number", primary_key=True), sqlite_with_rowid=False,
)  # fmt: skip

# updates and the ledger -----------------------------------------------------------------------------------------------

updates = Table(
    "updates", tables, _key(), _text("id", unique=True), _text("at"), _text("story"), _text("kind"), _text("names"),
    _text("folded"), _blob(),
)  # fmt: skip
Index("updates_by_time", updates.c.at, updates.c.number)
Index("updates_by_story", updates.c.story, updates.c.at)

entries = Table(
    "entries", tables, _key(), _text("id", unique=True), _text("made"), _text("who"), _text("to_whom"),
    _text("topic"), _text("due", null=True), _text("status"), _blob(),
)  # fmt: skip
Index("entries_by_day", entries.c.made, entries.c.id)
Index("entries_by_status", entries.c.status, entries.c.made, entries.c.id, entries.c.due)
Index("entries_by_due", entries.c.due, entries.c.id, entries.c.status)
lines = Table(
    "lines", tables, _key(), _text("id", unique=True), _text("article"), _of("entry", "entries.number", null=True),
    _blob(),
)  # fmt: skip
Index("lines_by_article", lines.c.article)
Index("lines_by_entry", lines.c.entry)
line_keys = Table(
    "line_keys", tables, _blob("key", primary_key=True), _of("line", "lines.number", primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
Index("line_keys_by_line", line_keys.c.line)

# the watch ------------------------------------------------------------------------------------------------------------

feeds = Table(
    "feeds", tables, _text("url", primary_key=True), _text("next"), Column("failures", Integer, nullable=False),
    _text("problem", null=True), _text("read", null=True),
)  # fmt: skip
visits = Table(
    "visits", tables, _text("url", primary_key=True), _text("next"), Column("seen", Integer, nullable=False),
    Column("missed", Integer, nullable=False, server_default="0"), _text("last", null=True), _text("note", null=True),
)  # fmt: skip
Index("visits_by_time", visits.c.next)
