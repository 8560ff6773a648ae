"""Stores of every earlier version, with data in them, are opened and hold it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sql
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from accord.errors import StoreError
from accord.stores import open_store
from accord.stores.sql import SqlStore, migrating, schema
from accord.stores.sql.base import Dialect
from accord.stores.sql.codec import Codec
from accord.stores.sql.postgres import Postgresql
from accord.stores.sql.sqlite import Sqlite
from accord.stores.store import Query, Visit
from arrivals import FERRY, analysis, arrival, article, keep

if TYPE_CHECKING:
    from databases import Server

REVISIONS = ["0001"]
"""Every version but the newest."""


def filled(dialect: Dialect) -> None:
    """Write, as version 0001 had them, three articles, the second a new version of the first, and a visit."""
    codec = Codec()
    older, newer, other = article("a"), article("a2", version=2, replaces="a"), article("b")
    with dialect.engine.connect() as connection, connection.begin():
        for statement in (
            "INSERT INTO outlets (number, name, folded) VALUES (1, 'Brennick Courier', 'brennick courier')",
            "INSERT INTO makers (number, name) VALUES (1, 'accord 0')",
            "INSERT INTO visits (url, next, seen) VALUES ('https://brennick.example/a', '2031-05-05', 3)",
        ):
            connection.execute(sql.text(statement))
        for number, (one, superseded) in enumerate(((older, 1), (newer, 0), (other, 0)), 1):
            connection.execute(
                sql.text(
                    "INSERT INTO articles (number, id, outlet, published, version, replaces, mark, added, superseded,"
                    " maker) VALUES (:number, :id, 1, '2031-05-04', :version, :replaces, :mark, '2031-05-04', :old, 1)"
                ),
                {"number": number, "id": one.id, "version": one.version, "replaces": one.replaces}
                | {"mark": f"mark {one.id}", "old": superseded},
            )
            blobs = {"text": codec.pack((one, "feed.jsonl"))}
            blobs["analysis"] = codec.pack_spans(analysis(one), {one.id: one.text}.get)
            for table, blob in (("texts", "text"), ("analyses", "analysis")):
                connection.execute(
                    sql.text(f"INSERT INTO {table} (number, blob) VALUES (:number, :blob)"),
                    {"number": number, "blob": blobs[blob]},
                )
            connection.execute(sql.text("INSERT INTO prints (mark) VALUES (:mark)"), {"mark": f"mark {one.id}"})
            if not superseded:
                dialect.index(connection, "articles", [(number, one.title, one.text.lower(), "o1 m203105")])


def is_all_there(store: SqlStore) -> None:
    assert [held.article.id for held in store.each(superseded=True)] == ["a", "a2", "b"]
    assert [held.article.id for held in store.versions("a")] == ["a", "a2"]
    assert store.held(["b"])[0].article.text == FERRY
    assert store.analyses(["a2"])["a2"] == analysis(article("a2"))
    assert store.visit("https://brennick.example/a") == Visit("https://brennick.example/a", "2031-05-05", 3)
    assert {hit.article for hit in store.search(Query("aground"))} == {"a2", "b"}
    assert list(store.check()) == []
    assert keep(store, arrival("c")) == [4]


def at_version(dialect: Callable[[], Dialect], revision: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a store as it was at a version, with data in it."""
    kind = "accord.stores.sql.sqlite" if dialect.__name__ == "sqlite" else "accord.stores.sql.postgres"
    with monkeypatch.context() as patch:
        patch.setattr(f"{kind}.migrate", lambda *given: migrating.migrate(*given, to=revision))
        made = dialect()
        filled(made)
        made.engine.dispose()


def test_every_earlier_version_is_tested() -> None:
    folder = str(Path(migrating.__file__).parent / "migrations")
    script = ScriptDirectory(folder)
    assert script.get_heads() == [migrating.HEAD]
    assert [one.revision for one in script.walk_revisions()][:0:-1] == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_earlier_sqlite_store_is_brought_up(revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "old.db")

    def sqlite() -> Dialect:
        return Sqlite(path, True)

    at_version(sqlite, revision, monkeypatch)
    with closing(open_store(path)) as store:
        is_all_there(store)


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_earlier_postgresql_store_is_brought_up(
    revision: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.fresh()

    def postgresql() -> Dialect:
        return Postgresql(url, True)

    at_version(postgresql, revision, monkeypatch)
    with closing(open_store(url)) as store:
        is_all_there(store)
    postgres.drop(url)


def differences(dialect: Dialect) -> list[object]:
    """Return how the tables of a store differ from what `schema` says."""

    def ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        own = ("article_words", "claim_words", migrating.TABLE)
        return not (kind in ("table", "index") and reflected and str(name).startswith(own))

    with dialect.engine.connect() as connection:
        options = {"include_object": ours, "compare_type": False, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), schema.tables)


def test_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    made = Sqlite(str(tmp_path / "new.db"), True)
    with made.engine.connect() as connection:
        for table in schema.tables.sorted_tables:
            held = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table.name})")]
            assert held == [column.name for column in table.c], table.name
    assert differences(made) == []
    made.engine.dispose()


def test_migrations_make_what_the_schema_says_in_postgresql(postgres: Server) -> None:
    url = postgres.fresh()
    made = Postgresql(url, True)
    assert differences(made) == []
    made.engine.dispose()
    postgres.drop(url)


def test_a_store_of_a_later_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_store(str(path)).close()
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"UPDATE {migrating.TABLE} SET version_num = '9001'")
        base.commit()
    with pytest.raises(StoreError, match=rf"new\.db: it is a store of version 9001 .* knows version {migrating.HEAD}"):
        open_store(str(path))


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "old.db")

    def sqlite() -> Dialect:
        return Sqlite(path, True)

    def broken(connection: sql.Connection, to: str) -> None:
        connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")
        connection.exec_driver_sql("SELECT * FROM nothing")

    at_version(sqlite, "0001", monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_upgrade", broken)
        with pytest.raises(StoreError, match=r"old\.db"):
            open_store(path)
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    with closing(open_store(path)) as store:
        is_all_there(store)


def test_many_make_one_store_at_once(tmp_path: Path) -> None:
    path, failures = str(tmp_path / "new.db"), []

    def make() -> None:
        try:
            with closing(open_store(path)) as store, store.transaction():
                store.stamp("made", "yes")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with closing(open_store(path, make=False)) as store:
        assert store.stamp("made") == "yes"
