"""Yes and no: one claim denies what the other asserts."""

from __future__ import annotations

from accord.reconcile.compare import Comparison
from accord.reconcile.compare.polarity import compare
from reconcile.stories import Said, pair

AGREED = Said("The firm agreed to raise the barge", "agree")
DENIED = Said("The firm had not agreed to raise the barge", "agree", negated=True)


def polarities(first: Said, second: Said) -> list[Comparison]:
    return list(compare(*pair(first, second)))


def test_a_claim_and_its_denial_cannot_both_hold() -> None:
    (found,) = polarities(AGREED, DENIED)
    assert (found.field, found.a, found.b, found.compatible) == ("polarity", "says so", "says not", False)
    (back,) = polarities(DENIED, AGREED)
    assert (back.a, back.b, back.sure) == ("says not", "says so", found.sure)


def test_two_denials_or_two_assertions_are_no_difference() -> None:
    assert polarities(AGREED, AGREED) == []
    assert polarities(DENIED, DENIED) == []


def test_a_denial_of_something_else_is_less_sure() -> None:
    other = Said("The harbour office never inspected its hull", "inspect", negated=True)
    (near,), (far,) = polarities(AGREED, DENIED), polarities(AGREED, other) or [None]
    assert far is None or far.sure < near.sure / 2
