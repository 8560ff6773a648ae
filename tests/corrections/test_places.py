"""Passages are found again: where they stood, where they moved to, in other words, and not where they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.corrections.places import Places, reworded, surroundings
from accord.records import Article, Citation

TEXT = (
    "The weir at Oss broke on Tuesday night, the water board said. Twelve cows drowned in the lower meadow.\n\n"
    "The board will pay 40,000 kroner to each of the 12 farms. A second payment of 12 sacks of feed follows."
)
ARTICLE = Article("a", TEXT, "The Velm Herald")


def cite(words: str, *, of: Article = ARTICLE, nth: int = 0) -> Citation:
    at = -1
    for _ in range(nth + 1):
        at = of.text.index(words, at + 1)
    return Citation(of.id, at, at + len(words), words)


def later(text: str) -> Places:
    return Places.of([Article("a2", text, "The Velm Herald", version=2, replaces="a")], {})


def test_a_passage_that_stands_where_it_stood_is_itself() -> None:
    said = cite("The weir at Oss broke on Tuesday night")
    assert Places.of([ARTICLE], {}).find(said) == said


def test_in_a_later_version_the_nearest_of_the_same_words_is_taken() -> None:
    said = cite("12", nth=1)
    moved = later("It rained for 12 days.\n\n" + TEXT)
    found = moved.find(said)
    assert found is not None
    assert (found.article, found.text) == ("a2", "12")
    assert moved.articles["a2"].text[found.end :].startswith(" farms")


def test_the_words_around_a_short_passage_tell_which_is_meant() -> None:
    said = cite("12", nth=1)  # of sacks
    around = surroundings(said, ARTICLE)
    moved = later("The board met for 12 hours.\n\n" + "It rained. " * 9 + TEXT)
    found = moved.find(said, around)
    assert found is not None
    assert moved.articles["a2"].text[found.end :].startswith(" sacks")


def test_a_short_passage_is_not_taken_for_another_of_the_same_words() -> None:
    said = cite("12", nth=0)
    around = surroundings(said, ARTICLE)
    text = "The council voted by 12 to nine for a new market hall, and went home early that evening."
    assert later(text).find(said, around) is None


def test_reworded_passages_are_found_and_stay_verbatim() -> None:
    said = cite("The weir at Oss broke on Tuesday night, the water board said")
    moved = later(
        "Rain had fallen for days. The weir at Oss broke late on Tuesday night, the water board said. More soon."
    )
    found = moved.find(said)
    assert found is not None
    assert found.text == "The weir at Oss broke late on Tuesday night, the water board said"
    assert moved.articles["a2"].text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "now",
    [
        "The board will pay 50,000 kroner to each of the 12 farms.",
        "The board will not pay 40,000 kroner to each of the 12 farms.",
        "The board will pay 40,000 kroner to each of the 14 farms.",
        "Nobody knew on Friday who would mend the road to the quarry before the winter.",
        "",
    ],
)
def test_other_numbers_denials_and_matters_are_other_passages(now: str) -> None:
    assert later(now).find(cite("The board will pay 40,000 kroner to each of the 12 farms")) is None


def test_versions_are_followed_as_far_as_the_one_that_is_there_and_never_in_a_ring() -> None:
    newest = replace(ARTICLE, id="a4")
    said = cite("Twelve cows drowned")
    assert Places.of([newest], {"a": "a2", "a2": "a3", "a3": "a4"}).find(said) == replace(said, article="a4")
    assert Places.of([newest], {"a": "a2", "a2": "a"}).find(said) is None
    assert Places.of([newest], {}).find(said) is None


def test_words_within_words_are_no_occurrence() -> None:
    moved = later("Seaside towns and the asides of a mayor.")
    assert moved.find(Citation("a", 9, 13, "side")) is None


def test_short_texts_are_alike_only_when_they_are_the_same() -> None:
    assert reworded("Nobody hurt", "Nobody hurt")
    assert not reworded("Nobody hurt", "Somebody hurt")
    assert reworded("The bridge was shut on Monday night", "The bridge was shut late on Monday night")
    assert not reworded("It took 12 men to lift the old bell", "It took 14 men to lift the old bell")
