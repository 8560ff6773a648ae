"""What every store promises to those who read it page by page: days, facets, one name, the ledger in parts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.records import LedgerEntry, Name
from accord.stores import Store
from accord.stores.store import Facets, HitKind, Named, Query
from arrivals import AT, BRIDGE, LATER, analysis, arrival, article, brief, briefing, entry, keep, line, place, quote

# stories --------------------------------------------------------------------------------------------------------------


def test_stories_are_listed_by_when_they_were_briefed(store: Store) -> None:
    reports = [article(name, published=f"2031-05-0{n}") for n, name in enumerate("abcd", 1)]
    for report, number in zip(reports, keep(store, *reports), strict=True):
        place(store, {f"s-{report.id}": [number]})
    brief(store, "s-b", briefing(reports[1]), at=LATER)
    brief(store, "s-a", briefing(reports[0]), at=AT)
    assert [told.id for told in store.stories(order="changed")] == ["s-b", "s-a", "s-d", "s-c"]
    assert [told.id for told in store.stories(order="changed", limit=2, offset=1)] == ["s-a", "s-d"]
    brief(store, "s-a", briefing(reports[0]), at="2031-05-06T08:00:00Z")
    assert [told.id for told in store.stories(order="changed", limit=2)] == ["s-a", "s-b"]


def test_the_days_of_stories_are_counted(store: Store) -> None:
    days = {"a": "2031-05-04", "b": "2031-05-04", "c": "2031-05-02", "d": None, "e": "2031-05-07", "f": None}
    numbers = keep(store, *(article(name, published=day) for name, day in days.items()))
    place(store, {"s": numbers[:4], "t": numbers[4:5], "u": numbers[5:]})
    expected = {"s": [("2031-05-02", 1), ("2031-05-04", 2)], "t": [("2031-05-07", 1)], "u": []}
    assert store.days(["s", "t", "u", "none", "s"]) == expected
    assert store.days(["t"]) == {"t": [("2031-05-07", 1)]}
    assert store.days([]) == {}
    place(store, {"s": numbers[:5]}, {"t": "s"})
    assert store.days(["t"]) == {}


def test_a_superseded_version_counts_on_no_day(store: Store) -> None:
    place(store, {"s": keep(store, "a")})
    keep(store, article("a2", version=2, replaces="a", published="2031-05-05"))
    assert store.days(["s"]) == {"s": [("2031-05-05", 1)]}


# names ----------------------------------------------------------------------------------------------------------------


def named(store: Store, names: dict[str, tuple[Name, ...]]) -> None:
    """Keep a story for each of the articles, of a day each, with its names."""
    reports = [article(name, published=f"2031-05-{n:02}") for n, name in enumerate(names, 1)]
    for report, number in zip(reports, keep(store, *reports), strict=True):
        place(store, {f"s-{report.id}": [number]})
        brief(store, f"s-{report.id}", replace(briefing(report), names=names[report.id]))


def person(name: str, *aliases: str, kind: str = "person") -> Name:
    return Name(f"n-{name}", name, kind, ("a",), aliases)  # type: ignore[arg-type]


def test_one_is_found_by_the_very_name(store: Store) -> None:
    named(
        store,
        {
            "a": (person("Ilse Tarn", "Tarn", "the harbour master"), person("Ilse Tarnow")),
            "b": (person("Ilse Tarn", "Ms Tarn", "Tarn"), person("Tomas Reve", "Ilse Tarn")),
            "c": (person("Tomas Reve"),),
        },
    )
    expected = Named("Ilse Tarn", "person", 2, ("s-b", "s-a"), ("Tarn", "Ms Tarn", "the harbour master"))
    assert store.one_named("Ilse Tarn") == store.one_named("ILSE tarn", "person") == expected
    assert store.one_named("Ilse Tarn", limit=1) == replace(expected, latest=("s-b",), aliases=("Ms Tarn", "Tarn"))
    assert store.one_named("Ilse Tarnow") == Named("Ilse Tarnow", "person", 1, ("s-a",))
    for other in ("Tarn", "Ilse", "Ilse Tar", "Ilse Tarn\n", "", "%", "Ilse Tarn\ntarn"):
        assert store.one_named(other) is None
    assert store.one_named("Ilse Tarn", "place") is None


def test_a_name_is_told_as_it_is_written_most(store: Store) -> None:
    named(
        store,
        {
            "a": (person("Brennick", kind="place"), person("Brennick", "Brennick FC", kind="organisation")),
            "b": (person("BRENNICK", kind="place"),),
            "c": (person("Brennick", kind="place"),),
            "d": (person("Élodie Brandt"),),
        },
    )
    assert store.one_named("brennick") == Named("Brennick", "place", 3, ("s-c", "s-b", "s-a"))
    club = Named("Brennick", "organisation", 1, ("s-a",), ("Brennick FC",))
    assert store.one_named("brennick", "organisation") == club
    assert store.one_named("elodie brandt") == store.one_named("Élodie Brandt")


def test_a_very_long_name_is_kept_and_found(store: Store) -> None:
    long = "The Association of " + "Very " * 2_000 + "Many"
    named(store, {"a": (person(long), person(long + "s"))})
    found = store.one_named(long.upper())
    assert found is not None
    assert (found.name, found.stories) == (long, 1)


def test_names_of_stories_that_are_gone_are_no_more(store: Store) -> None:
    named(store, {"a": (person("Ilse Tarn"),), "b": (person("Ilse Tarn"),)})
    place(store, {"s-b": [1, 2]}, {"s-a": "s-b"})
    assert store.one_named("Ilse Tarn") == Named("Ilse Tarn", "person", 1, ("s-b",))
    place(store, {"u": [1, 2]}, {"s-b": None})
    assert store.one_named("Ilse Tarn") is None


# facets ---------------------------------------------------------------------------------------------------------------


def fill(store: Store) -> None:
    keep(
        store,
        article("a", published="2031-05-04"),
        article("b", published="2031-04-30"),
        article("c", BRIDGE, "Quellmouth Post", published="2031-05-04"),
        article("d", BRIDGE.replace("We heard", "I heard"), "Ümland Bote", published=None),
    )


def test_what_is_found_is_counted(store: Store) -> None:
    fill(store)
    assert store.facets(Query("ferry")) == Facets(
        kinds=(("article", 2),),
        outlets=(("Brennick Courier", 2),),
        months=(("2031-04", 1), ("2031-05", 1)),
    )
    assert store.facets(Query()) == Facets(
        kinds=(("article", 4), ("figure", 4), ("quote", 3), ("commitment", 2)),
        outlets=(("Brennick Courier", 8), ("Quellmouth Post", 3), ("Ümland Bote", 2)),
        speakers=(("Ilse Tarn", 2), ("Norvik Line", 2), ("Tomas Reve", 1)),
        months=(("2031-05", 7), ("2031-04", 4)),
    )
    assert store.facets(Query("lanternfish")) == store.facets(Query("*")) == Facets()


def test_facets_count_whatever_the_kind_and_the_page(store: Store) -> None:
    fill(store)
    whole = store.facets(Query("hurt"))
    assert whole.kinds == (("article", 2), ("quote", 2))
    assert store.facets(Query("hurt", kind="quote")) == store.facets(Query("hurt", limit=1, offset=9)) == whole


def test_facets_keep_to_the_filters(store: Store) -> None:
    fill(store)
    found = store.facets(Query(outlet="quellmouth"))
    assert found.outlets == (("Quellmouth Post", 3),)
    assert store.facets(Query("beds", speaker="reve")).kinds == (("quote", 1),)
    assert store.facets(Query(since="2031-05-01", until="2031-05-31")).months == (("2031-05", 7),)
    assert store.facets(Query(outlet="No Such")) == Facets()
    assert store.facets(Query("-ferry", until="2031-05-31")).outlets == (
        ("Brennick Courier", 6),
        ("Quellmouth Post", 3),
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.sampled_from(["", "*", "ferry", "hurt", "hurt ferry", "t*", "br* hurt", "-ferry", '"old bridge"', "1"]),
    kind=st.sampled_from([None, None, "article", "quote"]),
    speaker=st.sampled_from([None, "reve"]),
    since=st.sampled_from([None, "2031-05-01"]),
    offset=st.integers(0, 3),
)
def test_hits_and_facets_are_found_at_once(
    store: Store, words: str, kind: HitKind | None, speaker: str | None, since: str | None, offset: int
) -> None:
    if not store.counts().articles:
        fill(store)
    query = Query(words, kind, speaker, since=since, limit=3, offset=offset)
    assert store.found(query, 2) == (store.search(query), store.facets(query, 2))


def test_whole_names_are_not_found_in_longer_ones(store: Store) -> None:
    one, two = article("a"), article("b", outlet="Courier")
    said = [quote(one, "Nobody was hurt,", "Ilse Tarnow"), quote(two, "Nobody was hurt,", "Ilse Tärn")]
    for of, each in zip((one, two), said, strict=True):
        keep(store, replace(arrival(of), analysis=replace(analysis(of), quotes=(each,))))

    def spoke(speaker: str, **rest: object) -> list[str | None]:
        query = Query(kind="quote", speaker=speaker, **rest)
        hits = store.search(query)
        assert dict(store.facets(query).kinds).get("quote", 0) == len(hits)
        assert store.found(query)[0] == hits
        return sorted(str(hit.speaker) for hit in hits)

    assert spoke("ilse tarn") == ["Ilse Tarnow", "Ilse Tärn"]
    assert spoke("ilse tarn", exactly=True) == ["Ilse Tärn"]
    assert spoke("ILSE TÄRN", exactly=True, words="hurt") == ["Ilse Tärn"]
    assert spoke("Tarn", exactly=True) == spoke("Tarn Ilse", exactly=True) == []
    assert {hit.article for hit in store.search(Query(outlet="courier", exactly=True))} == {"b"}
    assert {hit.article for hit in store.search(Query(outlet="courier"))} == {"a", "b"}


def test_names_that_are_asked_for_again_are_those_of_now(store: Store) -> None:
    named(store, {"a": (person("Ilse Tarn", "the harbour master"), person("Per Holt")), "b": (person("Ilse Tarn"),)})
    for _ in range(3):
        assert store.named("tarn") == [("Ilse Tarn", "person", 2)]
        assert store.named("MASTER harb") == [("Ilse Tarn", "person", 1)]
        assert store.named("nobody at all") == []
        assert [name for name, _, _ in store.named("")] == ["Ilse Tarn", "Per Holt"]
    named(store, {"c": (person("Oda Tarn"), person("Ilse Tarn"))})
    for _ in range(3):
        assert store.named("tarn") == [("Ilse Tarn", "person", 3), ("Oda Tarn", "person", 1)]
        assert store.named("tarn", "place") == []


def test_only_the_most_frequent_are_counted_out(store: Store) -> None:
    keep(store, *(arrival(article(f"{n}-{m}", outlet=f"Outlet {n}")) for n in range(5) for m in range(n + 1)))
    found = store.facets(Query("ferry"), most=2)
    assert found.kinds == (("article", 15),)
    assert found.outlets == (("Outlet 4", 5), ("Outlet 3", 4))
    assert store.facets(Query("ferry"), most=0).outlets == ()
    assert not found.more


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.sampled_from(["", "ferry", "hurt", "t*", "bri*", "-ferry", '"old bridge"', "barge -ferry", "1", "is*"]),
    outlet=st.sampled_from([None, "post", "bote"]),
    speaker=st.sampled_from([None, "reve", "norvik"]),
    since=st.sampled_from([None, "2031-05-01"]),
)
def test_facets_count_what_search_finds(
    store: Store, words: str, outlet: str | None, speaker: str | None, since: str | None
) -> None:
    if not store.counts().articles:
        fill(store)
    query = Query(words, outlet=outlet, speaker=speaker, since=since, limit=1_000)
    found, counted = store.search(query), store.facets(query)
    assert dict(counted.kinds) == {kind: sum(hit.kind == kind for hit in found) for kind in {hit.kind for hit in found}}
    assert sum(n for _, n in counted.outlets) == len(found)
    assert sum(n for _, n in counted.speakers) == sum(hit.speaker is not None for hit in found)
    assert sum(n for _, n in counted.months) == sum(hit.published is not None for hit in found)


# the ledger -----------------------------------------------------------------------------------------------------------


def entered(store: Store, *entries: LedgerEntry) -> None:
    with store.transaction():
        told = [one for item in entries for one in item.lines]
        store.keep_lines([one.article for one in told], told)
        store.keep_entries(entries)


def listed(store: Store, **rest: object) -> list[str]:
    return [one.id for one in store.ledger(**rest)]  # type: ignore[arg-type]


def ledger(store: Store) -> None:
    entered(
        store,
        entry("e1", made="2031-05-04", due_date="2031-09"),
        entry("e2", made="2031-05-02", due_date="2031-06-01", status="reported done"),
        entry("e3", made="2031-05-04", status="withdrawn"),
        entry("e4", made=None, due_date="2031-09-15"),
        entry("e5", made="2031-05-03", due_date="2030", status="reported done"),
    )


def test_the_ledger_comes_in_the_order_asked_for(store: Store) -> None:
    ledger(store)
    assert listed(store) == listed(store, order="made") == ["e4", "e2", "e5", "e1", "e3"]
    assert listed(store, order="latest") == ["e3", "e1", "e5", "e2", "e4"]
    assert listed(store, order="due") == ["e5", "e2", "e1", "e4"]
    assert listed(store, order="due", due=("2031-06", None)) == ["e2", "e1", "e4"]
    assert listed(store, order="lately due") == ["e4", "e1", "e2", "e5"]
    assert listed(store, order="lately due", limit=2, offset=1) == ["e1", "e2"]


def test_the_ledger_is_counted_and_listed_by_status(store: Store) -> None:
    assert store.statuses() == {}
    ledger(store)
    assert store.statuses() == {"open": 2, "reported done": 2, "withdrawn": 1}
    assert listed(store, status="reported done") == ["e2", "e5"]
    assert listed(store, status="reported done", order="latest") == ["e5", "e2"]
    assert listed(store, status="withdrawn", order="due") == listed(store, status="overdue") == []
    assert listed(store, status="open", who="norvik") == ["e4", "e1"]


def test_what_runs_past_its_due_date_counts_as_overdue_on_a_day(store: Store) -> None:
    ledger(store)
    entered(store, entry("e6", made="2031-05-05", due_date="2031-09-15", status="changed"))
    assert listed(store, status="overdue", today="2031-09-15") == []
    assert listed(store, status="overdue", today="2031-09-16") == ["e4", "e6"]
    assert listed(store, status="overdue", order="lately due", today="2031-10-01") == ["e6", "e4", "e1"]
    assert listed(store, status="open", today="2031-09-16") == ["e1"]
    assert listed(store, status="changed", today="2031-09-16") == []
    assert store.statuses(today="2031-10-01") == {"overdue": 3, "reported done": 2, "withdrawn": 1}
    assert store.statuses(today="2031-09-15") == {"open": 2, "changed": 1, "reported done": 2, "withdrawn": 1}


def test_statuses_are_counted_of_what_is_asked_for(store: Store) -> None:
    ledger(store)
    assert store.statuses(who="norvik", due=("2031", None), today="2031-09-16") == {
        "open": 1,
        "overdue": 1,
        "reported done": 1,
    }
    assert store.statuses(who="nobody of this name") == store.statuses(topic="no such words") == {}


def test_the_ledger_comes_in_pages(store: Store) -> None:
    entered(
        store, *(entry(f"e{n:03}", made=f"2031-05-{n % 9 + 1:02}", due_date=f"2031-{n % 7 + 1:02}") for n in range(250))
    )
    for order in ("made", "latest", "due", "lately due"):
        whole = listed(store, order=order)
        assert len(set(whole)) == 250
        for few in (1, 60, 100, 130, 250, 999):
            cuts = [(at, listed(store, order=order, limit=few, offset=at)) for at in (0, 95, 249, 250, 400)]
            assert all(page == whole[at : at + few] for at, page in cuts)
    assert listed(store, limit=0) == []
    assert all(a.made <= b.made for a, b in pairwise(store.ledger(offset=30)))  # type: ignore[operator]


def test_the_ledger_of_a_story_is_that_of_its_articles(store: Store) -> None:
    numbers = keep(store, "a", "b", "c")
    place(store, {"s": numbers[:2], "t": numbers[2:]})
    la, lb, lc = (line(f"l-{name}", article(name)) for name in "abc")
    entered(store, entry("e1", la, lb), entry("e2", lc), entry("e3", made="2031-05-01"))
    assert listed(store, story="s") == ["e1"]
    assert listed(store, story="t", status="open", order="latest") == ["e2"]
    assert listed(store, story="none") == listed(store, story="t", status="withdrawn") == []
    place(store, {"s": numbers}, {"t": "s"})
    assert listed(store, story="s") == ["e1", "e2"]
    with store.transaction():
        store.keep_lines(["c"], ())
    assert listed(store, story="s") == ["e1"]
