"""Executors: what runs a function over many items. `executor` makes one by its name.

A new executor is one module that passes `tests/contract`, and one line in `EXECUTORS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import cast

from accord.errors import AccordError
from accord.executors.executor import PATIENCE, TRIES, Executor, Outcome

__all__ = ["EXECUTORS", "PATIENCE", "TRIES", "Executor", "Outcome", "executor"]

EXECUTORS: dict[str, str] = {
    "serial": "accord.executors.serial:Serial",
    "processes": "accord.executors.processes:Processes",
    "ray": "accord.executors.ray:Ray",
}
"""Which class is the executor of a name."""


def executor(
    name: str,
    *,
    workers: int | None = None,
    address: str | None = None,
    patience: float = PATIENCE,
    preload: Sequence[str] = (),
) -> Executor:
    """Return the executor of that name: `serial`, `processes` or `ray`.

    Without `workers` it takes what there is: the cores of this machine, the CPUs of the cluster. `address` is that of a
    Ray cluster ("auto", "10.0.0.1:6379"); without it, ray works on this machine. A worker that is at an item for more
    than `patience` seconds is killed. `preload` are modules that processes of this machine share. Raises AccordError
    where it cannot be made.

        with executor("processes", workers=2) as made: made.workers -> 2
    """
    if name not in EXECUTORS:
        raise AccordError(f"{name}: no executor has this name; use one of {', '.join(EXECUTORS)}")
    if workers is not None and workers < 1:
        raise AccordError(f"workers: {workers} is too few; use 1 or more, or leave it out to take all cores")
    if not patience > 0:
        raise AccordError(f"patience: {patience:g} is no time; use a number of seconds above 0")
    if address is not None and name != "ray":
        raise AccordError(f"address: the {name} executor runs on this machine; leave it out, or use ray")
    module, _, kind = EXECUTORS[name].partition(":")
    made = getattr(import_module(module), kind)
    if name == "serial":
        if workers not in (None, 1):
            raise AccordError(f"workers: the serial executor has 1, not {workers}; use processes")
        return cast("Executor", made())
    options = {"address": address} if name == "ray" else {"preload": preload}
    return cast("Executor", made(workers, patience=patience, **options))
