"""Chains: an event and what came of it."""

from __future__ import annotations

from dataclasses import replace

from piles import direction, report, unit

from accord.cluster.grouping import Grouper, Sketch


def story(name: str, words: str, day: int | None) -> list[Sketch]:
    """Return two reports of what happened to the ferry; their leads share half their sense with all that did."""
    made = []
    for number in range(2):
        when = None if day is None else day + number
        item = report(f"{name}{number}", f"ferry oss crew harbour {words} {name}{number}", name, when)
        made.append(replace(item, vector=unit(direction("ferry") + direction(name) + 0.5 * direction(item.article))))
    return made


SINKS = "sinks night storm lost wreck divers"
OPENS = "inquiry judge hearing witness oath lawyers"


def grouped(*stories: list[Sketch]) -> Grouper:
    grouper = Grouper()
    grouper.add(item for made in stories for item in made)
    assert len(grouper.groups()) == len(stories)
    return grouper


def test_a_story_follows_the_one_that_it_is_most_like() -> None:
    grouper = grouped(story("sinks", SINKS, 100), story("opens", OPENS, 110))
    (chain,) = grouper.chains()
    assert chain.stories == tuple(group.id for group in grouper.groups())


def test_the_stories_of_a_chain_stand_in_the_order_of_their_days() -> None:
    third = story("ends", "verdict prison appeal sentence guilty years", 140)
    grouper = grouped(third, story("opens", OPENS, 110), story("sinks", SINKS, 100))
    (chain,) = grouper.chains()
    assert chain.stories == tuple(group.id for group in grouper.groups())


def test_stories_far_apart_in_time_are_in_no_chain() -> None:
    assert grouped(story("sinks", SINKS, 100), story("opens", OPENS, 400)).chains() == ()


def test_stories_without_days_are_in_no_chain() -> None:
    assert grouped(story("sinks", SINKS, None), story("opens", OPENS, None)).chains() == ()


def test_stories_of_other_things_are_in_no_chain() -> None:
    other = [report(f"b{n}", f"bank tarn fails loans savers run{n}", "bank", 101 + n) for n in range(2)]
    assert grouped(story("sinks", SINKS, 100), other).chains() == ()
