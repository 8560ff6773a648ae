"""How words are brought to one form before they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.cluster.folding import fold


def test_levels_case_accents_and_marks():
    assert fold("José’s “café” — at 5.10 a.m.") == fold("Jose's 'cafe', at 5.10am")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The organisation’s five centres cancelled 1,200 labour flights",
         "the organization's 5 centers canceled 1200 labor flights"),
        ("8 June", "June 8"),
        ("the 8th of June", "the June 8th"),
        ("Sept. 5", "September 5"),
        ("5 per cent", "5%"),
        ("5 percent", "5 pct"),
        ("$1.5m", "US$1.5 million"),
        ("1.5 million dollars", "$1.5 million"),
        ("€3.2bn", "3.2 billion euros"),
        ("twelve divers", "12 divers"),
        ("twenty-two divers", "22 divers"),
        ("the first tug", "the 1st tug"),
        ("Mr Merrick", "Merrick"),
        ("Senator Ost", "Sen. Ost"),
        ("on Monday he left", "Monday he left"),
        ("U.S. tugs", "US tugs"),
        ("a long-term plan", "a long term plan"),
        ("an e-mail", "an email"),
    ],
)  # fmt: skip
def test_levels_house_style(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "told", ["told Reuters", "told the AFP news agency", "told The Associated Press", "told reporters"]
)
def test_an_attribution_to_an_agency_or_to_reporters_is_said(told):
    assert fold(f"Merrick {told} that the tug was late") == fold("Merrick said that the tug was late")


def test_other_words_stay_apart():
    assert fold("8 tugs in June") == ("8", "tugs", "in", "june")
    assert fold("told the harbour master") == ("told", "the", "harbor", "master")


@given(st.text())
def test_any_text_folds_to_words_without_spaces(text):
    assert all(word and not word.isspace() for word in fold(text))
