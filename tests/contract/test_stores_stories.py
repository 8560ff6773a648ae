"""What every store promises of stories: postings, links, which articles form which stories, briefings, chains."""

from __future__ import annotations

from dataclasses import replace

from accord.records import (
    Briefing,
    Chain,
    Citation,
    Difference,
    Name,
    Passage,
    Rejected,
    SummarySentence,
    TimelineEntry,
    Utterance,
    Value,
)
from accord.stores import Store
from accord.stores.store import Posting, Query
from arrivals import AT, BRIDGE, FERRY, LATER, analysis, arrival, article, brief, briefing, finding, keep, place

LARGE = 2**63 - 1


# grouping -------------------------------------------------------------------------------------------------------------


def test_postings_come_by_their_term(store: Store) -> None:
    one, two = keep(
        store,
        arrival("a", day=741_000, postings=((7, 0.5), (-LARGE - 1, 0.25))),
        arrival("b", day=None, postings=((7, 0.125), (LARGE, 1.0))),
    )
    found = store.postings([7, LARGE, -LARGE - 1, 8])
    assert sorted(found[7], key=lambda posting: posting.number) == [
        Posting(7, one, 741_000, 0.5),
        Posting(7, two, None, 0.125),
    ]
    assert found[LARGE] == [Posting(LARGE, two, None, 1.0)]
    assert found[-LARGE - 1] == [Posting(-LARGE - 1, one, 741_000, 0.25)]
    assert not found.get(8)
    assert not store.postings([])


def test_postings_are_of_the_days_asked_for_and_no_more_than_wanted(store: Store) -> None:
    numbers = keep(store, *(arrival(f"a{n}", day=100 + n, postings=((7, 0.5),), page=None) for n in range(10)))
    undated = keep(store, arrival("undated", postings=((7, 0.5),)))[0]
    assert [p.day for p in store.postings([7], days=(103, 105))[7]] == [103, 104, 105]
    assert [p.number for p in store.postings([7], most=4)[7]] == [*numbers[-3:], undated]
    assert [p.number for p in store.postings([7], days=(103, 108), most=2)[7]] == numbers[7:9]
    assert len(store.postings([7])[7]) == 11
    assert not store.postings([7], days=(1, 2)).get(7)


def test_postings_of_very_many_terms_are_asked_for_at_once(store: Store) -> None:
    keep(store, arrival("a", postings=tuple((term, 0.5) for term in range(0, 33_000, 1000))))
    assert len([term for term, found in store.postings(range(33_000)).items() if found]) == 33


def test_sketches_come_back_as_they_were(store: Store) -> None:
    one, two = keep(store, arrival("a", sketch=bytes(range(256))), "b")
    assert store.sketches([one, 99]) == {one: bytes(range(256))}
    assert store.sketches([two]) == {two: b"sketch of b"}


def test_links_go_both_ways(store: Store) -> None:
    one, two, three = keep(store, "a", "b", "c")
    with store.transaction():
        store.link([(two, one, 0.5), (one, three, 0.25)])
        store.link([(one, two, 0.75)])
    found = store.links([one, two, three])
    assert found == {one: {two: 0.75, three: 0.25}, two: {one: 0.75}, three: {one: 0.25}}


def test_a_superseded_article_is_grouped_no_longer(store: Store) -> None:
    one, two = keep(store, arrival("a", postings=((7, 0.5),)), arrival("b", postings=((7, 0.5),)))
    with store.transaction():
        store.link([(one, two, 0.5)])
    place(store, {"s": [one, two]})
    brief(store, "s", briefing(article("a"), article("b")))
    three = keep(store, arrival(article("a2", version=2, replaces="a"), postings=((8, 0.5),)))[0]
    assert store.members(["s"]) == {"s": [two, three]}
    assert store.stories_of([one, two, three]) == {two: "s", three: "s"}
    assert store.stale() == ["s"]
    assert [posting.number for posting in store.postings([7])[7]] == [two]
    assert not store.links([one])[one] if one in store.links([one]) else True
    assert not store.links([two]).get(two)
    assert [held.story for held in store.held(["a", "a2"])] == [None, "s"]
    assert list(store.check()) == []


# which articles form which stories ------------------------------------------------------------------------------------


def test_a_new_story_is_listed_by_its_articles(store: Store) -> None:
    numbers = keep(
        store,
        article("a", title="Ferry aground", published="2031-05-04"),
        article("b", BRIDGE, "Quellmouth Post", published="2031-05-06"),
    )
    place(store, {"s": numbers})
    line = store.story("s")
    assert line is not None
    assert (line.id, line.title, line.first, line.last) == ("s", "Ferry aground", "2031-05-04", "2031-05-06")
    assert (sorted(line.outlets), line.articles) == (["Brennick Courier", "Quellmouth Post"], 2)
    assert (line.agreed, line.disputed, line.single, line.updated, line.stale) == (0, 0, 0, None, True)
    assert store.members(["s", "none"]) == {"s": numbers}
    assert store.stories_of([*numbers, 99]) == dict.fromkeys(numbers, "s")
    assert [held.story for held in store.numbered(numbers)] == ["s", "s"]
    assert store.briefing("s") is None
    assert [line.id for line in store.stories()] == ["s"]


def test_a_story_without_titles_and_days_is_listed(store: Store) -> None:
    place(store, {"s": keep(store, article("a", "", title=None, published=None))})
    line = store.story("s")
    assert line is not None
    assert (line.first, line.last, line.articles) == (None, None, 1)


def test_a_story_becomes_stale_where_its_articles_change(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    one, two = keep(store, *reports)
    place(store, {"s": [one]})
    brief(store, "s", briefing(reports[0]))
    assert store.stale() == []
    place(store, {"s": [one]})
    assert store.stale() == []
    place(store, {"s": [two, one]})
    assert store.stale() == ["s"]
    brief(store, "s", briefing(*reports))
    place(store, {"s": [one, two]})
    assert store.stale() == []
    place(store, {"s": [two], "t": [one]})
    assert sorted(store.stale()) == ["s", "t"]
    assert store.members(["s", "t"]) == {"s": [two], "t": [one]}


def test_the_stories_that_wait_longest_come_first(store: Store) -> None:
    reports = [article(name) for name in "abcd"]
    numbers = keep(store, *reports)
    for n, story in enumerate(("s", "r", "t")):
        place(store, {story: [numbers[n]]})
    assert store.stale() == ["s", "r", "t"]
    place(store, {"s": [numbers[0], numbers[3]]})
    assert store.stale() == ["s", "r", "t"]
    assert store.stale(2) == ["s", "r"]
    brief(store, "s", briefing(reports[0], reports[3]))
    place(store, {"s": [numbers[0]]})
    assert store.stale() == ["r", "t", "s"]


def test_a_story_that_was_merged_leads_to_the_other(store: Store) -> None:
    one, two, three = keep(store, "a", "b", "c")
    place(store, {"s1": [one], "s2": [two], "s3": [three]})
    place(store, {"s2": [one, two]}, {"s1": "s2"})
    place(store, {"s3": [one, two, three]}, {"s2": "s3"})
    for name in ("s1", "s2", "s3"):
        line = store.story(name)
        assert line is not None
        assert (line.id, line.articles) == ("s3", 3)
    assert store.stories_of([one, two, three]) == dict.fromkeys((one, two, three), "s3")
    assert [line.id for line in store.stories()] == ["s3"]
    assert store.stale() == ["s3"]
    assert store.members(["s1", "s2"]) == {}
    assert store.counts().stories == 1
    assert list(store.check()) == []


def test_a_story_that_was_dissolved_is_gone(store: Store) -> None:
    numbers = keep(store, "a", "b")
    place(store, {"s": numbers})
    brief(store, "s", briefing(article("a"), article("b")))
    place(store, {"t": numbers[:1], "u": numbers[1:]}, {"s": None})
    assert store.story("s") is None
    assert store.briefing("s") is None
    assert sorted(line.id for line in store.stories()) == ["t", "u"]
    assert store.counts().findings == 0
    assert store.named("Tarn") == []
    assert list(store.check()) == []


def test_a_story_that_was_gone_comes_again(store: Store) -> None:
    one, two = keep(store, "a", "b")
    place(store, {"s": [one], "t": [two]})
    place(store, {"t": [one, two]}, {"s": "t"})
    place(store, {"t": [two], "s": [one]})
    assert [line.id for line in (store.story("s"), store.story("t")) if line] == ["s", "t"]
    assert store.members(["s", "t"]) == {"s": [one], "t": [two]}


def test_the_beginning_of_an_id_names_a_story_that_has_it_alone(store: Store) -> None:
    numbers = keep(store, "a", "b", "c")
    place(store, {"5b1c00": numbers[:1], "5b2d00": numbers[1:2], "5b2d": numbers[2:], "7%_": []})
    found = {
        begun: store.story(begun) for begun in ("5b1", "5b2", "5b2d", "5b2d0", "5b", "", "6", "%", "_b1c", "5b1c00x")
    }
    assert {begun: line.id for begun, line in found.items() if line} == {
        "5b1": "5b1c00",
        "5b2d": "5b2d",
        "5b2d0": "5b2d00",
    }


# briefings ------------------------------------------------------------------------------------------------------------


def whole_briefing() -> tuple[Briefing, list]:
    """Return a briefing with something in each of its fields, and the articles that it is on."""
    reports = [article("a"), article("b", BRIDGE, outlet="Quellmouth Post")]
    made = [analysis(report) for report in reports]
    cited = Citation("a", 0, 9, FERRY[:9])
    told = replace(
        finding(reports[0], "Halmar", "disputed"),
        differences=(Difference("value", (Value("1", ("a",)), Value("2", ("b",))), False),),
        reasons=("they differ",),
        weight=2.5,
        score=0.75,
    )
    plain = briefing(*reports)
    return replace(
        plain,
        findings=(told, finding(reports[1], "crane barge", "corroborated")),
        quotes=tuple(quote for each in made for quote in each.quotes),
        figures=tuple(figure for each in made for figure in each.figures),
        commitments=tuple(promise for each in made for promise in each.commitments),
        timeline=(TimelineEntry("2031-05-04", "Aground", (cited,), told.id),),
        summary=(SummarySentence("It ran aground.", (told.id,)),),
        rejected=(Rejected("c", "analyze", "too long"),),
        utterances=(Utterance("u", (cited, cited), (Value("said", ("a",)),), 0.5, ("alike",)),),
        passages=(Passage("a", 0, 9, FERRY[:9], "p", "o-a", "Nordpress"),),
    ), reports


def test_a_briefing_comes_back_whole(store: Store) -> None:
    made, reports = whole_briefing()
    place(store, {"s": keep(store, *reports)})
    assert brief(store, "s", made, weight=3.5, at=LATER)
    assert store.briefing("s") == made
    line = store.story("s")
    assert line is not None
    assert (line.title, line.origins, line.agreed, line.disputed, line.single) == ("A ferry aground", 2, 1, 1, 0)
    assert (line.weight, line.updated, line.stale) == (3.5, LATER, False)
    assert store.stale() == []
    assert store.counts().findings == 2
    assert list(store.check()) == []


def test_a_briefing_takes_the_place_of_the_one_before(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    place(store, {"s": keep(store, *reports)})
    brief(store, "s", briefing(*reports))
    assert brief(store, "s", briefing(reports[0], title="Anew", verdict="disputed"))
    line, found = store.story("s"), store.briefing("s")
    assert line is not None
    assert found is not None
    assert (line.title, line.disputed, line.single, len(found.findings)) == ("Anew", 1, 0, 1)
    assert store.counts().findings == 1


def test_a_briefing_of_articles_that_changed_meanwhile_is_not_kept(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    one, two = keep(store, *reports)
    place(store, {"s": [one]})
    line = store.story("s")
    assert line is not None
    place(store, {"s": [one, two]})
    with store.transaction():
        assert not store.brief("s", line.revision, briefing(reports[0]), 1.0, AT)
    assert store.briefing("s") is None
    assert store.stale() == ["s"]
    assert brief(store, "s", briefing(*reports))


def test_a_new_version_is_a_change_of_the_articles(store: Store) -> None:
    place(store, {"s": keep(store, "a")})
    line = store.story("s")
    assert line is not None
    keep(store, article("a2", version=2, replaces="a"))
    with store.transaction():
        assert not store.brief("s", line.revision, briefing(article("a")), 1.0, AT)
    assert brief(store, "s", briefing(article("a2", version=2, replaces="a")))


def test_a_story_that_is_gone_is_not_briefed(store: Store) -> None:
    numbers = keep(store, "a", "b")
    place(store, {"s": numbers[:1], "t": numbers[1:]})
    line = store.story("s")
    assert line is not None
    place(store, {"t": numbers}, {"s": "t"})
    with store.transaction():
        assert not store.brief("s", line.revision, briefing(article("a")), 1.0, AT)
        assert not store.brief("never", 0, briefing(article("a")), 1.0, AT)
    assert store.briefing("s") is None


def test_the_briefing_before_a_new_version_is_still_whole(store: Store) -> None:
    report = article("a")
    place(store, {"s": keep(store, report)})
    brief(store, "s", briefing(report))
    keep(store, article("a2", FERRY + " More.", version=2, replaces="a"))
    found = store.briefing("s")
    assert found is not None
    assert found.articles == (report,)


# lists ----------------------------------------------------------------------------------------------------------------


def test_stories_are_listed_by_day_and_by_weight(store: Store) -> None:
    days = {"s1": "2031-05-01", "s2": "2031-05-03", "s3": "2031-05-02"}
    reports = {story: article(f"a{story}", published=day, outlet=f"Outlet {story}") for story, day in days.items()}
    numbers = dict(zip(days, keep(store, *reports.values()), strict=True))
    more = keep(store, article("more", published="2031-04-30", outlet="Ümland Bote"))[0]
    place(store, {"s1": [numbers["s1"], more], "s2": [numbers["s2"]], "s3": [numbers["s3"]]})
    for story, weight in (("s1", 2.0), ("s2", 1.0), ("s3", 3.0)):
        brief(store, story, briefing(reports[story]), weight=weight)
    assert [line.id for line in store.stories()] == ["s2", "s3", "s1"]
    assert [line.id for line in store.stories(order="weight")] == ["s3", "s1", "s2"]
    assert [line.id for line in store.stories(since="2031-05-02")] == ["s2", "s3"]
    assert [line.id for line in store.stories(several=True)] == ["s1"]
    assert [line.id for line in store.stories(outlet="Outlet s3")] == ["s3"]
    assert [line.id for line in store.stories(outlet="ümland bote")] == ["s1"]
    assert [line.id for line in store.stories(limit=1, offset=1)] == ["s3"]
    assert store.stories(since="2031-06-01") == store.stories(outlet="None Such") == []


def test_names_are_found_by_parts_of_them(store: Store) -> None:
    reports = [article(name) for name in "ab"]
    numbers = keep(store, *reports)
    place(store, {"s": numbers[:1], "t": numbers[1:]})
    city = Name("n-city", "Brennick", "place", ("b",))
    brief(store, "s", briefing(reports[0]))
    brief(store, "t", replace(briefing(reports[1]), names=(*briefing(reports[1]).names, city)))
    assert store.named("tarn") == store.named("ILSE ta") == [("Ilse Tarn", "person", 2)]
    assert store.named("brennick", "place") == [("Brennick", "place", 1)]
    assert store.named("brennick", "person") == store.named("nobody") == []
    assert store.named("n", limit=1) == [("Ilse Tarn", "person", 2)]


# chains ---------------------------------------------------------------------------------------------------------------


def test_chains_are_put_in_the_place_of_those_they_touch(store: Store) -> None:
    with store.transaction():
        store.chain([Chain("c1", ("s", "r")), Chain("c2", ("t", "u"))], [])
    assert {chain.id: chain.stories for chain in store.chains()} == {"c1": ("s", "r"), "c2": ("t", "u")}
    with store.transaction():
        store.chain([Chain("c1", ("s", "r", "q"))], ["r", "x"])
    assert store.chains(["q"]) == [Chain("c1", ("s", "r", "q"))]
    assert store.chains(["t", "u", "none"]) == [Chain("c2", ("t", "u"))]
    assert store.chains([]) == []
    with store.transaction():
        store.chain([], ["q"])
    assert store.chains() == [Chain("c2", ("t", "u"))]


def test_a_story_is_searched_for_where_it_is(store: Store) -> None:
    place(store, {"s": keep(store, "a")})
    assert {hit.story for hit in store.search(Query(words="hurt"))} == {"s"}


def test_ids_that_begin_alike_are_listed(store: Store) -> None:
    first, second, third = keep(store, "a", "b", "c")
    place(store, {"ferry": [first], "fern": [second], "bridge": [third]})
    place(store, {"ferry": [first, second]}, {"fern": "ferry"})
    assert store.begun("fer") == ["fern", "ferry"]
    assert store.begun("fer", 1) == ["fern"]
    assert store.begun("ferry") == ["ferry"]
    assert store.begun("Fer") == store.begun("%") == []
