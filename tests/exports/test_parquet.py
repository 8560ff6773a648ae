"""Parquet: the same tables, with typed columns and bounded groups of rows."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

import accord.exports.parquet
from accord.exports import export
from accord.exports.csv import text_of
from accord.exports.parquet import typed
from accord.exports.tables import TABLES

from .desk import WILD, desk


def test_columns_have_types(tmp_path: Path) -> None:
    export(desk(), "parquet", tmp_path / "desk")
    schema = pq.read_schema(tmp_path / "desk" / "articles.parquet")
    assert schema.field("published").type == pa.date32()
    assert schema.field("added").type == pa.timestamp("us", tz="UTC")
    assert schema.field("credits").type == pa.list_(pa.string())
    assert schema.field("paywalled").type == pa.bool_()
    (wild,) = (row for row in pq.read_table(tmp_path / "desk" / "articles.parquet").to_pylist() if row["id"] == WILD.id)
    assert wild["text"] == WILD.text
    assert (wild["published"], wild["credits"], wild["paywalled"]) == (date(2031, 3, 6), ["Norda"], True)
    assert wild["added"] == datetime(2031, 5, 4, 8, tzinfo=UTC)


def test_the_tables_hold_what_those_of_csv_hold(tmp_path: Path) -> None:
    store = desk()
    assert export(store, "parquet", tmp_path / "pq") == export(store, "csv", tmp_path / "csv")
    for name, columns in TABLES.items():
        rows = pq.read_table(tmp_path / "pq" / f"{name}.parquet").to_pylist()
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for mine, theirs in zip(rows, csv.DictReader(file), strict=True):
                for column, kind in columns.items():
                    if kind == "text":
                        assert (mine[column] or "").replace("\x00", "\ufffd") == text_of(theirs[column])


def test_groups_of_rows_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accord.exports.parquet, "ROWS", 4)
    export(desk(), "parquet", tmp_path / "desk")
    file = pq.ParquetFile(tmp_path / "desk" / "evidence.parquet")
    assert file.metadata.num_row_groups == -(-file.metadata.num_rows // 4)
    file.close()


def test_what_no_calendar_has_is_no_day() -> None:
    assert typed("2031-02-30", "day") is None
    assert typed("0001-01-01T00:00+02:00", "time") is None
    assert typed("2031-02-03T10:00:00+01:00", "time") == datetime(2031, 2, 3, 9, tzinfo=UTC)
    assert typed("2031-02-03T10:00:00", "day") == date(2031, 2, 3)
    assert typed("a\ud800b", "text") == "a\ufffdb"
