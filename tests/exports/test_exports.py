"""Exports of all formats: whole or not at all, the same bytes for the same store, and only what was asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from accord.errors import AccordError
from accord.exports import EXPORTS, FOLDERS, export
from accord.exports.source import Source
from accord.stores import Store

from .desk import UPDATES, desk


def content(path: Path) -> dict[str, str]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("format", EXPORTS)
def test_the_same_store_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        export(desk(), format, tmp_path / folder / "out", at="2031-05-07T00:00:00Z")
    assert content(tmp_path / "one" / "out") == content(tmp_path / "two" / "out")


@pytest.mark.parametrize("format", [*EXPORTS, "zip"])
def test_a_target_is_replaced_as_a_whole_or_stays_as_it_was(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / ("out.zip" if format == "zip" else "out")
    format = "csv" if format == "zip" else format
    store = desk()
    export(store, format, target)
    before = content(target)

    def break_off(self: Source) -> Iterator[object]:
        yield from ()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Source, "stories", break_off)
        with pytest.raises(AccordError, match=r"out.*: it cannot be written \(No space left on device\)"):
            export(store, format, target)
    assert content(target) == before
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    export(store, format, target, story="wild")
    assert content(target) != before
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(AccordError, match=r"it holds notes.txt, which is no part of an export; name a new folder"):
        export(desk(), "csv", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    export(desk(), "csv", tmp_path / "out")
    (tmp_path / "out" / "more.txt").write_text("mine")
    with pytest.raises(AccordError, match=r"it holds more\.txt"):
        export(desk(), "parquet", tmp_path / "out")
    (tmp_path / "out" / "more.txt").unlink()
    export(desk(), "parquet", tmp_path / "out")
    assert all(path.suffix in (".parquet", ".json") for path in (tmp_path / "out").iterdir())
    (tmp_path / "empty").mkdir()
    export(desk(), "csv", tmp_path / "empty")


@pytest.mark.parametrize("format", EXPORTS)
def test_a_target_that_cannot_be_is_named(format: str, tmp_path: Path) -> None:
    with pytest.raises(AccordError, match="it cannot be written"):
        export(desk(), format, tmp_path / "nowhere" / "out")
    (tmp_path / "file").write_text("mine")
    if format in FOLDERS:
        with pytest.raises(AccordError, match=r"it is a file; name a folder, or a file that ends in \.zip"):
            export(desk(), format, tmp_path / "file")
        assert (tmp_path / "file").read_text() == "mine"
    else:
        with pytest.raises(AccordError, match="it is a folder; name a file in it"):
            export(desk(), format, tmp_path)


def test_an_unknown_format_or_story_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no export as 'pdf': use one of jsonl, csv"):
        export(desk(), "pdf", tmp_path / "out")
    with pytest.raises(AccordError, match="nothing: the store has no such story"):
        export(desk(), "jsonl", tmp_path / "out", story="nothing")


def test_one_story_is_exported_with_its_articles_and_what_is_told_of_it(tmp_path: Path) -> None:
    counts = export(desk(), "jsonl", tmp_path / "out", story="bri")
    assert (counts["article"], counts["story"], counts["ledger"], counts["update"], counts["finding"]) == (
        5,
        1,
        1,
        2,
        11,
    )
    counts = export(desk(), "jsonl", tmp_path / "out", story="wild")
    assert (counts["article"], counts["finding"]) == (1, 1)
    assert "ledger" not in counts
    assert "update" not in counts


def test_since_a_day_leaves_out_what_is_older(tmp_path: Path) -> None:
    counts = export(desk(), "jsonl", tmp_path / "out", since="2031-03-06")
    assert (counts["article"], counts["story"], counts["update"]) == (1, 1, 2)
    assert "ledger" not in counts
    assert export(desk(), "jsonl", tmp_path / "out", since="2031-05-05")["update"] == 1


def test_what_is_overdue_on_the_day_of_the_export_is_said_to_be(tmp_path: Path) -> None:
    for at, status in ((None, "open"), ("2031-03-05T00:00:00Z", "open"), ("2031-06-01T00:00:00Z", "overdue")):
        export(desk(), "jsonl", tmp_path / "out", at=at)
        lines = map(json.loads, (tmp_path / "out").read_bytes().splitlines())
        assert [line["status"] for line in lines if line["type"] == "ledger"] == [status]


def test_more_updates_than_a_page_are_all_there(tmp_path: Path) -> None:
    store = desk()
    with store.transaction():
        store.tell([replace(UPDATES[0], id=f"x{n}") for n in range(450)])
    assert export(store, "jsonl", tmp_path / "out")["update"] == 452


def test_an_empty_store_exports_to_nothing_but_headers(tmp_path: Path) -> None:
    from accord.stores import open_store

    empty: Store = open_store("memory:")
    assert [sum(export(empty, format, tmp_path / format).values()) for format in EXPORTS] == [0] * len(EXPORTS)
    assert (tmp_path / "csv" / "stories.csv").read_text().startswith("id,title,first,last")


def test_a_link_to_a_file_keeps_leading_to_it_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.jsonl"
    real.write_text("old")
    real.chmod(0o640)
    (tmp_path / "link.jsonl").symlink_to(real)
    export(desk(), "jsonl", tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert real.read_text().startswith('{"type": "export"')
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("format", EXPORTS)
def test_a_store_on_disk_exports_what_one_in_memory_does(format: str, tmp_path: Path) -> None:
    with closing(desk(str(tmp_path / "desk.db"))) as kept, closing(desk()) as held:
        assert export(kept, format, tmp_path / "kept") == export(held, format, tmp_path / "held")
    assert list(content(tmp_path / "kept").values()) == list(content(tmp_path / "held").values())
