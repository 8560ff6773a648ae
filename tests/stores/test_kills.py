"""A process that is killed while it adds articles loses nothing acknowledged and leaves nothing half-written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from accord.stores import open_store
from contents import contents
from kills import Trial, add_all, stand_in, write_input

if TYPE_CHECKING:
    from databases import Server

KILLS = 6
FILES, EVENTS, SEED = 3, 5, 11


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with closing(Trial(tmp_path_factory.mktemp("kills"), seed=SEED, files=FILES, events=EVENTS)) as made:
        yield made


def held(trial: Trial, url: str) -> dict[str, Any]:
    """Return what an undisturbed run leaves at `url`, which must be something of everything."""
    expected = trial.undisturbed(url)
    assert all(
        expected[part] for part in ("articles", "links", "briefings", "updates", "rejects", "hits", "names", "entries")
    )
    assert any(len(versions) > 1 for versions in expected["versions"].values())
    assert expected["stale"] == []
    return expected


def test_a_killed_process_loses_nothing_on_sqlite(trial: Trial, tmp_path: Path) -> None:
    expected = held(trial, str(tmp_path / "whole.db"))
    trial.round(str(tmp_path / "killed.db"), expected, most=KILLS)
    assert trial.tally.wrong == []
    assert trial.tally.kills > 0


def test_a_killed_process_or_server_loses_nothing_on_postgresql(trial: Trial, postgres: Server) -> None:
    expected = held(trial, postgres.fresh())
    trial.round(postgres.fresh(), expected, most=KILLS, server=postgres)
    assert trial.tally.wrong == []
    assert trial.tally.kills > 0


def test_all_stores_hold_the_same_after_the_same_run(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch.setattr)
    paths = [str(path) for path in write_input(tmp_path, seed=SEED, files=FILES, events=EVENTS)]
    found = {}
    for url in ("memory:", str(tmp_path / "store.db"), postgres.fresh()):
        with closing(open_store(url)) as store:
            add_all(store, paths, lambda _: None)
            found[url.partition(":")[0]] = contents(store)
            assert list(store.check()) == []
    first, *others = found.values()
    for other in others:
        assert [part for part in first if first[part] != other[part]] == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_that_add_the_same_at_once_keep_it_once(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch.setattr)
    paths = [str(path) for path in write_input(tmp_path, seed=SEED, files=2, events=EVENTS)]
    with closing(open_store("memory:")) as store:
        add_all(store, paths, lambda _: None)
        expected = contents(store)
    url = str(tmp_path / "store.db") if kind == "sqlite" else request.getfixturevalue("postgres").fresh()
    kept: list[list[str]] = [[], []]
    faults: list[BaseException] = []

    def run(said: list[str]) -> None:
        try:
            with closing(open_store(url)) as store:
                add_all(store, paths, said.append)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(said,)) for said in kept]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert faults == []
    told = [line for said in kept for line in said if line.startswith("kept ")]
    assert sorted(told) == sorted(f"kept {name}" for name in expected["articles"])
    with closing(open_store(url)) as store:
        found = contents(store)
        assert list(store.check()) == []
    same = ("articles", "versions", "pages", "analyses", "rejects", "links", "members", "stale", "briefings", "chains")
    assert [part for part in same if found[part] != expected[part]] == []
