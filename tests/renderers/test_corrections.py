"""Corrections as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from accord.corrections import described, dismiss_finding
from accord.renderers.corrections import RENDERERS, Row, render_json, render_text
from renderers.sample import FINDINGS

MADE = dismiss_finding(FINDINGS[8], by="Mara Tolk", at="2031-03-06T08:00:00Z", note="an\nold line")


def test_each_says_who_when_what_and_why() -> None:
    assert render_text([Row(MADE, described(MADE), "bridge")]) == (
        "2031-03-06 08:00Z  Mara Tolk: Dismissed a finding: “Nobody was hurt.”\n"
        "  “an old line”\n"
        f"  story bridge · correction {MADE.id}\n"
    )


def test_what_was_undone_says_by_whom() -> None:
    undone = replace(MADE, note="", undone="2031-03-07T09:10:00Z", undone_by="Jon\x1b Ask")
    text = render_text([Row(undone, described(undone))])
    assert text.endswith(f"  correction {MADE.id} · undone by Jon Ask, 2031-03-07 09:10Z\n")


def test_json_has_all_fields_and_the_words() -> None:
    document = json.loads(render_json([Row(MADE, described(MADE), "bridge")]))
    assert document["schema"] == "accord/corrections@1"
    (one,) = document["corrections"]
    assert (one["id"], one["by"], one["note"], one["story"]) == (MADE.id, "Mara Tolk", "an\nold line", "bridge")
    assert one["words"] == described(MADE)
    assert one["passages"][0]["text"] == "Nobody was hurt."


def test_no_corrections_are_said_to_be_none() -> None:
    assert render_text([]) == "no corrections\n"
    assert set(RENDERERS) == {"text", "json"}
