"""Corrections are made of what a person says; what makes no sense is refused, with what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accord.corrections import (
    described,
    dismiss_dispute,
    dismiss_entry,
    dismiss_finding,
    fix_speaker,
    fix_value,
    merge_findings,
    merge_origins,
    merge_stories,
    set_status,
    split_finding,
    split_origin,
    split_story,
)
from accord.errors import CorrectionError
from accord.records import Correction, LedgerEntry, LedgerLine
from renderers.sample import ARTICLES, BRIEFING, COMMITMENTS, FIGURES, FINDINGS, QUOTES, cite

WHO = {"by": "Mara Tolk", "at": "2031-03-06T08:00:00Z"}
LINE = LedgerLine("l1", "a", 0, 4, "They", "made", "Herald", "Ida Brandt", "free buses")
ENTRY = LedgerEntry("e1", "Ida Brandt", "free buses", "open", "no report says what became of it", (LINE,))


def test_a_correction_says_who_when_on_what_and_why() -> None:
    made = merge_findings(
        FINDINGS[0], FINDINGS[8], by=" Mara Tolk ", at="2031-03-06T09:00:00+01:00", note=" one\r\nthing "
    )
    assert (made.kind, made.by, made.at, made.note) == (
        "findings merged",
        "Mara Tolk",
        "2031-03-06T08:00:00Z",
        "one\nthing",
    )
    assert (made.passages, made.other_passages) == (FINDINGS[0].evidence, FINDINGS[8].evidence)
    assert made.before == FINDINGS[0].gist
    assert made == merge_findings(FINDINGS[0], FINDINGS[8], **WHO, note="one\nthing")
    assert made.id != merge_findings(FINDINGS[0], FINDINGS[8], by="Jon", at=WHO["at"]).id


def test_values_are_kept_as_plain_numbers_with_what_the_machine_read() -> None:
    made = fix_value(FIGURES[0], "value", " 1.4 million ", **WHO, article=ARTICLES[0])
    assert (made.field, made.value, made.before) == ("value", "1400000", "12000000")
    assert made.passages == (cite("a", "12 million kroner"),)
    assert "Repairs will cost 12 million kroner" in made.other_passages[0].text
    assert fix_value(FIGURES[3], "of", "", **WHO).value is None
    assert fix_speaker(QUOTES[0], " ", **WHO).value is None


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: merge_findings(FINDINGS[0], FINDINGS[0], **WHO), "cannot be merged with itself; name two findings"),
        (lambda: split_finding(FINDINGS[0], FINDINGS[0].evidence, **WHO), "all passages of finding f01 are split off"),
        (lambda: split_finding(FINDINGS[0], [], **WHO), "no passage of finding f01 is named"),
        (lambda: split_finding(FINDINGS[0], [cite("a", "rust")], **WHO), "finding f01 has no passage at a "),
        (lambda: dismiss_dispute(FINDINGS[0], **WHO), "finding f01 is not disputed"),
        (lambda: dismiss_dispute(FINDINGS[3], "date", **WHO), "not disputed in its 'date'; choose one of value"),
        (lambda: fix_speaker(QUOTES[0], "Ida Brandt", **WHO), "the speaker is 'Ida Brandt' already"),
        (lambda: fix_speaker(QUOTES[0], "Ida\nBrandt", **WHO), r"the speaker has a control character \(U\+000A\)"),
        (lambda: fix_speaker(QUOTES[0], "Ida \u202eBrandt", **WHO), r"control character \(U\+202E\)"),
        (lambda: fix_speaker(QUOTES[0], "x" * 121, **WHO), "the speaker has 121 characters; write 120 at most"),
        (lambda: fix_speaker(QUOTES[0], "Jo", **WHO, article=ARTICLES[1]), "article 'b' has no such words at 120-163"),
        (lambda: fix_value(FIGURES[0], "finding", "f01", **WHO), "a figure has no field 'finding'"),
        (lambda: fix_value(FIGURES[0], "value", "a dozen", **WHO), "'a dozen' is no number; write it in digits"),
        (lambda: fix_value(FIGURES[0], "value", "12 million", **WHO), "value is 12000000 already"),
        (lambda: fix_value(FIGURES[0], "high", "10", **WHO), "the range would end at 10, below its start 12,000,000"),
        (lambda: fix_value(FIGURES[0], "qualifier", "", **WHO), "qualifier cannot be empty"),
        (
            lambda: fix_value(FIGURES[0], "qualifier", "maybe", **WHO),
            "'maybe' is no qualifier; choose one of exact, about",
        ),
        (
            lambda: fix_value(COMMITMENTS[0], "due_date", "March 5", **WHO),
            "'March 5' is no date; write a day as 2031-06-08",
        ),
        (lambda: fix_value(COMMITMENTS[0], "due_date", "2031-02-30", **WHO), "'2031-02-30' is no date"),
        (lambda: merge_origins(BRIEFING.origins[0], BRIEFING.origins[0], **WHO), "cannot be merged with itself"),
        (lambda: split_origin(BRIEFING.origins[1], ["b", "c"], **WHO), "all articles of origin ob are split off"),
        (lambda: split_origin(BRIEFING.origins[1], [], **WHO), "no article of origin ob is named"),
        (lambda: split_origin(BRIEFING.origins[1], ["z"], **WHO), "article 'z' is not in origin ob"),
        (lambda: merge_stories(["a"], ["a", "b"], **WHO), "a story cannot be merged with itself"),
        (lambda: split_story([], ["a"], **WHO), "no article of the story is named"),
        (lambda: split_story(["a"], [], **WHO), "all articles of the story are split off"),
        (lambda: split_story(["a"], ["a", "b"], **WHO), "article 'a' is split off and stays"),
        (lambda: set_status(ENTRY, "kept", **WHO), "'kept' is no status; choose one of open, reported done"),
        (lambda: set_status(ENTRY, "open", **WHO), "entry e1 is open already"),
        (lambda: dismiss_finding(FINDINGS[0], by=" ", at=WHO["at"]), "the analyst's name is empty"),
        (lambda: dismiss_finding(FINDINGS[0], by="Mara", at="today"), "'today' is no time"),
        (lambda: dismiss_finding(FINDINGS[0], by="Mara", at="2031-03-06"), "'2031-03-06' names no zone"),
        (
            lambda: dismiss_finding(FINDINGS[0], **WHO, note="x" * 2001),
            "the note has 2,001 characters; write 2,000 at most",
        ),
        (
            lambda: dismiss_finding(FINDINGS[0], **WHO, note="a\x1b[31m"),
            r"the note has a control character \(U\+001B\)",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(make: Callable[[], Correction], told: str) -> None:
    with pytest.raises(CorrectionError, match=told):
        make()


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (
            merge_findings(FINDINGS[0], FINDINGS[8], **WHO),
            "Merged two findings: “The Orlen bridge in Tarnby was closed on Monday” and “Nobody was hurt.”",
        ),
        (
            split_finding(FINDINGS[8], FINDINGS[8].evidence[:1], **WHO),
            "Split a finding: “Nobody was hurt.” apart from “Nobody was hurt.”",
        ),
        (dismiss_finding(FINDINGS[8], **WHO), "Dismissed a finding: “Nobody was hurt.”"),
        (
            dismiss_dispute(FINDINGS[3], "value", **WHO),
            "Dismissed a dispute over value: “divers found cracks in two of its piers”",
        ),
        (
            fix_speaker(QUOTES[4], "Tor Holm", **WHO),
            "Changed the speaker of “Our concrete was tested,” from Jens Skov to Tor Holm",
        ),
        (
            fix_speaker(QUOTES[4], None, **WHO),
            "Changed the speaker of “Our concrete was tested,” from Jens Skov to nobody",
        ),
        (
            fix_value(FIGURES[0], "value", "9 million", **WHO),
            "Changed the number in “12 million kroner” from 12000000 to 9000000",
        ),
        (
            merge_origins(BRIEFING.origins[0], BRIEFING.origins[1], **WHO),
            "Merged two origins: one report with 2 reports",
        ),
        (split_story(["a", "b"], ["c"], **WHO), "Split a story: 2 reports apart from one report"),
        (dismiss_entry(ENTRY, **WHO), "Dismissed an entry of the ledger: “Ida Brandt: free buses”"),
        (
            set_status(ENTRY, "Reported-Done", **WHO),
            "Changed the status of a commitment, “They”, from open to reported done",
        ),
    ],
)
def test_corrections_are_described_in_plain_words(made: Correction, words: str) -> None:
    assert described(made) == words
