"""Furniture: what lines of a page are not the report's running text, and what only looks so."""

import time

import pytest

from accord.analyze.furniture import label_lines, label_sentence


def label(text, title=None):
    return label_lines(
        ["The council met on Monday.", "It voted.", "Nobody spoke.", text, "It rained.", "It ended."], title
    )[3]


@pytest.mark.parametrize(
    "text",
    [
        "READ MORE: Ferries stop as the harbour closes",
        "Related: ten things to know about the harbour",
        "ALSO READ: Harbour opens again",
        "Watch: The moment the bridge fell",
        "More: Elm Corp fined over its bridge",
        "Read more",
        "Elm Bank stops its customers from paying by card Read more",
    ],
)
def test_links_to_other_pages(text):
    assert label(text) == "cross-link"


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ann Pike arrives at the harbour on June 8, 2021. REUTERS/Lee Roe",
        "The old bridge at night (Harbour Office/AP)",
        "The old bridge. (Photo: Lee Roe, AP)",
        "Image copyright Getty Images",
        "FILE - In this May 3, 2019, file photo, Ann Pike speaks at the harbour. (AP Photo/Lee Roe)",
        "Mayor Ann Pike at the harbour.CreditLee Roe/Reuters",
        "Ann Pike Photographer: Lee Roe/Bloomberg",
        "Ann Pike and Lee Roe have a conversation at the harbour on June 8, 2021. (Reuters)",
    ],
)
def test_captions(text):
    assert label(text) == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "The Associated Press contributed to this report.",
        "Elm News' Ann Pike contributed to this report.",
        "Source: Elm World and agencies",
        "Reporting by Ann Pike; Editing by Lee Roe",
        "© 2018 Elm News",
        "Copyright 2018 Elm News. All rights reserved.",
        "Reuters - Ap - Afp",
        "ab/cd (AFP, dpa)",
        "— With assistance by Ann Pike",
    ],
)
def test_credits(text):
    assert label(text) == "credit"


@pytest.mark.parametrize(
    "text", ["By Ann Pike", "By Ann Pike and Lee Roe, Elm News", "Updated: June 8, 2021, 10:15 a.m."]
)
def test_bylines(text):
    assert label(text) == "byline"


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement Continue reading the main story",
        "Sign up for our daily newsletter",
        "Follow Elm News on Twitter",
        "Scroll down for video",
        "Media playback is unsupported on your device",
    ],
)
def test_adverts(text):
    assert label(text) == "advert"


@pytest.mark.parametrize("text", ["Migrants at the harbour", "What You Need To Know", "Elm's role", "BRIDGE FACTS:"])
def test_headings(text):
    assert label(text) == "heading"


@pytest.mark.parametrize(
    "text",
    [
        "More than 100 people marched to the harbour.",
        "Watch crews saw the ship turn and sink within an hour.",
        "Related charges against two others were dropped.",
        "By Monday, police had found the ship.",
        "Follow-up checks showed that the bridge was safe.",
        "Sources said that the harbour would close.",
        "Two people were hurt, Pike told Reuters.",
        "She contributed to his campaign in May.",
        "Reporting the theft was hard, she said.",
        "• Both sides signed an accord Monday",
        "“Who pays?” he asks.",
        "Copyright law was on the agenda of the council.",
        "Live music was played in the square until midnight.",
        "In this photo business, nobody sleeps, Pike said, and everyone else at the table agreed with her about that.",
        "Get the papers signed, she told them.",
        "Elm Bank and Credit Lyon Group AG lost money.",
    ],
)
def test_running_text_is_kept(text):
    assert label(text) is None


def test_the_title_is_the_first_line_that_equals_it():
    lines = ["Harbour closes after storm", "The harbour closed on Monday.", "It will open in May."]
    assert label_lines(lines, "Harbour Closes After Storm")[0] == "title"
    assert label_lines(lines, "Harbour closes after storm - Elm News")[0] == "title"
    assert label_lines(["The harbour closed on Monday.", "It rained."], "Harbour closes")[0] is None


def test_a_line_told_again_is_a_caption():
    line = "Ann Pike and Lee Roe talk at the harbour on June 8, 2021."
    labels = label_lines([line, line + " (Reuters)", "The talks went well.", "They end on Friday."], None)
    assert labels == ["caption", "caption", None, None]


def test_headlines_under_read_more_are_links():
    labels = label_lines(
        ["It rained.", "Read more:", "Ships stay in harbour for a second week", "Bridge closes again", "It ended."],
        None,
    )
    assert labels == [None, "cross-link", "cross-link", "cross-link", None]


def test_questions_head_sections_where_there_are_several():
    lines = ["What fell?", "A bridge.", "Why did it fall?", "It was old.", "What comes next?", "Repairs."]
    assert label_lines(lines, None) == ["heading", None, "heading", None, "heading", None]


def test_sentences_inside_running_paragraphs():
    assert label_sentence("Invalid email address.") == "advert"
    assert label_sentence("Lee Roe contributed to this report.") == "credit"
    assert label_sentence("READ MORE: Ferries stop") == "cross-link"
    assert label_sentence("The ferries stopped, he told Reuters.") is None


def test_odd_lines_take_no_longer_than_others():
    started = time.perf_counter()
    for text in ("By A" + "-A" * 60 + "!", "By and" + " and" * 60 + "!", "AB" + ".A" * 60 + "!", "In this " * 60):
        label(text)
    assert time.perf_counter() - started < 1
