"""`Grouper`: stories of one event, the same whatever the order, with ids that stay while a stream grows."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from piles import pile, report

from accord.cluster.grouping import Group, Grouper, Measure, Sketch


def grouped(sketches: list[Sketch]) -> tuple[Group, ...]:
    grouper = Grouper()
    grouper.add(sketches)
    return grouper.groups()


def members(groups: tuple[Group, ...]) -> set[frozenset[str]]:
    return {frozenset(group.articles) for group in groups}


def test_reports_of_one_event_are_one_group() -> None:
    assert members(grouped(pile(6, 4))) == {frozenset(f"{e}-{n}" for n in range(4)) for e in range(6)}


def test_articles_that_share_nothing_stay_on_their_own() -> None:
    assert members(grouped([report("a", "dam opens", "dam"), report("b", "bank fails", "bank")])) == {
        frozenset("a"),
        frozenset("b"),
    }


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_a_batch_does_not_matter(seed: int) -> None:
    sketches = pile(5, 3)
    random.Random(seed).shuffle(sketches)
    assert grouped(sketches) == grouped(pile(5, 3))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_a_stream_ends_with_the_groups_of_the_batch(seed: int, parts: int) -> None:
    sketches = pile(5, 4)
    random.Random(seed).shuffle(sketches)
    grouper = Grouper()
    for part in range(parts):
        grouper.add(sketches[part::parts])
    assert members(grouper.groups()) == members(grouped(pile(5, 4)))


def test_a_group_keeps_its_id_while_it_grows() -> None:
    sketches = pile(3, 5)
    grouper = Grouper()
    grouper.add(s for s in sketches if s.article.endswith(("-2", "-3")))
    before = {group.articles: group.id for group in grouper.groups()}
    touched = grouper.add(s for s in sketches if not s.article.endswith(("-2", "-3")))
    after = {group.id: set(group.articles) for group in grouper.groups()}
    assert set(touched) == set(before.values()) == set(after)
    assert all(set(articles) < after[name] for articles, name in before.items())


def test_only_the_groups_that_are_touched_are_told_of() -> None:
    sketches = pile(4, 3)
    grouper = Grouper()
    grouper.add(sketches[:-1])
    touched = grouper.add(sketches[-1:])
    assert [set(g.articles) for g in grouper.groups() if g.id in touched] == [{"3-0", "3-1", "3-2"}]


def test_an_article_that_is_held_is_passed_over() -> None:
    grouper = Grouper()
    grouper.add(pile(2, 2))
    assert grouper.add(pile(2, 2)) == ()
    assert len(grouper) == 4


def test_copies_do_not_keep_independent_reports_out() -> None:
    own = pile(1, 3)
    copies = [report(f"copy {n}", " ".join(f"e0w{k}" for k in range(9)), "event 0", 100, 0.01) for n in range(30)]
    (group,) = grouped([*own, *copies])
    assert len(group.articles) == 33


def test_look_alikes_a_year_apart_are_two_groups_and_days_apart_one() -> None:
    words = "summit leaders hall {0}a {0}b {0}c pledge climate delegates host minister"
    first = [report(f"a{n}", words.format("x") + f" p{n} q{n}", "summit", 100 + n) for n in range(3)]
    soon = [report(f"b{n}", words.format("y") + f" r{n} s{n}", "summit", 103 + n, 0.9) for n in range(3)]
    late = [report(f"b{n}", words.format("y") + f" r{n} s{n}", "summit", 700 + n, 0.9) for n in range(3)]
    measure = Measure(apart=0.15)
    for second, expected in ((soon, 1), (late, 2)):
        grouper = Grouper(measure)
        grouper.add([*first, *second])
        assert len(grouper.groups()) == expected


def test_ids_are_unique_and_each_article_is_in_one_group() -> None:
    groups = grouped(pile(7, 3))
    assert len({group.id for group in groups}) == len(groups)
    assert sorted(a for group in groups for a in group.articles) == sorted(s.article for s in pile(7, 3))


def test_nothing_gives_nothing() -> None:
    grouper = Grouper()
    assert grouper.add([]) == ()
    assert grouper.groups() == ()
    assert grouper.chains() == ()


def test_an_article_without_words_stands_alone() -> None:
    grouper = Grouper()
    grouper.add([*pile(1, 2), report("empty", "", "nothing", None)])
    assert frozenset({"empty"}) in members(grouper.groups())


def test_the_central_article_is_the_one_most_like_the_others() -> None:
    sketches = [report(f"a{n}", "dam keeper oss flood wall spring tide", "dam", 100, 0.1 + n) for n in range(3)]
    (group,) = grouped(sketches)
    assert group.central == "a0"


def test_an_event_of_last_year_is_another_event() -> None:
    words = "quay wall collapse tarnmouth harbour port storm three hurt"
    now = [report(f"a{n}", f"{words} p{n} q{n} r{n}", "quay", 1000 + n, 0.6) for n in range(3)]
    then = [report(f"b{n}", f"{words} s{n} t{n} u{n}", "quay", 640 + n, 0.6) for n in range(3)]
    assert members(grouped([*now, *then])) == {frozenset(s.article for s in now), frozenset(s.article for s in then)}
    soon = [report(f"b{n}", f"{words} s{n} t{n} u{n}", "quay", 1002 + n, 0.6) for n in range(3)]
    assert len(grouped([*now, *soon])) == 1


def test_a_story_that_hundreds_report_is_one_story_even_if_most_carry_one_text() -> None:
    (own,) = grouped(pile(1, 300))
    assert len(own.articles) == 300
    words = "dam keeper oss flood wall spring tide"
    (copies,) = grouped([report(f"a{n}", words, "dam", 100, 0.1) for n in range(300)])
    assert len(copies.articles) == 300


def test_more_articles_than_are_merged_at_a_time_are_taken_apart_where_they_are_least_alike() -> None:
    crowd = pile(3, 4)
    whole = members(grouped(crowd))
    grouper = Grouper(Measure(most=4))
    grouper.add(crowd)
    assert members(grouper.groups()) == whole
    grouper = Grouper(Measure(most=3))
    grouper.add(crowd)
    assert max(len(group.articles) for group in grouper.groups()) <= 3
    assert sorted(a for group in grouper.groups() for a in group.articles) == sorted(s.article for s in crowd)
