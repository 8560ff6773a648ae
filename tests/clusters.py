"""A Ray cluster of several nodes on this machine, for tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from accord.executors import executor
from accord.executors.ray import QUIET

CPUS = 2
"""CPUs that a node says it has."""
STORE = 100_000_000
"""Bytes of shared memory for the objects of a node."""


class Nodes:
    """A head and a node, and more nodes that can be added and taken away."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster(
            initialize_head=True,
            head_node_args={"num_cpus": CPUS, "object_store_memory": STORE, "include_dashboard": False},
        )
        self._added: list[Any] = []
        self.address: str = self._cluster.address
        self.add()

    def add(self) -> None:
        """Add a node."""
        with _what_nodes_see():
            self._added.append(self._cluster.add_node(num_cpus=CPUS, object_store_memory=STORE))

    def kill(self) -> None:
        """Kill all processes of the node that was added last."""
        self._cluster.remove_node(self._added.pop(), allow_graceful=False)

    def close(self) -> None:
        """End all nodes."""
        self._cluster.shutdown()


@contextmanager
def nodes() -> Iterator[Nodes]:
    """Give a cluster of two nodes, and stay connected to it: an executor finds it without address."""
    if find_spec("ray") is None:
        raise LookupError("ray is not installed")
    with _what_nodes_see():
        found = Nodes()
    try:
        with executor("ray", address=found.address):
            yield found
    finally:
        found.close()


@contextmanager
def _what_nodes_see() -> Iterator[None]:
    """Start nodes that are quiet and that can import what the tests can: they keep what they are started with."""
    path = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**QUIET, "PYTHONPATH": path}.items():
            patch.setenv(name, value)
        yield
