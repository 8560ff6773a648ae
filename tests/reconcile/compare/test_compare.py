"""All comparisons together: what the order of two claims changes, and that one claim never differs from itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.reconcile.compare import COMPARISONS, compare
from reconcile.stories import Said, name, pair

NAMES = [
    name("n1", "Ana Merrick", "person", "a"),
    name("n2", "Olaf Lund", "person", "b"),
    name("p1", "Ardley", "place", "a"),
    name("p2", "Telmar", "place", "b"),
    name("p3", "Varlund", "place", "a", "b"),
]
TEXT = "Merrick and Lund took 12 people from Ardley past Varlund to Telmar on Monday with 3 tugs"

clauses = st.builds(
    Said,
    st.just(TEXT),
    st.sampled_from(["take", "lead"]),
    figures=st.sets(st.sampled_from([("12 people", 12.0, "person"), ("3 tugs", 3.0, "tug")])).map(sorted).map(tuple),
    times=st.sampled_from([(), (("Monday", "2031-05-05"),), (("Monday", "2031-05-12"),)]),
    names=st.sets(st.sampled_from([item.id for item in NAMES])).map(sorted).map(tuple),
    actor=st.sampled_from([None, "n1", "n2"]),
    place=st.sampled_from([None, "p1", "p2", "p3"]),
    negated=st.booleans(),
    status=st.sampled_from(["done", "planned", "state"]),
)


@settings(deadline=None)
@given(clauses, clauses)
def test_comparisons_name_a_field_and_both_sides(a: Said, b: Said) -> None:
    for found in compare(*pair(a, b, NAMES)):
        assert found.field in COMPARISONS
        assert found.a
        assert found.b
        assert found.why
        assert 0.0 <= found.sure <= 1.0


@settings(deadline=None)
@given(clauses)
def test_the_same_clause_in_two_reports_holds_together(said: Said) -> None:
    assert all(found.compatible for found in compare(*pair(said, said, NAMES)))


@settings(deadline=None)
@given(clauses, clauses)
def test_order_swaps_the_sides_and_nothing_else(a: Said, b: Said) -> None:
    first, second, context = pair(a, b, NAMES)
    there = sorted((found.field, found.a, found.b, found.compatible) for found in compare(first, second, context))
    back = sorted((found.field, found.b, found.a, found.compatible) for found in compare(second, first, context))
    assert there == back
