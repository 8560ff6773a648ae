"""`accord load`: what it hands on, says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from accord.errors import RunError
from accord.records import Rejected, Update
from accord.runs.loading import Loaded
from accord.stores import Store
from arrivals import update
from commands import run
from runs.finished import Desk, reports, write_lines

Told = Callable[[Rejected | Update], None]


def stand_in(monkeypatch: pytest.MonkeyPatch, loaded: Loaded, *items: Rejected | Update) -> list[str]:
    """Put what hands on `items` and gives `loaded` in the place of loading; return the folders that it is given."""
    folders: list[str] = []

    def load(folder: str, store: Store, *, told: Told, **_: object) -> Loaded:
        folders.append(folder)
        for item in items:
            told(item)
        return loaded

    monkeypatch.setattr("accord.runs.loading.load", load)
    return folders


def test_a_run_is_loaded_and_can_be_read_in_the_store(folder: Path) -> None:
    lines = write_lines(folder / "desk.jsonl", reports()[3:6])
    Desk().run(folder / "run", [str(lines)])
    first = run("load", "run", "--store", "new.db")
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", "accord: 3 articles; 2 stories\n")
    again = run("load", "run", "--store", "new.db")
    assert (again.exit_code, again.output) == (0, "accord: 0 articles, 3 unchanged\n")
    listed = json.loads(run("stories", "--store", "new.db", "-f", "json").stdout)["stories"]
    assert sorted((story["articles"], story["stale"]) for story in listed) == [(1, False), (2, False)]
    assert run("check", "--store", "new.db").exit_code == 0


def test_a_folder_without_a_run_makes_no_store(folder: Path) -> None:
    told = run("load", "nowhere", "--store", "new.db")
    assert (told.exit_code, told.stdout, list(folder.iterdir())) == (2, "", [])
    assert told.stderr == "accord: nowhere: there is no such folder; name one that accord run wrote\n"


def test_what_is_left_out_and_what_changes_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = Loaded(1200, 2, 3, 500, ("ferry", "bridge"), 1)
    folders = stand_in(monkeypatch, loaded, Rejected("desk.jsonl, line 2", "load", "it is earlier"), update("u"))
    told = run("load", "run", "--store", store)
    assert (told.exit_code, folders) == (1, ["run"])
    assert told.stdout.startswith("newly disputed: Update u")
    assert told.stderr.splitlines() == [
        "accord: desk.jsonl, line 2: it is earlier",
        "accord: 1,200 articles, 2 new versions, 3 unchanged, 1 problem; 502 stories, 2 of them briefed anew",
    ]
    assert run("load", "run", "--store", store, "--quiet").stderr == "accord: desk.jsonl, line 2: it is earlier\n"


def test_an_error_while_loading_is_a_message(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object, **__: object) -> Loaded:
        raise RunError("run/articles/part-0.parquet: it is cut off; copy it again")

    monkeypatch.setattr("accord.runs.loading.load", load)
    told = run("load", "run", "--store", store)
    assert (told.exit_code, told.output) == (2, "accord: run/articles/part-0.parquet: it is cut off; copy it again\n")


def test_ctrl_c_leaves_the_store_whole(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object, **__: object) -> Loaded:
        raise KeyboardInterrupt

    monkeypatch.setattr("accord.runs.loading.load", load)
    told = run("load", "run", "--store", store)
    assert told.exit_code == 130
    assert 'the same "accord load" goes on from there' in told.stderr
