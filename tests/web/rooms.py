"""Rooms for tests: applications over stores that are filled by hand, and clients of them."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.testclient import TestClient

from accord.web.app import create_app
from accord.web.settings import Limits, Settings

NO_LIMITS = Limits(reads=10_000_000, writes=10_000_000)
HOST = "localhost"
LOOPBACK = f"http://{HOST}"


def client(settings: Settings | None = None, *, raises: bool = True) -> TestClient:
    """Return a client of a room that is asked under a name of loopback; close it in the end (`with`)."""
    made = settings or Settings(store="memory:")
    if made.limits == Limits():
        made = replace(made, limits=NO_LIMITS)
    return TestClient(create_app(made), base_url=LOOPBACK, raise_server_exceptions=raises)


def csrf(asked: TestClient, page: str = "/session") -> str:
    """Return the token that the forms on a page carry; the client keeps its session's cookie."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', asked.get(page).text)
    assert found is not None, f"{page} has no form"
    return found[1]
