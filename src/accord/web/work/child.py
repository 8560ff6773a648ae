"""The worker's process as the room sees it: it is started, told what to do, watched, and ended."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any, cast

from accord.web.work.orders import Line, Order, Workplace, encoded, said_of

COMMAND = (sys.executable, "-P", "-m", "accord.web.work.worker")
DEAD = 90.0
"""Seconds without any sign of life after which a worker counts as hanging: it gives one every five."""
SILENT = 1_200.0
"""Seconds without a word on the job after which a worker counts as hanging: longer than any one page may take."""
GRACE = 6.0
"""Seconds in which a job that was stopped, or a worker that is to leave, may come to its end."""
_LOOK = 0.2
_LONGEST = 8_000_000

Tell = Callable[[str, dict[str, Any]], None]


class Child:
    """One process, which does one order at a time. It is used by one thread."""

    def __init__(
        self,
        workplace: Workplace,
        *,
        command: Sequence[str] = COMMAND,
        dead: float = DEAD,
        silent: float = SILENT,
        grace: float = GRACE,
    ) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._dead, self._silent, self._grace = dead, silent, grace
        self._number = 0
        self._rest = b""
        self._write(Line(workplace=workplace))

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether it can be given an order."""
        return self._process.poll() is None

    def run(self, order: Order, tell: Tell, stopped: Callable[[], bool]) -> None:
        """Have `order` done, `tell` what is said of it, and return once it is at its end, which is always told.

        Where `stopped` says so, the order is to end; one that does not, and a worker that hangs or dies, ends with its
        process. What the store was given until then is whole.
        """
        self._number += 1
        self._write(Line(number=self._number, order=order))
        sign = word = time.monotonic()
        asked: float | None = None
        while True:
            now = time.monotonic()
            if asked is None and stopped():
                asked = now
                self._write(Line(number=self._number, stop=True))
            if asked is not None and now - asked > self._grace:
                self.kill()
                tell("end", {"stopped": True})
                return
            if now - sign > self._dead or now - word > self._silent:
                self.kill()
                tell(
                    "failed",
                    {"reason": f"the worker did not answer for {now - min(sign, word):,.0f} seconds; {_ADVICE}"},
                )
                return
            lines = self._lines()
            if lines is None:
                self._told_of_death(tell, asked is not None)
                return
            for line in lines:
                said = said_of(line)
                sign = now
                if said.number != self._number:
                    continue
                word = now
                tell(said.what, said.told)
                if said.what in ("end", "failed"):
                    return

    def leave(self) -> None:
        """Have the process end, and wait for that; one that does not is killed."""
        self._write(Line(leave=True))
        with suppress(OSError):
            self._stdin.close()
        try:
            self._process.wait(self._grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._close()

    def end(self) -> None:
        """End the process at once; whoever waits for its words meets their end. Any thread may."""
        self._process.kill()

    def kill(self) -> None:
        """End the process at once, and be done with it."""
        self._process.kill()
        self._close()

    @property
    def _stdin(self) -> IO[bytes]:
        return cast("IO[bytes]", self._process.stdin)

    def _close(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _write(self, line: Line) -> None:
        with suppress(OSError, ValueError):  # its end is met where its words are read
            self._stdin.write(encoded(line))
            self._stdin.flush()

    def _lines(self) -> list[bytes] | None:
        """Return the lines that came within a moment; None where the process has ended."""
        words = cast("IO[bytes]", self._process.stdout).fileno()
        if not select.select([words], [], [], _LOOK)[0]:
            return []
        part = os.read(words, 1 << 16)
        if not part or len(self._rest) > _LONGEST:
            return None
        *lines, self._rest = (self._rest + part).split(b"\n")
        return lines

    def _told_of_death(self, tell: Tell, asked: bool) -> None:
        self.kill()
        if asked:
            tell("end", {"stopped": True})
            return
        code = self._process.returncode
        how = f"was killed (signal {-code}), perhaps for its memory" if code < 0 else f"ended (status {code})"
        tell("failed", {"reason": f"the worker {how}; {_ADVICE}"})


_ADVICE = "what it kept before is in the store, and adding the same again goes on from there"
