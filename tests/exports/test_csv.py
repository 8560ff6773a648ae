"""CSV: what stands in the cells is what stands in the store, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from accord.exports import export
from accord.exports.csv import cell, text_of
from accord.exports.tables import TABLES, days_of

from .desk import WILD, desk

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_tables_come_back_as_they_were_written(tmp_path: Path) -> None:
    counts = export(desk(), "csv", tmp_path / "desk")
    for name, columns in TABLES.items():
        rows = table(tmp_path / "desk", name)
        assert len(rows) == counts[name]
        assert all(list(row) == list(columns) for row in rows)
    (wild,) = (row for row in table(tmp_path / "desk", "articles") if text_of(row["id"]) == WILD.id)
    assert text_of(wild["text"]) == WILD.text.replace("\x00", "\ufffd")
    assert (text_of(wild["outlet"]), text_of(wild["title"])) == (WILD.outlet, WILD.title)
    assert (wild["paywalled"], wild["version"], wild["gone"], wild["superseded"]) == ("true", "1", "", "false")


def test_spans_stand_in_the_texts_that_they_name(tmp_path: Path) -> None:
    export(desk(), "csv", tmp_path / "desk")
    texts = {text_of(row["id"]): text_of(row["text"]) for row in table(tmp_path / "desk", "articles")}
    for name in ("evidence", "quotes", "figures", "commitments", "ledger_lines"):
        for row in table(tmp_path / "desk", name):
            text = texts[text_of(row["article"])]
            assert text[int(row["start"]) : int(row["end"])] == text_of(row["text"])


def test_tables_refer_to_one_another(tmp_path: Path) -> None:
    export(desk(), "csv", tmp_path / "desk")
    findings = {row["id"] for row in table(tmp_path / "desk", "findings")}
    evidence = table(tmp_path / "desk", "evidence")
    assert {row["of"] for row in evidence} == {"finding", "timeline", "update", "ledger"}
    assert {row["id"] for row in evidence if row["of"] == "finding"} == findings
    assert {row["finding"] for row in table(tmp_path / "desk", "quotes")} <= findings
    assert {row["entry"] for row in table(tmp_path / "desk", "ledger_lines")} == {"e1"}
    due = next(row for row in table(tmp_path / "desk", "commitments") if row["due_date"] == "2032")
    assert (due["due_first"], due["due_last"], due["amount"]) == ("2032-01-01", "2032-12-31", "3.5")


def test_no_text_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    export(desk(), "csv", tmp_path / "desk")
    for name, columns in TABLES.items():
        for row in table(tmp_path / "desk", name):
            assert not any(row[c].startswith(FORMULA) for c, kind in columns.items() if kind in ("text", "texts"))


@given(st.text() | st.sampled_from(FORMULA).map(lambda sign: f"''{sign}1"))
def test_text_comes_back_out_of_its_cell(text: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([cell(text, "text"), "x"])
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True)
    assert not row[0].startswith(FORMULA)
    assert text_of(row[0]) == "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


def test_cells_are_what_a_reader_of_tables_expects() -> None:
    given = ((None, "text"), (True, "flag"), (12, "integer"), (-0.5, "number"), (9e6, "number"))
    assert [cell(value, kind) for value, kind in given] == ["", "true", "12", "-0.5", "9000000"]
    assert cell(("Herald", "Post"), "texts") == "Herald; Post"
    assert cell((), "texts") == ""
    assert cell("=SUM(A1)", "text") == "'=SUM(A1)"


def test_a_zip_file_holds_the_same_tables_and_what_they_are(tmp_path: Path) -> None:
    store = desk()
    export(store, "csv", tmp_path / "desk")
    export(store, "csv", tmp_path / "desk.zip")
    with ZipFile(tmp_path / "desk.zip") as packed:
        for name in packed.namelist():
            assert packed.read(name) == (tmp_path / "desk" / name).read_bytes()
        manifest = json.loads(packed.read("accord-export.json"))
    assert set(manifest["tables"]) == set(TABLES)
    assert manifest["tables"]["articles"]["rows"] == 6
    assert manifest["tables"]["articles"]["columns"]["published"] == "day"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "desk.zip"]


def test_the_days_of_a_month_and_a_year() -> None:
    assert days_of("2032-02") == ("2032-02-01", "2032-02-29")
    assert days_of("2031") == ("2031-01-01", "2031-12-31")
    assert days_of("2031-02-03") == ("2031-02-03", "2031-02-03")
    assert days_of(None) == days_of("soon") == (None, None)
