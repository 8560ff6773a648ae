"""What later coverage changed: the page, and the feeds, which feed readers must be able to read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from accord.records import Update
from accord.web.views.changes import KINDS, Asked, json_feed, place
from web.api.shelf import BRIDGE_STORY, FERRY_STORY, fill
from web.rooms import LOOPBACK, client


@pytest.fixture(scope="module")
def room() -> Iterator[TestClient]:
    with client(raises=False) as made:
        with made.app.state.desk.store() as store:  # type: ignore[attr-defined]
            fill(store)
        yield made


# the page -------------------------------------------------------------------------------------------------------------


def test_changes_stand_under_their_days_with_evidence_and_links(room: TestClient) -> None:
    page = room.get("/changes").text
    assert page.index("5 May 2031") < page.index("4 May 2031")
    assert f'href="/stories/{FERRY_STORY}/findings/f-aboard"' in page
    assert 'href="/articles/a?at=0-20#at"' in page
    assert 'href="/names/Ilse%20Tarn"' in page


def test_what_reports_say_is_escaped(room: TestClient) -> None:
    page = room.get("/changes").text
    assert "Bridge &lt;struck&gt; &amp; shut" in page
    assert "<struck>" not in page


def test_the_page_is_filtered_and_advertises_the_feeds_of_the_same(room: TestClient) -> None:
    page = room.get("/changes", params={"kind": "newly disputed", "name": "Tarn"}).text
    assert "f-aboard" in page
    assert "3 million" not in page
    assert (
        'type="application/atom+xml" title="These changes" href="/changes.atom?kind=newly+disputed&amp;name=Tarn"'
        in page
    )
    assert "all changes" in page


def test_nothing_found_says_so(room: TestClient) -> None:
    answer = room.get("/changes?words=zeppelin")
    assert (answer.status_code, "No change is like that" in answer.text) == (200, True)


@pytest.mark.parametrize("path", ["/changes", "/changes.atom", "/changes.json"])
@pytest.mark.parametrize("asked", ["kind=nothing", "since=yesterday"])
def test_what_cannot_be_read_is_told(room: TestClient, path: str, asked: str) -> None:
    assert room.get(f"{path}?{asked}").status_code == 422


# feeds ----------------------------------------------------------------------------------------------------------------


def test_the_atom_feed_is_valid_and_its_links_absolute(room: TestClient) -> None:
    answer = room.get("/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.updated == "2031-05-05T08:00:00Z"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{LOOPBACK}/changes.atom",
        "alternate": f"{LOOPBACK}/changes",
    }
    assert [entry.link for entry in feed.entries] == [
        f"{LOOPBACK}/stories/{FERRY_STORY}/findings/f-aboard",
        f"{LOOPBACK}/articles/c%2F2",
        f"{LOOPBACK}/stories/{FERRY_STORY}",
    ]
    assert all(entry.id.startswith("urn:uuid:") and entry.updated for entry in feed.entries)


def test_every_element_that_rfc_4287_asks_for_is_there_once(room: TestClient) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(room.get("/changes.atom").content)
    for element, names in (
        (feed, ("id", "title", "updated", "author")),
        *((e, ("id", "title", "updated")) for e in feed.iter(f"{atom}entry")),
    ):
        for name in names:
            assert len(element.findall(f"{atom}{name}")) == 1
    assert len({entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")}) == 3


def test_an_entry_has_one_id_in_every_feed(room: TestClient) -> None:
    whole = {entry.link: entry.id for entry in feedparser.parse(room.get("/changes.atom").content).entries}
    (one,) = feedparser.parse(room.get("/changes.atom?kind=newly-disputed").content).entries
    assert whole[one.link] == one.id
    items = room.get("/changes.json?kind=newly-disputed").json()["items"]
    assert [item["id"] for item in items] == [one.id]


def test_feeds_of_different_filters_have_different_ids(room: TestClient) -> None:
    asked = ["", "?kind=corrected", f"?story={BRIDGE_STORY}", "?name=Tarn", "?words=people"]
    feeds = [feedparser.parse(room.get(f"/changes.atom{one}").content).feed for one in asked]
    assert len({feed.id for feed in feeds}) == len(asked)
    assert len({feed.title for feed in feeds}) == len(asked)


def test_the_json_feed_has_what_version_1_1_asks_for(room: TestClient) -> None:
    answer = room.get("/changes.json")
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (f"{LOOPBACK}/changes.json", f"{LOOPBACK}/changes")
    for item in feed["items"]:
        assert item["id"].startswith("urn:uuid:")
        assert item["url"].startswith(LOOPBACK)
        assert item["content_html"]
        assert item["date_published"]


def test_html_in_a_feed_is_escaped(room: TestClient) -> None:
    item = next(item for item in room.get("/changes.json").json()["items"] if "struck" in item["title"])
    assert "&lt;struck&gt;" in item["content_html"]
    assert item["title"].startswith("corrected: Bridge <struck> & shut")


def test_a_feed_stands_where_its_client_found_it(room: TestClient) -> None:
    feed = room.get("/changes.json", headers={"Host": "127.0.0.1:9000"}).json()
    assert feed["feed_url"] == "http://" + "127.0.0.1:9000/changes.json"


@pytest.mark.parametrize("path", ["/changes.atom", "/changes.json"])
def test_what_has_not_changed_is_not_sent_again(room: TestClient, path: str) -> None:
    first = room.get(path)
    tag, when = first.headers["etag"], first.headers["last-modified"]
    assert when == "Mon, 05 May 2031 08:00:00 GMT"
    assert room.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert room.get(path, headers={"If-Modified-Since": when}).status_code == 304
    assert room.get(path, headers={"If-None-Match": '"other"', "If-Modified-Since": when}).status_code == 200
    assert room.get(path, headers={"If-Modified-Since": "Sun, 04 May 2031 08:00:00 GMT"}).status_code == 200
    assert room.get(path, headers={"If-Modified-Since": "nonsense"}).status_code == 200


def test_a_feed_of_nothing_is_valid(room: TestClient) -> None:
    feed = feedparser.parse(room.get("/changes.atom?words=zeppelin").content)
    assert (bool(feed.bozo), feed.entries) == (False, [])
    assert room.get("/changes.json?words=zeppelin").json()["items"] == []


def test_a_merged_story_leads_to_the_living_one(room: TestClient) -> None:
    with room.app.state.desk.store() as store, store.transaction():  # type: ignore[attr-defined]
        store.tell(
            [Update("u9", "merged", BRIDGE_STORY, "Two stories are one", "2031-05-06T08:00:00Z", before="st-old")]
        )
    assert "Two stories are one" in room.get(f"/changes?story={BRIDGE_STORY}").text


# views ----------------------------------------------------------------------------------------------------------------


def test_every_kind_has_a_place() -> None:
    for kind in KINDS:
        assert place(Update("u", kind, "s", "gist")).startswith("/stories/")
    assert place(Update("u", "commitment", "", "gist")) == "/changes"


def test_addresses_keep_what_is_asked() -> None:
    asked = Asked(name="Ada & Bo", kind="corrected", page=3)
    assert asked.at(page=4) == "/changes?kind=corrected&name=Ada+%26+Bo&page=4"
    assert asked.at("/changes.atom") == "/changes.atom?kind=corrected&name=Ada+%26+Bo"


def test_a_long_json_feed_names_the_next_part() -> None:
    feed = json_feed(
        [], title="t", base="http://x", page="http://x/changes", feed="http://x/f", following="http://x/f?page=2"
    )
    assert feed["next_url"] == "http://x/f?page=2"
