"""Lists of what a store holds: stories, hits and counts, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from accord.renderers.lists import HITS, STORIES, counts_text, hits_text, stories_text
from accord.stores.store import Counts, Hit, StoryLine

STORY = StoryLine(
    "6d71db99f451",
    "Boats lost off Osk Point",
    "2031-03-04",
    "2031-03-05",
    ("Herald", "Lantern", "Post"),
    3,
    2,
    4,
    1,
    1_200,
    updated="2031-03-05T10:00:00Z",
)
QUOTE = Hit(
    "quote",
    "41c0",
    "The Herald",
    "Boats lost",
    "2031-03-04",
    12,
    32,
    "The harbour is shut.",
    "Ada Moll",
    "6d71db99f451",
    quoted=True,
)


def test_a_story_is_shown_by_days_title_outlets_and_verdicts() -> None:
    assert stories_text([STORY]) == (
        "2031-03-04 to 2031-03-05  Boats lost off Osk Point\n"
        "  3 articles from 2 origins: Herald, Lantern, Post\n"
        "  4 agreed, 1 disputed, 1,200 from one origin only · story 6d71db99f451\n"
    )


def test_a_story_that_is_not_briefed_has_no_verdicts() -> None:
    new = StoryLine("s1", "a\x1b[2J\nb", None, None, tuple(f"o{n}" for n in range(8)), 1, 0)
    assert stories_text([new]) == (
        "a [2J b\n  1 article: o0, o1, o2, o3, o4, o5 and 2 more\n  not briefed so far · story s1\n"
    )
    one_day = StoryLine("s1", "a", "2031-03-04", "2031-03-04", ("o",), 1, 1, stale=True, updated="2031-03-04T00:00:00Z")
    assert stories_text([one_day]).startswith("2031-03-04  a\n")
    assert "0 from one origin only, out of date" in stories_text([one_day])


def test_a_hit_is_shown_by_its_words_and_where_they_stand() -> None:
    assert hits_text([QUOTE]) == (
        "quote  Ada Moll: “The harbour is shut.”\n"
        "  The Herald, 2031-03-04, Boats lost · article 41c0 12-32 · story 6d71db99f451\n"
    )
    reported = replace(QUOTE, text="the harbour was shut", quoted=False)
    assert hits_text([reported]).startswith("said  Ada Moll: the harbour was shut\n")
    assert (
        hits_text([Hit("article", "a", "Herald", None, None, 0, 3, "Two")])
        == "article  Two\n  Herald · article a 0-3\n"
    )


def test_entries_are_parted_by_an_empty_line_and_none_are_said_to_be_none() -> None:
    assert stories_text([STORY, STORY]).count("\n\n") == 1
    assert (stories_text([]), hits_text([])) == ("no stories\n", "nothing found\n")


def test_json_keeps_every_field() -> None:
    (story,) = json.loads(STORIES["json"]([STORY]))["stories"]
    assert list(story) == list(StoryLine.__slots__)
    (hit,) = json.loads(HITS["json"]([QUOTE]))["hits"]
    assert (hit["article"], hit["start"], hit["end"], hit["speaker"]) == ("41c0", 12, 32, "Ada Moll")
    assert hit["quoted"] is True


def test_counts_are_words_with_numbers() -> None:
    assert counts_text(Counts(1, 0, 2, 1_000, 1, 3, 1)) == (
        "1 article, 0 older versions, 2 stories, 1,000 findings, 1 entry of the ledger, 3 updates, 1 thing left out\n"
    )
