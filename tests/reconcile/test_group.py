"""Groups of claims: the same whatever the order, each of two articles or more, and none joined below the threshold."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from accord.reconcile.group import MERGE, group, linkage

Pairs = dict[tuple[int, int], float]


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[str], Pairs]:
    """Draw the article of each claim, and a probability for some pairs of different articles."""
    articles = draw(st.lists(st.sampled_from("abcd"), max_size=9))
    across = [(a, b) for a, b in combinations(range(len(articles)), 2) if articles[a] != articles[b]]
    chosen = draw(st.lists(st.sampled_from(across), unique=True)) if across else []
    values = st.integers(0, 100).map(lambda number: number / 100)
    return articles, {pair: draw(values) for pair in chosen}


def test_likely_pairs_are_grouped_and_unlikely_ones_are_not() -> None:
    assert group(["a", "b", "a", "b"], {(0, 1): 0.9, (2, 3): 0.8, (0, 3): 0.1, (1, 2): 0.05}) == [[0, 1], [2, 3]]


def test_a_chain_is_no_group() -> None:
    """That a is like b and b like c does not make a and c one, when they were read and found unlike."""
    assert group(["a", "b", "c"], {(0, 1): 0.9, (1, 2): MERGE + 0.01, (0, 2): 0.0}) == [[0, 1]]


def test_claims_of_one_report_are_joined_only_by_those_of_others() -> None:
    assert group(["a", "a", "b"], {(0, 2): 0.9, (1, 2): 0.9}) == [[0, 1, 2]]
    assert group(["a", "a"], {}) == []


def test_nothing_likely_gives_no_groups() -> None:
    assert group([], {}) == []
    assert group(["a", "b"], {(0, 1): MERGE - 0.01}) == []


@given(problems())
def test_groups_hold_claims_of_two_articles_or_more_and_none_lies_in_another(problem: tuple[list[str], Pairs]) -> None:
    articles, probabilities = problem
    groups = group(articles, probabilities)
    assert all(found == sorted(set(found)) for found in groups)
    assert all(len({articles[claim] for claim in found}) > 1 for found in groups)
    assert not [(one, two) for one, two in permutations(groups, 2) if set(one) <= set(two)]


@given(problems(), st.randoms(use_true_random=False))
def test_order_of_pairs_does_not_matter(problem: tuple[list[str], Pairs], random: object) -> None:
    articles, probabilities = problem
    shuffled = list(probabilities.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert group(articles, dict(shuffled)) == group(articles, probabilities)


@given(problems())
def test_every_group_holds_a_pair_above_the_threshold(problem: tuple[list[str], Pairs]) -> None:
    articles, probabilities = problem
    for found in group(articles, probabilities):
        assert max(probabilities.get(pair, 0.0) for pair in combinations(found, 2)) >= MERGE


@given(problems())
def test_two_claims_above_the_threshold_are_never_both_left_alone(problem: tuple[list[str], Pairs]) -> None:
    articles, probabilities = problem
    grouped = {claim for found in group(articles, probabilities) for claim in found}
    assert all(a in grouped or b in grouped for (a, b), value in probabilities.items() if value >= MERGE)


def test_linkage_is_the_mean_over_pairs_of_different_articles() -> None:
    probabilities = {(0, 2): 0.9, (1, 2): 0.3}
    assert linkage([0, 1], [2], ["a", "a", "b"], probabilities) == linkage([2], [0, 1], ["a", "a", "b"], probabilities)
    assert abs(linkage([0, 1], [2], ["a", "a", "b"], probabilities) - 0.6) < 1e-9
    assert linkage([0], [1], ["a", "a"], probabilities) == 0.0
