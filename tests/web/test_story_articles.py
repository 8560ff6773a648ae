import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from accord import corrections
from arrivals import article, keep
from renderers.sample import PLEDGE, TEXTS
from web.bridge import BRIDGE, STORY, filled
from web.newsroom import store_of
from web.rooms import client


@pytest.fixture
def room() -> Iterator[TestClient]:
    with client() as made:
        filled(made)
        yield made


def words(page: str) -> str:
    """Return the text of an article's page without its marks."""
    inner = page.split('<div class="text"', 1)[1].split(">", 1)[1].split("<aside", 1)[0]
    inner = re.sub(r'<a class="(?:ref|copied-tag).*?</a>', "", inner)
    return re.sub(r"<[^>]+>", "", inner)


def test_an_article_has_its_whole_text(room: TestClient) -> None:
    from html import unescape

    for name in "abcd":
        shown = unescape(words(room.get(f"/articles/{name}").text))
        assert shown.split() == TEXTS[name].split()


def test_exact_characters_are_pointed_at(room: TestClient) -> None:
    text = room.get(f"/articles/a?at={PLEDGE.start}-{PLEDGE.end}").text
    assert text.count('id="at"') == 1
    after = text.split('<i id="at"></i>', 1)[1]
    marked = "".join(re.findall(r'<span class="ev[^"]* on"[^>]*>(?:<i id="[^"]+"></i>)*(.*?)</span>', after))
    assert marked == PLEDGE.text


@pytest.mark.parametrize("at", ["9-3", "0-0", "5-999999", "x", "-1-4", "1-2-3"])
def test_characters_that_are_not_there_are_passed_over(room: TestClient, at: str) -> None:
    answer = room.get("/articles/a", params={"at": at})
    assert answer.status_code == 200
    assert 'id="at"' not in answer.text


def test_an_article_is_marked_as_people_corrected_it_or_as_the_machine_has_it(room: TestClient) -> None:
    made = corrections.dismiss_finding(BRIDGE.findings[5], by="Mara", at="2031-03-06T08:00:00Z")
    name = BRIDGE.findings[5].evidence[0].article
    store = store_of(room)
    with store.transaction():
        store.correct(made)
    carried = f'href="/stories/{STORY}/findings/f06?corrections=off"'
    page, machine = room.get(f"/articles/{name}").text, room.get(f"/articles/{name}?corrections=off").text
    assert 'href="?corrections=off"' in page
    assert "f06" not in page
    assert carried in machine
    assert "Marked as the machine has it, without 1 correction." in machine
    assert room.get(f"/articles/{name}?corrections=perhaps").status_code == 422


@pytest.mark.parametrize("at", ["306-264", "0-99999", "5-5", "abc", "1-", "٣-٥"])
def test_characters_that_the_version_does_not_have_are_said_to_be_missing(room: TestClient, at: str) -> None:
    answer = room.get("/articles/a", params={"at": at})
    assert answer.status_code == 200
    assert "are not in this version of the report" in answer.text
    assert 'href="#versions"' in answer.text
    assert 'id="at"' not in answer.text


def test_a_page_that_points_at_nothing_or_at_what_is_there_misses_nothing(room: TestClient) -> None:
    for path in ("/articles/a?at=0-99999", "/articles/a", "/articles/a?at=", "/articles/a?at=0-5"):
        assert ("are not in this version" in room.get(path).text) is path.endswith("99999")


def test_an_older_version_leads_to_the_latest(room: TestClient) -> None:
    text = room.get("/articles/a0").text
    assert "the latest is another" in text
    assert 'href="/articles/a"' in text


def test_an_article_that_was_taken_down_says_so(room: TestClient) -> None:
    store = store_of(room)
    with store.transaction():
        store.take_down("b", "2031-03-08T08:00:00Z")
    assert "The outlet took this report down" in room.get("/articles/b").text


def test_an_article_outside_of_stories_shows_what_it_says(room: TestClient) -> None:
    keep(store_of(room), article("far/1", url="https://courier.example/far?a=1&b=<2>"))
    text = room.get("/articles/far%2F1").text
    assert 'class="ev"' in text
    assert 'href="https://courier.example/far?a=1&amp;b=&lt;2&gt;"' in text
    assert "data-up" in text


def test_no_scheme_but_the_web_is_linked(room: TestClient) -> None:
    keep(store_of(room), article("bad", url="javascript:alert(1)"))
    assert "javascript:" not in room.get("/articles/bad").text


def test_an_article_that_is_not_held_is_not_found(room: TestClient) -> None:
    assert room.get("/articles/nosuch").status_code == 404


def test_its_story_stands_above(room: TestClient) -> None:
    assert f'<a href="/stories/{STORY}" data-up>' in room.get("/articles/a").text
