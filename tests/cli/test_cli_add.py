"""`accord add`, `accord refresh` and `accord watch`: what they hand on, say, and how they end."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from accord.config import Config, Web
from accord.errors import StoreError
from accord.records import Rejected, Update
from accord.stores import Store, open_store
from accord.upkeep import Added
from arrivals import FERRY, LATER, keep, place, update
from commands import ACCORD, run
from readers.web.site import Reply, Site, page
from sessions import Step, timeless

Told = Callable[[Rejected | Update], None]


# a store that is filled for real --------------------------------------------------------------------------------------


def test_the_sessions_in_the_documentation_are_what_happens(session: tuple[Path, list[Step]]) -> None:
    for step in session[1]:
        assert timeless(step.said) == timeless(step.expected), (
            f"{step.command}; python tests/sessions.py mends the page"
        )


def test_an_input_that_is_not_there_makes_no_store(folder: Path) -> None:
    told = run("add", "nowhere.json", "none/*.txt", "--store", "new.db")
    assert (told.exit_code, list(folder.iterdir())) == (2, [])
    assert "nowhere.json: there is no such file" in told.stderr


def test_what_is_added_is_said_as_it_changes_stories(session: tuple[Path, list[Step]]) -> None:
    first, second, corrected = (step.result for step in session[1][:3])
    assert (first.exit_code, second.exit_code, corrected.exit_code) == (0, 0, 1)
    assert first.stderr == "accord: 1 article; 1 story changed\n"
    assert re.fullmatch(r"new story: .+ \(The Velm Herald\) \[\w{12}\]\n", first.stdout)
    assert {row.partition(":")[0] for row in second.stdout.splitlines()} == {
        "new report",
        "newly corroborated",
        "newly disputed",
    }
    assert "corrected: The Velm Herald changed a passage: Five people were hurt" in corrected.stdout
    assert corrected.stderr.splitlines() == [
        "accord: thursday.jsonl, line 2: its text is empty; put the report's text into it",
        "accord: 0 articles, 1 new version, 1 problem; 1 story changed",
    ]


def test_the_same_again_changes_nothing(filled: Path) -> None:
    listed = run("stories", "--store", filled).stdout
    again = run("add", filled.parent / "wednesday.jsonl", "--store", filled)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "accord: 0 articles, 1 unchanged\n")
    assert run("refresh", "--store", filled).output == "accord: 0 updates\n"
    assert run("stories", "--store", filled).stdout == listed


def test_what_was_added_is_listed_shown_and_searched(filled: Path) -> None:
    (story,) = json.loads(run("stories", "--store", filled, "-f", "json").stdout)["stories"]
    assert (story["articles"], story["origins"], story["stale"]) == (2, 2, False)
    briefing = json.loads(run("show", story["id"][:6], "--store", filled, "-f", "json").stdout)
    assert (briefing["schema"], len(briefing["articles"])) == ("accord/briefing@1", 2)
    changed = run("show", story["id"], "--store", filled, "--changes").stdout
    assert "    - Four people were hurt, the fire brigade said, and one is missing.\n    + Five people" in changed
    quotes = run("search", "--kind", "quote", "--speaker", "Amber", "--store", filled).stdout
    assert "Joost Amber: “It came up the stairs behind me" in quotes
    assert "is: Five people were hurt" in run("changes", "--since", "1d", "--store", filled).stdout
    assert run("check", "--store", filled).exit_code == 0


def test_what_is_left_out_is_told_and_the_status_is_one(filled: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    left = run("add", gone, filled.parent / "wednesday.jsonl", "--store", filled)
    assert left.exit_code == 1
    assert left.stderr.splitlines() == [
        f"accord: {gone}: there is no such file; check the path",
        "accord: 0 articles, 1 unchanged, 1 problem",
    ]
    nothing = run("add", gone, "--store", filled, "--quiet")
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert nothing.stderr == f"accord: {gone}: there is no such file; check the path\n"


# stand-ins ------------------------------------------------------------------------------------------------------------


def test_options_become_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Sequence[str], Config]] = []

    def add(paths: Sequence[str], store: Store, *, config: Config, **_: object) -> Added:
        seen.append((paths, config))
        return Added()

    monkeypatch.setattr("accord.upkeep.add", add)
    options = ["--published", "June 1, 2024", "--outlet", " Post ", "--column", "text=words", "--offline", "--private"]
    assert run("add", "a", "b", "--store", tmp_path / "s.db", "--delay", "0.5", *options).exit_code == 0
    web = Web(offline=True, private=True, delay=0.5)
    assert seen == [
        (["a", "b"], Config(published="2024-06-01", outlet="Post", columns=(("text", "words"),), web=web)),
    ]


@pytest.mark.parametrize("options", [["--published", "soon"], ["--column", "words"], ["--delay", "-1"], ["--nonsense"]])
def test_bad_usage_makes_no_store(tmp_path: Path, options: list[str]) -> None:
    assert run("add", "a", "--store", tmp_path / "s.db", *options).exit_code == 2
    assert not (tmp_path / "s.db").exists()


def test_what_is_told_cannot_command_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add(paths: Sequence[str], store: Store, *, told: Told, **_: object) -> Added:
        told(Rejected("a\x1b[31m.txt", "read", "gone\r\nfor good\x9b2J"))
        told(update("u", gist="A \x1b]0;title\x07 dam\u202e broke\nTwice", article="\x1b"))
        return Added(articles=1, rejected=1)

    monkeypatch.setattr("accord.upkeep.add", add)
    told = run("add", "a", "--store", tmp_path / "s.db")
    assert told.exit_code == 1
    assert len(told.stdout.splitlines()) == 1
    assert len(told.stderr.splitlines()) == 2
    assert all(c.isprintable() or c == "\n" for c in told.stdout + told.stderr)


def test_an_error_while_adding_is_a_message_after_what_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(paths: Sequence[str], store: Store, *, told: Told, **_: object) -> Added:
        told(update("u"))
        raise StoreError("s.db: the disk is full; make room, and run the same again")

    monkeypatch.setattr("accord.upkeep.add", add)
    told = run("add", "a", "--store", tmp_path / "s.db")
    assert (told.exit_code, told.stderr) == (
        2,
        "accord: s.db: the disk is full; make room, and run the same again\n",
    )
    assert told.stdout.startswith("newly disputed: Update u")


def test_adding_goes_on_where_nobody_reads_what_is_said(tmp_path: Path) -> None:
    code = """
import sys
from accord import upkeep
from accord.records import Update
def add(paths, store, *, told, **_):
    for number in range(3000):
        told(Update(str(number), "new story", "s", "A dam broke. " * 20))
    with store.transaction():
        store.stamp("reached", "the end")
    return upkeep.Added(articles=3000)
upkeep.add = add
from accord.cli import main
main()
"""
    command = [ACCORD[0], "-c", code, "add", "-", "--store", str(tmp_path / "s.db"), "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    with closing(open_store(str(tmp_path / "s.db"))) as store:
        assert store.stamp("reached") == "the end"


def test_refresh_makes_anew_what_an_older_accord_made(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def refresh(store: Store, *, told: Told, outdated: bool, **_: object) -> tuple[Update, ...]:
        seen.append(outdated)
        told(update("u"))
        return (update("u"),)

    monkeypatch.setattr("accord.upkeep.refresh", refresh)
    told = run("refresh", "--store", store)
    assert (told.exit_code, told.stderr, seen) == (0, "accord: 1 update\n", [True])
    assert told.stdout.startswith("newly disputed: Update u")


def test_a_story_with_articles_that_its_briefing_does_not_know_is_shown_and_told(store: Path) -> None:
    with closing(open_store(str(store))) as opened:
        numbers = opened.members(["ferry"])["ferry"]
        place(opened, {"ferry": [*numbers, *keep(opened, "d", at=LATER)]})
    shown = run("show", "ferry", "--store", store)
    assert (shown.exit_code, shown.stderr) == (
        0,
        'accord: ferry: articles came that this briefing does not know; "accord refresh" briefs it anew\n',
    )
    assert shown.stdout.startswith("A ferry aground\n")


# watch ----------------------------------------------------------------------------------------------------------------


def test_watch_hands_on_its_options_and_prints_updates_with_their_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, object] = {}

    def watch(sources: Sequence[str], store: Store, *, told: Told, **options: object) -> None:
        seen.update(options, sources=sources)
        told(update("u"))
        told(Rejected("https://tide.example/feed", "watch", "it is not found (404)"))

    monkeypatch.setattr("accord.upkeep.watch.watch", watch)
    told = run("watch", "feeds.opml", "--every", "2h", "--once", "--private", "--store", tmp_path / "s.db")
    assert told.exit_code == 0
    assert told.stdout.startswith("2031-05-04T08:00:00Z newly disputed: Update u [s]\n")
    assert re.fullmatch(r"accord: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ https://tide.example/feed: it is .*\n", told.stderr)
    assert seen.pop("stop")
    config = Config(web=Web(private=True))
    assert seen == {"sources": ["feeds.opml"], "every": 7200.0, "once": True, "followed": True, "config": config}


@pytest.mark.parametrize("every", ["", "10", "0m", "soon", "-1m"])
def test_a_watch_that_is_given_no_length_of_time_is_bad_usage(tmp_path: Path, every: str) -> None:
    told = run("watch", "feeds.opml", "--every", every, "--store", tmp_path / "s.db")
    assert told.exit_code == 2
    assert "write it as 90s, 10m, 2h, 1d or 1w" in " ".join(told.stderr.split())
    assert not (tmp_path / "s.db").exists()


def test_a_watch_of_nothing_is_told(tmp_path: Path) -> None:
    told = run("watch", tmp_path / "gone.opml", "--store", tmp_path / "s.db")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr


def test_a_watch_prints_what_a_feed_brings_and_ends_on_sigterm(tmp_path: Path) -> None:
    feed = """<rss version="2.0"><channel><title>The Velm Herald</title><item><title>Weir gives way</title>
    <link>{}</link><pubDate>Tue, 03 Jun 2031 08:00:00 GMT</pubDate></item></channel></rss>"""
    text = "".join(f"<p>{sentence}</p>" for sentence in FERRY.splitlines() * 4)
    with Site({"/a.html": page(f"<html><title>Aground</title><article>{text}</article></html>")}) as site:
        site.routes["/feed"] = Reply(feed.format(site.url("/a.html")).encode(), 200, {"Content-Type": "text/xml"})
        command = [*ACCORD, "watch", site.url("/feed"), "--private", "--delay", "0", "--store", str(tmp_path / "s.db")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            first = process.stdout.readline().decode()
            assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ new story: ", first)
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
            assert time.monotonic() - begun < 5
            assert (
                process.stderr.read() == b"accord: stopped; the store is whole, and the next watch goes on from there\n"
            )
    shown = run("stories", "--store", tmp_path / "s.db", "-f", "json")
    assert (shown.exit_code, shown.stderr) == (0, "")
    listed = json.loads(shown.stdout)
    assert [story["articles"] for story in listed["stories"]] == [1]
