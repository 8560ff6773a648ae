"""Rows in Parquet files: they come back as they were, whatever is in them, and a file that is not whole says so."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from accord.errors import RunError
from accord.records import Analysis, Article, Caption, Change, Citation, Difference, Finding, Quote, Span, Value
from accord.runs.arrays import schema_of
from accord.runs.columns import count_rows, each_row, gathered, read_part, whole, write_part
from accord.runs.rows import SPREAD, TABLES, AnalysisRow, ArticleRow, FindingRow, ReadRow, RejectedRow, SketchRow

KINDS = sorted({ReadRow, *TABLES.values()}, key=lambda kind: kind.__name__)


@dataclass(frozen=True, slots=True)
class Big:
    """A row of which few are in one group of a file."""

    number: int
    article: Article = field(metadata=SPREAD)


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type, as the fields of records have them."""
    plain = {
        str: st.text(max_size=8),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
        bytes: st.binary(max_size=8),
        type(None): st.none(),
    }
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(any_of(get_args(hint)[0]), max_size=2).map(tuple)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([any_of(one) for one in get_args(hint)])
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{one.name: any_of(hints[one.name]) for one in fields(hint)})
    return plain[hint]


def rejected(*names: str) -> list[RejectedRow]:
    return [RejectedRow(name, "parse", "its text is empty") for name in names]


def quoted(text: str) -> Article:
    return Article(
        "a", text, "Halm Post", "Dam", captions=(Caption("A dam", None),), changes=(Change(None, "x", 0, 1),)
    )


# round trips ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_rows_come_back_as_they_were(kind: type, data: st.DataObject) -> None:
    rows = data.draw(st.lists(any_of(kind), max_size=3))
    with TemporaryDirectory() as folder:
        path = Path(folder, "part.parquet")
        assert write_part(path, kind, rows) == len(rows)
        assert read_part(path, kind) == rows
        assert list(each_row(path, kind)) == rows
        again = write_part(path.with_name("again"), kind, rows)
        assert (again, path.with_name("again").read_bytes()) == (len(rows), path.read_bytes())


def test_what_may_be_missing_is_told_from_what_is_empty(tmp_path: Path) -> None:
    quotes = (
        Quote("a", 0, 3, "Yes", "direct", None, source=Span(5, 8, "she"), content=(Span(0, 3, "Yes"),)),
        Quote("a", 9, 11, "No", "indirect", "", cue=""),
    )
    rows = [AnalysisRow(0, "m", Analysis("a", quotes=quotes)), AnalysisRow(1, "m", Analysis("b"))]
    write_part(tmp_path / "p", AnalysisRow, rows)
    assert read_part(tmp_path / "p", AnalysisRow) == rows


def test_some_rows_are_read_in_the_order_asked_for(tmp_path: Path) -> None:
    rows = [Big(n, quoted("A dam broke. " * 9_000)) for n in range(12)]
    write_part(tmp_path / "p", Big, rows)
    assert parquet.read_metadata(tmp_path / "p").num_row_groups > 1
    assert read_part(tmp_path / "p", Big, [9, 0, 11, 9]) == [rows[9], rows[0], rows[11], rows[9]]
    assert read_part(tmp_path / "p", Big, []) == []
    with pytest.raises(IndexError, match="12 rows"):
        read_part(tmp_path / "p", Big, [12])


def test_fields_whose_columns_are_not_read_have_their_defaults(tmp_path: Path) -> None:
    row = AnalysisRow(3, "m", Analysis("a", credits=("Wire",)))
    write_part(tmp_path / "p", AnalysisRow, [row])
    assert read_part(tmp_path / "p", AnalysisRow, columns=["number", "maker", "article"]) == [
        AnalysisRow(3, "m", Analysis("a"))
    ]
    with pytest.raises(ValueError, match="article: it has no default"):
        read_part(tmp_path / "p", AnalysisRow, columns=["number", "maker"])


# what other programs see ----------------------------------------------------------------------------------------------


def test_columns_have_plain_types_and_names(tmp_path: Path) -> None:
    cited = Citation("a", 0, 5, "A dam")
    finding = Finding(
        *("f", "figure", "A dam broke.", "disputed", "reports", 2, ("Halm Post",), (cited,)),
        (Difference("value", (Value("3", ("a",)),), False),),
    )
    write_part(tmp_path / "p", FindingRow, [FindingRow("s", 1, finding)])
    (seen,) = parquet.read_table(tmp_path / "p").to_pylist()
    assert list(seen)[:5] == ["story", "rank", "id", "kind", "gist"]
    assert (seen["evidence"], seen["outlets"]) == (
        [{"article": "a", "start": 0, "end": 5, "text": "A dam"}],
        ["Halm Post"],
    )
    schema = schema_of(FindingRow)
    assert [str(schema.field(name).type) for name in ("rank", "score", "between")] == ["int64", "double", "string"]
    assert [schema.field(name).nullable for name in ("rank", "between")] == [False, True]
    assert schema.metadata == {b"accord": b"accord/run@1"}


def test_a_type_that_no_column_holds_is_told() -> None:
    @dataclass(frozen=True)
    class Pairs:
        pairs: dict[str, int]

    @dataclass(frozen=True)
    class Twice:
        text: str
        caption: Caption = field(metadata=SPREAD)

    with pytest.raises((TypeError, NameError), match="no column holds"):
        schema_of(Pairs)
    with pytest.raises(TypeError, match="two columns would have the name text"):
        schema_of(Twice)


# files ----------------------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "rejected" / "stage=parse" / "part-0.parquet"
    write_part(path, RejectedRow, rejected("a"))
    before = path.read_bytes()
    with pytest.raises(AttributeError):
        write_part(path, RejectedRow, [*rejected("b"), None])  # type: ignore[list-item]
    assert [one.name for one in path.parent.iterdir()] == ["part-0.parquet"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no such file"),
        (b"", "cut off or damaged"),
        (b"PAR1 and then something else", "cut off or damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / "p.parquet").write_bytes(content)
    for read in (lambda p: read_part(p, RejectedRow), count_rows, lambda p: gathered(tmp_path / "all", [p])):
        with pytest.raises(RunError, match=rf"p\.parquet: .*{told}"):
            read(tmp_path / "p.parquet")
    assert not (tmp_path / "all").exists()


def test_a_file_that_is_cut_off_or_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p"
    write_part(path, RejectedRow, rejected("a", "b"))
    with pytest.raises(RunError, match="columns are not those of SketchRow"):
        read_part(path, SketchRow)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(RunError, match="cut off or damaged"):
        read_part(path, RejectedRow)
    write_part(path, RejectedRow, rejected("a"))
    parquet.write_table(parquet.read_table(path).replace_schema_metadata(None), path)
    with pytest.raises(RunError, match="no table of a run"):
        read_part(path, RejectedRow)


def test_many_files_become_one(tmp_path: Path) -> None:
    parts = []
    for n in range(5):
        parts.append(tmp_path / f"small-{n}")
        write_part(parts[-1], RejectedRow, rejected(*(f"{n}, line {line}" for line in range(0 if n == 2 else 400))))
    assert gathered(tmp_path / "all", parts) == 1600
    assert gathered(tmp_path / "again", parts) == 1600
    assert read_part(tmp_path / "all", RejectedRow) == [row for p in parts for row in read_part(p, RejectedRow)]
    assert (tmp_path / "all").read_bytes() == (tmp_path / "again").read_bytes()
    assert parquet.read_metadata(tmp_path / "all").num_row_groups == 2
    write_part(tmp_path / "sketches", SketchRow, [SketchRow(0, "a", b"")])
    with pytest.raises(RunError, match="columns are not those of the other parts"):
        gathered(tmp_path / "mixed", [parts[0], tmp_path / "sketches"])


def test_files_without_rows_become_one_without_rows(tmp_path: Path) -> None:
    write_part(tmp_path / "p", AnalysisRow, [])
    assert gathered(tmp_path / "all", [tmp_path / "p"]) == 0
    assert (read_part(tmp_path / "all", AnalysisRow), count_rows(tmp_path / "all")) == ([], 0)


# half characters ------------------------------------------------------------------------------------------------------


def test_half_characters_are_replaced_and_lengths_stay(tmp_path: Path) -> None:
    broken = quoted("A dam \ud800 broke \U0001f30a.")
    mended = whole(broken)
    assert mended.text == "A dam \ufffd broke \U0001f30a."
    assert len(mended.text) == len(broken.text)
    assert whole(mended) is mended
    nested = Article("a", "A dam broke.", "Post", captions=(Caption("ok"), Caption("\udc00")))
    assert whole(nested).captions == (Caption("ok"), Caption("\ufffd"))
    row = ArticleRow(0, "w", "m", (), None, 4, broken)
    write_part(tmp_path / "p", ArticleRow, [row])
    assert read_part(tmp_path / "p", ArticleRow) == [whole(row)]
