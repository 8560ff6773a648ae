"""Tables: CSV and Parquet, a row a page, with the rows that do not fit named."""

from __future__ import annotations

import csv
import json
import tempfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.config import Config
from accord.parse import parse
from accord.records import Page
from readers.packed import gz, places, read_file


def rows(pages: tuple[Page, ...]) -> list[dict[str, Any]]:
    return [json.loads(page.content) for page in pages]


def test_a_row_is_a_page_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    table = (
        '\ufefftitle,text,published\r\nDam,"She said ""no"".\r\n\r\nThen, later, yes.",2024-05-01\r\n\r\nGate,Open,\r\n'
    )
    pages, rejected = read_file(tmp_path, "export.csv", table.encode())
    assert [places(page) for page in pages] == ["export.csv, row 2", "export.csv, row 4"]
    assert pages[0].media_type == "application/json"
    assert rows(pages) == [
        {"title": "Dam", "text": 'She said "no".\r\n\r\nThen, later, yes.', "published": "2024-05-01"},
        {"title": "Gate", "text": "Open"},
    ]
    assert rejected == ()


def test_columns_with_other_names_are_mapped(tmp_path: Path) -> None:
    columns = (("text", "Fliesstext"), ("title", "Zeile"))
    pages, _ = read_file(tmp_path, "a.csv", b"Zeile;Fliesstext\nDam;It opened.\n", Config(columns=columns))
    articles, rejected = parse(pages[0], Config(columns=columns))
    assert [(a.title, a.text, a.outlet) for a in articles] == [("Dam", "It opened.", "a")]
    assert rejected == ()


@pytest.mark.parametrize(
    "content",
    [
        "title,text\nDam,Zoë: it opened\n".encode(),
        "title;text\nDam;Zoë: it opened\n".encode("cp1252"),
        "title\ttext\nDam\tZoë: it opened\n".encode("utf-16"),
        "title|text\nDam|Zoë: it opened\n".encode("utf-16-le"),
        "sep=;\ntitle;text\nDam;Zoë: it opened\n".encode(),
        b"title,text\r" + "Dam,Zoë: it opened\r".encode(),
        gz("title,text\nDam,Zoë: it opened\n".encode()),
    ],
)
def test_delimiters_and_encodings_are_told_from_the_content(tmp_path: Path, content: bytes) -> None:
    name = "a.csv.gz" if content.startswith(b"\x1f\x8b") else "a.csv"
    pages, rejected = read_file(tmp_path, name, content)
    assert rows(pages) == [{"title": "Dam", "text": "Zoë: it opened"}]
    assert rejected == ()


def test_stray_bytes_far_into_a_utf8_table_are_read_as_western(tmp_path: Path) -> None:
    pages, _ = read_file(tmp_path, "a.csv", b"title,text\n" + "Dam,café\n".encode() * 30_000 + b"Dam,caf\xe9\n")
    assert rows(pages[-1:]) == [{"title": "Dam", "text": "café"}]


def test_rows_that_do_not_fit_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    table = b"title,text\nshort\nDam,It opened\ntoo,many,cells\nGate,trailing,,\nNul,a\0b\nLast,ok\n"
    pages, rejected = read_file(tmp_path, "a.csv", table)
    assert [row["title"] for row in rows(pages)] == ["Dam", "Gate", "Last"]
    assert [what for what, _ in rejected] == ["a.csv, row 2", "a.csv, row 4", "a.csv, row 6"]
    assert "it has 3 cells and the header has 2" in rejected[1][1]
    assert "it holds null bytes" in rejected[2][1]


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_huge_cell_costs_its_row_only(tmp_path: Path, quote: bytes) -> None:
    cell = quote + b"word, word\n" * 1_000_000 + quote if quote else b"word " * 10_000_000
    pages, rejected = read_file(tmp_path, "a.csv", b"title,text\nDam," + cell + b"\nGate,ok\n")
    assert rows(pages) == [{"title": "Gate", "text": "ok"}]
    assert [what for what, _ in rejected] == ["a.csv, row 2"]
    assert "it is longer than 800,000 characters" in rejected[0][1]


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    _, rejected = read_file(tmp_path, "a.csv", b'title,text\nDam,"oops\n' + b"Gate,ok\n" * 200_000)
    assert "a quote in it is never closed" in rejected[0][1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"\n\n", "its first line is"),
        (b"The dam opened.\n", "names only one column"),
        (b"title,text\n", "it holds no row under its header"),
        (b"\0" * 5000, "names only one column"),
    ],
)
def test_what_is_no_table_says_what_to_do(tmp_path: Path, content: bytes, reason: str) -> None:
    pages, rejected = read_file(tmp_path, "a.csv", content)
    assert pages == ()
    assert len(rejected) == 1
    assert reason in rejected[0][1]


CELLS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_csv_writes_is_read_back(written: list[tuple[str, str]]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerows([("title", "text"), *written])
    with tempfile.TemporaryDirectory() as folder:
        pages, _ = read_file(Path(folder), "a.csv", file.getvalue().encode())
    kept = [row for row in written if any(cell.strip() for cell in row)]
    assert [(row.get("title", ""), row.get("text", "")) for row in rows(pages)] == kept


# Parquet --------------------------------------------------------------------------------------------------------------


def parquet(columns: dict[str, object], **options: object) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    file = BytesIO()
    write_table(pyarrow.table(columns), file, **options)
    return file.getvalue()


def test_a_parquet_row_is_a_page_with_the_columns_an_article_may_need(tmp_path: Path) -> None:
    table = parquet(
        {
            "title": ["Dam", None],
            "text": ["It opened.", "It closed."],
            "published": [datetime(2024, 5, 1, 10, tzinfo=UTC), None],
            "day": [date(2024, 5, 1), None],
            "authors": [["Jo Bly", "Ada Penn"], None],
            "vector": [[0.5, 0.25], [0.5, 0.25]],
            "picture": [b"\x89PNG", b"\x89PNG"],
            "score": [1.5, float("nan")],
        }
    )
    pages, rejected = read_file(tmp_path, "a.parquet", table)
    assert places(pages[1]) == "a.parquet, row 2"
    assert rows(pages) == [
        {
            "title": "Dam",
            "text": "It opened.",
            "published": "2024-05-01T10:00:00+00:00",
            "day": "2024-05-01",
            "authors": ["Jo Bly", "Ada Penn"],
            "score": 1.5,
        },
        {"text": "It closed."},
    ]
    assert rejected == ()
    assert [a.published for a in parse(pages[0])[0]] == ["2024-05-01"]


def test_a_column_of_bytes_is_read_where_it_is_named(tmp_path: Path) -> None:
    table = parquet({"headline": ["Dam"], "raw": ["Zoë: it opened".encode()]})
    pages, _ = read_file(tmp_path, "a.parquet", table, Config(columns=(("text", "raw"),)))
    assert rows(pages) == [{"headline": "Dam", "raw": "Zoë: it opened"}]


def test_a_table_with_no_column_of_text_is_named_once(tmp_path: Path) -> None:
    named = "its columns are Zeitung, Worte; none is the text: name it with --column text=NAME"
    content = {"a.csv": b"Zeitung,Worte\n" + b"Bote,Es taut.\n" * 50}
    content["a.parquet"] = parquet({"Zeitung": ["Bote"] * 50, "Worte": ["Es taut."] * 50})
    for name, table in content.items():
        assert read_file(tmp_path, name, table) == ((), ((name, named),))
        assert len(read_file(tmp_path, name, table, Config(columns=(("text", "worte"),)))[0]) == 50
        assert read_file(tmp_path, name, table, Config(columns=(("text", "Wort"),))) == ((), ((name, named),))


@pytest.mark.parametrize("header", [b"Article-Body", b"BODY", b"uri,body_text"])
def test_the_usual_names_of_the_text_need_no_column(tmp_path: Path, header: bytes) -> None:
    cells = b"one," * header.count(b",") + b"It thaws."
    pages, rejected = read_file(tmp_path, "a.csv", b"title," + header + b"\nDam," + cells + b"\n")
    assert [article.text for article in parse(pages[0])[0]] == ["It thaws."]
    assert rejected == ()


def test_of_many_and_long_columns_some_are_named(tmp_path: Path) -> None:
    header = ",".join(["x" * 90, *(f"c{number}" for number in range(99))])
    _, ((_, reason),) = read_file(tmp_path, "a.csv", f"{header}\n{',' * 99}\n".encode())
    assert f"{'x' * 40}..., c0, c1" in reason
    assert "c18 and 80 more; none is the text" in reason


def test_a_damaged_row_group_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    from pyarrow.parquet import ParquetFile

    texts = [f"The dam opened for the {number}th time." for number in range(300)]
    table = bytearray(parquet({"text": texts}, row_group_size=100, use_dictionary=False))
    start = ParquetFile(BytesIO(table)).metadata.row_group(1).column(0).data_page_offset
    table[start : start + 25] = b"\xff" * 25
    pages, rejected = read_file(tmp_path, "a.parquet", bytes(table))
    assert [places(page) for page in pages[99:101]] == ["a.parquet, row 100", "a.parquet, row 201"]
    assert [what for what, _ in rejected] == ["a.parquet, rows 101 to 200"]


@pytest.mark.parametrize("damage", ["cut", "footer", "length", "empty", "bomb", "no text", "no rows", "tiny"])
def test_unusable_parquet_files_say_what_to_do(tmp_path: Path, damage: str) -> None:
    table = parquet({"text": ["The dam opened."] * 20})
    content = {
        "cut": table[:-4],
        "footer": table[:-60] + b"\xff" * 40 + table[-20:],
        "length": table[:-8] + b"\xff\xff\xff\x7f" + table[-4:],
        "empty": b"",
        "bomb": parquet({"text": ["0" * 80_000_000]}, compression="zstd"),
        "no text": parquet({"vector": [[0.5]]}),
        "no rows": parquet({"title": ["x"][:0], "day": [date(2024, 5, 1)][:0]}),
        "tiny": b"PAR1",
    }[damage]
    pages, rejected = read_file(tmp_path, "a.parquet", content)
    assert pages == ()
    assert len(rejected) == 1
    assert rejected[0][1].rpartition("; ")[2]
