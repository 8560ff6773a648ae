"""Property tests draw the same examples in every run, and none fails for the time that a busy machine takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from clusters import Nodes
    from databases import Server

settings.register_profile("accord", deadline=None, derandomize=True)
settings.load_profile("accord")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Give a PostgreSQL server that this process started, and that ends with it."""
    from databases import server

    with ExitStack() as stack:
        try:
            found = stack.enter_context(server())
        except LookupError as error:
            pytest.skip(str(error))
        yield found


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """Give a Ray cluster of two nodes that this process started, and that ends with it."""
    from clusters import nodes

    with ExitStack() as stack:
        try:
            found = stack.enter_context(nodes())
        except LookupError as error:
            pytest.skip(str(error))
        yield found
