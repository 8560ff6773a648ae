"""The stores that the contract holds: each test runs on every one of them, on an empty one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from accord.stores import STORES, Store, open_store


def _is_there(kind: str) -> bool:
    module, _, name = STORES[kind].partition(":")
    return find_spec(module) is not None and hasattr(import_module(module), name)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty store of the kind that the test is run for."""
    kind = request.param
    if not _is_there(kind):
        pytest.skip(f"there is no {kind} store yet")
    if kind == "memory":
        yield "memory:"
    elif kind == "sqlite":
        yield str(tmp_path / "store.db")
    else:
        server = request.getfixturevalue("postgres")
        if {"store", "lasting"}.isdisjoint(request.fixturenames):
            yield (found := server.fresh())
            server.drop(found)
        else:
            yield server.emptied(lambda found: open_store(found).close())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Give an empty store."""
    with closing(open_store(url)) as found:
        yield found


@pytest.fixture
def lasting(url: str) -> str:
    """Give the address of an empty store of a kind that outlives the process."""
    return url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what takes a store on every kind of store, what takes the address of a `lasting` one on those that last."""
    if "url" in metafunc.fixturenames:
        kinds = [kind for kind in STORES if kind != "memory" or "lasting" not in metafunc.fixturenames]
        metafunc.parametrize("url", kinds, indirect=True)
