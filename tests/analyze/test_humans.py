"""Nouns for people."""

import pytest

from accord.analyze.humans import PEOPLE, THINGS, is_human


@pytest.mark.parametrize(
    "noun", ["senator", "migrant", "child", "reveller", "pyrotechnician", "glassblower", "hijacker", "nominee"]
)
def test_people(noun: str) -> None:
    assert is_human(noun)


@pytest.mark.parametrize(
    "noun", ["helicopter", "settlement", "vessel", "company", "restaurant", "committee", "factor", "border"]
)
def test_things(noun: str) -> None:
    assert not is_human(noun)


def test_peoples_are_people_and_countries_are_not() -> None:
    assert is_human("Israelis", "Israelis", proper=True)
    assert not is_human("Germany", "Germany", proper=True)


def test_compounds_follow_their_last_part() -> None:
    assert is_human("asylum-seeker")
    assert not is_human("water-tower")


def test_no_noun_is_both() -> None:
    assert not PEOPLE & THINGS
