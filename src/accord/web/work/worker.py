"""The worker's process: reads orders on standard input, does them one by one, and writes what comes of them as JSON.

    python -P -m accord.web.work.worker

It has no other way in or out, and ends when the room does, however that ends: its standard input is closed then. What
libraries print goes to standard error.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from contextlib import closing, suppress
from queue import SimpleQueue
from typing import BinaryIO

from accord.web.work.orders import Line, Order, Said, Workplace, encoded, line_of

BEAT = 5.0
"""Seconds between two signs of life."""
GRACE = 3.0
"""Seconds that an order may take to come to its end when the room is gone."""
_NICE = 5


class Worker:
    """Does what comes in on `orders` and says on `words` what comes of it."""

    def __init__(self, orders: BinaryIO, words: int) -> None:
        self._orders = orders
        self._words = words
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._number = 0
        self._queue: SimpleQueue[Line] = SimpleQueue()
        self._done = threading.Event()
        self._workplace: Workplace | None = None
        self._orphaned = False

    def run(self) -> None:
        """Do orders until the room wants no more."""
        threading.Thread(target=self._listen, name="accord-orders", daemon=True).start()
        threading.Thread(target=self._beat, name="accord-beat", daemon=True).start()
        while True:
            line = self._queue.get()
            if line.leave:
                break
            if line.workplace is not None:
                self._workplace = line.workplace
            if line.order is not None and self._workplace is not None:
                self._do(line.number, line.order, self._workplace)
        if self._orphaned:
            self._clear()
        self._done.set()

    def _clear(self) -> None:
        """Remove what was pasted or uploaded: the room, which would, is gone."""
        if self._workplace is not None:
            shutil.rmtree(self._workplace.root, ignore_errors=True)

    def _do(self, number: int, order: Order, workplace: Workplace) -> None:
        from accord.errors import AccordError
        from accord.stores import open_store
        from accord.web.work.doing import do

        def tell(what: str, told: dict[str, object]) -> None:
            self._say(Said(number, what, told))

        try:
            with closing(open_store(workplace.store)) as store:
                do(order, store, workplace.config, tell, self._stop)
        except AccordError as error:
            tell("failed", {"reason": str(error)})

    def _listen(self) -> None:
        """Take what the room writes; a stop counts at once. The end of it is the end of the room."""
        left = False
        for raw in self._orders:
            line = line_of(raw)
            if line.stop:
                if line.number == self._number:
                    self._stop.set()
                continue
            if line.order is not None:
                self._number = line.number
                self._stop.clear()
            left = line.leave
            self._queue.put(line)
        self._stop.set()
        if not left:
            self._orphaned = True
            self._queue.put(Line(leave=True))
            if not self._done.wait(GRACE):
                self._clear()
            os._exit(1)

    def _beat(self) -> None:
        while not self._done.is_set():
            self._say(Said(0, "alive", {}))
            time.sleep(BEAT)

    def _say(self, said: Said) -> None:
        content = memoryview(encoded(said))
        with self._lock, suppress(OSError):  # the room is gone: `_listen` ends this
            while content:
                content = content[os.write(self._words, content) :]


def main() -> None:
    """Work until the room is gone, or wants no more."""
    words = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C reaches all processes of a terminal; the room ends this one
    with suppress(OSError):
        os.nice(_NICE)  # pages come first
    Worker(sys.stdin.buffer, words).run()
    sys.stderr.flush()
    os._exit(0)  # all is closed; what models and threads would still tidy up takes a second


if __name__ == "__main__":
    main()
