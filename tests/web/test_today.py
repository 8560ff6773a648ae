"""Today: what changed, in which order stories come, what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from accord.stores.store import StoryLine
from accord.web.settings import Settings
from accord.web.views.sparks import WIDE, spark
from accord.web.views.today import by_story, card, change, most_disputed, since_line
from accord.web.views.visits import PAUSE, Visit, visit
from arrivals import update
from web.newsroom import COUNCIL, FERRY, fill, promised, store_of
from web.rooms import client, csrf

NOW = datetime(2031, 5, 5, 18, 20, tzinfo=UTC)


@pytest.fixture
def room() -> Iterator[TestClient]:
    with client() as made:
        fill(store_of(made), promised(due_date="2019-03", due="by March"))
        yield made


def listed(page: str) -> list[str]:
    return re.findall(r'<article class="story" id="s-([^"]+)"', page)


def line(name: str, **fields: object) -> StoryLine:
    told = {"first": "2031-05-04", "last": "2031-05-05", "outlets": ("Post",), "articles": 2, "origins": 2, **fields}
    return StoryLine(name, f"Story {name}", **told)  # type: ignore[arg-type]


def visited(since: datetime, latest: datetime) -> str:
    return Visit(since, latest).cookie


def test_stories_come_by_weight_with_outlets_counts_and_reports_a_day(room: TestClient) -> None:
    page = room.get("/").text
    assert listed(page) == [FERRY, COUNCIL]
    assert "Brennick Courier, Halmar Post" in page
    assert re.search(r"1 agreed</span>\s*<span class=\"verdict disputed\">.*?1 disputed</span>", page)
    assert 'aria-label="1 report on 4 May 2031, 1 on 5 May 2031"' in page
    assert "Council &amp; &lt;council&gt;" in page
    assert "<council>" not in page


def test_filters_and_order_are_links_and_a_plain_form(room: TestClient) -> None:
    assert listed(room.get("/?several=1").text) == [FERRY]
    assert listed(room.get("/?outlet=quell").text) == [COUNCIL]
    assert listed(room.get("/?order=latest").text) == [COUNCIL, FERRY]
    assert "Show all stories" in room.get("/?outlet=nobody").text
    assert 'href="/?order=changed&amp;outlet=quell"' in room.get("/?outlet=quell").text
    assert room.get("/?order=nonsense&days=x&page=-3").status_code == 200


def test_stories_come_in_pages(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.web.routes.today._PAGE", 1)
    first = room.get("/").text
    assert listed(first) == [FERRY]
    assert 'href="/?page=2" rel="next"' in first
    last = room.get("/?page=2").text
    assert listed(last) == [COUNCIL]
    assert 'href="/" rel="prev"' in last


def test_a_part_is_the_list_alone(room: TestClient) -> None:
    part = room.get("/?several=1", headers={"HX-Request": "true"}).text
    assert listed(part) == [FERRY]
    assert "<html" not in part


def test_most_disputed_stories_and_overdue_commitments_stand_beside(room: TestClient) -> None:
    aside = room.get("/").text.partition("<aside")[2]
    assert f'href="/stories/{FERRY}"' in aside
    assert "1 disputed" in aside
    assert 'href="/ledger/e1"' in aside
    assert "overdue" in aside
    assert "March 2019" in aside


def test_an_empty_store_offers_to_add(room: TestClient) -> None:
    with client() as empty:
        page = empty.get("/")
        assert page.status_code == 200
        assert "/add" in page.text
        assert not listed(page.text)


def test_what_changed_since_the_last_visit_comes_first(room: TestClient) -> None:
    now = datetime.now(UTC)
    store = store_of(room)
    at = (now - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.transaction():
        store.tell([update("u1", COUNCIL, at, gist="Nobody spoke <b>", finding="f-1", kind="newly disputed")])
    room.cookies.set("visit", visited(now - timedelta(days=1), now - timedelta(minutes=1)))
    page = room.get("/").text
    assert "<b>1 change</b> in 1 story" in page
    assert listed(page) == [COUNCIL, FERRY]
    assert f'href="/stories/{COUNCIL}/findings/f-1"' in page
    assert "Nobody spoke &lt;b&gt;" in page


def test_the_cookie_is_for_the_server_alone_and_seen_sets_it_anew(room: TestClient) -> None:
    given = room.get("/").headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    answer = room.post("/seen", data={"csrf": csrf(room, "/session")}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_a_visit_goes_on_until_a_pause() -> None:
    first = visit(None, NOW)
    assert first.since == first.latest == NOW
    soon = visit(first.cookie, NOW + PAUSE)
    assert soon.since == NOW
    assert soon.latest == NOW + PAUSE
    assert visit(soon.cookie, NOW + PAUSE * 2).since == NOW
    later = visit(soon.cookie, NOW + PAUSE * 3)
    assert later.since == NOW + PAUSE


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "20310505T182000Z", "20310505T182000Z-20310504T182000Z", "20319905T182000Z-20319905T182000Z",
     "20310606T182000Z-20310606T182000Z", "19700101T000000Z-19700101T000000Z"],
)  # fmt: skip
def test_a_cookie_that_says_nothing_sensible_is_the_first_visit(cookie: str) -> None:
    assert visit(cookie, NOW) == Visit(NOW, NOW)


def test_a_card_names_a_few_outlets_and_counts_the_rest() -> None:
    names = tuple(f"Outlet {n}" for n in range(9))
    assert (card(line("a", outlets=names), ()).outlets, card(line("a", outlets=names), ()).more) == (names[:4], 5)
    assert card(line("a", outlets=names[:5]), ()).more == 0


def test_a_new_story_is_told_by_a_mark_and_not_by_a_line() -> None:
    told = [update("u1", kind="new story"), *(update(f"u{n}") for n in range(2, 8))]
    made = card(line("s"), (), told)
    assert made.new
    assert len(made.changes) == 4
    assert made.hidden == 2


def test_a_change_leads_to_its_finding_else_to_its_words() -> None:
    cited = update("u1").evidence
    assert change(update("u1", finding="f/1")).href == "/stories/s/findings/f%2F1"
    assert change(update("u1", evidence=cited)).href == "/stories/s"
    corrected = change(update("u1", kind="corrected", before="12 people", after="10 people"))
    assert (corrected.before, corrected.after) == ("12 people", "10 people")
    assert change(update("u1", before="12", after="10")).before is None


def test_changes_are_counted_by_story() -> None:
    found = by_story([update("u1"), update("u2", "t"), update("u3")])
    made = since_line("2031-05-04", found, 200)
    assert (made.changes, made.stories, made.least) == (3, 2, False)
    assert since_line("2031-05-04", found, 3).least


def test_most_disputed_come_first_and_the_undisputed_never() -> None:
    found = most_disputed([line("a", disputed=1), line("b"), line("c", disputed=3)])
    assert [one.id for one in found] == ["c", "a"]


def test_a_spark_has_a_bar_a_day_and_ends_at_the_last() -> None:
    made = spark([("2031-05-01", 4), ("2031-05-03", 1)])
    assert made is not None
    assert [bar.x for bar in made.bars] == [WIDE - 12, WIDE - 4]
    assert made.bars[0].high > made.bars[1].high
    assert made.words == "4 reports on 1 May 2031, 1 on 3 May 2031"


def test_a_spark_of_a_long_story_has_at_most_thirty_bars() -> None:
    made = spark([(f"20{year}-0{month}-01", 1) for year in range(31, 60) for month in range(1, 9)])
    assert made is not None
    assert len(made.bars) <= 30
    assert all(0 <= bar.x < WIDE for bar in made.bars)
    assert made.words.startswith("232 reports from 1 Jan 2031 to 1 Aug 2059, most on")


def test_no_day_is_no_spark() -> None:
    assert spark([]) is None
    assert spark([("2031", 3)]) is None


def test_the_forms_of_an_empty_room_are_those_of_each_session() -> None:
    with client(Settings(store="memory:")) as first:
        with_form = first.get("/").text
        other = TestClient(first.app, base_url=str(first.base_url))
        token = re.search(r'name="csrf" value="([^"]+)"', other.get("/").text)
        assert token is not None
        assert token[1] not in with_form
        answer = other.post("/seen", data={"csrf": token[1]}, follow_redirects=False)
        assert answer.status_code == 303
