"""Made articles are seeded, keep to one retelling within a story, and move their dates with it."""

from __future__ import annotations

import random
import sys
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))  # at the end: it has modules named as folders of tests

import volume
from volume import Base, Report, Retelling, Words, copied, story_of

NAMES = ("Brandt", "Calder", "Dunmore", "Estrid", "Falk")
VERBS = ("hauling", "mooring", "salvaging", "towing")
NOUNS = ("anchor", "harbour", "jetty", "tug")
WORDS = Words(
    {
        **dict.fromkeys(NAMES, "name"),
        **dict.fromkeys(VERBS, "=3ing"),
        **dict.fromkeys(NOUNS, "=2"),
    },
    {"name": NAMES, "=3ing": VERBS, "=2": NOUNS},
    frozenset({"name", "=3ing", "=2"}),
)
FIRST = "Brandt said on Monday that 4,500 crates fell off the tug. Brandt's men were towing it on May 30, 2019."
SECOND = "The tugs of Brandt lost 4,500 crates, towing on 30 May 2019."


def retold(*texts: str, days: int = 3, seed: int = 1) -> list[str]:
    retelling = Retelling(WORDS, random.Random(seed), days)
    return [retelling.of(text) for text in texts]


@pytest.mark.parametrize("seed", range(5))
def test_the_reports_of_a_story_are_retold_alike(seed: int) -> None:
    first, second = (text.replace(".", "").replace(",", "").split() for text in retold(FIRST, SECOND, seed=seed))
    name, crates, tug = first[0], first[5], first[10]
    assert name in NAMES
    assert name != "Brandt"
    assert first[11] == f"{name}'s"
    assert second[1:6] == [f"{tug}s", "of", name, "lost", crates]
    assert crates != "4500"
    assert len(crates) == 4
    assert crates.endswith("00")


def test_dates_and_weekdays_move_as_far_as_the_story() -> None:
    first, second = retold(FIRST, SECOND, days=3)
    assert "on Thursday" in first
    assert first.endswith("June 2, 2019.")
    assert second.endswith("2 June 2019.")


def test_a_copy_changes_some_words_that_tell_something_and_no_others() -> None:
    text = " ".join(["the", *NOUNS] * 200)
    made = copied(text, WORDS, random.Random(3)).split()
    changed = sum(a != b for a, b in zip(text.split(), made, strict=True))
    assert 0.04 < changed / 800 < 0.12
    assert made[::5] == ["the"] * 200


def test_articles_are_the_same_each_time_and_more_of_them_begin_with_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = (Report("A tug sinks", FIRST, 0), Report("Crates lost", SECOND, 9))
    monkeypatch.setattr(volume, "read_bases", lambda: (Base(date(2019, 5, 30), reports),))
    monkeypatch.setattr(volume, "read_words", lambda: WORDS)
    some = list(volume.articles(200, seed=4))
    assert some == list(islice(volume.articles(500, seed=4), 200))
    assert some[:20] != list(volume.articles(20, seed=5))
    assert len({row["id"] for row in some}) == 200
    stories = [story_of(row["id"]) for row in some]
    assert stories == sorted(stories)
    assert {row["published"] for row in some if stories[0] == story_of(row["id"])} <= {"2021-01-04", "2021-01-07"}
    in_first = [row["outlet"] for row in some if story_of(row["id"]) == stories[0]]
    assert len(in_first) == len(set(in_first))
