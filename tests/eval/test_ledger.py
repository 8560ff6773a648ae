"""The gold of the ledger, its form, and the program that scores a ledger against it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))

from accord.records import Says, Status
from ledger_scores import (
    Counts,
    Line,
    Mention,
    bcubed,
    by_report,
    entry_of,
    last_day,
    pairwise,
    same_amount,
    same_due,
    score,
    stands_for,
)

EVAL = Path(__file__).parents[2] / "eval"
HALVES = ("dev", "held")


def program() -> Any:
    """Load eval/ledger.py under a name of its own: tests of accord.ledger may be a package `ledger`."""
    spec = spec_from_file_location("ledger_program", EVAL / "ledger.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


check = program()


def entry(status="open", amount=None, unit=None, due_date=None):
    return SimpleNamespace(status=status, amount=amount, unit=unit, due_date=due_date, rule="")


def perfect(mentions):
    return [Line(f"e {m.commitment}", m.article, m.start, m.end, m.says, m.text) for m in mentions]


def test_every_mention_of_gold_stands_once_in_its_article():
    for path in sorted(check.GOLD.glob("*/*/gold.json")):
        for commitment in json.loads(path.read_text("utf-8"))["commitments"]:
            assert commitment["mentions"], (path, commitment["id"])
            for mention in commitment["mentions"]:
                article = json.loads((path.parent / f"{mention['article']}.json").read_text("utf-8"))
                assert article["text"].count(mention["text"]) == 1, (path, mention)


@pytest.mark.parametrize("half", HALVES)
def test_gold_uses_the_words_of_the_ledger_and_every_status(half):
    gold = check.load_gold([check.GOLD / half])
    assert {mention.says for mention in gold.mentions} == set(get_args(Says))
    assert {commitment["status"] for commitment in gold.commitments.values()} == set(get_args(Status))
    assert all(gold.days[m.article] <= gold.today[m.commitment].isoformat() for m in gold.mentions)
    assert all(commitment["why"] and commitment["who"] for commitment in gold.commitments.values())


@pytest.mark.parametrize("half", HALVES)
def test_ids_are_used_once_in_a_sequence_and_statuses_have_their_mentions(half):
    for path in sorted((check.GOLD / half).glob("*/gold.json")):
        commitments = json.loads(path.read_text("utf-8"))["commitments"]
        assert max(Counter(commitment["id"] for commitment in commitments).values()) == 1
        for commitment in commitments:
            said = {mention["says"] for mention in commitment["mentions"]}
            wanted = {
                "reported done": {"done"},
                "reported partly done": {"partly done"},
                "changed": {"changed"},
                "withdrawn": {"withdrawn"},
                "disputed": {"denied"},
            }
            assert wanted.get(commitment["status"], set()) <= said, (path, commitment["id"])


def test_the_gold_is_as_large_as_its_readme_says():
    gold = check.load_gold(check.GOLD / half for half in HALVES)
    counts = f"{len(gold.paths)} reports, {len(gold.commitments)} commitments, {len(gold.mentions)} mentions"
    assert counts in (check.GOLD / "README.md").read_text("utf-8")


def test_a_line_stands_for_the_mention_that_it_overlaps_best():
    mentions = [Mention("a", "x", 0, 40), Mention("b", "x", 45, 90)]
    lines = [Line("e", "x", 0, 90), Line("f", "x", 44, 92), Line("g", "y", 0, 40)]
    assert stands_for(mentions, lines) == {1: 1, 0: 0}


def test_a_line_that_shares_too_little_stands_for_nothing():
    assert stands_for([Mention("a", "x", 0, 30)], [Line("e", "x", 21, 60)]) == {}
    assert stands_for([Mention("a", "x", 0, 30)], [Line("e", "x", 20, 60)]) == {0: 0}


def test_of_lines_on_one_span_the_one_that_says_the_same_stands():
    mentions = [Mention("a", "x", 0, 30, "done")]
    assert stands_for(mentions, [Line("e", "x", 0, 30, "made"), Line("f", "x", 0, 30, "done")]) == {0: 1}


def test_pairs_count_what_is_missed_in_recall_only():
    assert pairwise(["a", "a", "a", "b"], ["e", "e", None, None]) == Counts(hits=1, found=1, gold=3)
    assert pairwise(["a", "a", "b", "b"], ["e", "e", "e", "e"]) == Counts(hits=2, found=6, gold=2)


def test_by_report_counts_what_a_report_says_of_a_commitment_once():
    mentions = [Mention("a", "x", 0, 9), Mention("a", "x", 10, 19), Mention("a", "y", 0, 9), Mention("b", "y", 10, 19)]
    assert by_report(mentions, ["e", None, "e", "f"]) == Counts(hits=1, found=1, gold=1)
    assert by_report(mentions, [None, "e", "f", "f"]) == Counts(hits=0, found=1, gold=1)
    assert by_report(mentions, ["e", "f", None, "g"]) == Counts(hits=0, found=0, gold=1)


def test_bcubed_gives_nothing_for_what_is_missed():
    assert bcubed(["a", "a"], [None, None]) == (0.0, 0.0, 0.0)
    precision, recall, _ = bcubed(["a", "a", "b"], ["e", None, "e"])
    assert precision == pytest.approx(1 / 2)
    assert recall == pytest.approx((1 / 2 + 0 + 1) / 3)


def test_the_entry_of_a_commitment_holds_most_of_its_mentions():
    assert entry_of([0, 1, 2], ["e", "f", "f", "e"]) == "f"
    assert entry_of([0, 1], ["e", "f", "e"]) == "f"
    assert entry_of([0], [None]) is None


def test_due_dates_agree_where_one_is_coarser_or_they_end_a_day_apart():
    assert same_due("2026-03", "2026-03-31")
    assert same_due("2026-03-31", "2026-03")
    assert same_due("2026", "2026-12-31")
    assert same_due("2026-03-31", "2026-04-01")
    assert not same_due("2026-03-31", "2026-04-02")
    assert not same_due("2026-03-31", "2026-04")
    assert not same_due("2026-03-31", None)
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2024") == date(2024, 12, 31)


def test_amounts_agree_in_value_and_currency():
    assert same_amount({"amount": 5e6, "unit": "EUR"}, 5_000_000.0, "EUR")
    assert not same_amount({"amount": 5e6, "unit": "EUR"}, 5e6, "USD")
    assert same_amount({"amount": 25, "unit": "midwife"}, 25.0, "person")
    assert not same_amount({"amount": 25}, None, None)


@pytest.mark.parametrize("half", HALVES)
def test_a_ledger_that_is_gold_gets_everything(half):
    gold = check.load_gold([check.GOLD / half])
    entries = {
        (f"e {name}", name): entry(c["status"], c.get("amount"), c.get("unit"), c.get("due_date"))
        for name, c in gold.commitments.items()
    }
    sheet = score(gold.commitments, gold.mentions, perfect(gold.mentions), entries)
    assert sheet.lines.f1 == sheet.merging.f1 == sheet.merging_found.f1 == sheet.bcubed[2] == 1.0
    for hits, total in (sheet.status, sheet.amount, sheet.due, sheet.says):
        assert hits == total > 0
    assert not any(sheet.wrong.values())


def test_a_ledger_without_entries_gets_nothing():
    gold = check.load_gold([check.GOLD / "dev"])
    sheet = score(gold.commitments, gold.mentions, [], {})
    assert sheet.lines.f1 == sheet.merging.f1 == sheet.bcubed[2] == 0.0
    assert sheet.status == (0, len(gold.commitments))
    assert len(sheet.wrong["missed"]) == len(gold.mentions)


def test_wrong_merges_splits_and_spare_lines_are_listed():
    mentions = [
        Mention("a", "x", 0, 10, text="one"),
        Mention("b", "x", 20, 30, text="two"),
        Mention("a", "y", 0, 10, text="three"),
    ]
    lines = [
        Line("e", "x", 0, 10),
        Line("e", "x", 20, 30, "done"),
        Line("f", "y", 0, 10),
        Line("f", "y", 50, 60),
        Line("g", "y", 70, 80),
    ]
    commitments = {"a": {"status": "open"}, "b": {"status": "overdue"}}
    asked = {("e", "a"): entry("open"), ("f", "a"): entry("changed"), ("e", "b"): entry("open")}
    sheet = score(commitments, mentions, lines, asked)
    assert sheet.merging == Counts(hits=0, found=1, gold=1)
    assert sheet.lines == Counts(hits=3, found=5, gold=3)
    assert sheet.joined == 1
    assert {kind: len(items) for kind, items in sheet.wrong.items() if items} == {
        "merged": 1,
        "split": 1,
        "no mention": 2,
        "says": 1,
        "status": 2,
    }


def test_floors_name_what_is_under_and_what_is_over():
    floors = {"least": {"held": {"merging": 0.8}}, "most": {"nine": {"wrongly merged": 0}}}
    good = {"held": {"merging": 0.8}, "nine": {"wrongly merged": 0}}
    bad = {"held": {"merging": 0.79}, "nine": {"wrongly merged": 2}}
    assert check.short_of(good, floors) == []
    assert check.short_of(bad, floors) == ["held merging 0.790 < 0.8", "nine wrongly merged 2 > 0"]
    assert check.short_of({"dev": {"merging": 0.1}}, floors) == []
