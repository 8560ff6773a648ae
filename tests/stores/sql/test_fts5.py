from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accord.records import Analysis
from accord.stores import Store, open_store
from accord.stores.sql import beginnings, fts5
from accord.stores.store import Query
from arrivals import arrival, article, keep

NOTHING = Analysis("")
PIECES = st.sampled_from(
    [
        '"',
        "'",
        "NEAR(",
        ")",
        "(",
        "OR",
        "AND",
        "NOT",
        "title :",
        "-",
        "*",
        "^",
        "+",
        "{a b}:",
        "aground",
        "ferry",
        "\x00",
    ]
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("fts")
    with closing(open_store(str(folder / "words.db"))) as made:
        keep(made, arrival("a"), arrival("b"))
        yield made


@given(st.lists(PIECES | st.text(max_size=5), max_size=8).map(" ".join))
@example('"aground')
@example('aground" OR "')
@example("marks : k1")
def test_nothing_that_is_typed_is_syntax(store: Store, words: str) -> None:
    for hit in store.search(Query(words)):
        assert hit.article in "ab"


def test_operators_are_words(store: Store) -> None:
    assert store.search(Query("aground OR nothing")) == []
    assert store.search(Query("o1")) == []
    assert {hit.article for hit in store.search(Query("AGROUND", kind="article"))} == {"a", "b"}


def test_of_very_many_the_latest_are_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fts5, "MOST_RANKED", 3)
    with closing(open_store(str(tmp_path / "many.db"))) as made:
        keep(made, *(article(f"a{n}", published=f"2031-05-{20 - n:02}") for n in range(1, 9)))
        found = made.search(Query("aground", kind="article"))
        assert [hit.article for hit in found] == ["a6", "a7", "a8"]
        assert len(made.search(Query("aground", kind="article", since="2031-05-18"))) == 2


def test_facets_count_the_latest_and_say_that_there_are_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fts5, "MOST_RANKED", 3)
    with closing(open_store(str(tmp_path / "many.db"))) as made:
        keep(made, *(arrival(article(f"a{n}", published=f"2031-{n:02}-04"), analysis=NOTHING) for n in range(1, 5)))
        for words in ("aground", "agr*", "", "-frost"):
            found = made.facets(Query(words))
            assert (found.kinds, found.more) == ((("article", 3),), True)
            assert [month for month, _ in found.months] == ["2031-02", "2031-03", "2031-04"]
        assert not made.facets(Query("aground", until="2031-03-31")).more


def test_words_that_are_only_begun_rank_by_title_and_day(tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "begun.db"))) as made:
        keep(
            made,
            article("a", "Lanternfish, lanternfish, lanternfish.", published="2031-05-04"),
            article("b", "A lanternfish.", published="2031-05-06"),
            article("c", "Nothing.", title="A lanternfish surfaced", published="2031-05-01"),
            article("d", "A lanternfish.", published=None),
        )
        assert [hit.article for hit in made.search(Query("lant*"))] == ["c", "b", "a", "d"]
        assert [hit.article for hit in made.search(Query("lant*", limit=2, offset=1))] == ["b", "a"]
        assert [hit.article for hit in made.search(Query("lanternfish lant* -surfaced"))] == ["a", "b", "d"]


def test_a_phrase_that_is_everywhere_is_found_and_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fts5, "MOST_RANKED", 3)
    monkeypatch.setattr(fts5, "_MOST_PHRASES", 4)
    filler = "Much was said of other things. " * 9
    with closing(open_store(str(tmp_path / "phrases.db"))) as made:
        texts = [f"{filler} The old pier.", f"The old pier, the old pier. {filler}", f"The pier is old. {filler}"]
        texts += [f"{filler} The old pier."] * 3
        keep(made, *(arrival(article(f"a{n}", text), analysis=Analysis(f"a{n}")) for n, text in enumerate(texts)))
        assert [hit.article for hit in made.search(Query('"old pier"'))] == ["a3", "a4", "a5"]
        keep(made, arrival(article("b", texts[1]), analysis=Analysis("b")))
        assert [hit.article for hit in made.search(Query('"old pier"'))] == ["b", "a4", "a5"]
        assert len(made.search(Query('"old pier" -nothing', outlet="courier"))) == 3


def test_a_letter_stands_for_frequent_words_in_a_large_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "FROM", 1)
    monkeypatch.setattr(beginnings, "_MANY", 5)
    monkeypatch.setattr(beginnings, "_MOST", 1)
    with closing(open_store(str(tmp_path / "large.db"))) as made:
        keep(made, *(arrival(article(f"a{n}", "A quay."), analysis=Analysis(f"a{n}")) for n in range(6)))
        keep(made, *(arrival(article(f"b{n}", "A quince."), analysis=Analysis(f"b{n}")) for n in range(2)))
        assert {hit.article[0] for hit in made.search(Query("q*"))} == {"a"}
        assert made.facets(Query("q*")).kinds == (("article", 6),)
        assert {hit.article[0] for hit in made.search(Query("qui*"))} == {"b"}
        assert made.search(Query("-q*")) == []


def test_an_index_that_lost_a_row_is_found(tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "lost.db"))) as made:
        keep(made, arrival("a"))
        with made.transaction(), made._write() as connection:  # type: ignore[attr-defined]
            connection.exec_driver_sql("DELETE FROM article_words_docsize")
        assert [damage.where for damage in made.check()] == ["the search index of articles"]


def test_a_version_that_took_a_place_leaves_no_words_behind(tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "new.db"))) as made:
        keep(made, arrival("a"))
        changed = article("a2", "The ferry Halmar floats again, and all is well.", version=2, replaces="a")
        keep(made, arrival(changed, analysis=Analysis("a2")))
        with made.transaction():
            made.reanalyze([Analysis("a2")], "accord 10")
        assert made.search(Query("aground")) == []
        assert [hit.article for hit in made.search(Query("floats"))] == ["a2"]
        with made._read() as connection:  # type: ignore[attr-defined]
            for name in ("article_words", "claim_words"):
                connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
