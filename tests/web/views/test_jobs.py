from __future__ import annotations

from typing import Any

import pytest

from accord.web.views.jobs import changes, lasted, news, outcome, progress, sentence
from accord.web.work.jobs import Job
from accord.web.work.orders import Order


def job(*said: tuple[str, dict[str, Any]]) -> Job:
    made = Job("2 texts", Order("add"))
    for what, told in said:
        made.say(what, told)
    return made


def stage(name: str, done: int, total: int) -> tuple[str, dict[str, Any]]:
    return "stage", {"stage": name, "done": done, "total": total}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "Waiting"),
        ([("begin", {}), stage("read", 12, 0)], "Reading and analyzing reports, 12 so far"),
        ([("begin", {}), stage("brief", 0, 3)], "Comparing reports and writing briefings, 1 of 3"),
        ([("begin", {}), stage("brief", 3, 3)], "Comparing reports and writing briefings, 3 of 3"),
        ([("end", {"stopped": False})], "Done"),
        ([("end", {"stopped": True})], "Stopped"),
        ([("failed", {"reason": "it broke"})], "Failed"),
    ],
)
def test_how_far_a_job_is_is_said_in_words(said: list[tuple[str, dict[str, Any]]], words: str) -> None:
    assert progress(job(*said)) == words


def test_what_came_of_a_job_is_one_sentence() -> None:
    assert outcome(job(("begin", {}))) == ""
    assert outcome(job(("end", {"stopped": False}))) == "nothing was new"
    told = {"articles": 1, "versions": 2, "unchanged": 1_200, "changed": 1, "stopped": False}
    rejected = ("reject", {"what": "a", "stage": "parse", "reason": "b"})
    made = job(("followed", {"count": 3}), rejected, ("end", told))
    words = "1 new report, 2 new versions, 1,200 held already, 1 left out, 3 feeds followed; 1 story changed"
    assert outcome(made) == words


def test_new_stories_are_news_until_they_stand_among_those_that_changed() -> None:
    rows = [("update", {"kind": kind, "gist": "g", "story": "s"}) for kind in ("new story", "corrected")]
    made = job(("begin", {}), *rows)
    assert (len(news(made)), changes(made)) == (2, 2)
    made.say("end", {"stopped": False})
    assert [row["kind"] for row in news(made)] == ["corrected"]
    assert changes(made) == 1


def test_times_and_sentences() -> None:
    made = job(("begin", {}))
    made.begun = 100.0
    assert (lasted(made, 112.9), lasted(made, 285.0), lasted(job(), 5.0)) == ("12 s", "3 min 5 s", "")
    assert (sentence("it is empty"), sentence("Why?"), sentence("")) == ("It is empty.", "Why?", "")
