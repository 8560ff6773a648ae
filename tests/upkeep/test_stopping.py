"""Signals end a run: at once where it looks, by force where it does not."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import closing

import pytest

from accord.upkeep.stopping import OverdueError, Stop, stopping


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_sets_the_stop_and_wakes_who_waits(number: int) -> None:
    before = signal.getsignal(number)
    with stopping() as stop:
        threading.Timer(0.05, os.kill, (os.getpid(), number)).start()
        begun = time.monotonic()
        assert stop.wait(10.0)
        assert time.monotonic() - begun < 5.0
        assert stop.is_set()
        assert signal.getsignal(number) is before
    assert signal.getsignal(number) is before


def test_every_waiting_thread_is_woken() -> None:
    with closing(Stop()) as stop:
        woken: list[bool] = []
        threads = [threading.Thread(target=lambda: woken.append(stop.wait(10.0))) for _ in range(3)]
        for thread in threads:
            thread.start()
        stop.set()
        stop.set()
        for thread in threads:
            thread.join()
        assert woken == [True] * 3


def test_waiting_ends_without_a_signal() -> None:
    with closing(Stop()) as stop:
        assert not stop.wait(0.01)


def test_what_does_not_look_at_the_stop_is_broken_off() -> None:
    undone = []
    with stopping(grace=0.1):
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            while True:
                time.sleep(0.01)
        except OverdueError:
            undone.append(True)
            raise
    assert undone == [True]
    time.sleep(0.15)


def test_what_ends_in_time_is_not_broken_off() -> None:
    with stopping(grace=0.05) as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.is_set()
    time.sleep(0.1)
