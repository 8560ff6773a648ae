"""Serves tasks to `bench.py` from a process of its own: a line of JSON in, a line of JSON with what it took out.

Imports nothing but the standard library, so that accord's virtual environment and that of its peers can both use it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

Work = Callable[[], Any]
Task = Callable[[Any], Work]
"""Takes what a question brings, makes it ready, and returns the work that is timed; its result can be put into JSON."""

ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}


def serve(tasks: Mapping[str, Task]) -> None:
    """Answer {"task": name, "on": data} with {"wall": seconds, "cpu": seconds, "gave": result}, a line each."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    for line in sys.stdin:
        asked = json.loads(line)
        work = tasks[asked["task"]](asked["on"])
        wall, cpu = time.perf_counter(), time.process_time()
        gave = work()
        took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        answers.write(json.dumps({**took, "gave": gave}) + "\n")
        answers.flush()


class Contender:
    """A process that serves tasks on one thread.

    with Contender(python, "peers.py") as peer: peer.ask("spacy", rows) -> {"wall": 1.2, "cpu": 1.2, "gave": None}
    """

    def __init__(self, python: Path, script: str) -> None:
        self._process = subprocess.Popen(
            [str(python), str(Path(__file__).parent / script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if "BENCH_LOUD" not in os.environ else None,
            text=True,
            encoding="utf-8",
            env={**os.environ, **ONE_THREAD},
        )
        self._told: list[str] = []
        if self._process.stderr:
            import threading

            threading.Thread(target=lambda: self._told.extend(self._process.stderr or ()), daemon=True).start()

    def ask(self, task: str, on: Any) -> dict[str, Any]:
        """Return what a task took and gave. Raises RuntimeError with the end of its words where the process died."""
        question, answers = self._process.stdin, self._process.stdout
        if question is None or answers is None:
            raise RuntimeError("the process has no pipes")
        try:
            question.write(json.dumps({"task": task, "on": on}) + "\n")
            question.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._process.wait()
            raise RuntimeError(f"{task}: the process ended: {''.join(self._told[-12:])}")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
