"""One SQLite file that several stores of one process and other processes have open at once."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from accord.errors import StoreError
from accord.stores import open_store

WRITE = """
import sys
from contextlib import closing
from accord.stores import open_store
with closing(open_store(sys.argv[1])) as store, store.transaction():
    store.stamp("word", sys.argv[2])
"""


def write_elsewhere(path: str, word: str) -> None:
    subprocess.run([sys.executable, "-c", WRITE, path, word], check=True)


def test_opening_a_store_a_second_time_takes_no_lock_from_the_first(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    with closing(open_store(path)) as first:
        first.stamp("word")
        with closing(open_store(path)) as second:
            write_elsewhere(path, "one")
            assert (first.stamp("word"), second.stamp("word")) == ("one", "one")
            with first.transaction():
                first.stamp("word", "two")
        write_elsewhere(path, "three")
        assert first.stamp("word") == "three"
        with first.transaction():
            first.stamp("other", "four")
    with closing(open_store(path, make=False)) as store:
        assert (store.stamp("word"), store.stamp("other")) == ("three", "four")


def test_a_file_that_takes_the_place_of_a_closed_store_is_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    for _ in range(2):
        with closing(open_store(str(path))), closing(open_store(str(path))):
            pass
    with path.open("r+b") as file:
        file.write(b"a letter to a friend")
    with pytest.raises(StoreError, match="it is no store of accord"):
        open_store(str(path))
