"""Sketches: terms folded and weighed, the lead's vector, the day."""

from __future__ import annotations

import numpy as np

from accord.cluster.grouping import sketch
from accord.cluster.grouping.sketches import lead, rarity, terms_of
from accord.records import Article


def article(text: str, **fields: str) -> Article:
    return Article(fields.pop("id", "a"), text, "herald", **fields)  # type: ignore[arg-type]


def test_terms_are_folded_and_tell_something() -> None:
    assert terms_of("The Dam's 3,000 keepers, of Oss") == ["dam", "3000", "keeper", "oss"]


def test_rare_words_weigh_more() -> None:
    assert rarity("president") < rarity("harbourmaster")


def test_the_lead_is_title_and_start_on_one_line() -> None:
    assert lead(article("It opened.\n\nLate.", title="Dam opens.")) == "Dam opens. It opened. Late."
    assert lead(article("It opened.")) == "It opened."


def test_a_sketch_does_not_depend_on_the_others() -> None:
    one = article("The dam at Oss opened on Monday after two years of repairs.", published="2024-05-31")
    two = article("A bank in Tarn failed.", id="b", published="2024-05")
    (alone,), (first, second) = sketch([one]), sketch([two, one])[::-1]
    assert np.array_equal(alone.terms, first.terms)
    assert np.array_equal(alone.vector, first.vector)
    assert (first.day, second.day) == (739037, None)
    assert abs(float(np.linalg.norm(first.weights)) - 1) < 1e-5
    assert abs(float(np.linalg.norm(first.vector)) - 1) < 1e-5


def test_the_most_telling_terms_come_first() -> None:
    (made,) = sketch([article("The government said the harbourmaster of Tarnholm said nothing.")])
    assert list(made.weights) == sorted(made.weights, reverse=True)


def test_an_article_of_marks_only_has_no_terms() -> None:
    (made,) = sketch([article("... !!! 7")])
    assert len(made.terms) == 0
