"""Which agency a credit means."""

import pytest

from accord.cluster.agencies import agencies_in, agency_of_outlet, agency_speaking


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("The Associated Press contributed to this report.", ("Associated Press",)),
        ("(Reuters, AFP)", ("Reuters", "AFP")),
        ("Australian Associated Press", ("AAP",)),
        ("agencies", ()),
        ("", ()),
    ],
)
def test_credits(credit, expected):
    assert agencies_in(credit) == expected


@pytest.mark.parametrize(
    ("outlet", "expected"),
    [
        ("www.reuters.com", "Reuters"),
        ("https://apnews.com/hub", "Associated Press"),
        ("AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("Varlund Echo", None),
        ("www.tasshat.example", None),
    ],
)
def test_outlets(outlet, expected):
    assert agency_of_outlet(outlet) == expected


def test_an_agency_speaks_of_itself():
    assert agency_speaking("The letter, seen by The Associated Press, was short.") == "Associated Press"
    assert agency_speaking("She told reporters that Reuters had called.") is None
