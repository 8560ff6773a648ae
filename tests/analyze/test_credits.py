"""Credits: agencies named by datelines, credit lines and captions, and not by running text."""

import pytest

from accord.analyze.credits import find_credits, only_agencies
from accord.analyze.sentences import find_sentences
from accord.records import Article


def credits_of(text, byline=None):
    article = Article(id="a", text=text, outlet="o", byline=byline)
    return find_credits(article, find_sentences(article))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PORT ELM (Reuters) - Ferries stopped.\nIt rained.", ("Reuters",)),
        ("PORT ELM, June 8 (AP) — Ferries stopped.\nIt rained.", ("Associated Press",)),
        ("Ferries stopped.\nThe Associated Press contributed to this report.", ("Associated Press",)),
        ("Ferries stopped.\nSource: Elm World and agencies", ("agencies",)),
        ("Ferries stopped.\nWith files from AFP and dpa", ("AFP", "dpa")),
        ("Ferries stopped.\nReuters - Ap - Afp", ("Reuters", "Associated Press", "AFP")),
        ("Ann Pike at the harbour. (Reuters)\nFerries stopped.\nIt rained.\nIt ended.", ("Reuters",)),
        ("Ferries stopped.\nCopyright 2018 The Associated Press. All rights reserved.", ("Associated Press",)),
        ("Ferries stopped.\nElm News and wire services contributed to this report.", ("agencies",)),
    ],
)
def test_agencies_are_found_and_named(text, names):
    assert credits_of(text) == names


def test_a_mention_is_no_credit():
    assert credits_of("Pike told Reuters that the ferries stopped.\nThe AP reported the same.\nIt rained.") == ()


def test_a_state_in_a_dateline_is_no_agency():
    assert credits_of("ELM, PA (AP) - Ferries stopped.\nIt rained.") == ("Associated Press",)


def test_a_byline_credits():
    assert credits_of("Ferries stopped.", byline="By Reuters staff") == ("Reuters",)


def test_lines_of_agencies_only():
    assert only_agencies("AFP, dpa")
    assert not only_agencies("AFP reported it")
    assert not only_agencies("")
