from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from accord.errors import StoreError
from accord.stores import Store, open_store
from accord.stores.sql.postgres import shown
from accord.stores.store import Query
from arrivals import arrival, article, brief, briefing, keep, place
from contents import contents

if TYPE_CHECKING:
    from databases import Server


@pytest.fixture
def store(postgres: Server) -> Iterator[Store]:
    url = postgres.fresh()
    with closing(open_store(url)) as made:
        yield made
    postgres.drop(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://desk:secret@db.example:5433/news?password=secret&sslmode=require",
        "postgresql+psycopg://desk:secret@db.example:5433/news?sslmode=require",
    ],
)
def test_no_password_is_shown(url: str) -> None:
    assert shown(make_url(url)) == "postgresql://desk@db.example:5433/news?sslmode=require"


def test_any_characters_come_back(store: Store) -> None:
    name = "a\x00b\x1b0\x1be"
    text = "The ferry \x00 ran aground \x1b0 off Brennick. 𝔘\u2028"
    keep(store, arrival(article(name, text, outlet="Quell\x00mouth\x1b", title="\x00"), analysis=arrival("x").analysis))
    (held,) = store.each()
    assert (held.article.id, held.article.text, held.article.outlet) == (name, text, "Quell\x00mouth\x1b")
    assert store.given(name)
    assert [hit.article for hit in store.search(Query("aground", kind="article"))] == [name]


def test_a_database_of_another_program_is_left_alone(postgres: Server) -> None:
    import psycopg

    url = postgres.fresh()
    with psycopg.connect(url, autocommit=True) as base:
        base.execute("CREATE TABLE articles (number int)")
    with pytest.raises(StoreError, match="tables of another program"):
        open_store(url)
    postgres.drop(url)


def test_an_empty_database_is_no_store_unless_one_is_made(postgres: Server) -> None:
    url = postgres.fresh()
    with pytest.raises(StoreError, match="there is no store"):
        open_store(url, make=False)
    postgres.drop(url)


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(StoreError, match="no URL"):
        open_store("postgresql://[::1")


def test_a_copy_is_a_sqlite_store_with_all_of_it(store: Store, tmp_path: Path) -> None:
    reports = (article("a"), article("b", outlet="Quellmouth Post"))
    numbers = keep(store, *(arrival(report, postings=((7, 0.5),), sketch=b"s") for report in reports))
    place(store, {"s": numbers})
    brief(store, "s", briefing(*reports))
    keep(store, arrival(article("a2", version=2, replaces="a")))
    store.backup(str(tmp_path / "copy.db"))
    with closing(open_store(str(tmp_path / "copy.db"), make=False)) as copy:
        assert contents(copy) == contents(store)
        assert list(copy.check()) == []
    with pytest.raises(StoreError, match="it is there already"):
        store.backup(str(tmp_path / "copy.db"))
