"""Stores for the commands: a small one made by hand, and one with the examples, filled by the command itself."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from accord.records import Change
from accord.stores import open_store
from arrivals import BRIDGE, FERRY, LATER, arrival, article, brief, briefing, entry, keep, line, place, update
from sessions import Step, replay


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with two stories: `ferry`, of which one report was corrected, and `bridge`, which is not briefed.

    The ledger has an open promise that was due on 1 March 2031, and one that was reported done.
    """
    path = tmp_path_factory.mktemp("made") / "accord.db"
    corrected = article(
        "a2",
        FERRY.replace("214", "241"),
        version=2,
        replaces="a",
        modified="2031-05-05T06:00:00Z",
        changes=(Change(FERRY.splitlines()[0], FERRY.splitlines()[0].replace("214", "241"), 0, 75),),
    )
    with closing(open_store(str(path))) as store:
        first, second, third = keep(store, "a", article("b", outlet="The Quell Echo"), article("c", BRIDGE))
        place(store, {"ferry": [first, second], "bridge": [third]})
        (newer,) = keep(store, arrival(corrected, follows="a"), at=LATER)
        place(store, {"ferry": [newer, second]})
        brief(store, "ferry", briefing(corrected, article("b", outlet="The Quell Echo")), weight=3.0, at=LATER)
        with store.transaction():
            store.tell([update("u1", "ferry"), update("u2", "ferry", LATER, kind="corrected", names=("Ilse Tarn",))])
            lines = line("l1", due_date="2031-03-01"), line("l2", article("b"))
            store.keep_lines(["a", "b"], lines)
            open_one = entry("e1", lines[0], due="by March", due_date="2031-03-01", made="2031-02-01")
            store.keep_entries([open_one, entry("e2", lines[1], status="reported done", who="The county")])
    return path


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Step]]:
    """Return a store that the command filled, as docs/store.md tells, and what it said: a report of a weir, one more of
    another outlet, then the first again, corrected.
    """
    folder = tmp_path_factory.mktemp("session")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("ACCORD_STORE", raising=False)
        steps = list(replay(folder))
    return folder / "accord.db", steps


@pytest.fixture
def filled(session: tuple[Path, list[Step]]) -> Path:
    """Return the store of the session."""
    return session[0]


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the store made by hand, that a test may change."""
    return Path(shutil.copy(made, tmp_path / "copy.db"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in an empty folder, with no store named by the environment."""
    monkeypatch.delenv("ACCORD_STORE", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"
