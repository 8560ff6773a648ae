"""What `executor` makes, and what it says where it cannot."""

from __future__ import annotations

import subprocess
import sys

import pytest

from accord.errors import AccordError
from accord.executors import EXECUTORS, executor


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("threads", {}, "threads: no executor has this name; use one of serial, processes, ray"),
        ("processes", {"workers": 0}, "workers: 0 is too few"),
        ("serial", {"workers": 2}, "workers: the serial executor has 1, not 2; use processes"),
        ("processes", {"patience": 0}, "patience: 0 is no time"),
        ("processes", {"address": "auto"}, "address: the processes executor runs on this machine"),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, options: dict[str, object], says: str) -> None:
    with pytest.raises(AccordError, match=says):
        executor(name, **options)  # type: ignore[arg-type]


def test_the_number_of_workers_is_that_asked_for_or_that_of_the_cores() -> None:
    with executor("serial", workers=1) as made:
        assert made.workers == 1
    with executor("processes", workers=3) as made:
        assert made.workers == 3
    with executor("processes") as made:
        assert made.workers >= 1


def test_without_ray_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(AccordError, match=r"pip install 'accord\[ray\]'"):
        executor("ray")


def test_making_loads_no_more_than_it_needs() -> None:
    code = "import sys, accord.executors; print([name for name in sys.modules if 'multiprocessing' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"
    assert list(EXECUTORS) == ["serial", "processes", "ray"]
