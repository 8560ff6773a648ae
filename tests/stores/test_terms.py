"""Words as people type them."""

from __future__ import annotations

import pytest

from accord.stores.terms import MOST_TERMS, Term, terms_of


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('dam "burst open" -rain wat*', (Term(("dam",)), Term(("burst", "open")), Term(("rain",), excluded=True),
                                         Term(("wat",), begun=True))),
        ("well-known", (Term(("well", "known")),)),
        ('"no end', (Term(("no",)), Term(("end",)))),
        ("Élodie", (Term(("elodie",)),)),
        ("?! -- **", ()),
        ("snake_case", (Term(("snake", "case")),)),
        ('"c d" -e f* "" - "', (Term(("c", "d")), Term(("e",), excluded=True), Term(("f",), begun=True))),
    ],
)  # fmt: skip
def test_words_are_taken_as_people_mean_them(typed: str, found: tuple[Term, ...]) -> None:
    assert terms_of(typed) == found


def test_of_very_many_words_the_first_are_looked_for() -> None:
    assert terms_of("tide " * (MOST_TERMS + 1)) == (Term(("tide",)),) * MOST_TERMS
