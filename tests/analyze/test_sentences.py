"""Sentences: exact offsets, whole quotes, abbreviations, bullets, datelines and wrapped lines."""

import time

from hypothesis import given
from hypothesis import strategies as st

from accord.analyze.sentences import find_sentences
from accord.records import Article


def split(text, title=None):
    return find_sentences(Article(id="a", text=text, outlet="o", title=title))


def texts(text):
    return [sentence.text for sentence in split(text)]


@given(st.text(alphabet="aB .!?\n\r\t\"“”'’()—-:;,1•é", max_size=200))
def test_spans_are_verbatim_in_order_and_apart(text):
    end = 0
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip() == sentence.text != ""
        assert sentence.start >= end
        end = sentence.end


@given(st.lists(st.sampled_from(["He left.", "“I won't,” she said.", "Was it No. 2?", "\n\n", "\n", " ", "Rep. Roe"])))
def test_no_word_is_lost(parts):
    text = "".join(parts)
    kept = "".join(sentence.text for sentence in split(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


def test_contractions_keep_their_offsets():
    assert texts("They didn't go. We can't say why.") == ["They didn't go.", "We can't say why."]


def test_titles_initials_and_dates_end_no_sentence():
    text = (
        "Sen. Ada Lark met Rep. J. P. Finch on Oct. 11 in the U.S. capital. Bill No. 2 passed. Elm Gov. Ann Pike left."
    )
    assert texts(text) == [
        "Sen. Ada Lark met Rep. J. P. Finch on Oct. 11 in the U.S. capital.",
        "Bill No. 2 passed.",
        "Elm Gov. Ann Pike left.",
    ]


def test_a_closing_quote_belongs_to_its_sentence():
    assert texts("“We are ready.” The mayor left. “Are you?” Lee asked.") == [
        "“We are ready.”",
        "The mayor left.",
        "“Are you?” Lee asked.",
    ]


def test_lists_with_semicolons_stay_whole():
    text = "The votes were: Adams, 87; Brown, 78; Clark, 58; and Dunn, 60. It passed."
    assert len(texts(text)) == 2


def test_lines_are_paragraphs_and_bullets_are_running_text():
    found = split("The talks ended.\n\n  • Both sides signed an accord Monday\n  • No date was set\n")
    assert [sentence.paragraph for sentence in found] == [0, 1, 2]
    assert [sentence.furniture for sentence in found] == [None, None, None]


def test_wrapped_lines_are_joined_to_paragraphs():
    text = (
        "The council of the small harbour town voted on Monday to\n"
        "close the old bridge after engineers had found cracks in\n"
        "two of its pillars. Work will start soon.\n\n"
        "The mayor said that ferries would carry all passengers on\n"
        "weekdays until the new bridge opens, and that the fares\n"
        "would stay the same.\n"
    )
    found = split(text)
    assert len(found) == 3
    assert [sentence.paragraph for sentence in found] == [0, 0, 1]


def test_a_dateline_is_a_sentence_of_its_own():
    for lead in (
        "PORT ELM (Reuters) - ",
        "PORT ELM — ",
        "PORT ELM, June 8 (AP) — ",
        "Port Elm (AFP) – ",
        "PORT ELM, Ill. -- ",
    ):
        found = split(lead + "Ferries stopped on Monday.")
        assert [(s.text, s.furniture) for s in found] == [
            (lead.strip(), "dateline"),
            ("Ferries stopped on Monday.", None),
        ], lead


def test_capitals_before_a_dash_are_no_dateline():
    for text in ("NATO — the alliance — met on Monday.", "US-led forces withdrew.", "APPLE HAS SAID that it is sorry."):
        assert [sentence.furniture for sentence in split(text)] == [None], text


def test_credits_before_and_after_a_sentence_stand_alone():
    found = split("(CNN) Ferries stopped on Monday.\nThe harbour closed. (Reporting by Ann Pike; Editing by Lee Roe)")
    assert [sentence.furniture for sentence in found] == ["credit", None, None, "credit"]


def test_a_very_long_line_takes_linear_time():
    started = time.perf_counter()
    split("He said so on Monday, ")
    split("word and more, " * 20_000)
    split("x" * 300_000)
    assert time.perf_counter() - started < 5


def test_nothing_comes_of_nothing():
    assert split("") == ()
    assert split(" \n\n — \n") == ()
