from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.ledger.merging import groups_of
from accord.records import LedgerLine

from .samples import (
    FERRY,
    FERRY_AGAIN,
    FERRY_BOUGHT,
    FERRY_NOT_BOUGHT,
    MILL,
    MILL_KEPT,
    SCHOOLS,
    SCHOOLS_RAISED,
    line,
)

ALL = [FERRY, FERRY_AGAIN, FERRY_NOT_BOUGHT, FERRY_BOUGHT, MILL, MILL_KEPT, SCHOOLS, SCHOOLS_RAISED]


def ids(groups: list[list[LedgerLine]]) -> set[frozenset[str]]:
    return {frozenset(each.text for each in group) for group in groups}


def test_what_is_said_of_one_commitment_is_one_group() -> None:
    assert ids(groups_of(ALL)) == {
        frozenset({FERRY.text, FERRY_AGAIN.text, FERRY_NOT_BOUGHT.text, FERRY_BOUGHT.text}),
        frozenset({MILL.text, MILL_KEPT.text}),
        frozenset({SCHOOLS.text, SCHOOLS_RAISED.text}),
    }


@settings(max_examples=15, deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_lines_does_not_matter(lines: list[LedgerLine]) -> None:
    assert groups_of(lines) == groups_of(ALL)


def test_lines_on_other_matters_change_nothing() -> None:
    alone = groups_of([FERRY, FERRY_AGAIN, FERRY_BOUGHT])
    assert all(
        group in groups_of([*ALL, line("Kestrin will ban night flights", "2031-03-03")]) for group in groups_of(ALL)
    )
    assert alone[0] == [FERRY, FERRY_AGAIN, FERRY_BOUGHT]


def test_reports_of_one_day_with_two_sums_speak_of_two_commitments() -> None:
    other = replace(
        line("Norvia pledged $90 million to rebuild schools in Istra", "2031-02-01"),
        who="Norvia",
        amount=90e6,
        unit="USD",
        keys=SCHOOLS.keys,
    )
    assert len(groups_of([SCHOOLS, other])) == 2


def test_a_report_of_one_day_with_the_same_sum_is_the_same_commitment() -> None:
    other = replace(SCHOOLS, id="other", article="other", outlet="Orlen Post")
    assert len(groups_of([SCHOOLS, other])) == 1


def test_lines_that_fit_no_commitment_are_in_no_group() -> None:
    assert groups_of([FERRY_BOUGHT, FERRY_NOT_BOUGHT]) == []
    assert groups_of([]) == []


def test_what_was_done_before_it_was_promised_is_no_part_of_it() -> None:
    earlier = replace(FERRY_BOUGHT, published="2030-05-01")
    assert groups_of([FERRY, earlier]) == [[FERRY]]


@pytest.mark.parametrize("copy", [FERRY, FERRY_BOUGHT])
def test_a_line_that_comes_twice_counts_once(copy: LedgerLine) -> None:
    assert groups_of([FERRY, FERRY_BOUGHT, copy]) == groups_of([FERRY, FERRY_BOUGHT])


def berths(who: str, what: str, day: str) -> LedgerLine:
    return line(f"leader {who} promised {what}", day, who=who, what=what, strength="promised")


@pytest.mark.parametrize("day", ["2031-03-01", "2031-09-14"])
def test_two_people_with_two_places_and_two_numbers_are_two_commitments(day: str) -> None:
    one = berths("Ada Quist", "40 new berths for Velmouth by 2033", "2031-03-01")
    other = berths("Per Sandal", "55 new berths for Skarholt by 2034", day)
    namesake = berths("Eva Quist", "62 new berths for Brunnvik by 2034", day)
    assert len(groups_of([one, other, namesake])) == 3


def test_two_people_of_one_body_may_speak_of_one_commitment() -> None:
    one = berths("Ada Quist", "40 new berths for Velmouth by 2033", "2031-03-01")
    other = berths("Per Sandal", "40 new berths for Velmouth by 2033", "2031-03-02")
    assert len(groups_of([one, other])) == 1


def test_a_line_that_only_stands_beside_a_commitment_is_not_in_it() -> None:
    beside = replace(FERRY_BOUGHT, says="made", text="The mayor was on board", what="The mayor was on board", id="x")
    (group,) = groups_of([FERRY, beside])
    assert group == [FERRY]
