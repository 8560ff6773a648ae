"""Stores of every earlier version, with data in them, are opened and hold it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sql
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from accord.errors import StoreError
from accord.records import Briefing, Correction
from accord.stores import open_store
from accord.stores.sql import SqlStore, migrating, schema
from accord.stores.sql.base import Dialect
from accord.stores.sql.codec import Codec
from accord.stores.sql.postgres import Postgresql
from accord.stores.sql.sqlite import Sqlite
from accord.stores.store import Located, Named, Query, Visit
from arrivals import FERRY, analysis, arrival, article, brief, briefing, keep

if TYPE_CHECKING:
    from databases import Server

REVISIONS = ["0001", "0002", "0003"]
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


def briefed(dialect: Dialect) -> Briefing:
    """Write the story of article b as the version 0002 had it, with its briefing and its finding."""
    codec, made = Codec(), briefing(article("b"))
    (found,) = made.findings
    numbers = "1, 0, 0, 1, 1.0, '2031-05-04', NULL, 2, 0"
    with dialect.engine.connect() as connection, connection.begin():
        connection.execute(
            sql.text(
                "INSERT INTO stories (number, id, title, first, last, outlets, articles, origins, agreed, disputed,"
                " single, weight, updated, waits, revision, gone)"
                f" VALUES (1, 's', 'A story', NULL, NULL, :outlets, 1, {numbers})"
            ),
            {"outlets": codec.pack(("Brennick Courier",))},
        )
        connection.execute(sql.text("UPDATE articles SET story = 1 WHERE id = 'b'"))
        connection.execute(
            sql.text("INSERT INTO briefings (story, articles, blob) VALUES (1, :articles, :blob)"),
            {
                "articles": codec.pack(("b",)),
                "blob": codec.pack_spans(replace(made, articles=()), {"b": FERRY}.get),
            },
        )
        rows = (
            ("origins (story, place, id, kind)", "1, 0, 'o-b', 'own'"),
            ("names (story, place, name, kind, folded)", "1, 0, 'Ilse Tarn', 'person', 'ilse tarn\ntarn'"),
            ("names (story, place, name, kind, folded)", "1, 1, 'Halmar', 'place', 'halmar'"),
            ("findings (story, place, id, kind, verdict, origins)", f"1, 0, '{found.id}', '{found.kind}', 'single', 1"),
        )
        for columns, values in rows:
            connection.execute(sql.text(f"INSERT INTO {columns} VALUES ({values})"))
    return made


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_findings_of_an_earlier_store_are_found_and_kept_once_they_are_lost(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = str(tmp_path / "old.db") if kind == "sqlite" else request.getfixturevalue("postgres").fresh()

    def sqlite() -> Dialect:
        return Sqlite(url, True)

    def postgresql() -> Dialect:
        return Postgresql(url, True)

    open_it = sqlite if kind == "sqlite" else postgresql
    at_version(open_it, "0002", monkeypatch)
    with monkeypatch.context() as patch:
        for module in ("accord.stores.sql.sqlite", "accord.stores.sql.postgres"):
            patch.setattr(f"{module}.migrate", lambda *given: None)
        dialect = open_it()
        made = briefed(dialect)
        dialect.engine.dispose()
    with closing(open_store(url)) as store:
        (found,) = made.findings
        assert store.briefing("s") == made
        harbour_master = Named("Ilse Tarn", "person", 1, ("s",), ("Tarn", "the harbour master"))
        assert store.one_named("ILSE TARN") == harbour_master
        assert store.one_named("Halmar") == Named("Halmar", "place", 1, ("s",))
        assert store.one_named("Tarn") is None
        assert store.finding(found.id) == Located(found, "s")
        assert store.pulse() == ""
        assert store.corrections() == []
        assert brief(store, "s", replace(made, findings=()))
        assert store.finding(found.id) == Located(found, "s", False, ())
        assert store.pulse() != ""
        with store.transaction():
            store.correct(Correction("c1", "story split", "Ida Lund", "2031-05-06", articles=("a",)))
        assert [one.id for one in store.corrections(["a2"])] == ["c1"]
        assert list(store.check()) == []


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
