"""What every store promises of search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.records import Analysis
from accord.stores import Store
from accord.stores.store import Hit, Query
from arrivals import BRIDGE, FERRY, analysis, arrival, article, keep, place, quote

TEXTS = {
    "ferry": FERRY,
    "bridge": BRIDGE,
    "orchard": "Frost took the orchard of Señora Élise Brandt at night.\nThe cider press at Quellmouth stands idle.",
    "cider": "The press of the cider makers at Brennick praised the orchard. Quellmouth did not.",
}


def fill(store: Store) -> None:
    days = {"ferry": "2031-05-04", "bridge": "2031-05-05", "orchard": "2031-05-06", "cider": None}
    outlets = {"ferry": "Brennick Courier", "bridge": "Quellmouth Post"}
    keep(
        store,
        *(
            article(name, text, outlets.get(name, "Ümland Bote"), published=days[name], title=f"Title {name}")
            for name, text in TEXTS.items()
        ),
    )


def found(store: Store, words: str = "", **rest: object) -> set[str]:
    """Return the ids of the articles that are found."""
    return {hit.article for hit in store.search(Query(words=words, **{"kind": "article", **rest}))}


def sure(store: Store, hit: Hit) -> bool:
    """Tell whether the article carries the text of a hit where it says."""
    return store.held([hit.article])[0].article.text[hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("orchard", {"orchard", "cider"}),
        ("orchard frost", {"orchard"}),
        ("frost ferry", set()),
        ("ORCHARD Frost", {"orchard"}),
        ('"cider press"', {"orchard"}),
        ('"press cider"', set()),
        ('"cider press" frost', {"orchard"}),
        ("orchard -frost", {"cider"}),
        ('orchard -"cider press"', {"cider"}),
        ("orch*", {"orchard", "cider"}),
        ("orch", set()),
        ("quell* -frost", {"bridge", "cider"}),
        ("elise", {"orchard"}),
        ("Élise", {"orchard"}),
        ("SENORA", {"orchard"}),
        ("214", {"ferry"}),
        ("title", set(TEXTS)),
        ("lanternfish", set()),
        ("", set(TEXTS)),
    ],
)
def test_articles_are_found_by_words(store: Store, words: str, expected: set[str]) -> None:
    fill(store)
    assert found(store, words) == expected


def test_words_that_must_not_occur_may_stand_alone(store: Store) -> None:
    fill(store)
    assert found(store, "-orchard") == {"ferry", "bridge"}
    assert found(store, "-orchard -barge") == {"ferry"}


HOSTILE = (
    '"', '""', '" "', "-", "--", '-"', '-""', "*", "**", "-*", "a*b", '"*"', "AND", "OR", "NOT", "orchard OR",
    "NEAR(a b)", "title:", "text : frost", "{a}", "(", ")", "((", "a)(b", "^frost", "+frost", "'", "''",
    "'; DROP TABLE articles; --", "\\", "\\'", ":*", "a:*", "a & b", "a | !b",
    "<->", "a <2> b", "!", "%", "_", "%s", "\x00", "fr\x00ost", "\u202e",
    "👩‍👩‍👧", "é" * 500, "e\u0301" * 50, "word " * 3_000, "- " * 500, '"' * 501, "x" * 50_000, "\ud800", "\n\t", "$1",
    "{{}}", "NULL", "rank", "rowid", "frost^2", "a b AND NOT c", 'fro"st', 'a"b c"d',
)  # fmt: skip


def test_no_query_makes_it_fail(store: Store) -> None:
    fill(store)
    for words in HOSTILE:
        for kind in (None, "article", "quote"):
            assert isinstance(store.search(Query(words=words, kind=kind)), list), words
        store.search(Query(speaker=words, outlet=words))
        store.named(words)
        store.updates(words=words, name=words)
        list(store.ledger(who=words, to_whom=words, topic=words))
        store.stories(outlet=words)
        store.story(words)
    assert store.counts().articles == len(TEXTS)
    assert list(store.check()) == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30) | st.text('"-*()^:ab \x00é&|!<>', max_size=30))
def test_no_text_at_all_makes_it_fail(store: Store, words: str) -> None:
    if not store.counts().articles:
        fill(store)
    store.search(Query(words=words))
    store.search(Query(words=words, kind="quote", speaker=words, outlet=words))


def test_signs_are_no_orders(store: Store) -> None:
    fill(store)
    assert found(store, "frost OR ferry") == set()
    assert found(store, "(frost)") == found(store, "frost.") == found(store, "'frost'") == {"orchard"}
    assert found(store, "cider-press") == {"orchard"}


def test_claims_are_found_with_their_spans(store: Store) -> None:
    fill(store)
    (said,) = store.search(Query(words="hurt", kind="quote"))
    assert (said.kind, said.article, said.speaker, said.text) == ("quote", "ferry", "Ilse Tarn", "Nobody was hurt,")
    assert (said.outlet, said.title, said.published) == ("Brennick Courier", "Title ferry", "2031-05-04")
    (counted,) = store.search(Query(words="people", kind="figure"))
    assert (counted.kind, counted.article, counted.text) == ("figure", "ferry", "214 people")
    (promised,) = store.search(Query(words="lifeboats", kind="commitment"))
    assert (promised.article, promised.text) == ("ferry", "promised 40 new lifeboats by March")
    assert all(sure(store, hit) for hit in store.search(Query()))


def test_a_hit_says_whether_it_stands_between_quotation_marks(store: Store) -> None:
    text = "“The quay holds,” Ilse Tarn said. She said that the crane had been sold. Figures show 214 people came."
    told = article("said", text)
    quotes = (quote(told, "The quay holds,", "Ilse Tarn"), quote(told, "the crane had been sold", "Ilse Tarn"))
    keep(store, arrival(told, analysis=replace(analysis(told), quotes=quotes)))
    found = {hit.text: hit.quoted for hit in store.search(Query()) if hit.kind != "article"}
    assert found == {"The quay holds,": True, "the crane had been sold": False, "214 people": False}


def test_everything_is_searched_where_no_kind_is_asked_for(store: Store) -> None:
    fill(store)
    assert {(hit.kind, hit.article) for hit in store.search(Query(words="hurt"))} == {
        ("article", "ferry"),
        ("quote", "ferry"),
    }
    kinds = [hit.kind for hit in store.search(Query())]
    assert sorted(kinds) == ["article"] * 4 + ["commitment"] + ["figure"] * 2 + ["quote"] * 2


def test_an_article_is_shown_around_the_words(store: Store) -> None:
    text = "Much was said before. " * 200 + "Then a lanternfish surfaced. " + "Much was said after. " * 200
    keep(store, article("long", text))
    (hit,) = store.search(Query(words="lanternfish", kind="article"))
    assert "lanternfish" in hit.text
    assert len(hit.text) < 600
    assert sure(store, hit)


def test_an_article_whose_title_alone_has_the_words_is_shown_by_its_text(store: Store) -> None:
    keep(store, article("a", title="Lanternfish"), article("empty", "", title="Lanternfish"))
    hits = store.search(Query(words="lanternfish"))
    assert {hit.article for hit in hits} == {"a", "empty"}
    assert all(sure(store, hit) for hit in hits)


def test_words_do_not_run_from_the_title_into_the_text(store: Store) -> None:
    keep(store, article("a", "Frost came.", title="No orchard"))
    assert found(store, '"orchard frost"') == set()
    assert found(store, "orchard frost") == {"a"}


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"outlet": "courier"}, {"ferry"}),
        ({"outlet": "QUELLMOUTH"}, {"bridge"}),
        ({"outlet": "ümland"}, {"orchard", "cider"}),
        ({"outlet": "No Such"}, set()),
        ({"since": "2031-05-05"}, {"bridge", "orchard"}),
        ({"until": "2031-05-05"}, {"ferry", "bridge"}),
        ({"since": "2031-05-05", "until": "2031-05-05"}, {"bridge"}),
        ({"since": "2031-05-05", "outlet": "post", "words": "barge"}, {"bridge"}),
        ({"since": "2031-05-05", "words": "ferry"}, set()),
    ],
)
def test_hits_are_filtered(store: Store, rest: dict[str, str], expected: set[str]) -> None:
    fill(store)
    assert found(store, **rest) == expected


def test_hits_are_filtered_by_speaker(store: Store) -> None:
    fill(store)
    for speaker in ("tarn", "Ilse Tarn", "ILSE"):
        assert [hit.text for hit in store.search(Query(kind="quote", speaker=speaker))] == ["Nobody was hurt,"]
    assert [hit.kind for hit in store.search(Query(speaker="reve"))] == ["quote"]
    assert [hit.kind for hit in store.search(Query(speaker="norvik"))] == ["commitment"]
    assert store.search(Query(words="beds", speaker="tarn")) == []


def test_hits_come_in_pages(store: Store) -> None:
    keep(store, *(arrival(f"a{n}", page=None, analysis=Analysis(f"a{n}")) for n in range(7)))
    for words in ("", "ferry"):
        whole = [hit.article for hit in store.search(Query(words=words))]
        pages = [hit.article for at in (0, 3, 6) for hit in store.search(Query(words=words, limit=3, offset=at))]
        assert sorted(whole) == [f"a{n}" for n in range(7)]
        assert pages == whole
    assert store.search(Query(words="ferry", offset=100)) == []
    assert store.search(Query(limit=0)) == []


def test_the_best_come_first(store: Store) -> None:
    filler = "Much was said of other things. " * 20
    keep(
        store,
        article("once", filler + "A lanternfish. " + filler),
        article("often", "A lanternfish, the lanternfish, one lanternfish more. " + filler),
    )
    hits = store.search(Query(words="lanternfish", kind="article"))
    assert [hit.article for hit in hits] == ["often", "once"]
    assert hits[0].score >= hits[1].score


def test_only_last_versions_are_found(store: Store) -> None:
    fill(store)
    keep(store, article("ferry2", FERRY.replace("Nobody", "No one").replace("214", "215"), version=2, replaces="ferry"))
    assert found(store, "halmar") == {"ferry2"}
    assert store.search(Query(words="214")) == []
    assert [hit.article for hit in store.search(Query(words="215", kind="figure"))] == []
    assert {hit.article for hit in store.search(Query(words="lifeboats"))} == {"ferry2"}


def test_hits_name_their_story(store: Store) -> None:
    numbers = keep(store, article("a"), article("b"))
    place(store, {"s": numbers[:1]})
    assert {hit.article: hit.story for hit in store.search(Query(words="halmar"))} == {"a": "s", "b": None}
