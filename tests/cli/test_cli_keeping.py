"""What is taken out of a store, looked over, and said where there is none, or none that can be used."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accord.cli.keeping import ExportFormat
from accord.exports import EXPORTS
from accord.stores import open_store
from arrivals import article, brief, briefing, keep, place
from commands import run

if TYPE_CHECKING:
    from databases import Server

READING = [
    ["stories"],
    ["show", "ferry"],
    ["search", "ferry"],
    ["changes"],
    ["ledger"],
    ["check"],
    ["refresh"],
    ["backup", "copy-of-it.db"],
    ["export", "--format", "jsonl", "--output", "out.jsonl"],
]
names = pytest.mark.parametrize("command", READING, ids=[command[0] for command in READING])


# backup and check -----------------------------------------------------------------------------------------------------


def test_a_backup_is_a_store_with_the_same_in_it(made: Path, folder: Path) -> None:
    told = run("backup", "copy.db", "--store", made)
    size = (folder / "copy.db").stat().st_size
    assert (told.exit_code, told.output) == (0, f"accord: copy.db: {size:,} bytes\n")
    assert run("stories", "--store", "copy.db").stdout == run("stories", "--store", made).stdout
    again = run("backup", "copy.db", "--store", made)
    assert again.exit_code == 2
    assert "copy.db: it is there already; name a new file for the copy" in again.stderr
    assert run("backup", "no/such/folder.db", "--store", made).exit_code == 2
    assert os.listdir(folder) == ["copy.db"]


def test_a_sound_store_is_said_to_be_sound(made: Path) -> None:
    told = run("check", "--store", made)
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.startswith("accord: sound: ")
    assert run("check", "--store", made, "--quiet").output == ""


def test_damage_is_named_line_by_line(store: Path) -> None:
    with closing(sqlite3.connect(store)) as base, base:
        base.execute("DELETE FROM texts")
    told = run("check", "--store", store)
    assert told.exit_code == 1
    assert told.stdout
    assert all(": " in row for row in told.stdout.splitlines())
    assert f"accord: damage in {len(told.stdout.splitlines())} place" in told.stderr


def test_a_store_that_is_cut_off_is_told(store: Path) -> None:
    store.write_bytes(store.read_bytes()[:5000])
    for command in (["check"], ["stories"], ["search", "ferry"], ["backup", "copy.db"]):
        told = run(*command, "--store", store)
        assert (told.exit_code, told.stdout) == (2, "")
        assert "copy.db: it is cut off: 5,000 of " in told.stderr
        assert "put a backup in its place" in told.stderr
        assert "accord check" not in told.stderr


def test_a_damaged_store_is_looked_through_and_not_copied(store: Path, folder: Path) -> None:
    with closing(sqlite3.connect(store)) as base:
        base.execute("PRAGMA journal_mode = DELETE")
        size = base.execute("PRAGMA page_size").fetchone()[0]
        root = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'texts'").fetchone()[0]
    with store.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    told = run("check", "--store", store)
    assert told.exit_code == 1
    lines = told.stdout.splitlines()
    assert any(row.startswith("the table texts: ") or "texts" in row for row in lines)
    assert sum(row.startswith("articles, row ") for row in lines) == 4
    assert all(row.count("copy.db") <= 1 and "accord check" not in row for row in lines)
    assert "put a backup in its place" in told.stderr
    refused = run("backup", "new.db", "--store", store)
    assert (refused.exit_code, os.listdir(folder)) == (2, [])
    assert "it is damaged, and no copy was made; `accord check` names what" in refused.stderr


# export ---------------------------------------------------------------------------------------------------------------


def test_export_offers_what_exports_know() -> None:
    assert {format.value for format in ExportFormat} == set(EXPORTS)


@pytest.mark.parametrize(
    ("name", "options", "files"),
    [
        ("desk.jsonl", [], ["desk.jsonl"]),
        ("desk.json", ["--format", "ftm"], ["desk.json"]),
        ("desk.jsonld", ["--no-texts", "--since", "2031-05-01"], ["desk.jsonld"]),
        ("desk.zip", ["--format", "csv", "--story", "ferr"], ["desk.zip"]),
    ],
)
def test_a_store_is_exported(made: Path, folder: Path, name: str, options: list[str], files: list[str]) -> None:
    told = run("export", "--store", made, "--output", name, *options)
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.startswith(f"accord: {name}: ")
    assert os.listdir(folder) == files
    assert run("export", "--store", made, "--output", name, *options, "--quiet").output == ""


def test_tables_go_to_a_folder_that_is_an_export_or_new(made: Path, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("mine")
    for _ in range(2):
        assert run("export", "--store", made, "-f", "csv", "-o", "tables").exit_code == 0
    assert "articles.csv" in os.listdir("tables")
    refused = run("export", "--store", made, "-f", "csv", "-o", "mine")
    assert (refused.exit_code, os.listdir("mine")) == (2, ["notes.txt"])
    assert "it holds notes.txt, which is no part of an export" in refused.stderr


@pytest.mark.parametrize(
    "options", [["-o", "no/such/folder.jsonl"], ["-o", "a.jsonl", "--story", "zzz"], ["-o", "a", "--since", "soon"], []]
)
def test_an_export_that_cannot_be_is_told(made: Path, folder: Path, options: list[str]) -> None:
    told = run("export", "--store", made, *options)
    assert (told.exit_code, told.stdout, os.listdir(folder)) == (2, "", [])
    assert told.stderr


def test_an_ending_that_no_format_has_is_refused(made: Path, folder: Path) -> None:
    for command in (["export"], ["stories"], ["search", "ferry"], ["show", "ferry"], ["changes"], ["ledger"]):
        told = run(*command, "--store", made, "-o", "desk.xlsx")
        assert (told.exit_code, os.listdir(folder)) == (2, [])
        assert "desk.xlsx: nothing is written as .xlsx; let it end in ." in told.stderr
    assert run("stories", "--store", made, "-o", "desk.xlsx", "-f", "json").exit_code == 0


def test_an_export_of_nothing_says_so(made: Path) -> None:
    told = run("export", "--store", made, "-o", "desk.jsonl", "--since", "2099-01-01")
    assert (told.exit_code, told.stderr) == (0, "accord: desk.jsonl: nothing to export since 2099-01-01\n")


def test_an_export_never_takes_the_place_of_its_store(store: Path) -> None:
    before = store.read_bytes()
    told = run("export", "--store", store, "-o", store, "-f", "jsonl")
    assert (told.exit_code, store.read_bytes()) == (2, before)


# no store -------------------------------------------------------------------------------------------------------------


@names
def test_commands_that_read_make_no_store(command: list[str], folder: Path) -> None:
    told = run(*command)
    assert (told.exit_code, told.stdout, os.listdir(folder)) == (2, "", [])
    assert told.stderr == "accord: accord.db: there is no store; make one with `accord add`, or check the path\n"


@names
def test_a_file_that_is_no_store_is_told(command: list[str], folder: Path) -> None:
    (folder / "accord.db").write_text("news of the day\n" * 400)
    with closing(sqlite3.connect("other.db")) as base, base:
        base.execute("CREATE TABLE recipes (name TEXT)")
    before = (folder / "accord.db").read_bytes(), (folder / "other.db").read_bytes()
    for name in ("accord.db", "other.db"):
        told = run(*command, "--store", name)
        assert (told.exit_code, told.stdout) == (2, "")
        assert told.stderr.startswith(f"accord: {name}: it is ")
        assert "name another file" in told.stderr
    assert ((folder / "accord.db").read_bytes(), (folder / "other.db").read_bytes()) == before
    assert run("add", "accord.db", "--store", "other.db").exit_code == 2


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "Invalid value for --store"),
        ("oracle://desk", "no store of this kind is known"),
        (".", "it is a folder"),
        ("no/such/folder/accord.db", "there is no"),
        ("memory:", "a store in memory"),
        ("sqlite://", "it names no file"),
        ("sqlite:gone.db", "it names no file"),
        ("file:gone.db", "accord: "),
        ("http://db.example/desk", "no store of this kind is known"),
    ],
)
def test_an_address_of_no_store_is_told(url: str, said: str, folder: Path) -> None:
    told = run("stories", "--store", url)
    assert (told.exit_code, told.stdout, os.listdir(folder)) == (2, "", [])
    assert said in told.stderr


@pytest.mark.parametrize(
    "url",
    [
        "oracle://desk:hunter2@db.example/desk",
        "postgresql://desk:hunter2@localhost:1/desk",
        "postgresql://localhost:1/desk?user=desk&password=hunter2",
        "postgresql://desk:hunter2@[:1/desk",
    ],
)
def test_passwords_are_not_told(url: str) -> None:
    for command in (["stories"], ["add", "gone.txt"], ["stories", "-o", "out.txt"]):
        told = run(*command, "--store", url)
        assert told.exit_code == 2
        assert "accord: " in told.stderr
        assert "hunter2" not in told.output


def test_the_environment_names_the_store(made: Path, folder: Path) -> None:
    shown = run("stories", env={"ACCORD_STORE": str(made)})
    assert shown.stdout == run("stories", "--store", made).stdout
    assert run("stories", "--store", "gone.db", env={"ACCORD_STORE": str(made)}).exit_code == 2


def test_a_locked_store_is_told_and_reading_goes_on(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.stores.sql.sqlite.PATIENCE", 0.1)
    Path("report.txt").write_text("The dam at Oss will open in May, its keeper said on Monday.")
    with closing(sqlite3.connect(store, isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        told = run("add", "report.txt", "--store", store)
        assert told.exit_code == 2
        assert "another process has been writing to it" in told.stderr
        assert run("stories", "--store", store).exit_code == 0
        base.execute("ROLLBACK")


@pytest.fixture
def guarded(made: Path) -> Iterator[Path]:
    """Give a store, with a report beside it, that may be read and not written, and be somebody to whom that applies."""
    with tempfile.TemporaryDirectory() as name:
        path, report = Path(name) / "accord.db", Path(name) / "report.txt"
        path.write_bytes(made.read_bytes())
        report.write_text("The dam at Oss will open in May, its keeper said on Monday.")
        run("add", report, "--store", Path(name) / "other.db")  # loads what the user below may not read
        path.chmod(0o444)
        os.chmod(name, 0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield path
        finally:
            os.seteuid(user)
            os.chmod(name, 0o755)


def test_a_store_that_may_not_be_written_is_told(guarded: Path) -> None:
    before = guarded.read_bytes()
    told = run("add", guarded.with_name("report.txt"), "--store", guarded)
    assert told.exit_code == 2
    assert "accord.db: it cannot be" in told.stderr
    assert run("add", guarded.with_name("report.txt"), "--store", guarded.with_name("new.db")).exit_code == 2
    assert run("backup", guarded.with_name("new.db"), "--store", guarded).exit_code == 2
    assert guarded.read_bytes() == before


def test_a_postgresql_store_is_used_and_moved_into_a_file(postgres: Server, folder: Path) -> None:
    url = postgres.fresh()
    try:
        told = run("stories", "--store", url)
        assert told.exit_code == 2
        assert "there is no store; make one with `accord add`" in told.stderr
        with closing(open_store(url)) as opened:
            place(opened, {"ferry": keep(opened, "a", "b")})
            brief(opened, "ferry", briefing(article("a"), article("b")))
        listed = run("stories", "--store", url)
        assert (listed.exit_code, listed.stderr) == (0, "")
        assert "story ferry" in listed.stdout
        assert "ferry Halmar" in run("search", "ferry", "--store", url).stdout
        assert run("check", "--store", url).exit_code == 0
        assert run("backup", "copy.db", "--store", url).exit_code == 0
        assert run("stories", "--store", "copy.db").stdout == listed.stdout
    finally:
        postgres.drop(url)
