"""A run's folder: where parts stand, and the manifest that says what a finished run is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accord.errors import RunError
from accord.records import Article
from accord.runs.columns import write_part
from accord.runs.parts import (
    month_of,
    part_in,
    parts_of,
    place_of,
    read_manifest,
    rows_of,
    tidy,
    write_manifest,
)
from accord.runs.rows import TABLES, RejectedRow

PLAN = {"inputs": ["desk/*.jsonl"], "maker": "accord 9, models abc", "config": {"outlet": None, "columns": []}}


def run_in(folder: Path, rows: int = 2) -> list[dict[str, object]]:
    """Make a run with one part of what was left out; return what the manifest is told of it."""
    path = part_in(folder, "rejected", place_of("stage", "parse"), "00000")
    written = write_part(path, RejectedRow, [RejectedRow(f"line {n}", "parse", "it is empty") for n in range(rows)])
    return [{"path": path.relative_to(folder).as_posix(), "rows": written, "bytes": path.stat().st_size}]


@pytest.mark.parametrize(
    ("published", "month"),
    [
        ("2031-05-04", "2031-05"),
        ("2031-05", "undated"),
        ("2031", "undated"),
        (None, "undated"),
        ("2031-02-30", "undated"),
        ("../../etc", "undated"),
    ],
)
def test_the_month_is_that_of_a_full_day(published: str | None, month: str) -> None:
    assert month_of(Article("a", "A dam broke.", "Post", published=published)) == month


def test_parts_are_named_by_partition_and_listed_in_order(tmp_path: Path) -> None:
    keys = [("undated", "0000003"), ("2031-05", "0000002"), ("2031-04", "0000010"), ("2031-04", "0000009")]
    for month, key in keys:
        path = part_in(tmp_path, "rejected", place_of("month", month), key)
        write_part(path, RejectedRow, [])
    assert [path.relative_to(tmp_path).as_posix() for path in parts_of(tmp_path, "rejected")] == [
        "rejected/month=2031-04/part-0000009.parquet",
        "rejected/month=2031-04/part-0000010.parquet",
        "rejected/month=2031-05/part-0000002.parquet",
        "rejected/month=undated/part-0000003.parquet",
    ]
    assert parts_of(tmp_path, "articles") == []
    assert place_of("stage", "read/../parse") == "stage=read-..-parse"


def test_what_a_worker_left_half_written_is_removed(tmp_path: Path) -> None:
    run_in(tmp_path)
    half = tmp_path / "rejected" / "stage=parse" / ".part-00001.parquet.0badcafe.tmp"
    half.write_bytes(b"PAR1")
    tidy(tmp_path)
    assert not half.exists()
    assert len(parts_of(tmp_path, "rejected")) == 1


def test_a_manifest_comes_back_and_is_the_same_each_time(tmp_path: Path) -> None:
    parts = run_in(tmp_path)
    write_manifest(tmp_path, PLAN, {"articles": 0, "rejected": 2}, parts)
    content = (tmp_path / "manifest.json").read_bytes()
    write_manifest(tmp_path, PLAN, {"articles": 0, "rejected": 2}, list(reversed(parts)))
    assert (tmp_path / "manifest.json").read_bytes() == content
    made = json.loads(content)
    assert made["schema"] == "accord/run@1"
    assert list(made["tables"]) == list(TABLES)
    assert made["tables"]["rejected"]["columns"] == {"what": "string", "stage": "string", "reason": "string"}
    manifest = read_manifest(tmp_path)
    assert (manifest.maker, manifest.inputs, manifest.counts["rejected"]) == (PLAN["maker"], ("desk/*.jsonl",), 2)
    assert (manifest.rows("rejected"), manifest.rows("articles")) == (2, 0)
    assert [row.what for row in rows_of(tmp_path, manifest, "rejected")] == ["line 0", "line 1"]


def test_a_folder_without_a_finished_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="there is no such folder"):
        read_manifest(tmp_path / "nowhere")
    with pytest.raises(RunError, match=r"no manifest\.json in it"):
        read_manifest(tmp_path)
    (tmp_path / "_work").mkdir()
    with pytest.raises(RunError, match="not finished; end it first with"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "no manifest of a run, or damaged"),
        ("[]", "no manifest of a run, or damaged"),
        ("{}", "it is no manifest of a run, and this accord reads accord/run@1"),
        ('{"schema": "accord/run@9"}', "of schema accord/run@9, and this accord reads accord/run@1"),
        ('{"schema": "accord/run@1"}', "no manifest of a run, or damaged"),
    ],
)
def test_a_manifest_that_is_none_of_ours_is_told(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(RunError, match=told):
        read_manifest(tmp_path)


def test_a_part_that_is_missing_or_cut_off_is_named(tmp_path: Path) -> None:
    (part,) = run_in(tmp_path)
    write_manifest(tmp_path, PLAN, {}, [part])
    path = tmp_path / str(part["path"])
    content = path.read_bytes()
    path.write_bytes(content[:-9])
    with pytest.raises(RunError, match=r"part-00000\.parquet: it has .* bytes and should have .*: it is cut off"):
        read_manifest(tmp_path)
    path.unlink()
    with pytest.raises(RunError, match=r"part-00000\.parquet: there is no such file"):
        read_manifest(tmp_path)
    write_manifest(tmp_path, PLAN, {}, [{**part, "path": "rejected/../../x.parquet"}])
    with pytest.raises(RunError, match="outside of its folder"):
        read_manifest(tmp_path)


def test_a_part_with_other_rows_than_told_is_named(tmp_path: Path) -> None:
    (part,) = run_in(tmp_path)
    write_manifest(tmp_path, PLAN, {}, [{**part, "rows": 3}])
    with pytest.raises(RunError, match="it has 2 rows and should have 3"):
        list(rows_of(tmp_path, read_manifest(tmp_path), "rejected"))
