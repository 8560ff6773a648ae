"""What every store promises of articles: what was fetched and read, versions, pages, analyses."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.readers.web.memory import Validators
from accord.records import (
    Analysis,
    Article,
    Caption,
    Change,
    Commitment,
    Entry,
    Figure,
    Happening,
    Mention,
    Name,
    Page,
    Quote,
    Rejected,
    Sentence,
    Span,
    Statement,
    Time,
)
from accord.stores import Store
from accord.stores.store import Query
from arrivals import AT, BRIDGE, FERRY, LATER, MAKER, analysis, arrival, article, brief, briefing, keep, place

URL = "http://courier.example/feed"
SAID = Validators('"1"', "Sun, 04 May 2031 08:00:00 GMT", AT)


# what was fetched -----------------------------------------------------------------------------------------------------


def test_what_a_server_said_counts_once_it_is_finished(store: Store) -> None:
    store.remember(URL, SAID)
    assert store.validators(URL) is None
    store.finish()
    assert store.validators(URL) == SAID
    store.remember(URL, Validators(etag='"2"'))
    assert store.validators(URL) == SAID
    store.finish()
    assert store.validators(URL) == Validators(etag='"2"')


def test_what_a_server_said_is_forgotten_at_once(store: Store) -> None:
    store.remember(URL, SAID)
    store.finish()
    store.forget(URL)
    assert store.validators(URL) is None
    store.remember(URL, SAID)
    store.forget(URL)
    store.finish()
    assert store.validators(URL) is None


def test_pages_are_remembered_from_other_threads(store: Store) -> None:
    found: list[Validators | None] = []

    def read() -> None:
        store.remember(URL, SAID)
        store.forget("http://courier.example/other")
        found.append(store.validators(URL))

    for _ in range(3):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert found == [None, None, None]
    store.finish()
    assert store.validators(URL) == SAID


def test_pages_may_be_finished_in_a_transaction(store: Store) -> None:
    store.remember(URL, SAID)
    with store.transaction():
        store.finish()
    assert store.validators(URL) == SAID


# what was read --------------------------------------------------------------------------------------------------------


def test_an_article_is_known_by_each_of_its_marks(store: Store) -> None:
    number = keep(store, arrival("a", marks=("url x", "id y\nz"), fetched=AT))[0]
    for key in ("url x", "id y\nz"):
        (known,) = store.known(key)
        assert (known.number, known.article.id, known.article.text) == (number, "a", FERRY)
        assert (known.print, known.fetched) == ("mark a", AT)
    assert list(store.known("url y")) == []


def test_the_latest_four_are_known_the_latest_first(store: Store) -> None:
    for n in range(6):
        keep(store, arrival(f"a{n}", marks=("title t",)))
    assert [known.article.id for known in store.known("title t")] == ["a5", "a4", "a3", "a2"]


def test_a_version_takes_the_place_of_the_one_before(store: Store) -> None:
    keep(store, arrival("a", marks=("url a", "id 1")))
    keep(store, arrival(article("a2", version=2, replaces="a"), marks=("url a",), mark="m2"))
    assert [known.article.id for known in store.known("url a")] == ["a2"]
    assert [known.article.id for known in store.known("id 1")] == ["a2"]
    (known,) = store.known("id 1")
    assert (known.print, known.article.version) == ("m2", 2)


def test_a_late_version_is_not_known(store: Store) -> None:
    keep(store, arrival(article("a3", version=3, replaces="a2"), marks=("url a",)))
    keep(store, arrival(article("a2", version=2), marks=("url a",), mark="late", latest=False))
    assert [known.article.id for known in store.known("url a")] == ["a3"]
    assert store.seen("late")


def test_marks_are_seen_and_ids_are_given(store: Store) -> None:
    keep(store, arrival(article("a2", version=2, replaces="a1"), mark="m"))
    with store.transaction():
        store.note("noted")
        store.note("noted")
    assert [store.seen(mark) for mark in ("m", "noted", "a2", "")] == [True, True, False, False]
    assert [store.given(name) for name in ("a2", "a1")] == [True, False]
    assert [store.replaced(name) for name in ("a2", "a1")] == [False, True]
    keep(store, arrival("a1", mark="m1", latest=False))
    assert (store.given("a1"), store.replaced("a1")) == (True, False)


def test_what_was_left_out_is_kept_once_the_latest_first(store: Store) -> None:
    first, second = Rejected("a", "parse", "it is empty"), Rejected("b", "parse", "it is empty")
    third = Rejected("c\x00", "read", "")
    with store.transaction():
        store.reject([first, second, first], AT)
    with store.transaction():
        store.reject([third, first], LATER)
    assert store.rejects() == [(LATER, third), (AT, second), (AT, first)]
    assert store.rejects(limit=1, offset=1) == [(AT, second)]
    assert store.counts().rejected == 3


# articles -------------------------------------------------------------------------------------------------------------


def whole_article(name: str = "whole") -> Article:
    """Return an article with something in each of its fields."""
    return Article(
        name, FERRY, "Brennick Courier", "A title", "Jo Quill", ("Nordpress",), "2031-05-04", "en",
        "http://courier.example/a", "2031-05-04T09:00:00Z", "Harbour", True, (Caption("The ferry", "Jo/Nordpress"),),
        (Entry(0, 9, "2031-05-04T09:00:00Z"),), 2, "older", (Change("No.", None, 3, 3), Change(None, "Yes.", 0, 4)),
    )  # fmt: skip


def whole_analysis(of: Article) -> Analysis:
    """Return an analysis with something in each of its fields; the spans are those of the first words."""
    at = (of.id, 0, 9, of.text[:9])
    span = Span(*at[1:])
    return Analysis(
        of.id,
        (Sentence(0, 9, at[3], 0, "title"),),
        (Name("n", "Halmar", "organisation", (of.id,), ("the ferry",), (Mention(*at[1:], "title"),), "a ferry", None),),
        (Time(*at, "2031-05", "2031-06", True),),
        (Quote(*at, "mixed", "Tarn", "said", "n", "f", span, span, (span, span), "Reve", "both", "u"),),
        (Figure(*at, 1.4e9, "USD", "ferries", "about", 1.5e9, 1e8, "f"), Figure(*at, None, None)),
        (Commitment(*at, "Norvik", "boats", "offered", "all", 40.0, "boat", "by March", "2032-03", "n", "f"),),
        (Statement(*at, 0, "run", ("ferry",), ("n",), "n", "p", "2031", "s", True, "planned", True),),
        (Happening(*at, "2031-05-04"),),
        ("Nordpress",),
        (Rejected("a", "analyze", "b"),),
    )


def test_articles_and_analyses_come_back_as_they_were(store: Store) -> None:
    report = whole_article()
    numbers = keep(store, arrival(report, analysis=whole_analysis(report), fetched=AT), arrival("plain", page=None))
    assert numbers == sorted(numbers)
    assert numbers[0] > 0
    held, plain = store.held(["whole", "plain"])
    assert held.article == report
    assert (held.number, held.what, held.fetched, held.added) == (numbers[0], "feed.jsonl, whole", AT, AT)
    assert (held.superseded, held.gone, held.story) == (False, None, None)
    assert (plain.page, plain.fetched) == (None, None)
    assert store.analyses(["whole"]) == {"whole": whole_analysis(report)}


def test_articles_are_found_by_id_and_by_number_in_the_order_asked_for(store: Store) -> None:
    one, two, three = keep(store, "a", "b", "c")
    assert [held.article.id for held in store.held(["c", "none", "a"])] == ["c", "a"]
    assert [held.article.id for held in store.numbered([three, 99_999, two])] == ["c", "b"]
    assert one < two < three
    assert store.held([]) == store.numbered([]) == []


def test_many_are_asked_for_at_once(store: Store) -> None:
    keep(store, *(arrival(f"a{n}", page=None) for n in range(30)))
    names = [f"a{n % 30}" if n % 1000 == 0 else f"none{n}" for n in range(66_000)]
    assert len(store.held(names)) == 66
    assert set(store.analyses(names[:3_000])) == {"a0", "a10", "a20"}
    assert len(store.numbered(range(1, 3_000))) == 30


def test_an_id_is_kept_once(store: Store) -> None:
    keep(store, "a")
    with pytest.raises(ValueError, match="a"):
        keep(store, "b", "a")
    with pytest.raises(ValueError, match="c"):
        keep(store, "c", "c")
    assert [held.article.id for held in store.each()] == ["a"]


def test_keeping_none_is_no_harm(store: Store) -> None:
    assert keep(store) == []


def test_each_article_comes_in_the_order_of_numbers(store: Store) -> None:
    days = {"a": "2031-05-04", "b": None, "c": "2031-05-06", "d": "2031-05-05"}
    keep(store, *(article(name, published=day) for name, day in days.items()))
    keep(store, article("c2", published="2031-05-06", version=2, replaces="c"))
    assert [held.article.id for held in store.each()] == ["a", "b", "d", "c2"]
    assert [held.article.id for held in store.each(superseded=True)] == ["a", "b", "c", "d", "c2"]
    assert [held.article.id for held in store.each("2031-05-05")] == ["d", "c2"]


def test_articles_are_written_while_each_is_read(store: Store) -> None:
    keep(store, *(arrival(f"a{n:03}", page=None) for n in range(300)))
    found = []
    for held in store.each():
        found.append(held.article.id)
        if len(found) in (1, 150):
            with store.transaction():
                store.take_down(held.article.id, LATER)
    assert found == [f"a{n:03}" for n in range(300)]


def test_versions_are_told_from_any_of_them(store: Store) -> None:
    keep(store, "a", "other")
    keep(store, article("a2", version=2, replaces="a"), article("a3", version=3, replaces="a2"))
    for name in ("a", "a2", "a3"):
        found = store.versions(name)
        assert [held.article.id for held in found] == ["a", "a2", "a3"]
        assert [held.superseded for held in found] == [True, True, False]
    assert [held.article.id for held in store.versions("other")] == ["other"]
    assert store.versions("none") == []


def test_a_late_version_is_among_the_versions_and_nowhere_else(store: Store) -> None:
    keep(store, arrival(article("a2", version=2, replaces="a"), postings=((7, 0.5),)))
    keep(store, arrival("a", latest=False, postings=((7, 0.5),)))
    assert [(held.article.id, held.superseded) for held in store.versions("a2")] == [("a", True), ("a2", False)]
    assert {hit.article for hit in store.search(Query())} == {"a2"}
    assert [posting.number for posting in store.postings([7])[7]] == [store.held(["a2"])[0].number]
    assert store.outdated("other maker", 9) == ["a2"]


def test_a_version_follows_another_than_it_says_where_that_was_never_read(store: Store) -> None:
    numbers = keep(store, arrival("a", marks=("url a",)))
    place(store, {"s": numbers})
    number = keep(store, arrival(article("a3", version=3, replaces="a2"), follows="a", marks=("url a",)))[0]
    assert store.members(["s"]) == {"s": [number]}
    for name in ("a", "a3"):
        assert [(held.article.id, held.superseded) for held in store.versions(name)] == [("a", True), ("a3", False)]
    assert [known.article.id for known in store.known("url a")] == ["a3"]
    assert store.replaced("a2")


def test_versions_of_one_batch_follow_one_another(store: Store) -> None:
    number = keep(
        store,
        arrival("a", marks=("url a",)),
        arrival(article("a2", version=2, replaces="a"), follows="a", marks=("url a",)),
        arrival(article("a3", version=3, replaces="a2"), follows="a2", marks=("url a",)),
    )[2]
    assert [held.article.id for held in store.each()] == ["a3"]
    assert [known.number for known in store.known("url a")] == [number]


# pages ----------------------------------------------------------------------------------------------------------------


def test_pages_are_kept_by_their_hash_and_once(store: Store) -> None:
    content = bytes(range(256)) * 100
    page = Page(content, "http://courier.example/a", "text/html")
    keep(store, arrival("a", page=page), arrival("b", page=page), arrival("c", page=replace(page, content=b"")))
    digest = hashlib.sha256(content).hexdigest()
    assert [held.page for held in store.held(["a", "b", "c"])] == [digest, digest, hashlib.sha256(b"").hexdigest()]
    assert store.page(digest) == content
    assert store.page(hashlib.sha256(b"").hexdigest()) == b""
    assert store.page("0" * 64) is None
    assert store.page("no digest") is None


# any text -------------------------------------------------------------------------------------------------------------

ODD = (
    "",
    "\x00",
    "a\x00b",
    "𝔘 and 👩‍👩‍👧",
    "é e\u0301 ﬁ İ ß",
    "\u2028\u202e\ufeff",
    "\\x00 \\u0000 %s :a ' \" ; --",
    "\uffff\ue000",
)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_any_text_comes_back_as_it_was(store: Store, odd: str) -> None:
    text = f"{odd}{FERRY}{odd}"
    report = replace(whole_article("a" + odd), text=text, outlet=odd, title=odd, byline=odd, section=odd, url=odd)
    made = replace(analysis(report), credits=(odd,), names=(Name("n" + odd, odd, "person", (report.id,)),))
    said = tuple(replace(item, speaker=odd, cue=odd) for item in made.quotes)
    keep(store, arrival(report, what=odd, mark="m" + odd, marks=("k" + odd,), analysis=replace(made, quotes=said)))
    (held,) = store.held([report.id])
    assert (held.article, held.what) == (report, odd)
    assert store.analyses([report.id])[report.id].quotes == said
    assert store.seen("m" + odd)
    assert [known.article.text for known in store.known("k" + odd)] == [text]
    (hit,) = store.search(Query(words="hurt", kind="quote"))
    assert (hit.outlet, hit.title, hit.speaker, hit.text) == (odd, odd, odd, text[hit.start : hit.end])
    assert list(store.check()) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=6))
def test_texts_survive_a_round_trip(store: Store, texts: list[str]) -> None:
    names = [f"{store.counts().articles} {n}" for n in range(len(texts))]
    reports = [article(name, text, title=text) for name, text in zip(names, texts, strict=True)]
    keep(store, *reports)
    assert [held.article for held in store.held(names)] == reports


def test_long_texts_come_back_as_they_were(store: Store) -> None:
    text = (FERRY + "\n") * 6_000
    page = Page(text.encode() * 3, "http://courier.example/long", "text/html")
    keep(store, arrival(article("long", text), page=page))
    (held,) = store.held(["long"])
    assert held.article.text == text
    assert len(text) > 1_000_000
    assert held.page is not None
    assert store.page(held.page) == page.content
    assert [hit.article for hit in store.search(Query(words="halmar", kind="article"))] == ["long"]


def test_a_text_of_many_different_words_is_kept(store: Store) -> None:
    text = " ".join(f"word{n:07}" for n in range(100_000))
    keep(store, article("long", text + " lanternfish"))
    assert store.held(["long"])[0].article.text == text + " lanternfish"
    assert [hit.article for hit in store.search(Query(words="word0000005", kind="article"))] == ["long"]


# taken down, analyzed anew --------------------------------------------------------------------------------------------


def test_an_article_that_was_taken_down_is_held_as_gone(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    place(store, {"s": keep(store, *reports)})
    brief(store, "s", briefing(*reports))
    with store.transaction():
        store.take_down("a", LATER)
    assert [held.gone for held in store.held(["a", "b"])] == [LATER, None]
    assert store.stale() == ["s"]


def test_analyses_are_told_by_their_maker(store: Store) -> None:
    keep(store, "a", arrival("b", maker="older"))
    assert set(store.analyses(["a", "b", "none"])) == {"a", "b"}
    assert set(store.analyses(["a", "b"], MAKER)) == {"a"}
    assert store.outdated(MAKER, 9) == ["b"]


def test_an_analysis_is_made_anew(store: Store) -> None:
    report = article("a")
    numbers = keep(store, arrival(report, maker="older"), arrival("b", maker="older"))
    place(store, {"s": numbers[:1]})
    brief(store, "s", briefing(report))
    keep(store, arrival(article("b2", version=2, replaces="b"), maker="older"))
    assert store.outdated(MAKER, 9) == ["a", "b2"]
    assert store.outdated(MAKER, 1) == ["a"]
    made = replace(analysis(report), quotes=(), figures=analysis(report).figures)
    with store.transaction():
        store.reanalyze([made], MAKER)
    assert store.analyses(["a"], MAKER) == {"a": made}
    assert store.outdated(MAKER, 9) == ["b2"]
    assert store.stale() == ["s"]
    assert [hit.article for hit in store.search(Query(words="hurt", kind="quote"))] == ["b2"]
    assert len(store.search(Query(words="214", kind="figure"))) == 2
    assert list(store.check()) == []
