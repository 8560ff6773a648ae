"""Repeats are dropped, versions found, and the articles of a run put in the order of time: as `accord.read` does it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import accord
from accord.config import Config
from accord.records import Article, Rejected
from accord.runs import reading, settling
from accord.runs.columns import read_part
from accord.runs.gathering import small
from accord.runs.parts import parts_of
from accord.runs.rows import ReadRow, RejectedRow

WORDS = (
    "The harbour board of Velmar met on the quay and voted to mend the east pier before the winter storms came. ",
    "Ferries to the outer islands will sail at half speed until divers have looked at the piles, said its chair. ",
    "Nobody was hurt when a mooring gave way in the night, and the fish market opened an hour late on Monday. ",
)
ADDRESSES = (None, "https://lantern.example/pier", "https://gazette.example/news/7")


def story(address: str | None, own_id: str | None, day: str | None, first: int, more: bool) -> dict[str, Any]:
    text = WORDS[first] + WORDS[(first + 1) % 3] + ("A second vote is due on Friday, it was said." if more else "")
    fields = {"url": address, "id": own_id, "published": day, "title": f"Pier {first}", "text": text}
    return {"outlet": "The Lantern", **{name: value for name, value in fields.items() if value is not None}}


STORIES = st.builds(
    story,
    st.sampled_from(ADDRESSES),
    st.sampled_from((None, None, "a1", "b2")),
    st.sampled_from((None, "2031-05-04", "2031-04-30", "2031-05")),
    st.integers(0, 2),
    st.booleans(),
)


def settled(folder: Path, lines: Sequence[dict[str, Any]], size: int = 3) -> list[Article]:
    """Return the last versions of the articles in `lines` as a run has them, in the order of their numbers."""
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    output = folder / "run"
    tasks = list(reading.page_tasks([str(source)], Config()))
    for task in tasks:
        reading.parse_batch(task, output=str(output), config=Config())
    settling.settle(output, sorted(task.key for task in tasks), lambda _: None)
    found = []
    numbers = []
    for pick in settling.picks(output):
        if pick.number is not None:
            (row,) = read_part(reading.read_file(output, pick.batch), ReadRow, [pick.place])
            found.append(Article(pick.id, row.article.text, row.article.outlet, published=row.article.published))
            numbers.append(pick.number)
    assert numbers == list(range(len(numbers)))
    return found


def given_by_read(source: Path) -> list[Article]:
    articles = [item for item in accord.read([str(source)]) if isinstance(item, Article)]
    replaced = {article.replaces for article in articles}
    return [article for article in articles if article.id not in replaced]


@given(st.lists(STORIES, min_size=1, max_size=9))
def test_a_run_takes_on_what_read_gives(lines: list[dict[str, Any]]) -> None:
    from tempfile import TemporaryDirectory

    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(reading, "PAGES", 2)
        found = settled(Path(folder), lines)
        wanted = given_by_read(Path(folder) / "articles.jsonl")
    assert {(a.id, a.text) for a in found} == {(a.id, a.text) for a in wanted}
    assert len(found) == len(wanted)


def test_articles_are_in_the_order_of_their_days(tmp_path: Path) -> None:
    days = ["2031-05-04", None, "2031-04-30", "2031-05", "2030-12-01"]
    lines = [story(None, f"n{n}", day, n % 3, False) for n, day in enumerate(days)]
    assert [article.published for article in settled(tmp_path, lines)][:3] == ["2030-12-01", "2031-04-30", "2031-05-04"]


def test_an_older_version_goes_on_without_a_number(tmp_path: Path) -> None:
    lines = [story(ADDRESSES[1], None, "2031-05-04", 0, more) for more in (False, True)]
    (last,) = settled(tmp_path, lines)
    picks = list(settling.picks(tmp_path / "run"))
    assert [(pick.version, pick.number) for pick in sorted(picks, key=lambda pick: pick.version)] == [(1, None), (2, 0)]
    assert picks[-1].replaces == next(pick.id for pick in picks if pick.version == 1)
    assert len(settling.changes_of(next(pick for pick in picks if pick.version == 2))) == 1
    assert last.text.endswith("it was said.")


def test_what_is_left_out_is_written(tmp_path: Path) -> None:
    lines = [
        story(ADDRESSES[1], None, "2031-05-04", 0, True) | {"modified": "2031-05-06"},
        story(ADDRESSES[1], None, "2031-05-04", 0, False) | {"modified": "2031-05-05"},
        {"title": "Empty"},
    ]
    assert len(settled(tmp_path, lines)) == 1
    rejected = [row for path in parts_of(small(tmp_path / "run"), "rejected") for row in read_part(path, RejectedRow)]
    assert sorted(row.stage for row in rejected) == ["parse", "parse"]
    assert any("an earlier version" in row.reason for row in rejected)
    assert not any(isinstance(row, Rejected) for row in rejected)


def test_an_id_made_up_for_one_article_that_is_that_of_another_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "three").mkdir()
    two = [story(None, "same", "2031-05-04", 1, False), story(None, "same", "2031-05-04", 0, False)]
    (made_up,) = {article.id for article in settled(tmp_path / "two", two)} - {"same"}
    found = settled(tmp_path / "three", [*two, story(None, made_up, "2031-05-04", 2, False)])
    assert len({article.id for article in found}) == 3
