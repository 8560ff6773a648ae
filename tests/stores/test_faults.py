"""A full disk, a locked or read-only file, a lost connection, damage: a clear error, and a store that opens again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accord.errors import StoreError
from accord.records import Correction
from accord.stores import Store, open_store
from arrivals import AT, BRIDGE, arrival, article, brief, briefing, entry, keep, line, place, update
from contents import contents

if TYPE_CHECKING:
    from databases import Server

HERE = Path(__file__).parent
BIG = "".join(f"word{n} " for n in range(50_000))


def fill(store: Store) -> None:
    """Keep something of everything."""
    reports = (article("a"), article("b", BRIDGE, outlet="Quellmouth Post"))
    numbers = keep(store, *(arrival(report, postings=((7, 0.5),)) for report in reports))
    place(store, {"s": numbers})
    brief(store, "s", briefing(*reports))
    with store.transaction():
        store.link([(*numbers, 0.5)])
        store.tell([update("u1")])
        store.keep_lines(["a"], [line("l1")])
        store.keep_entries([entry("e1", line("l1"))])
        store.correct(Correction("c1", "story split", "Ida Lund", AT, articles=("a",), others=("b",)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a SQLite store with something of everything in it."""
    found = tmp_path / "desk.db"
    with closing(open_store(str(found))) as store:
        fill(store)
    return found


def told(error: pytest.ExceptionInfo[StoreError], name: str) -> str:
    """Return the message, which must name the store and say what to do."""
    message = str(error.value)
    assert name in message
    assert "; " in message
    return message


def is_whole(path: Path | str, expected: dict[str, object]) -> None:
    """See that the store opens again, holds what it held, is sound, and takes more."""
    with closing(open_store(str(path))) as store:
        assert contents(store) == expected
        assert list(store.check()) == []
        keep(store, "after")
        assert store.given("after")


def page_size(path: Path) -> int:
    """Return the bytes of a page of a SQLite file, as its header has them."""
    return int.from_bytes(path.read_bytes()[16:18], "big")


def holding(path: Path | str) -> dict[str, object]:
    with closing(open_store(str(path))) as store:
        return contents(store)


@contextmanager
def script(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run Python code in a process of its own, in which the helpers of the tests are there; `say` prints a line."""
    head = "import sys\nfrom functools import partial\nsay = partial(print, flush=True)\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), str(HERE.parent)))},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


# a full disk ----------------------------------------------------------------------------------------------------------


def test_a_full_disk_keeps_what_was_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import accord.stores.sql.sqlite as sqlite

    expected = holding(path)
    pages = os.path.getsize(path) // page_size(path) + 10
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_PRAGMAS", (*sqlite._PRAGMAS, f"PRAGMA max_page_count = {pages}"))
        with closing(open_store(str(path))) as store:
            with pytest.raises(StoreError) as error:
                keep(store, article("big", BIG))
            assert "full" in told(error, "desk.db")
            assert not store.given("big")
            assert contents(store) == expected
    is_whole(path, expected)


def test_a_file_that_may_not_grow_keeps_what_was_kept(path: Path) -> None:
    expected = holding(path)
    code = """
        import resource, signal
        from accord.errors import StoreError
        from accord.stores import open_store
        from arrivals import article, keep
        with open(sys.argv[2]) as file:
            big = file.read()
        store = open_store(sys.argv[1])
        keep(store, "before")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        try:
            for n in range(50):
                keep(store, article(f"big{n}", big))
                say(f"kept big{n}")
        except StoreError as error:
            say(error)
        say(sorted(held.article.id for held in store.each()))
        store.close()
    """
    big = path.parent / "big.txt"
    big.write_text(BIG[:100_000], encoding="utf-8")
    with script(code, path, big) as process:
        lines, _ = process.communicate(timeout=60)
    *kept, message, held = lines.splitlines()
    assert "desk.db" in message
    assert "disk" in message
    names = ["a", "b", "before", *(text.removeprefix("kept ") for text in kept)]
    assert held == str(sorted(names))
    with closing(open_store(str(path))) as store:
        assert sorted(item.article.id for item in store.each()) == sorted(names)
        assert list(store.check()) == []
        assert store.briefing("s") == expected["briefings"]["s"]  # type: ignore[index]
        keep(store, "after")


# a locked file --------------------------------------------------------------------------------------------------------


def test_a_locked_file_is_told_and_reading_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.stores.sql.sqlite.PATIENCE", 0.3)
    expected = holding(path)
    code = """
        import sqlite3
        base = sqlite3.connect(sys.argv[1], isolation_level=None)
        base.execute("BEGIN EXCLUSIVE")
        say("locked")
        sys.stdin.readline()
        base.execute("ROLLBACK")
        base.close()
        say("free")
    """
    with closing(open_store(str(path))) as store, script(code, path) as process:
        assert said(process) == "locked"
        with pytest.raises(StoreError) as error:
            keep(store, "c")
        assert "another process" in told(error, "desk.db")
        assert contents(store) == expected
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        assert said(process) == "free"
        keep(store, "c")
    with closing(open_store(str(path))) as store:
        assert store.given("c")


def test_a_file_that_is_locked_against_all_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.stores.sql.sqlite.PATIENCE", 0.3)
    expected = holding(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as error:
            open_store(str(path))
        told(error, "desk.db")
        other.execute("ROLLBACK")
    is_whole(path, expected)


# read-only ------------------------------------------------------------------------------------------------------------


READ_ONLY = ((0o755, 0o644), (0o777, 0o644), (0o755, 0o666))
"""Permissions of a folder and of a file in it: one of them, or both, may not be written to by others."""


def test_a_file_that_may_not_be_written_is_told(path: Path) -> None:
    expected = holding(path)
    code = """
        import os
        from contextlib import closing
        from accord.errors import StoreError
        from accord.stores import open_store
        from arrivals import keep
        open_store(sys.argv[1]).close()  # loads what opening needs, while this user may still read it
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        for path in sys.argv[2:]:
            try:
                with closing(open_store(path)) as store:
                    assert store.counts().articles == 2
                    keep(store, "c")
            except StoreError as error:
                say(error)
    """
    others = os.getuid() == 0  # who permissions do not bind
    home = Path(tempfile.mkdtemp(prefix="accord-read-only-"))  # the folders of pytest are not for other users
    try:
        home.chmod(0o755)
        files = []
        for number, (folder_mode, file_mode) in enumerate(READ_ONLY):
            folder = home / f"folder{number}"
            folder.mkdir()
            files.append(folder / f"desk{number}.db")
            shutil.copy(path, files[-1])
            files[-1].chmod(file_mode if others else file_mode & 0o555)
            folder.chmod(folder_mode if others else folder_mode & 0o555)
        with script(code, path.parent / "warm.db", *files) as process:
            messages = process.communicate(timeout=60)[0].splitlines()
        assert len(messages) == len(files)
        for file, message in zip(files, messages, strict=True):
            assert file.name in message
            assert "; " in message
            assert "permi" in message or "written" in message
            file.parent.chmod(0o755)
            file.chmod(0o644)
            is_whole(file, expected)
    finally:
        shutil.rmtree(home)


# no store -------------------------------------------------------------------------------------------------------------


def _a_text(path: Path) -> None:
    path.write_text("This is no database, but notes of an editor. " * 100, encoding="utf-8")


def _another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE notes (id INTEGER)")


def _a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [_a_text, _another_program, _a_folder])
def test_what_is_no_store_is_told_and_left_as_it_is(make: Callable[[Path], None], tmp_path: Path) -> None:
    found = tmp_path / "notes.db"
    make(found)
    before = found.read_bytes() if found.is_file() else b""
    with pytest.raises(StoreError) as error:
        open_store(str(found))
    told(error, "notes.db")
    if found.is_file():
        assert found.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_store(str(tmp_path / "nowhere" / "desk.db"))
    told(error, "nowhere")


def test_a_file_that_is_taken_away_is_told_or_made_anew(path: Path) -> None:
    with closing(open_store(str(path))):
        for name in path.parent.glob("desk.db*"):
            name.unlink()
    with closing(open_store(str(path))) as store:
        assert store.counts().articles == 0


# a lost connection ----------------------------------------------------------------------------------------------------


def _end_connections(server: Server, url: str) -> None:
    name = url.partition("@/")[2].partition("?")[0]
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_connection_that_is_lost_loses_only_what_was_not_kept(postgres: Server) -> None:
    url = postgres.fresh()
    with closing(open_store(url)) as store:
        fill(store)
        expected = contents(store)
        with pytest.raises(StoreError) as error, store.transaction():  # noqa: PT012
            store.keep([arrival("lost")], AT)
            _end_connections(postgres, url)
            store.keep([arrival("lost, too")], AT)
        assert "connection" in told(error, "postgresql://")
        assert "password" not in str(error.value)
        assert contents(store) == expected
        _end_connections(postgres, url)
        assert store.given("a")
        _end_connections(postgres, url)
        keep(store, "kept")
    with closing(open_store(url)) as store:
        assert [store.given(name) for name in ("a", "kept", "lost")] == [True, True, False]
    postgres.drop(url)


def test_a_connection_that_is_lost_while_it_commits_is_told(postgres: Server) -> None:
    url = postgres.fresh()
    with closing(open_store(url)) as store:
        fill(store)
        with pytest.raises(StoreError), store.transaction():  # noqa: PT012
            store.keep([arrival("lost")], AT)
            _end_connections(postgres, url)
        assert not store.given("lost")
        keep(store, "lost")
    postgres.drop(url)


def test_a_server_that_stops_is_told_and_all_is_there_when_it_runs_again(postgres: Server) -> None:
    url = postgres.fresh()
    with closing(open_store(url)) as store:
        fill(store)
        expected = contents(store)
        postgres.stop()
        try:
            for work in (lambda: store.given("a"), lambda: keep(store, "c"), lambda: store.rejects()):
                with pytest.raises(StoreError) as error:
                    work()
                told(error, "postgresql://")
            assert any("postgresql://" in f"{found.where} {found.problem}" for found in store.check())
            with pytest.raises(StoreError) as error:
                open_store(url)
            told(error, "postgresql://")
        finally:
            postgres.start()
        assert contents(store) == expected
    is_whole(url, expected)
    postgres.drop(url)


def test_a_server_that_is_killed_amid_a_transaction_keeps_what_was_kept(postgres: Server) -> None:
    url = postgres.fresh()
    with closing(open_store(url)) as store:
        fill(store)
        expected = contents(store)
        with pytest.raises(StoreError), store.transaction():  # noqa: PT012
            store.keep([arrival("lost")], AT)
            postgres.kill()
            store.keep([arrival("lost, too")], AT)
    postgres.start()
    is_whole(url, expected)
    postgres.drop(url)


def test_a_database_that_is_not_there_is_told(postgres: Server) -> None:
    with pytest.raises(StoreError) as error:
        open_store(postgres.url("nosuch"))
    assert "nosuch" in told(error, "postgresql://")


# damage ---------------------------------------------------------------------------------------------------------------


def damage_of(path: Path | str) -> list[str]:
    """Return what is wrong with a store, as opening it or `check` tells."""
    try:
        with closing(open_store(str(path), make=False)) as store:
            return [f"{found.where}: {found.problem}" for found in store.check()]
    except StoreError as error:
        assert "; " in str(error)  # noqa: PT017
        return [str(error)]


def test_bytes_that_were_overwritten_are_found(path: Path) -> None:
    with closing(open_store(str(path))) as store:
        keep(store, *(arrival(article(f"more{n}", f"{BRIDGE} {n}")) for n in range(40)))
    whole = path.read_bytes()
    assert damage_of(path) == []
    size = page_size(path)
    pages = len(whole) // size
    found = {}
    for page in range(0, pages, max(pages // 24, 1)):
        broken = bytearray(whole)
        broken[page * size : page * size + size] = os.urandom(size)
        for name in path.parent.glob("desk.db-*"):
            name.unlink()
        path.write_bytes(broken)
        found[page] = damage_of(path)
    assert [page for page, problems in found.items() if not problems] == []


def test_a_file_that_was_cut_off_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for size in (len(whole) // 2, len(whole) - page_size(path), 5000, 100, 10):
        path.write_bytes(whole[:size])
        assert damage_of(path)
    path.write_bytes(whole)
    assert damage_of(path) == []


ROWS = ("texts", "analyses", "pages", "sketches", "claims", "briefings", "postings", "articles", "stories", "outlets",
        "corrections", "corrected")  # fmt: skip


@pytest.mark.parametrize("table", ROWS)
def test_rows_that_are_missing_are_found_on_sqlite(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        assert base.execute(f"DELETE FROM {table}").rowcount
    assert damage_of(path)


@pytest.mark.parametrize(("table", "where"), [("former", "former finding f-a-0"), ("corrections", "correction c1")])
def test_records_that_were_changed_are_found_and_named(path: Path, table: str, where: str) -> None:
    with closing(open_store(str(path))) as store:
        brief(store, "s", briefing(article("b", BRIDGE)))
    assert damage_of(path) == []
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        (blob,) = base.execute(f"SELECT blob FROM {table}").fetchone()
        assert base.execute(f"UPDATE {table} SET blob = ?", (blob[:-3] + b"bad",)).rowcount == 1
    (found,) = damage_of(path)
    assert found.startswith(f"{where}: ")
    assert found.endswith("put a backup in place")
    with closing(open_store(str(path))) as store:
        with pytest.raises(StoreError, match="damaged"):
            store.finding("f-a-0") if table == "former" else store.corrections()
        assert store.stories()


def test_a_story_whose_briefing_is_damaged_can_be_briefed_anew(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        assert base.execute("UPDATE briefings SET blob = substr(blob, 1, 40)").rowcount == 1
    with closing(open_store(str(path))) as store:
        made = briefing(article("b", BRIDGE, outlet="Quellmouth Post"))
        brief(store, "s", made)
        assert store.briefing("s") == made
        assert list(store.check()) == []


@pytest.mark.parametrize("table", ["article_words", "claim_words"])
def test_a_search_index_that_misses_words_is_found(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    assert damage_of(path)


@pytest.mark.parametrize("table", [*ROWS, "article_words", "claim_words"])
def test_rows_that_are_missing_are_found_on_postgresql(postgres: Server, table: str) -> None:
    import psycopg

    url = postgres.emptied(lambda made: open_store(made).close())
    with closing(open_store(url)) as store:
        fill(store)
    with psycopg.connect(url, autocommit=True) as base:
        base.execute("SET session_replication_role = replica")
        assert base.execute(f"DELETE FROM {table}".encode()).rowcount
    assert damage_of(url)


def test_a_page_that_was_changed_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        (content,) = base.execute("SELECT content FROM pages LIMIT 1").fetchone()
        changed = content[:-3] + bytes(byte ^ 1 for byte in content[-3:])
        assert base.execute("UPDATE pages SET content = ? WHERE content = ?", (changed, content)).rowcount == 1
    assert damage_of(path)
