"""`accord corrections`, and what the commands that show a story or the ledger say of them."""

from __future__ import annotations

import getpass
import json
from contextlib import closing
from pathlib import Path

import pytest

from accord.corrections import dismiss_entry, dismiss_finding, merge_stories, set_status
from accord.records import Correction
from accord.stores import open_store
from accord.upkeep.correcting import correct
from commands import run


@pytest.fixture
def given(store: Path) -> list[Correction]:
    """Correct a finding and two entries of the store made by hand; return how, in their order."""
    with closing(open_store(str(store))) as opened:
        briefing = opened.briefing("ferry")
        assert briefing is not None
        first, second = opened.entries(["e1", "e2"])
        found = [
            dismiss_finding(briefing.findings[0], by="Mara Tolk", at="2031-05-06T08:00:00Z", note="no news"),
            set_status(first, "withdrawn", by="Mara Tolk", at="2031-05-06T09:00:00Z"),
            dismiss_entry(second, by="Jon Ask", at="2031-05-06T10:00:00Z"),
        ]
        for one in found:
            correct(opened, one)
    return found


def test_corrections_are_listed_the_latest_first(store: Path, given: list[Correction]) -> None:
    shown = run("corrections", "--store", store)
    assert (shown.exit_code, shown.stderr) == (0, "")
    heads = [line for line in shown.stdout.splitlines() if line and not line.startswith(" ")]
    assert [head.partition("Z  ")[2].split(":")[0] for head in heads] == ["Jon Ask", "Mara Tolk", "Mara Tolk"]
    assert "  story ferry · correction " in shown.stdout
    listed = json.loads(run("corrections", "--store", store, "--format", "json", "--limit", "1").stdout)
    assert [one["id"] for one in listed["corrections"]] == [given[-1].id]


def test_those_of_one_story_are_chosen(store: Path, given: list[Correction]) -> None:
    shown = run("corrections", "--store", store, "--story", "ferry", "-f", "json")
    assert len(json.loads(shown.stdout)["corrections"]) == len(given)
    assert run("corrections", "--store", store, "--story", "bridge").stdout == "no corrections\n"
    assert run("corrections", "--store", store, "--story", "none").exit_code == 2


def test_a_story_is_shown_with_its_corrections_and_who_made_them(store: Path, given: list[Correction]) -> None:
    shown, machine = (run("show", "ferry", "--store", store, "-f", "json", *more) for more in ([], ["--machine"]))
    assert len(json.loads(shown.stdout)["findings"]) == len(json.loads(machine.stdout)["findings"]) - 1
    assert shown.stderr == "accord: 1 correction by Mara Tolk: Dismissed a finding: “The ferry Halmar ran”\n"
    assert machine.stderr == ""
    assert {
        "what": "The ferry Halmar ran",
        "stage": "correct",
        "reason": "dismissed by Mara Tolk: no news",
    } in json.loads(shown.stdout)["rejected"]


def test_the_ledger_is_shown_with_corrections(store: Path, given: list[Correction]) -> None:
    shown = run("ledger", "--store", store, "-f", "json", "--as-of", "2032-01-01")
    (one,) = json.loads(shown.stdout)["entries"]
    assert (one["id"], one["status"], one["rule"]) == ("e1", "withdrawn", "as Mara Tolk says")
    assert "1 correction by Mara Tolk: Changed the status" in shown.stderr
    assert "1 correction by Jon Ask: Dismissed an entry" in shown.stderr
    assert (
        len(json.loads(run("ledger", "--store", store, "-f", "json", "--status", "withdrawn").stdout)["entries"]) == 1
    )
    machine = run("ledger", "--store", store, "-f", "json", "--as-of", "2032-01-01", "--machine")
    statuses = {entry["id"]: entry["status"] for entry in json.loads(machine.stdout)["entries"]}
    assert (statuses, machine.stderr) == ({"e1": "overdue", "e2": "reported done"}, "")


def test_a_correction_is_taken_back(store: Path, given: list[Correction]) -> None:
    told = run("corrections", "--store", store, "--undo", given[0].id, "--by", "Ada Moll")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == "accord: undone: Dismissed a finding: “The ferry Halmar ran”\n"
    assert run("show", "ferry", "--store", store).stderr == ""
    assert len(json.loads(run("corrections", "--store", store, "-f", "json").stdout)["corrections"]) == 2
    listed = run("corrections", "--store", store, "--undone").stdout
    assert "undone by Ada Moll, " in listed
    again = run("corrections", "--store", store, "--undo", given[0].id, "--by", "Ada Moll")
    assert again.exit_code == 2
    assert "Ada Moll undid it on" in again.stderr
    assert run("corrections", "--store", store, "--undo", "zzz", "--by", "Ada").exit_code == 2


def test_who_takes_it_back_is_who_is_logged_in(
    store: Path, given: list[Correction], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")
    assert run("corrections", "--store", store, "--undo", given[0].id).exit_code == 0
    assert "undone by ada, " in run("corrections", "--store", store, "--undone").stdout

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    told = run("corrections", "--store", store, "--undo", given[1].id)
    assert told.exit_code == 2
    assert "who takes it back is not known here; name yourself" in told.stderr


def test_stories_that_an_undone_correction_regroups_wait_to_be_briefed(store: Path) -> None:
    with closing(open_store(str(store))) as opened:
        who = {"by": "Mara", "at": "2031-05-06T08:00:00Z"}
        one = merge_stories(["a2", "b"], ["c"], **who)
        with opened.transaction():
            opened.correct(one)
    told = run("corrections", "--store", store, "--undo", one.id, "--by", "Ada")
    assert told.exit_code == 0


def test_what_finds_its_words_no_more_is_told(store: Path) -> None:
    with closing(open_store(str(store))) as opened:
        briefing = opened.briefing("ferry")
        assert briefing is not None
        other = briefing.findings[0].evidence[0]
        text = opened.held(["b"])[0].article.text
        passage = type(other)("b", 100, 130, text[100:130])
        one = dismiss_finding(briefing.findings[0], by="Mara", at="2031-05-06T08:00:00Z")
        moved = type(one)(one.id, one.kind, one.by, one.at, passages=(passage,), before=one.before)
        correct(opened, moved)
    told = run("show", "ferry", "--store", store)
    assert told.exit_code == 0
    assert "accord: a correction by Mara is left out, since no finding carries its passages any more" in told.stderr
