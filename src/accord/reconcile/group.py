"""Groups claims that assert the same thing, so that every group is consistent within."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

# The least mean probability over all pairs of two groups that lets them merge; pairs never scored count as UNSCORED.
MERGE = 0.40
UNSCORED = 0.03
# A second claim of an article joins a group only when it is this likely on the whole.
SECOND_OF_ARTICLE = 0.55
# A clause may hold two facts: a pair this likely that stands in no group together makes a group of its own.
APART = 0.42


def group(
    articles: Sequence[str],
    probabilities: Mapping[tuple[int, int], float],
    sentences: Sequence[int] | None = None,
    *,
    merge: float = MERGE,
    second: float = SECOND_OF_ARTICLE,
) -> list[list[int]]:
    """Return groups of two or more claims, by average linkage over the likeliest pairs first; some claims are in two.

    `articles` gives the article of each claim, `probabilities` that claims a < b of different articles assert the same;
    `sentences` the sentence of each, so that two clauses of one sentence that match one clause stay together.
    """
    home: dict[int, list[int]] = {}
    order = sorted(probabilities.items(), key=lambda item: (-item[1], item[0]))
    for (a, b), probability in order:
        if probability < merge:
            break
        first, other = home.setdefault(a, [a]), home.setdefault(b, [b])
        if first is other:
            continue
        repeated = {articles[x] for x in first} & {articles[y] for y in other}
        if linkage(first, other, articles, probabilities) >= (second if repeated else merge):
            merged = sorted(first + other)
            for claim in merged:
                home[claim] = merged
    unique = {id(members): members for members in home.values() if len(members) > 1}
    return _with_pairs_apart(
        sorted(unique.values()), articles, order, probabilities, sentences or range(len(articles)), merge
    )


def _with_pairs_apart(
    groups: list[list[int]],
    articles: Sequence[str],
    order: Sequence[tuple[tuple[int, int], float]],
    probabilities: Mapping[tuple[int, int], float],
    sentences: Sequence[int],
    merge: float,
) -> list[list[int]]:
    """Return `groups` and the likely pairs that stand in none together, joined to a group of either where they fit."""
    homes: dict[int, set[int]] = defaultdict(set)
    for place, members in enumerate(groups):
        for claim in members:
            homes[claim].add(place)
    for (a, b), probability in order:
        if probability < APART:
            break
        if homes[a] & homes[b]:
            continue
        for claim, other in ((a, b), (b, a)):
            fitting = [
                place
                for place in sorted(homes[claim])
                if sentences[other] in {sentences[x] for x in groups[place]}
                or (
                    articles[other] not in {articles[x] for x in groups[place]}
                    and linkage([other], groups[place], articles, probabilities) >= merge
                )
            ]
            if fitting:
                groups[fitting[0]].append(other)
                homes[other].add(fitting[0])
                break
        else:
            groups.append([a, b])
            homes[a].add(len(groups) - 1)
            homes[b].add(len(groups) - 1)
    return sorted(sorted(members) for members in groups)


def linkage(
    first: Sequence[int], other: Sequence[int], articles: Sequence[str], probabilities: Mapping[tuple[int, int], float]
) -> float:
    """Return the mean probability over the pairs of `first` and `other` that stand in different articles."""
    scores = [
        probabilities.get((min(x, y), max(x, y)), UNSCORED) for x in first for y in other if articles[x] != articles[y]
    ]
    return sum(scores) / len(scores) if scores else 0.0
