"""The history: what it keeps from run to run, when it counts, and files that are none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from accord.errors import ReadError
from accord.history import History
from accord.readers.web.memory import Validators
from accord.records import Article

ARTICLE = Article(
    "a", "The dam burst. Núñez wept.", "herald", "Dam bursts", published="2024-05-31", modified="2024-06-01"
)


def keep(history: History, article: Article = ARTICLE, mark: str = "p1", key: str = "url x") -> None:
    before = next(history.known(key), None)
    history.keep(article, mark, [key], "2024-06-01T10:00:00Z", before, latest=True)


@pytest.mark.parametrize("path", [None, "h.db"])
def test_the_last_version_of_an_article_is_known(path: str | None, tmp_path: Path) -> None:
    with History(path and str(tmp_path / path)) as history:
        assert list(history.known("url x")) == []
        keep(history)
        (known,) = history.known("url x")
        assert (known.article, known.print, known.fetched) == (ARTICLE, "p1", "2024-06-01T10:00:00Z")
        later = Article("b", "The dam burst.", "herald", version=2, replaces="a")
        keep(history, later, "p2")
        (known,) = history.known("url x")
        assert (known.article.id, known.article.version, known.print) == ("b", 2, "p2")
        assert [history.seen(mark) for mark in ("p1", "p2", "p3")] == [True, True, False]
        assert [history.given(name) for name in "abc"] == [True, True, False]


def test_articles_are_there_in_the_next_run(tmp_path: Path) -> None:
    path = str(tmp_path / "h.db")
    with History(path) as history:
        keep(history)
    with History(path) as history:
        assert [known.article for known in history.known("url x")] == [ARTICLE]
        assert history.seen("p1")
    assert [item.name for item in tmp_path.iterdir()] == ["h.db"]


def test_an_article_said_to_be_replaced_is_known_until_it_comes() -> None:
    with History() as history:
        keep(history, Article("b", "The dam.", "herald", version=2, replaces="a"))
        assert (history.replaced("a"), history.given("a")) == (True, False)
        history.keep(ARTICLE, "p1", [], None, None, latest=False)
        assert (history.replaced("a"), history.given("a")) == (False, True)


def test_of_many_articles_under_one_key_the_latest_four_are_given() -> None:
    with History() as history:
        for number in range(9):
            history.keep(Article(str(number), "x", "herald"), str(number), ["url x"], None, None, latest=True)
        assert [known.article.id for known in history.known("url x")] == ["8", "7", "6", "5"]


def test_what_servers_said_counts_once_the_run_is_finished(tmp_path: Path) -> None:
    path = str(tmp_path / "h.db")
    old, new = Validators('"1"', None, "2024-06-01T10:00:00Z"), Validators(None, "Sat, 01 Jun 2024 11:00:00 GMT")
    with History(path) as history:
        history.remember("https://herald.example/a", old)
        assert history.validators("https://herald.example/a") is None
        history.finish()
        assert history.validators("https://herald.example/a") == old
    with History(path) as history:
        history.remember("https://herald.example/a", new)  # and the run breaks off
    with History(path) as history:
        assert history.validators("https://herald.example/a") == old
        history.remember("https://herald.example/a", new)
        history.finish()
        assert history.validators("https://herald.example/a") == new


def test_a_file_of_another_kind_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    text, other, newer = (tmp_path / name for name in ("notes.txt", "other.db", "newer.db"))
    text.write_text("These are notes, and no database at all.\n" * 100)
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE songs (name TEXT)")
    base.close()
    History(str(newer)).close()
    with sqlite3.connect(newer) as base:
        base.execute("PRAGMA user_version = 7")
    base.close()
    before = [path.read_bytes() for path in (text, other, newer)]
    for path, reason in [
        (text, "notes.txt: it is no history of accord; name another file"),
        (other, "it is a database of another program"),
        (newer, "it is a history of version 7 and this accord knows version 1"),
        (tmp_path, "it cannot be used (unable to open database file)"),
    ]:
        with pytest.raises(ReadError) as error:
            History(str(path))
        assert reason in str(error.value)
    assert [path.read_bytes() for path in (text, other, newer)] == before


def test_one_run_at_a_time_has_the_file(tmp_path: Path) -> None:
    path = str(tmp_path / "h.db")
    with History(path) as history:
        keep(history)
        with pytest.raises(ReadError, match="another run is using it"):
            History(path)
    History(path).close()
