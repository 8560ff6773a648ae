"""Whom an update is about: those who stand in its passages as the article calls them, or are quoted there."""

from __future__ import annotations

from dataclasses import replace

from accord.records import Citation, Name, Quote
from accord.updates.naming import Names

from .made import article, briefing, cite

HERALD = article("herald", "Mayor Ada Moll shut the harbour. “It will stay shut,” she said. The minister agreed.")
POST = article("post", "The minister of Osk, Bo Rask, agreed. Mollusc prices fell.")
MOLL = Name("n1", "Ada Moll", "person", ("herald",), ("Moll", "the mayor"))
RASK = Name("n2", "Bo Rask", "person", ("post",), ("The minister",))
OSK = Name("n3", "Osk", "place", ("post",))
SAID = cite(HERALD, "It will stay shut,")
QUOTE = Quote("herald", SAID.start, SAID.end, SAID.text, "direct", "Ada Moll")
NAMES = Names(replace(briefing([HERALD, POST], names=[RASK, MOLL, OSK]), quotes=(QUOTE,)))


def test_names_are_given_as_the_briefing_lists_them_and_in_its_order() -> None:
    assert NAMES.among([cite(HERALD, "Mayor Ada Moll shut"), cite(POST, "Bo Rask, agreed")]) == ("Bo Rask", "Ada Moll")


def test_a_form_means_somebody_only_in_the_articles_that_use_it() -> None:
    assert NAMES.among([cite(POST, "The minister of Osk")]) == ("Bo Rask",)
    assert NAMES.among([cite(HERALD, "The minister agreed")]) == ()


def test_a_name_is_whole_words() -> None:
    assert NAMES.among([Citation("herald", 0, 14, "Mollusc prices")]) == ()
    assert NAMES.among([], "Moll: “It will stay shut”") == ("Ada Moll",)


def test_who_is_quoted_in_the_passage_is_named_though_it_says_she() -> None:
    assert NAMES.among([SAID]) == ("Ada Moll",)


def test_places_are_no_names_and_without_briefings_there_are_none() -> None:
    assert NAMES.among([Citation("post", 0, 3, "Osk")]) == ()
    assert Names(None).among([SAID], "Ada Moll") == ()
