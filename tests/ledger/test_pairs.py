from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.ledger import pairs
from accord.ledger.likeness import Profile, logit, most_of, profile_of
from accord.ledger.merging import groups_of
from accord.ledger.pairs import HOPELESS, UNLIKE, Pairs, least_of
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
WORDS = st.sampled_from("Orlen council ferry mill Sorby schools Istra buy close rebuild 130 12 June notes".split())


def profiles(lines: list[LedgerLine]) -> list[Profile]:
    return [profile_of(each) for each in lines]


def forget() -> None:
    pairs._known.cache_clear()
    pairs._SCORES.clear()
    pairs._CEILINGS.clear()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.lists(WORDS, min_size=1, max_size=8),
    st.sampled_from([None, "2031-06", "2031-06-30", "2032"]),
    st.sampled_from(["2031-03-04", "2031-03-05", "2031-09-01"]),
    st.floats(-1, 1),
)
def test_no_pair_passes_what_is_quick_to_see(
    one: list[str], other: list[str], due: str | None, day: str, cosine: float
) -> None:
    a = profile_of(line(" ".join(one), "2031-03-04", who="Orlen council", due_date="2031-06"))
    b = profile_of(line(" ".join(other), day, "done", due_date=due, date="2031-06-02", who="the mayor Ada Holm"))
    assert logit(a, b, cosine) <= most_of(a, b) + 1e-9


def test_a_score_is_never_above_its_ceiling() -> None:
    found = Pairs(profiles(ALL))
    for a, b in combinations(range(len(ALL)), 2):
        assert found.score(a, b) == UNLIKE or found.score(a, b) <= found.ceiling(a, b) + 1e-6


def test_pairs_left_out_cannot_bring_a_line_into_an_entry() -> None:
    given_ = profiles(ALL)
    found = Pairs(given_)
    for a, b in combinations(range(len(ALL)), 2):
        if b not in found.near[a]:
            assert found.score(a, b) - least_of(given_[a], given_[b]) < -HOPELESS


def test_lines_without_a_key_or_a_story_in_common_are_not_compared() -> None:
    found = Pairs(profiles([FERRY, MILL]))
    assert found.score(0, 1) == UNLIKE
    assert not found.near[0]


def test_what_was_scored_before_changes_nothing() -> None:
    forget()
    fresh = groups_of(ALL)
    assert pairs._SCORES
    assert groups_of(ALL) == fresh
    groups_of(ALL[:4])
    assert groups_of(ALL) == fresh


def test_what_is_remembered_is_bounded() -> None:
    kept: dict[tuple[int, int], float] = {(n, n + 1): 0.0 for n in range(pairs._MOST_KEPT)}
    pairs._keep(kept, (-1, 0), 1.0)
    assert kept == {(-1, 0): 1.0}
    assert pairs._known.cache_info().maxsize
