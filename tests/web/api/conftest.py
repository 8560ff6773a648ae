"""A client of a room over the store of `shelf`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web.api.shelf import Jobs, fill
from web.rooms import client


@pytest.fixture
def room(tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of an open room, whose jobs are never begun."""
    with client(raises=False) as made:
        desk = made.app.state.desk  # type: ignore[attr-defined]
        desk.jobs = Jobs(tmp_path)
        with desk.store() as store:
            fill(store)
        yield made
