"""`accord.read`: from paths to articles, one at a time, each once, changed ones as versions."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.config import Config
from accord.history import History
from accord.pipeline import read
from accord.records import Article, Change, Rejected
from accord.renderers.articles import to_line

URL = "https://herald.example/dam"
TEXT = "The dam at Oss burst on Monday. Two people died in the flood. The mayor spoke of a dark day."
CHANGED = TEXT.replace("Two people", "Three people")
OTHER = "A baker in Berg sells bread of acorns to tourists, who queue for it from dawn."


def lines(path: Path, *items: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return str(path)


def run(path: str, history: History | None = None) -> tuple[list[Article], list[Rejected]]:
    items = list(read([path], history=history))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Rejected)]


def test_a_changed_article_is_a_new_version_with_what_changed(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"url": URL, "text": TEXT}, {"url": URL + "?utm_source=x", "text": CHANGED})
    (old, new), rejected = run(path)
    assert (old.version, old.replaces, old.changes) == (1, None, ())
    assert (new.version, new.replaces) == (2, old.id)
    assert new.changes == (Change("Two people died in the flood.", "Three people died in the flood.", 32, 63),)
    assert new.id != old.id
    assert rejected == []


def test_an_article_that_comes_again_is_given_once_and_counted(tmp_path: Path) -> None:
    same = [
        {"url": URL, "text": TEXT, "title": "Dam"},
        {"url": URL + "/#top", "text": TEXT, "title": "Dam"},
        {"url": URL, "text": TEXT.replace(". ", ".\n"), "title": "Dam", "author": "M. Quell"},
        {"url": URL, "text": TEXT, "title": "Dam"},
    ]
    with History() as history:
        (article,), rejected = run(lines(tmp_path / "a.jsonl", *same), history)
        assert (article.text, rejected, history.unchanged) == (TEXT, [], 3)


def test_different_articles_stay_apart_and_have_ids_of_their_own(tmp_path: Path) -> None:
    found, rejected = run(
        lines(
            tmp_path / "a.jsonl",
            {"id": "1", "url": URL, "text": TEXT},
            {"id": "1", "url": URL, "text": OTHER},
            {"id": "1", "text": "It rained in Berg, and the harvest of the year is lost, farmers said there."},
        )
    )
    assert [article.version for article in found] == [1, 1, 1]
    assert len({article.id for article in found}) == 3
    assert found[0].id == "1"
    assert rejected == []


def test_an_older_version_that_comes_late_is_left_out_with_a_note(tmp_path: Path) -> None:
    found, (note,) = run(
        lines(
            tmp_path / "a.jsonl",
            {"url": URL, "text": CHANGED, "modified": "2024-06-02T10:00:00Z"},
            {"url": URL, "text": TEXT, "modified": "2024-06-02T09:00:00Z"},
        )
    )
    assert [article.text for article in found] == [CHANGED]
    assert note.what.endswith("a.jsonl, line 2")
    assert f"it is an earlier version of article {found[0].id}" in note.reason


def test_a_text_that_is_put_back_later_is_a_version_too(tmp_path: Path) -> None:
    days = [(TEXT, "2024-06-01"), (CHANGED, "2024-06-02"), (TEXT, "2024-06-03")]
    path = lines(tmp_path / "a.jsonl", *({"url": URL, "text": text, "modified": day} for text, day in days))
    found, _ = run(path)
    assert [(article.version, article.text) for article in found] == [(1, TEXT), (2, CHANGED), (3, TEXT)]
    assert len({article.id for article in found}) == 3
    assert found[2].replaces == found[1].id


def test_what_read_wrote_is_read_as_it_was_in_any_order(tmp_path: Path) -> None:
    days = [(TEXT, "2024-06-01"), (CHANGED, "2024-06-02"), (TEXT, "2024-06-03")]
    items = [{"url": URL, "text": text, "modified": day} for text, day in days]
    found, _ = run(lines(tmp_path / "a.jsonl", *items, {"id": "x", "text": OTHER}))
    for order in (found, found[::-1], [found[1], found[2], found[0], found[3]]):
        again = tmp_path / "again.jsonl"
        again.write_bytes(b"".join(map(to_line, order)))
        assert run(str(again)) == (order, [])


def test_with_a_history_only_what_is_new_or_changed_is_given(tmp_path: Path) -> None:
    base = str(tmp_path / "h.db")
    first = lines(tmp_path / "a.jsonl", {"url": URL, "text": TEXT}, {"id": "x", "text": OTHER})
    second = lines(tmp_path / "b.jsonl", {"url": URL, "text": CHANGED}, {"id": "x", "text": OTHER, "source": "a"})
    with History(base) as history:
        (old, _), _ = run(first, history)
    with History(base) as history:
        assert run(first, history) == ([], [])
        assert history.unchanged == 2
        (new,), _ = run(second, history)
        assert (new.version, new.replaces) == (2, old.id)
    with History(base) as history:
        assert run(first, history) == run(second, history) == ([], [])


def test_an_article_is_kept_only_once_it_was_handed_on(tmp_path: Path) -> None:
    base = str(tmp_path / "h.db")
    path = lines(tmp_path / "a.jsonl", {"url": URL, "text": TEXT}, {"id": "x", "text": OTHER})
    with History(base) as history:
        items = read([path], history=history)
        assert isinstance(items, Iterator)
        next(items)
        next(items)
        items.close()  # type: ignore[attr-defined]
    with History(base) as history:
        assert [article.text for article in run(path, history)[0]] == [OTHER]


def test_the_first_article_is_there_before_the_second_is_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": TEXT}, {"text": OTHER})
    items = read([path, "gone.txt"])
    assert isinstance(next(items), Article)
    assert isinstance(next(items), Article)
    assert next(items) == Rejected("gone.txt", "read", "there is no such file; check the path")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl", *({"url": f"{URL}{n % 7}", "text": f"{TEXT} It was day {n}."} for n in range(30))
    )
    one, other = ([to_line(article) for article in run(path)[0]] for _ in range(2))
    assert one == other
    assert len(one) == 30


def test_settings_fill_gaps_and_columns_name_fields(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"body_text": TEXT, "text": "No", "title": "Dam"})
    config = Config(published="2024-05-31", outlet="Post", columns=(("text", "body_text"),))
    (article,) = read([path], config=config)
    assert article == Article(article.id, TEXT, "Post", "Dam", published="2024-05-31", language="en")  # type: ignore[union-attr]


MEASURE = """
import json, os, sys, threading
from accord.pipeline import read
ours, theirs = os.pipe()
words = " ".join(f"the word{k * k % 997}" for k in range(200))
def write():
    with os.fdopen(theirs, "w") as out:
        for n in range(20_000):
            text = f"The council of town {n} met the mayor with his plan. {words}"
            out.write(json.dumps({"url": f"https://herald.example/{n}", "title": f"Plan {n}", "text": text}) + "\\n")
sys.stdin = os.fdopen(ours)
threading.Thread(target=write, daemon=True).start()
for number, _ in enumerate(read(["-"]), 1):
    if number in (2_000, 20_000):
        with open("/proc/self/status") as file:  # getrusage would begin with the peak of the process that started this
            print(next(line for line in file if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in kilobytes here")
def test_memory_does_not_grow_with_the_input() -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, timeout=120, check=True)
    early, late = map(int, done.stdout.split())
    assert late - early < 30_000
