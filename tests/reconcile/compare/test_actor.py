"""Actors: two people or bodies in one slot of one act cannot both hold."""

from __future__ import annotations

from accord.reconcile.compare import Comparison
from accord.reconcile.compare.actor import compare
from accord.records import Name
from reconcile.stories import Said, name, pair

MERRICK, LUND = name("n1", "Ana Merrick", "person", "a"), name("n2", "Olaf Lund", "person", "b")
FIRM, PORT = name("n3", "Brask Shipping", "organisation", "a"), name("n4", "Harbour Trust", "organisation", "b")


def guided(who: str, id: str) -> Said:
    return Said(f"{who} guided the tug out of the port", "guide", names=(id,), actor=id)


def actors(first: Said, second: Said, *names: Name) -> list[Comparison]:
    return list(compare(*pair(first, second, names)))


def test_the_same_actor_holds() -> None:
    both = name("n1", "Ana Merrick", "person", "a", "b")
    (found,) = actors(guided("Ana Merrick", "n1"), guided("Merrick", "n1"), both)
    assert (found.field, found.a, found.compatible) == ("actor", "Ana Merrick", True)


def test_two_people_in_one_slot_do_not() -> None:
    (found,) = actors(guided("Ana Merrick", "n1"), guided("Olaf Lund", "n2"), MERRICK, LUND)
    assert (found.a, found.b, found.compatible) == ("Ana Merrick", "Olaf Lund", False)


def test_two_bodies_in_one_slot_do_not() -> None:
    (found,) = actors(guided("Brask Shipping", "n3"), guided("Harbour Trust", "n4"), FIRM, PORT)
    assert (found.a, found.b, found.compatible) == ("Brask Shipping", "Harbour Trust", False)


def test_a_person_and_a_body_are_not_compared() -> None:
    assert actors(guided("Ana Merrick", "n1"), guided("Harbour Trust", "n4"), MERRICK, PORT) == []


def test_two_forms_that_may_be_one_person_are_not_compared() -> None:
    short = name("n5", "Anna Merrick", "person", "b")
    assert all(
        found.compatible for found in actors(guided("Ana Merrick", "n1"), guided("Anna Merrick", "n5"), MERRICK, short)
    )
