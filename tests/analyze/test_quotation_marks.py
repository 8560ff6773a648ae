"""Stretches between quotation marks."""

from hypothesis import given
from hypothesis import strategies as st

from accord.analyze.quotation_marks import find_marked


def inner(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_marked(text)]


def test_curly_and_straight_marks() -> None:
    assert inner('“We will stay,” said Paz. "And fight," she added.') == ["We will stay,", "And fight,"]


def test_marks_of_two_kinds_close_each_other() -> None:
    assert inner('“We will stay," said Paz. "No doubt.”') == ["We will stay,", "No doubt."]


def test_single_marks_are_not_apostrophes() -> None:
    text = "Moss's team said 'we don't like the workers' pay,' and the '90s were better."
    assert inner(text) == ["we don't like the workers' pay,"]


def test_inner_quotes_stay_inside() -> None:
    assert inner("“He told me ‘go home’ and I went,” Paz said.") == ["He told me ‘go home’ and I went,"]
    assert inner('"What is called "fallout," by the way, was never seen," Paz said.') == [
        'What is called "fallout," by the way, was never seen,'
    ]


def test_every_paragraph_of_a_long_quote_is_one_stretch() -> None:
    assert inner("“We came early.\n\n“We left late,” Paz said.") == ["We came early.", "We left late,"]


def test_a_paragraph_without_an_opening_mark_goes_on() -> None:
    assert inner("“We came early. \n\nWe left late,” Paz said.") == ["We came early. \n\nWe left late,"]


def test_a_forgotten_closing_mark_ends_before_the_attribution() -> None:
    assert inner("“The lake is low, Ms. Paz said. “It will rise.”") == ["The lake is low,", "It will rise."]


@given(st.text(alphabet="ab '\"“”‘’\n.,", max_size=80))
def test_stretches_are_in_order_and_inside_the_text(text: str) -> None:
    last = 0
    for marked in find_marked(text):
        assert last <= marked.start < marked.end <= len(text)
        last = marked.start


def test_doubled_marks_count_as_one() -> None:
    assert inner('""We will stay," Paz told the crowd. "And fight."') == ["We will stay,", "And fight."]
