"""The commands that look into a store: what they show and choose, and that nothing in it commands a terminal."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest

from accord.cli.changes import ChangeKind, ChangesFormat
from accord.cli.ledger import LedgerFormat, Standing
from accord.cli.search import Kind
from accord.records import Briefing, Change, Status, UpdateKind
from accord.renderers import RENDERERS, ledger, lists, updates
from accord.stores import open_store
from accord.stores.store import HitKind
from arrivals import BRIDGE, FERRY, arrival, article, brief, briefing, entry, keep, line, place, update
from commands import run

# what options may say -------------------------------------------------------------------------------------------------


def test_what_options_offer_is_what_records_and_renderers_know() -> None:
    assert {kind.value for kind in Kind} == set(HitKind.__args__)
    assert {kind.value.replace("-", " ") for kind in ChangeKind} == set(UpdateKind.__args__)
    assert {standing.value.replace("-", " ") for standing in Standing} == set(Status.__args__)
    assert {format.value for format in ChangesFormat} == set(updates.RENDERERS)
    assert {format.value for format in LedgerFormat} == set(ledger.RENDERERS)


# stories and show -----------------------------------------------------------------------------------------------------


def test_stories_are_listed_as_the_store_has_them(made: Path) -> None:
    with closing(open_store(str(made))) as store:
        rows = store.stories()
    for format in ("text", "json"):
        shown = run("stories", "--store", made, "--format", format)
        assert (shown.exit_code, shown.stdout) == (0, lists.STORIES[format](rows))
    assert {row.id for row in rows} == {"ferry", "bridge"}


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--several"], ["ferry"]),
        (["--since", "2031-05-05"], []),
        (["--since", "May 4, 2031", "--by", "weight"], ["ferry", "bridge"]),
        (["--by", "weight", "--limit", "1"], ["ferry"]),
        (["--outlet", "quell"], ["ferry"]),
    ],
)
def test_stories_are_chosen_and_ordered(made: Path, options: list[str], ids: list[str]) -> None:
    shown = run("stories", "--store", made, "-f", "json", *options)
    assert [story["id"] for story in json.loads(shown.stdout)["stories"]] == ids


@pytest.mark.parametrize("format", list(RENDERERS))
def test_a_story_is_shown_in_every_format_of_a_briefing(made: Path, format: str) -> None:
    with closing(open_store(str(made))) as store:
        kept = store.briefing("ferry")
    assert isinstance(kept, Briefing)
    shown = run("show", "fer", "--store", made, "--format", format)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, RENDERERS[format](kept), "")


def test_a_story_is_found_by_an_article_in_it(made: Path) -> None:
    assert run("show", "a2", "--store", made).stdout == run("show", "ferry", "--store", made).stdout


def test_a_story_goes_to_a_file_in_the_format_of_its_suffix(made: Path, folder: Path) -> None:
    assert run("show", "ferry", "--store", made, "-o", "ferry.md").output == ""
    assert (folder / "ferry.md").read_text("utf-8") == run("show", "ferry", "--store", made, "-f", "markdown").stdout


def test_the_store_is_never_the_output(store: Path) -> None:
    before = store.read_bytes()
    for name in (store, f"sqlite:///{store}"):
        for command in (["stories"], ["show", "ferry"], ["search", "ferry"], ["changes"], ["ledger"]):
            refused = run(*command, "--store", name, "--output", store)
            assert (refused.exit_code, store.read_bytes()) == (2, before)
            assert "it is read from, too; name another --output" in refused.stderr


@pytest.mark.parametrize("story", ["zzz", "", " ", "%", "_", "' OR 1=1 --", "\x00", "x" * 5000, "☃"])
def test_a_story_that_is_not_there_is_told(made: Path, story: str) -> None:
    for options in (["show", story], ["changes", "--story", story]):
        shown = run(*options, "--store", made)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert shown.stderr.endswith("and no article in one has it; see accord stories\n")


def test_a_story_is_named_by_its_id_or_an_article_whatever_the_case(made: Path) -> None:
    shown = run("show", "ferry", "--store", made).stdout
    for name in ("FERRY", "ferr", "Ferr", "a", "A2", "a2", "b", " ferry "):
        assert run("show", name, "--store", made).stdout == shown, name


def test_an_article_wins_over_how_a_story_begins_and_candidates_are_named(store: Path) -> None:
    with closing(open_store(str(store))) as opened:
        (number,) = keep(opened, article("sto", BRIDGE))
        numbers = keep(opened, *(article(f"n{n}") for n in range(7)))
        place(opened, {"stone": [number], **{f"story{n}": [one] for n, one in enumerate(numbers)}})
    assert "stone" in run("show", "sto", "--store", store).stderr
    told = run("show", "stor", "--store", store)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "begin like this: story0, story1, story2, story3, story4, ...; write more" in told.stderr


def test_a_query_without_a_word_is_refused(made: Path) -> None:
    for words in ("*", '""', "- ."):
        told = run("search", "--store", made, "--", words)
        assert (told.exit_code, told.stdout) == (2, "")
        assert "there is no word in " in told.stderr


def test_a_value_that_is_none_of_the_choices_is_told_plainly(made: Path) -> None:
    for command in (["search", "--kind", "x"], ["ledger", "--status", "x"], ["stories", "--format", "x"]):
        told = run(*command, "--store", made)
        assert told.exit_code == 2
        assert "'x' is not one of" in told.stderr
        assert "Value error" not in told.stderr


def test_a_story_that_is_not_briefed_is_told(made: Path) -> None:
    shown = run("show", "bridge", "--store", made)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == 'accord: bridge: this story has not been briefed so far; run "accord refresh"\n'


def test_what_outlets_changed_is_shown_version_by_version(made: Path) -> None:
    shown = run("show", "ferry", "--store", made, "--changes")
    before, after = FERRY.splitlines()[0], FERRY.splitlines()[0].replace("214", "241")
    assert shown.exit_code == 0
    assert f"    - {before}\n    + {after}\n" in shown.stdout
    document = json.loads(run("show", "ferry", "--store", made, "--changes", "-f", "json").stdout)
    (article,) = document["articles"]
    assert [version["id"] for version in article["versions"]] == ["a", "a2"]
    assert article["versions"][1]["changes"][0]["after"] == after
    refused = run("show", "ferry", "--store", made, "--changes", "-f", "html")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "changes are written as text or json" in refused.stderr


# search ---------------------------------------------------------------------------------------------------------------


def hits(*arguments: object) -> list[tuple[str, str]]:
    shown = run("search", "-f", "json", *arguments)
    assert shown.exit_code == 0
    return [(hit["kind"], hit["article"]) for hit in json.loads(shown.stdout)["hits"]]


def test_search_finds_what_its_options_admit(made: Path) -> None:
    assert ("quote", "c") in hits("beds", "--store", made)
    assert {kind for kind, _ in hits("--kind", "figure", "--store", made)} == {"figure"}
    assert {article for _, article in hits("--speaker", "reve", "--store", made)} == {"c"}
    assert {article for _, article in hits("--outlet", "echo", "--store", made)} == {"b"}
    assert hits("ferry", "--since", "2031-05-05", "--store", made) == []
    assert hits("ferry", "--until", "2031-05-03", "--store", made) == []
    assert len(hits("ferry", "--limit", "1", "--store", made)) == 1


def test_words_may_be_one_argument_or_several(made: Path) -> None:
    assert hits("old bridge", "--store", made) == hits("old", "bridge", "--store", made) != []
    assert hits('"bridge old"', "--store", made) == []


@pytest.mark.parametrize(
    "words", ['"', "*", "NEAR(", "a AND", "-", "'; DROP TABLE articles; --", "\x00", "x" * 20_000, "\ud800", "☃ *", "("]
)
def test_no_words_break_a_search(made: Path, words: str) -> None:
    shown = run("search", "--store", made, "--", words)
    assert shown.exit_code in (0, 2)
    assert "Traceback" not in shown.output
    assert run("search", "ferry", "--store", made).exit_code == 0


# changes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", list(updates.RENDERERS))
def test_changes_are_written_in_every_format(made: Path, format: str) -> None:
    with closing(open_store(str(made))) as store:
        kept = store.updates()
    shown = run("changes", "--store", made, "--format", format)
    assert (shown.exit_code, shown.stdout) == (0, updates.RENDERERS[format](kept))


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["u2", "u1"]),
        (["--since", "2031-05-05"], ["u2"]),
        (["--since", "2031-05-05T12:00+04:00"], ["u2"]),
        (["--since", "2031-05-05T12:00"], []),
        (["--kind", "newly-disputed"], ["u1"]),
        (["--name", "tarn"], ["u2"]),
        (["--words", "update u1"], ["u1"]),
        (["--story", "ferr"], ["u2", "u1"]),
        (["--story", "bridge"], []),
        (["--limit", "1"], ["u2"]),
    ],
)
def test_changes_are_chosen(made: Path, options: list[str], ids: list[str]) -> None:
    shown = run("changes", "--store", made, "-f", "json", *options)
    assert [update["id"] for update in json.loads(shown.stdout)["updates"]] == ids


def test_each_search_is_a_feed_of_its_own(made: Path) -> None:
    asked = [[], ["--story", "ferr"], ["--name", "tarn"], ["--words", "u1"], ["--kind", "corrected"]]
    feeds = [run("changes", "--store", made, "-f", "atom", *options).stdout for options in asked]
    ids = [feed.partition("<id>")[2].partition("</id>")[0] for feed in feeds]
    assert len(set(ids)) == len(asked)
    assert run("changes", "--store", made, "-f", "atom", "--since", "2031-05-05").stdout.count(ids[0]) == 1
    assert "<title>What later coverage changed: story ferry</title>" in feeds[1]


# ledger ---------------------------------------------------------------------------------------------------------------


def entries(*arguments: object) -> list[str]:
    shown = run("ledger", "-f", "json", *arguments)
    assert shown.exit_code == 0
    return [entry["id"] for entry in json.loads(shown.stdout)["entries"]]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["e1", "e2"]),
        (["--who", "county"], ["e2"]),
        (["--to-whom", "nobody"], []),
        (["--topic", "lifeboats"], ["e1", "e2"]),
        (["--due", "2031-03"], ["e1"]),
        (["--due", "2031-03-02.."], []),
        (["--status", "open", "--as-of", "2031-02-20"], ["e1"]),
        (["--status", "overdue", "--as-of", "2031-02-20"], []),
        (["--status", "overdue", "--as-of", "2031-03-20"], ["e1"]),
        (["--status", "overdue", "--status", "reported-done", "--as-of", "2031-03-20"], ["e1", "e2"]),
    ],
)
def test_entries_are_chosen_as_they_stand_on_the_day(made: Path, options: list[str], ids: list[str]) -> None:
    assert sorted(entries("--store", made, *options)) == ids


def test_the_ledger_goes_into_tables_and_calendars(made: Path, folder: Path) -> None:
    for name in ("ledger.csv", "due.ics"):
        assert run("ledger", "--store", made, "--as-of", "2031-02-20", "-o", name).output == ""
    with (folder / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 3
    calendar = (folder / "due.ics").read_bytes().decode()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "20310301" in calendar


# what stands in a store -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of articles that would command a terminal."""
    evil = "\x1b]0;x\x07\x9b2J\r\u202eTide\x00\u2028\x7f"
    path = tmp_path_factory.mktemp("hostile") / "accord.db"
    first = article("a", f"{evil} {FERRY}", f"{evil} Courier", title=f"{evil}\n\nAground")
    change = Change(f"{evil} old", f"{evil}\nnew", 0, 10)
    second = article("b", f"{evil} {FERRY}!", f"{evil} Courier", title=evil, version=2, replaces="a", changes=(change,))
    with closing(open_store(str(path))) as store:
        numbers = keep(store, first, arrival(second, follows="a"))
        place(store, {"ferry": numbers[1:]})
        brief(store, "ferry", briefing(second, title=f"{evil} a ferry"))
        with store.transaction():
            told = update("u", "ferry", gist=f"{evil} gist", before=evil, after=f"{evil} after", names=(evil,))
            store.tell([told])
            of = line("l", second, who=evil, what=f"{evil} boats", to_whom=evil, due=evil)
            store.keep_lines(["b"], [of])
            store.keep_entries([entry("e", of, who=evil, what=f"{evil} boats", to_whom=evil, rule=f"{evil} rule")])
    return path


@pytest.mark.parametrize(
    "command",
    [["stories"], ["show", "ferry"], ["show", "ferry", "--changes"], ["search", "ferry"], ["changes"], ["ledger"]],
    ids=" ".join,
)
def test_what_stands_in_articles_commands_no_terminal(hostile: Path, command: list[str]) -> None:
    text = run(*command, "--store", hostile)
    assert text.exit_code == 0
    assert "Tide" in text.output
    assert [c for c in text.output if not c.isprintable() and c != "\n"] == []
    document = run(*command, "--store", hostile, "-f", "json")
    assert json.loads(document.stdout)
    if command[0] != "show" or "--changes" in command:
        assert not set(document.stdout) & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160), 0x2028)}
