from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from accord.errors import StoreError
from accord.history import History
from accord.readers.web.memory import Validators
from accord.stores import open_store
from accord.stores.sql import open_sqlite
from accord.stores.sql.sqlite import APPLICATION
from accord.stores.store import Query
from arrivals import arrival, article, keep
from contents import contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accord.db"


def pragma(store: object, name: str) -> object:
    with store._dialect.reading.connect() as connection:  # type: ignore[attr-defined]
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(path: Path) -> None:
    with closing(open_store(str(path))) as store:
        told = [pragma(store, name) for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")]
        assert told == ["wal", 2, 1, APPLICATION]
        assert pragma(store, "busy_timeout") == 30_000


def test_one_file_is_left_when_the_store_is_closed(path: Path) -> None:
    with closing(open_store(str(path))) as store:
        keep(store, arrival("a"))
    assert os.listdir(path.parent) == ["accord.db"]


def test_a_history_is_no_store(path: Path) -> None:
    History(str(path)).close()
    with pytest.raises(StoreError, match="database of another program"):
        open_store(str(path))


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "sqlite:x"])
def test_an_address_that_names_no_file_is_told(url: str) -> None:
    with pytest.raises(StoreError, match="names no file"):
        open_sqlite(url)


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="it is empty"):
        open_store(str(path), make=False)
    with closing(open_store(str(path))) as store:
        assert keep(store, arrival("a")) == [1]


@pytest.mark.parametrize("name", ["a?b#c.db", "ü %20.db", "a'b\".db"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    with closing(open_store(str(tmp_path / name))) as store:
        keep(store, arrival("a"))
    assert os.listdir(tmp_path) == [name]


def test_who_reads_sees_what_was_committed_while_another_writes(path: Path) -> None:
    with closing(open_store(str(path))) as writer, closing(open_store(str(path))) as reader:
        keep(writer, arrival("a"))
        with writer.transaction():
            writer.keep([arrival("b")], "2031-05-04")
            assert [held.article.id for held in writer.each()] == ["a", "b"]
            assert [held.article.id for held in reader.each()] == ["a"]
            assert reader.search(Query("aground"))
        assert [held.article.id for held in reader.each()] == ["a", "b"]


def test_a_writer_waits_for_the_other(path: Path) -> None:
    order: list[str] = []
    with closing(open_store(str(path))) as first, closing(open_store(str(path))) as second:
        began = threading.Event()

        def write() -> None:
            began.wait()
            with second.transaction():
                order.append("second")
                second.stamp("who", "second")

        thread = threading.Thread(target=write)
        thread.start()
        with first.transaction():
            began.set()
            first.stamp("who", "first")
            threading.Event().wait(0.2)
            order.append("first")
        thread.join()
        assert order == ["first", "second"]
        assert first.stamp("who") == "second"


def test_the_log_is_taken_back_while_another_has_the_store_open(path: Path) -> None:
    with closing(open_store(str(path))) as writer, closing(open_store(str(path))) as reader:
        for n in range(20):
            keep(writer, arrival(f"a{n}"))
            each = reader.each()
            next(each)  # a reader that stops half-way holds nothing open
        with closing(sqlite3.connect(path)) as base:
            busy, pages, taken = base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert (busy, pages, taken) == (0, 0, 0)


def test_fetchers_tell_what_they_fetched_while_a_transaction_is_open(path: Path) -> None:
    said = Validators("tag", None, "2031-05-04T08:00:00Z")
    with closing(open_store(str(path))) as store:
        with store.transaction():
            threads = [threading.Thread(target=store.remember, args=(f"https://x.example/{n}", said)) for n in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert store.validators("https://x.example/1") is None
        with pytest.raises(ValueError), store.transaction():  # noqa: PT012
            store.finish()
            raise ValueError
        assert store.validators("https://x.example/1") is None
        store.finish()
        assert store.validators("https://x.example/1") == said


def test_after_a_step_that_failed_nothing_of_the_transaction_is_kept(path: Path) -> None:
    with closing(open_store(str(path))) as store:
        with pytest.raises(StoreError, match="an earlier step failed"), store.transaction():  # noqa: PT012
            store.stamp("one", "1")
            with pytest.raises(StoreError), store._write() as connection:
                connection.exec_driver_sql("SELECT * FROM nothing")
            with pytest.raises(StoreError, match="begin another"):
                store.stamp("two", "2")
        assert store.stamp("one") is None
        with store.transaction():
            store.stamp("one", "1")


def test_a_copy_is_never_written_over_something(path: Path, tmp_path: Path) -> None:
    with closing(open_store(str(path))) as store:
        keep(store, arrival(article("a")))
        copy = tmp_path / "copy.db"
        store.backup(str(copy))
        with pytest.raises(StoreError, match="it is there already"):
            store.backup(str(copy))
        with pytest.raises(StoreError, match="cannot be written"):
            store.backup(str(tmp_path / "nowhere" / "copy.db"))
        with closing(open_store(str(copy), make=False)) as other:
            assert contents(other) == contents(store)
    assert sorted(os.listdir(tmp_path)) == ["accord.db", "copy.db"]
