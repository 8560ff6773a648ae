"""What a passage states: who spoke when is no news, whatever is said beside it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.records import Name
from accord.updates.telling import Telling

from .made import article, briefing, finding

MOLL = Name("n1", "Ada Moll", "person", ("a",), ("Moll",))
VESTRA = Name("n2", "Vestra", "place", ("a",))
TELLING = Telling(briefing([], names=[MOLL, VESTRA]))


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Minister Ada Moll said on Thursday",
        "[Ada Moll] told reporters on Sunday",
        "Moll told journalists outside the old lighthouse",
        "Speaking in Vestra, Moll added",
        "The mayor’s spokeswoman said in a statement on March 5 at 9 p.m.",
        "Officials said, in the worst storm in Vestra in two decades",
        "The result was read out",
        "The government refused",
        "… Ada Moll, the chief executive",
        "Photo: Crews embrace on the quay",
        "Picture by Ada Moll",
        "File photo: Vestra in May",
        "on Tuesday",
        "",
    ],
)
def test_who_spoke_and_when_states_nothing(text: str) -> None:
    assert not TELLING.states(text)


@pytest.mark.parametrize(
    "text",
    [
        "The council refused the permit",
        "The government refused to pay",
        "Moll resigned",
        "Three died",
        "Nobody was hurt",
        "Moll said on Thursday that the bridge would close",
        "The minister said in Vestra the bridge would close",
        "Moll said at least 12 people drowned",
        "Moll denied it",
        "Moll told the crew to swim",
        "which opened in May",
        "The photos show a hole in the hull",
        "Photo finish: two crews share the prize",
        "The result was forged",
        "The government fell on Tuesday",
        "Minister Orders Sister Ferries Tied Up",
        "7.5 per cent",
    ],
)
def test_what_happened_and_what_was_said_states_something(text: str) -> None:
    assert TELLING.states(text)


def test_a_finding_tells_by_its_gist_and_by_two_of_its_reports() -> None:
    one, two = article("a", "Ada Moll said on Sunday. The quay is shut."), article("b", "The quay has been closed.")
    shut, closed = (one, "The quay is shut"), (two, "The quay has been closed")
    assert TELLING.tells(finding(shut, closed))
    assert TELLING.tells(finding(shut))
    assert not TELLING.tells(finding((one, "Ada Moll said on Sunday"), closed))
    assert not TELLING.tells(replace(finding(shut, closed), gist="Ada Moll said on Sunday"))


SPEAKING = "The minister Moll said told reporters on Tuesday in Vestra at a news conference and added".split()


@given(st.lists(st.sampled_from(SPEAKING)))
def test_words_of_speaking_state_nothing_in_whatever_order(words: list[str]) -> None:
    assert not TELLING.states(" ".join(words))


@given(st.lists(st.sampled_from(SPEAKING)))
def test_a_new_clause_states_something_whoever_spoke_before(words: list[str]) -> None:
    assert TELLING.states(f"{' '.join(words)} that the dam burst")
