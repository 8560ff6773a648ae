"""The CPUs of a Ray cluster, on one machine or on many."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

from accord.errors import AccordError
from accord.executors.answers import THREADS, answer
from accord.executors.executor import PATIENCE, TRIES, Item, Outcome, Result
from accord.executors.pool import Died, Pool
from accord.executors.processes import cores

QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
"""Ray reports to nobody, prints no line about workers that died (the pool tells), and warns of no change to come.

It reads them as it is imported; where it was before, it is as loud as it was made.
"""


KNOCK = 10.0
"""Seconds that a cluster may take to answer at its address."""


class Ray:
    """Runs items in Ray actors of one CPU each: as many as the cluster has CPUs, or `workers`.

    `address` is the cluster's ("auto" on one of its nodes, else "host:6379"); without it, that in RAY_ADDRESS, and
    where there is none, a cluster is started on this machine, and ended on `close`. Without `workers` the cluster is
    looked at from time to time, and CPUs that have joined are put to work; with `workers` an autoscaling cluster is
    asked for as many. An actor whose process or node is lost comes up again where there is room.

    Nodes need the same Python, accord and models, and what items name (files) has to be there under the same path:
    functions travel by name, items and results as pickles.

        with Ray(address="auto") as executor: {outcome.result for outcome in executor.map(abs, [-1, 2])} -> {1, 2}
    """

    def __init__(self, workers: int | None = None, *, address: str | None = None, patience: float = PATIENCE) -> None:
        self._started = _connect(address, workers)
        self._pool = Pool(lambda: _Actor(patience), lambda: workers or _cpus())

    @property
    def workers(self) -> int:
        """How many actors there are when there is enough to do."""
        return self._pool.workers

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        """Yield the outcome of each item, as they are finished."""
        return self._pool.map(function, items)

    def close(self) -> None:
        """Kill the actors; end the cluster if it was started here."""
        import ray

        self._pool.close()
        if self._started:
            self._started = False
            ray.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# the cluster ----------------------------------------------------------------------------------------------------------


def _connect(address: str | None, workers: int | None) -> bool:
    """Connect to the cluster, or start one; return whether there was no connection before."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ModuleNotFoundError as error:
        raise AccordError("ray is not installed; install it: pip install 'accord[ray]'") from error
    if ray.is_initialized():
        return False
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    here: dict[str, Any] = {"num_cpus": workers or cores(), "include_dashboard": False} if address == "local" else {}
    try:
        _knock(address)
        ray.init(address=address, namespace="accord", log_to_driver=False, logging_level=logging.ERROR, **here)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise AccordError(
            f"no Ray cluster could be reached at {address}: {_first(error)}; start one there with `ray start --head`, "
            "or leave the address out to run on this machine"
        ) from error
    return True


def _knock(address: str) -> None:
    """Raise OSError where nobody listens at host:port: Ray itself would try for minutes, and then end the process."""
    import ray.util

    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not host or not port.isdigit():
        return
    if host in ("localhost", "127.0.0.1"):  # Ray takes the address that other machines see
        host = ray.util.get_node_ip_address()  # type: ignore[no-untyped-call]
    socket.create_connection((host.strip("[]"), int(port)), KNOCK).close()


def _cpus() -> int:
    import ray

    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return max(1, int(resources.get("CPU", 0)))


# actors ---------------------------------------------------------------------------------------------------------------


class _Worker:
    """What runs on a node."""

    def __init__(self) -> None:
        os.environ.update(dict.fromkeys(THREADS, "1"))

    def ready(self) -> None:
        """Return: there is a worker."""

    def answer(self, function: bytes, item: bytes) -> bytes:
        return answer(function, item)


class _Actor:
    """Keeps one actor. Ray brings it up again when it dies; what it was at is not tried again by Ray, but by the pool,
    which counts.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._handle: Any = None
        self._up = self._ended = False
        self._lock = threading.Lock()

    def ready(self) -> None:
        import ray
        from ray.exceptions import RayError

        why: Exception | None = None
        for _ in range(TRIES):
            if self._up:
                return
            try:
                ray.get(self._made().ready.options(max_task_retries=-1).remote())
                self._up = True
                return
            except RayError as error:
                why, self._handle = error, None
        raise AccordError(
            f"no worker could be started on the cluster: {_first(why)}; its nodes need the same Python and accord"
        ) from why

    def ask(self, function: bytes, item: bytes) -> bytes:
        import ray
        from ray.exceptions import GetTimeoutError, OutOfMemoryError, RayError, RayTaskError

        try:
            found: bytes = ray.get(self._made().answer.remote(function, item), timeout=self._patience)
        except RayTaskError as error:
            raise AccordError(f"a worker on the cluster failed: {_first(error)}") from error
        except GetTimeoutError:
            self.kill()
            raise Died(f"stopped after {self._patience:g} seconds") from None
        except RayError as error:
            self._up = False
            short = isinstance(error, OutOfMemoryError)
            raise Died("it was out of memory" if short else "it was killed, or lost with its node") from None
        return found

    def kill(self) -> None:
        import ray

        with self._lock:
            self._up = False
            if self._handle is not None:
                ray.kill(self._handle, no_restart=False)

    def end(self) -> None:
        import ray

        with self._lock:
            self._ended, self._up = True, False
            if self._handle is not None:
                ray.kill(self._handle)
                self._handle = None

    def _made(self) -> Any:
        import ray

        with self._lock:
            if self._ended:
                raise Died("the executor was closed")
            if self._handle is None:
                self._handle = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=0)(_Worker).remote()
            return self._handle


def _first(error: Exception | None) -> str:
    """Return the first line of what an error says, and of which kind it is."""
    line = (str(error).strip().splitlines() or [""])[0].strip().rstrip(".:")
    return f"{type(error).__name__}: {line}" if line else type(error).__name__
