"""Search: what is found stands in its words, with matches marked, by kind, outlet, speaker and day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from accord.stores.store import Facets, Query
from accord.web.views import asked
from accord.web.views.marking import marked
from accord.web.views.places import Around, address, around, passage_at
from accord.web.views.search import advice, bare, folded, last_word, told
from arrivals import article, keep
from web.newsroom import COUNCIL, COURIER, FERRY, fill, store_of
from web.rooms import client

HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def room() -> Iterator[TestClient]:
    with client() as made:
        fill(store_of(made))
        yield made


def test_matches_are_marked_in_the_words_around(room: TestClient) -> None:
    page = room.get("/search", params={"q": "lifeboats"}).text
    assert "<mark>lifeboats</mark>" in page
    start = COURIER.index("promised 40 new lifeboats by March")
    assert f'href="/articles/a?at={start}-{start + 34}#at"' in page
    assert f'href="/stories/{FERRY}"' in page
    assert "The operator Norvik Line </span>" in page


def test_a_quote_says_who_and_whether_it_is_quoted(room: TestClient) -> None:
    page = room.get("/search", params={"q": '"every passenger"', "kind": "quote"}).text
    assert '<b class="by">Ilse Tarn:</b>' in page
    assert '<span class="tag">quote</span>' in page
    assert "We will pay <mark>every passenger</mark> in full" in page


def test_kinds_are_tabs_with_counts(room: TestClient) -> None:
    page = room.get("/search?q=ferry").text
    assert re.search(r'id="k-article"[^>]*>Articles <span class="count">2</span>', page)
    assert re.search(r'id="k-quote"[^>]*>Quotes <span class="count">0</span>', page)
    assert 'href="/search?q=ferry&amp;kind=article"' in page


def test_whole_names_only_are_asked_for_by_the_lists_beside(room: TestClient) -> None:
    page = room.get("/search", params={"q": "passenger"}).text
    assert 'href="/search?q=passenger&amp;kind=quote&amp;speaker=Ilse+Tarn&amp;exactly=1"' in page
    asked = {"speaker": "Tarn", "kind": "quote"}
    assert "We will pay" in room.get("/search", params=asked).text
    whole = room.get("/search", params={**asked, "exactly": "1"}).text
    assert "We will pay" not in whole
    assert 'name="exactly" type="checkbox" value="1" checked' in whole


def test_an_answer_is_kept_until_something_changes() -> None:
    with client() as made:
        store = store_of(made)
        fill(store)
        assert "harbour bells" not in made.get("/search?q=bells").text
        keep(store, article("later", "The harbour bells rang."))
        assert "<mark>bells</mark>" in made.get("/search?q=bells").text


def test_filters_are_kept_as_chips_that_take_them_away(room: TestClient) -> None:
    page = room.get("/search", params={"q": "ferry", "outlet": "halmar", "since": "2031-05", "until": "2031"}).text
    assert "Courier" not in page.partition('class="hits"')[2].partition("</ol>")[0]
    assert 'id="x-outlet" href="/search?q=ferry&amp;since=2031-05-01&amp;until=2031-12-31"' in page


def test_people_and_bodies_that_match_come_first(room: TestClient) -> None:
    page = room.get("/search?q=tarn").text
    assert page.index('href="/names/Ilse%20Tarn?kind=person"') < page.index('class="hits"')


def test_as_one_types_a_part_comes_with_the_count_for_screen_readers(room: TestClient) -> None:
    part = room.get("/search?q=lifeboat", headers=HTMX)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert len(part.content) < 60_000
    assert re.search(r'id="told" role="status" aria-live="polite" hx-swap-oob="innerHTML">\d+ results', part.text)


def test_titles_and_words_are_escaped(room: TestClient) -> None:
    page = room.get("/search", params={"q": "council <script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;<mark>council</mark>&gt;" in room.get("/search?q=council&kind=article").text
    assert f'href="/stories/{COUNCIL}"' in room.get("/search?q=council").text


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"q": "a", "since": "soon"}, "“soon” is no day; write it like 2031-05-14, 2031-05 or 2031"),
        ({"q": "a", "until": "2031-02-30"}, "“2031-02-30” is no day"),
        ({"q": "a", "since": "2032", "until": "2031"}, "The last day is before the first; swap them"),
        ({"q": "?!"}, "There is no word or number in it; type some letters"),
    ],
)
def test_what_cannot_be_understood_is_told_in_plain_words(room: TestClient, params: dict[str, str], says: str) -> None:
    page = room.get("/search", params=params)
    assert page.status_code == 400
    assert says.lower() in page.text.lower()
    assert room.get("/search", params=params, headers=HTMX).status_code == 200


def test_nothing_found_says_what_to_try(room: TestClient) -> None:
    page = room.get("/search", params={"q": '"zeppelin over" -rain', "outlet": "Nobody"}).text
    assert "take away a filter" in page
    assert "take the quotation marks away" in page
    assert "with a minus" in page
    assert "There are no more results" in room.get("/search?q=ferry&page=9").text


def test_nothing_asked_is_no_search(room: TestClient) -> None:
    page = room.get("/search").text
    assert "autofocus" in page
    assert "hits" not in page


def test_names_are_listed_and_found_by_parts(room: TestClient) -> None:
    assert "Norvik Line" in room.get("/names").text
    page = room.get("/names?q=norv&kind=organisation").text
    assert 'href="/names/Norvik%20Line?kind=organisation"' in page
    assert "Ilse Tarn" not in page
    assert "Nobody’s name holds “zzz”" in room.get("/names?q=zzz", headers=HTMX).text


# words ----------------------------------------------------------------------------------------------------------------


def test_marks_stand_where_the_search_of_the_store_finds_words() -> None:
    assert marked(["The dam burst, the DAMS hold"], "dams -rain") == [
        (("The ", False), ("dam", True), (" burst, the ", False), ("DAMS", True), (" hold", False))
    ]
    assert marked(["Éloïse ran", ""], "eloise") == [(("Éloïse", True), (" ran", False)), ()]
    assert marked(["a ferry burns"], '"ferry burn" wat*') == [(("a ", False), ("ferry burns", True))]
    assert marked(["plain"], "-plain") == marked(["plain"], '"') == [(("plain", False),)]


@given(st.text(max_size=60), st.text(max_size=20))
def test_marks_change_no_character(text: str, query: str) -> None:
    clean = text.replace("\x01", " ").replace("\x02", " ").replace("\x00", "")
    (pieces,) = marked([clean], query)
    assert "".join(words for words, _ in pieces) == clean


def test_words_around_end_with_the_paragraph_and_are_whole() -> None:
    text = "First paragraph here.\nNobody was hurt, said the harbour master.\nThird."
    start = text.index("hurt")
    assert around(text, start, start + 4) == Around("Nobody was ", "hurt", ", said the harbour master.")
    assert around(text, start, start + 4, 8) == Around("… was ", "hurt", ", said …")
    assert around(text, 0, 10_000).text.startswith("First paragraph")


@given(st.text(alphabet="ab \n", max_size=80), st.integers(0, 80), st.integers(0, 80), st.integers(0, 20))
def test_the_passage_itself_is_never_cut(text: str, start: int, end: int, size: int) -> None:
    low, high = min(start, len(text)), min(max(start, end), len(text))
    assert around(text, start, end, size).text == " ".join(text[low:high].split())


def test_addresses_are_quoted() -> None:
    assert passage_at("a/1", 3, 9) == "/articles/a%2F1?at=3-9#at"
    assert address("/search", q="a & b", page=None, several=True) == "/search?q=a+%26+b&several=1"


def test_what_is_asked_is_read_forgivingly() -> None:
    assert asked.words("  a\x00b \n c  ") == "a b c"
    assert asked.number("٣") == asked.number("-1") == asked.number("x") == 1
    assert asked.number("99999999") == asked.MOST_PAGES
    assert asked.day("", "since") is None
    assert asked.day("2031-02", "until", last=True) == "2031-02-28"


@given(st.text(max_size=12))
def test_a_day_is_read_or_refused(text: str) -> None:
    with suppress(asked.Wrong):
        found = asked.day(text, "since")
        assert found is None or len(found) == 10


def test_counts_are_told_in_words() -> None:
    facets = Facets(kinds=(("quote", 1_200), ("article", 1)))
    assert told(facets, Query("a")) == "1,201 results"
    assert told(facets, Query("a", "article")) == "1 article"
    assert told(Facets(kinds=(("quote", 2_000),), more=True), Query("a")) == "more than 2,000 results"


def test_advice_fits_what_was_asked() -> None:
    assert advice(Query()) == ["add reports: nothing is here to be found yet"]
    assert advice(Query("dam ferries"))[-1] == "write only the beginning of a word with a star: ferrie*"


def test_a_word_that_is_but_begun_finds_what_begins_with_it(room: TestClient) -> None:
    answer = room.get("/search?q=norvik+lifeb&outlet=", headers=HTMX)
    assert "this has words that begin with “lifeb”" in answer.text
    assert "<mark>lifeboats</mark>" in answer.text
    assert answer.headers["hx-replace-url"] == "/search?q=norvik+lifeb"


def test_names_are_looked_for_without_the_signs_of_a_search() -> None:
    assert bare('"Ilse Tarn" -rain harb* -') == "Ilse Tarn harb"


def test_results_come_in_pages(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.web.routes.search._PAGE", 1)
    first = room.get("/search?q=ferry&kind=article").text
    assert first.count('class="hit"') == 1
    assert 'href="/search?q=ferry&amp;kind=article&amp;page=2" rel="next"' in first
    last = room.get("/search?q=ferry&kind=article&page=2").text
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last


def test_only_a_bare_last_word_may_be_begun() -> None:
    assert last_word("night fer") == "fer"
    assert [last_word(words) for words in ("", "fe", '"night fer', '"night fer"', "fer*", "-fer")] == [""] * 6


def test_speakers_that_differ_by_case_alone_are_one_under_the_more_frequent_spelling() -> None:
    facets = Facets(speakers=(("Ilse Tarn", 4), ("Ada Holm", 4), ("ILSE TARN", 3), ("ada holm", 1), ("Ilse", 1)))
    assert folded(facets).speakers == (("Ilse Tarn", 7), ("Ada Holm", 5), ("Ilse", 1))
    assert folded(Facets()) == Facets()


def test_its_page_has_one_box_to_search_in(room: TestClient) -> None:
    assert room.get("/search").text.count('type="search" value=""') == 3  # words, outlet, speaker
    assert 'id="find"' not in room.get("/search?q=ferry").text
    assert 'id="find"' in room.get("/").text
