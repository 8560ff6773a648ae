"""Origins behind a finding: articles of one origin and copied passages count once."""

from __future__ import annotations

from itertools import permutations

import pytest

from accord.reconcile.claims import find_claims
from accord.reconcile.origins import count_origins
from accord.records import Passage
from reconcile.stories import Said, report, story_of

TOLD = Said("Three sailors were missing after the barge sank off Varlund.", "miss")
MADE = {id: report(id, TOLD) for id in "abcd"}
CLAIMS = find_claims([analysis for _, analysis in MADE.values()], {})
ARTICLES = [article for article, _ in MADE.values()]


def passage(
    article: str,
    shared: str,
    start: int = 0,
    end: int = len(TOLD.text),
    *,
    origin: str | None = None,
    agency: str | None = None,
) -> Passage:
    return Passage(article, start, end, TOLD.text[start:end], shared, origin, agency)


def test_every_article_of_its_own_is_one_origin() -> None:
    assert count_origins(CLAIMS, story_of(ARTICLES)) == 4
    assert count_origins(CLAIMS[:1], story_of(ARTICLES)) == 1


def test_articles_of_one_origin_count_once() -> None:
    assert count_origins(CLAIMS, story_of(ARTICLES, ["ab"])) == 3
    assert count_origins(CLAIMS, story_of(ARTICLES, ["abcd"])) == 1


def test_a_copied_passage_counts_once() -> None:
    story = story_of(ARTICLES, passages=[passage("a", "x"), passage("b", "x")])
    assert count_origins(CLAIMS, story) == 3
    assert count_origins(CLAIMS[:2], story) == 1


def test_a_passage_elsewhere_in_the_article_does_not_join() -> None:
    story = story_of(ARTICLES, passages=[passage("a", "x", 0, 5), passage("b", "x", 200, 230)])
    assert count_origins(CLAIMS[:2], story) == 2


def test_two_texts_make_two_origins() -> None:
    copied = [passage("a", "x"), passage("b", "x"), passage("c", "y"), passage("d", "y")]
    assert count_origins(CLAIMS, story_of(ARTICLES, passages=copied)) == 2


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_a_passage_joins_whole_origins_in_any_order(order: tuple[int, ...]) -> None:
    story = story_of(ARTICLES, ["ab", "cd"], [passage("b", "x"), passage("c", "x")])
    assert count_origins([CLAIMS[number] for number in order], story) == 1


def test_passages_of_one_origin_count_once_whatever_they_say() -> None:
    story = story_of(ARTICLES)
    owner = next(origin.id for origin in story.origins if origin.articles == ("d",))
    mixed = story_of(ARTICLES, passages=[passage("a", "x", origin=owner), passage("b", "y", origin=owner)])
    assert count_origins(CLAIMS[:2], mixed) == 1
    assert count_origins([CLAIMS[0], CLAIMS[3]], mixed) == 1
    assert count_origins([CLAIMS[0], CLAIMS[2]], mixed) == 2


def test_passages_of_one_agency_count_once() -> None:
    story = story_of(ARTICLES, passages=[passage("a", "x", agency="Norda"), passage("b", "y", agency="Norda")])
    assert count_origins(CLAIMS[:2], story) == 1


def test_staff_copy_stays_its_own_origin_outside_its_copied_passages() -> None:
    story = story_of(
        ARTICLES, passages=[passage("a", "x", 200, 230, agency="Norda"), passage("b", "x", agency="Norda")]
    )
    assert count_origins(CLAIMS[:2], story) == 2
