"""One process for each core of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self, cast

from accord.errors import AccordError
from accord.executors.answers import THREADS, answer
from accord.executors.executor import PATIENCE, TRIES, Item, Outcome, Result
from accord.executors.pool import Died, Pool

if TYPE_CHECKING:
    from multiprocessing.context import SpawnContext
    from multiprocessing.process import BaseProcess


START = 60.0
"""Seconds that a process may take to start, and that it is started again where something ends it before it is up."""
_starting = threading.Lock()
LAST_WORDS = 5.0
"""Seconds that a process gets to end of itself, after its pipe has ended."""
# A forked process has what the server that it is forked from has loaded, and shares its memory.
_FORKED = sys.platform == "linux"
_CONTEXT = cast("SpawnContext", multiprocessing.get_context("forkserver" if _FORKED else "spawn"))


class Processes:
    """Runs items in processes of this machine: as many as there are cores that it may use, or `workers`.

    Processes stay from one map to the next, so what a module has loaded is kept. They use one thread each for
    arithmetic, leave Ctrl-C to the caller, and end when the caller's process does, however that ends. One that is at an
    item for more than `patience` seconds is killed.

    On Linux they are forked from a server, which has imported the modules `preload`: what these load is in memory once,
    and a process starts at once. (The first executor of a process decides; a module that is preloaded must start no
    thread.) Elsewhere they are started afresh.

    A script that makes one does so under `if __name__ == "__main__":`, as with all of `multiprocessing`, and functions
    that start processes of their own by `multiprocessing` cannot be run in it.

        with Processes() as executor: {outcome.result for outcome in executor.map(abs, [-1, 2])} -> {1, 2}
    """

    def __init__(self, workers: int | None = None, *, patience: float = PATIENCE, preload: Sequence[str] = ()) -> None:
        if _FORKED and preload:
            _CONTEXT.set_forkserver_preload(list(preload))
        self._pool = Pool(lambda: _Process(patience), lambda: workers or cores())

    @property
    def workers(self) -> int:
        """How many processes there are when there is enough to do."""
        return self._pool.workers

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Outcome[Item, Result]]:
        """Yield the outcome of each item, as they are finished."""
        return self._pool.map(function, items)

    def close(self) -> None:
        """Kill the processes."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# the driver's side ----------------------------------------------------------------------------------------------------


class _Process:
    """Keeps one process, with a pipe to it."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._doomed = self._ended = False
        self._lock = threading.Lock()

    def ready(self) -> None:
        ended, until = 0, time.monotonic() + START
        while True:
            try:
                if not self._is_up():
                    self._start()
                return
            except Died as death:
                if self._ended:
                    raise AccordError("the executor is closed") from None
                why, code = str(death), self._process.exitcode if self._process else None
            ended += code is None or code >= 0  # where something else has ended it, that may pass
            if ended == TRIES or time.monotonic() > until:
                raise AccordError(
                    f"a worker process does not start ({why}); a script that runs accord on processes does so under "
                    'if __name__ == "__main__":'
                )
            time.sleep(0.05)

    def ask(self, function: bytes, item: bytes) -> bytes:
        self.ready()  # it may have been killed while it waited
        process, pipe = self._both()
        try:
            pipe.send_bytes(function)
            pipe.send_bytes(item)
        except OSError:
            raise Died(_end_of(process)) from None
        return self._receive(self._patience)

    def kill(self) -> None:
        with self._lock:
            self._doomed = True
            if self._process:
                self._process.kill()

    def end(self) -> None:
        with self._lock:
            self._ended = True
            self._clear()

    def _is_up(self) -> bool:
        return self._process is not None and not self._doomed and self._process.is_alive()

    def _both(self) -> tuple[BaseProcess, Connection]:
        with self._lock:
            if not self._process or not self._pipe:
                raise Died("the executor was closed")
            return self._process, self._pipe

    def _start(self) -> None:
        with self._lock:
            self._clear()
            if self._ended:
                raise Died("the executor was closed")
            self._pipe, theirs = _CONTEXT.Pipe()
            with theirs:
                self._process = _CONTEXT.Process(target=_serve, args=(theirs, os.getcwd()), daemon=True)
                with _one_thread():
                    self._process.start()
            self._doomed = False
        self._receive(START)

    def _receive(self, patience: float) -> bytes:
        process, pipe = self._both()
        try:
            if not wait([pipe, process.sentinel], patience):
                self.kill()
                raise Died(f"stopped after {patience:g} seconds")
            if pipe.poll():
                return pipe.recv_bytes()
        except (EOFError, OSError):  # it died in the middle of a message, or before one
            pass
        raise Died(_end_of(process))

    def _clear(self) -> None:
        if self._process:
            self._process.kill()
            _end_of(self._process)
            self._process = None
        if self._pipe:
            self._pipe.close()
            self._pipe = None


def _end_of(process: BaseProcess) -> str:
    """Wait for the end of a process whose pipe has ended, and say how it ended."""
    process.join(LAST_WORDS)
    if process.is_alive():
        process.kill()
    while (code := process.exitcode) is None:  # where another thread has just waited for it, it takes a moment
        process.join(0.01)
    if code >= 0:
        return f"it ended with exit status {code}"
    memory = "; perhaps it was out of memory" if -code == signal.SIGKILL else ""
    return f"it was ended by signal {-code} ({signal.Signals(-code).name}{memory})"


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have what is started meanwhile use one thread for arithmetic: libraries read that when they are imported."""
    with _starting:
        before = {name: os.environ.get(name) for name in THREADS}
        os.environ.update(dict.fromkeys(THREADS, "1"))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


# the worker's side ----------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, folder: str) -> None:
    """Answer items until the driver hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(folder)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    with pipe:
        pipe.send_bytes(b"ready")
        try:
            while True:
                pipe.send_bytes(answer(pipe.recv_bytes(), pipe.recv_bytes()))
        except (EOFError, OSError):
            return


def _end_with_driver() -> None:
    driver = multiprocessing.parent_process()
    if driver:
        driver.join()
        os._exit(1)
