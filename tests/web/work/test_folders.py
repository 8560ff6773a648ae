from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.web.work.folders import Folders, file_in, files_in, named_as_sent, sweep


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def folders() -> Iterator[Folders]:
    made = Folders()
    yield made
    made.close()


def test_a_folder_is_for_its_owner_alone_and_is_removed(folders: Folders) -> None:
    folder = folders.new()
    file = file_in(folder, 1, "a.txt")
    file.write_text("words", encoding="utf-8")
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folders.root.stat().st_mode) == 0o700
    assert files_in(str(folder)) == [str(file)]
    folders.remove(str(folder))
    assert not folder.exists()
    root = folders.root
    folders.close()
    assert not root.exists()


def test_a_folder_of_others_is_not_removed(folders: Folders, tmp_path: Path) -> None:
    other = tmp_path / "mine"
    other.mkdir()
    folders.new()
    for named in (str(other), f"{folders.root}/../mine", str(folders.root), "", None):
        folders.remove(named)
    assert other.exists()
    assert folders.root.exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/passwd", "passwd"),
        (".bashrc", "bashrc"),
        ("", "upload"),
        ("..", "upload"),
        ("a\0b.txt", "ab.txt"),
        ("a;rm -rf $HOME.txt", "a_rm -rf _HOME.txt"),
        ("Bericht vom Dienstag (2).html", "Bericht vom Dienstag (2).html"),
    ],
)
def test_a_file_keeps_the_last_part_of_its_name(folders: Folders, sent: str, kept: str) -> None:
    folder = folders.new()
    assert file_in(folder, 7, sent) == folder / "0007" / kept


@given(name=st.text(max_size=400))
def test_whatever_a_file_is_called_it_lies_in_its_folder(name: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = file_in(Path(made), 1, name)
        assert path.parent == Path(made) / "0001"
        assert os.path.realpath(path) == os.path.join(os.path.realpath(path.parent), path.name)
        path.write_bytes(b"")


def test_a_long_name_keeps_its_ending(folders: Folders) -> None:
    assert file_in(folders.new(), 1, "a" * 300 + ".jsonl").name.endswith("a.jsonl")


def test_messages_name_files_as_they_were_sent(folders: Folders) -> None:
    path = file_in(folders.new(), 2, "a b.txt")
    assert (
        named_as_sent(f"{path}: it is empty (listed in {path}, line 3)")
        == "a b.txt: it is empty (listed in a b.txt, line 3)"
    )


def test_what_a_room_left_behind_is_swept_and_what_one_still_uses_is_not(folders: Folders, tmp_path: Path) -> None:
    used = folders.root
    left = tmp_path / "accord-room-left"
    (left / "job-x").mkdir(parents=True)
    (left / ".room").write_bytes(b"")
    strange = tmp_path / "accord-room-strange"
    strange.mkdir()
    aim = tmp_path / "aim"
    (aim / "deep").mkdir(parents=True)
    (aim / ".room").write_bytes(b"")
    (tmp_path / "accord-room-link").symlink_to(aim)
    sweep()
    assert not left.exists()
    assert used.exists()
    assert strange.exists()
    assert aim.exists()
    with (used / ".room").open("rb") as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_threads_that_ask_at_once_are_given_one_place(folders: Folders) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: folders.new(), range(40)))
    assert {folder.parent for folder in made} == {folders.root}
