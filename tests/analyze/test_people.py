from __future__ import annotations

from accord.analyze import language
from accord.analyze.people import People, phrase
from accord.records import Mention, Name

TEXT = "Lena Ruiz, who leads the union, met three officials from Dorrin."
RUIZ = Name("n1", "Lena Maria Ruiz", "person", ("a",), mentions=(Mention(0, 9, "Lena Ruiz"),))


def test_a_token_inside_a_mention_means_its_name() -> None:
    doc = language.load()(TEXT)
    people = People((RUIZ,))
    assert people.of(doc[1]) == RUIZ
    assert people.of(doc[3]) is None
    assert people.called(doc[1]) == "Lena Maria Ruiz"


def test_names_within_offsets() -> None:
    people = People((RUIZ,))
    assert [name.id for name, _ in people.within(0, 20)] == ["n1"]
    assert people.within(1, 20) == []


def test_phrase_leaves_out_clauses() -> None:
    doc = language.load()("The officials who were at the scene left.")
    assert phrase(doc[1]) == "The officials"
