"""What a store asks its index for where a word is only begun, by a letter or two."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.stores.sql.beginnings import FROM, Beginnings, frequent_words
from accord.stores.terms import Term

TEXTS = ["The tide turned. The town", "the tide and a quay", "the ferry"]


def latest(most: int) -> Iterable[str]:
    return TEXTS[:most]


def unasked(most: int) -> Iterable[str]:
    raise AssertionError(f"{most} texts were asked for")


def test_the_most_frequent_words_come_first() -> None:
    found = frequent_words(TEXTS, 1_000_000)
    assert found["t"] == ("the", "tide", "town", "turned")
    assert found["ti"] == ("tide",)
    assert found["a"] == ("a", "and")
    assert "tid" not in found


def test_what_is_rare_is_left_to_the_index() -> None:
    assert frequent_words(TEXTS, 30_000).keys() == {"t"}
    assert frequent_words(TEXTS, 10_000) == {}
    assert frequent_words([], 1_000_000) == {}


def test_words_that_are_all_rare_stand_for_nothing() -> None:
    texts = [f"s{n}" for n in range(200)]
    assert "s" not in frequent_words(texts, 1_000_000)
    assert frequent_words([*texts, *["sun"] * 50], 1_000_000)["s"][0] == "sun"


def test_short_beginnings_are_spelled_out() -> None:
    begun, whole = Term(("t",), begun=True), Term(("t",))
    longer, excluded = Term(("tid",), begun=True), Term(("t",), begun=True, excluded=True)
    found = Beginnings().spelled_out((begun, whole, longer, excluded), 1_000_000, latest)
    assert found == (Term(("t",), begun=True, instead=("the", "tide", "town", "turned")), whole, longer, excluded)


def test_small_stores_and_whole_words_ask_for_no_texts() -> None:
    begun = Term(("t",), begun=True)
    assert Beginnings().spelled_out((begun,), FROM - 1, unasked) == (begun,)
    assert Beginnings().spelled_out((Term(("t",)),), 1_000_000, unasked) == (Term(("t",)),)


def test_texts_are_read_again_after_many_articles() -> None:
    asked: list[int] = []

    def counted(most: int) -> Iterable[str]:
        asked.append(most)
        return TEXTS

    begun, beginnings = Term(("t",), begun=True), Beginnings()
    for newest in (100_000, 100_001, 100_499):
        beginnings.spelled_out((begun,), newest, counted)
    assert len(asked) == 1
    beginnings.spelled_out((begun,), 100_500, counted)
    beginnings.spelled_out((begun,), 90_000, counted)
    assert len(asked) == 3


@pytest.mark.parametrize("articles", [10_000, 10_000_000])
@given(texts=st.lists(st.text("abc dé", max_size=40), max_size=6))
def test_every_word_begins_as_it_was_asked(articles: int, texts: list[str]) -> None:
    for begun, words in frequent_words(texts, articles).items():
        assert words
        assert all(word.startswith(begun) for word in words)
