"""Places: two places that are not known to lie in each other cannot both be where it was."""

from __future__ import annotations

from accord.reconcile.compare import Comparison
from accord.reconcile.compare.place import compare
from accord.records import Name
from reconcile.stories import Said, name, pair

ARDLEY, TELMAR = name("p1", "Ardley", "place", "a"), name("p2", "Telmar", "place", "b")
BAY, COUNTRY = name("p3", "Telmar Bay", "place", "a"), name("p4", "Norway", "place", "a")


def sank(at: str, id: str) -> Said:
    return Said(f"The barge sank off {at} in the storm", "sink", names=(id,), place=id)


def places(first: Said, second: Said, *names: Name) -> list[Comparison]:
    return list(compare(*pair(first, second, names)))


def test_the_same_place_holds() -> None:
    both = name("p1", "Ardley", "place", "a", "b")
    assert all(found.compatible for found in places(sank("Ardley", "p1"), sank("Ardley", "p1"), both))


def test_two_places_in_one_slot_do_not() -> None:
    (found,) = places(sank("Ardley", "p1"), sank("Telmar", "p2"), ARDLEY, TELMAR)
    assert (found.field, found.a, found.b, found.compatible) == ("place", "Ardley", "Telmar", False)
    (back,) = places(
        sank("Telmar", "p2"),
        sank("Ardley", "p1"),
        name("p1", "Ardley", "place", "b"),
        name("p2", "Telmar", "place", "a"),
    )
    assert (back.a, back.b, back.compatible) == ("Telmar", "Ardley", False)


def test_a_place_whose_name_holds_the_other_is_compatible() -> None:
    assert all(found.compatible for found in places(sank("Telmar Bay", "p3"), sank("Telmar", "p2"), BAY, TELMAR))


def test_a_country_and_a_place_that_may_lie_in_it_are_compatible() -> None:
    assert all(found.compatible for found in places(sank("Norway", "p4"), sank("Telmar", "p2"), COUNTRY, TELMAR))


def test_a_claim_that_names_no_place_is_not_compared() -> None:
    assert places(sank("Ardley", "p1"), Said("The barge sank in the storm", "sink"), ARDLEY) == []
