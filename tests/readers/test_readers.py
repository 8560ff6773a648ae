"""`read`: paths, folders, patterns and standard input in, pages out; one that fails does not stop the rest."""

from __future__ import annotations

import builtins
import os
from pathlib import Path

import pytest

from accord.config import Config
from accord.readers import read, read_all


def write(folder: Path, **files: bytes) -> list[str]:
    """Write each of `files` (a__txt is a.txt) and return the paths."""
    paths = [folder / name.replace("__", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    return [str(path) for path in paths]


def test_read_gives_files_in_the_order_named(tmp_path: Path) -> None:
    paths = write(tmp_path, b__txt=b"two", a__html=b"<p>one")
    pages, rejected = read_all(paths)
    assert [(p.content, p.location, p.media_type) for p in pages] == [
        (b"two", paths[0], "text/plain"),
        (b"<p>one", paths[1], "text/html"),
    ]
    assert rejected == ()


def test_read_opens_folders_at_all_levels_sorted_and_leaves_unknown_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    write(tmp_path, b__txt=b"b", a__md=b"a", picture__png=b"x", __hidden__txt=b"x")
    write(tmp_path / "deep" / "er", c__jsonl=b"{}")
    write(tmp_path / ".git", d__txt=b"x")
    pages, rejected = read_all([str(tmp_path)])
    assert [os.path.relpath(p.location, tmp_path) for p in pages] == ["a.md", "b.txt", "deep/er/c.jsonl, line 1"]
    assert rejected == ()


def test_read_expands_patterns(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path, b__txt=b"b", a__txt=b"a", c__json=b"{}")
    write(tmp_path / "deep", d__txt=b"d")
    pages, _ = read_all([str(tmp_path / "*.txt")])
    assert [p.content for p in pages] == [b"a", b"b"]
    pages, _ = read_all([str(tmp_path / "**" / "*.txt")])
    assert [p.content for p in pages] == [b"a", b"b", b"d"]
    pages, _ = read_all([str(tmp_path / "d*")])
    assert [p.content for p in pages] == [b"d"]


def test_read_takes_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "report [1].txt"
    path.write_bytes(b"one")
    pages, rejected = read_all([str(path)])
    assert [p.content for p in pages] == [b"one"]
    assert rejected == ()


def test_read_reads_a_file_named_twice_once(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a__txt=b"a")
    os.symlink(path, tmp_path / "link.txt")
    pages, rejected = read_all([path, str(tmp_path), os.path.join(str(tmp_path), ".", "a.txt"), path])
    assert [p.content for p in pages] == [b"a"]
    assert rejected == ()


def test_read_names_each_failure_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (good,) = write(tmp_path, good__txt=b"good")
    missing, empty, pattern = (str(tmp_path / name) for name in ("gone.txt", "empty", "*.xyz"))
    pages, rejected = read_all([missing, empty, pattern, "", "a\0b", good])
    assert [p.content for p in pages] == [b"good"]
    assert [(r.what, r.stage) for r in rejected] == [
        (missing, "read"),
        (empty, "read"),
        (pattern, "read"),
        ("", "read"),
        ("a\0b", "read"),
    ]
    reasons = [r.reason for r in rejected]
    assert "no such file; check the path" in reasons[0]
    assert "holds no file that ends in .txt" in reasons[1]
    assert "matches no file" in reasons[2]
    assert "empty" in reasons[3]
    assert "null byte" in reasons[4]


def test_read_tells_of_a_file_and_a_folder_it_may_not_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    good, shut = write(tmp_path, good__txt=b"good", shut__txt=b"shut")
    real_open, real_scandir = builtins.open, os.scandir

    def guarded_open(path, *args, **options):
        if str(path) == shut:
            raise PermissionError(13, "Permission denied", shut)
        return real_open(path, *args, **options)

    def guarded_scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_scandir(path)

    monkeypatch.setattr(builtins, "open", guarded_open)
    monkeypatch.setattr(os, "scandir", guarded_scandir)
    pages, rejected = read_all([str(tmp_path)])
    assert [p.content for p in pages] == [b"good"]
    assert [(r.what, "permi" in r.reason) for r in rejected] == [(str(tmp_path / "closed"), True), (shut, True)]
    assert good


def test_read_refuses_what_is_too_large(tmp_path: Path) -> None:
    exact, over = write(tmp_path, a__txt=b"x" * 10, b__txt=b"x" * 11)
    pages, rejected = read_all([exact, over], Config(max_bytes=10))
    assert [p.location for p in pages] == [exact]
    assert rejected[0].what == over
    assert "larger than 10 bytes" in rejected[0].reason


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless device here")
def test_read_stops_at_the_cap_of_an_endless_file() -> None:
    pages, rejected = read_all(["/dev/zero"], Config(max_bytes=1000))
    assert pages == ()
    assert "larger than 1,000 bytes" in rejected[0].reason


def test_read_takes_standard_input_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pages = list(read(["-", "-"], stdin=b'{"text": "The dam opened."}'))
    assert [(p.location, p.media_type) for p in pages] == [("standard input", "application/json")]
    piped = tmp_path / "piped"
    piped.write_bytes(b"The dam opened.")
    with piped.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        pages, rejected = read_all(["-"])
    assert [(p.content, p.media_type) for p in pages] == [(b"The dam opened.", "text/plain")]
    assert rejected == ()
    monkeypatch.setattr("sys.stdin", None)
    assert "no standard input" in read_all(["-"])[1][0].reason


def test_read_keeps_locations_valid_unicode(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "wb") as file:
            file.write(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    pages, _ = read_all([os.fsdecode(path), os.fsdecode(path) + "x"])
    assert pages[0].location.endswith("caf\ufffd.txt")
    assert read_all([os.fsdecode(path) + "x"])[1][0].what.encode().endswith(b"x")
