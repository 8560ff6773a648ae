"""The API answers with what the store holds, in the shapes that it describes."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from accord.renderers import render
from web.api.shelf import BRIDGE_STORY, FERRY_STORY, A, ferry

BASE = "/api/v1"


def got(room: TestClient, path: str) -> dict:
    answer = room.get(BASE + path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def problem(room: TestClient, path: str, status: int, method: str = "GET", **sent: object) -> dict:
    answer = room.request(method, BASE + path, **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] in ("no-store", "private, no-cache")  # the guard answers some itself
    told = answer.json()
    assert told["status"] == status
    assert "Traceback" not in answer.text
    return told


# lists ----------------------------------------------------------------------------------------------------------------


def test_stories_come_in_the_order_asked_for(room: TestClient) -> None:
    assert [one["id"] for one in got(room, "/stories?order=weight")["items"]] == [FERRY_STORY, BRIDGE_STORY]
    assert [one["id"] for one in got(room, "/stories?order=changed")["items"]] == [BRIDGE_STORY, FERRY_STORY]
    assert [one["id"] for one in got(room, "/stories?several=true")["items"]] == [FERRY_STORY]


def test_a_list_comes_in_parts_that_name_the_next(room: TestClient) -> None:
    first = room.get(f"{BASE}/stories?order=weight&limit=1")
    assert first.headers["link"] == f'<{BASE}/stories?order=weight&limit=1&offset=1>; rel="next"'
    second = room.get(first.json()["next"])
    assert [one["id"] for one in second.json()["items"]] == [BRIDGE_STORY]
    assert second.json()["next"] is None
    assert "link" not in second.headers


@pytest.mark.parametrize(
    "path",
    ["/stories", "/articles", "/search", "/ledger", "/updates", "/rejects", "/feeds", "/corrections", "/chains"],
)
def test_every_list_is_bounded(room: TestClient, path: str) -> None:
    assert got(room, path)["items"]
    told = problem(room, f"{path}?limit=201", 422)
    assert told["errors"][0]["where"] == "query limit"
    problem(room, f"{path}?offset=-1", 422)


def test_articles_of_a_story_are_listed_and_one_is_given_whole(room: TestClient) -> None:
    assert [one["id"] for one in got(room, f"/stories/{FERRY_STORY}/articles")["items"]] == ["a", "b"]
    told = got(room, "/articles/a")
    assert (told["text"], told["outlet"], told["words"]) == (A.text, A.outlet, len(A.text.split()))


def test_an_article_has_its_versions_and_an_id_with_a_slash(room: TestClient) -> None:
    told = got(room, "/articles/c/2")
    assert [(one["id"], one["superseded"]) for one in told["versions"]] == [("c/1", True), ("c/2", False)]
    assert told["versions"][1]["changes"][0]["after"] == "The county offered 4 million crowns"
    assert got(room, "/articles/c%2F2") == told


# stories and findings -------------------------------------------------------------------------------------------------


def test_a_briefing_is_the_document_of_the_renderer(room: TestClient) -> None:
    machine = room.get(f"{BASE}/stories/{FERRY_STORY}/briefing?corrections=false")
    assert machine.text == render(ferry(), "json")
    corrected = got(room, f"/stories/{FERRY_STORY}/briefing")
    assert corrected["schema"] == "accord/briefing@1"
    assert len(corrected["findings"]) == 2


def test_findings_are_filtered_and_corrected(room: TestClient) -> None:
    path = f"/stories/{FERRY_STORY}/findings"
    assert len(got(room, path)["items"]) == 2
    assert len(got(room, f"{path}?corrections=false")["items"]) == 3
    assert [one["id"] for one in got(room, f"{path}?verdict=disputed&kind=figure")["items"]] == ["f-aboard"]


def test_a_finding_names_the_articles_of_its_evidence(room: TestClient) -> None:
    told = got(room, "/findings/f-aboard")
    assert told["story"] == FERRY_STORY
    assert told["current"] is True
    cited = told["evidence"][0]
    assert A.text[cited["start"] : cited["end"]] == cited["text"]
    assert (cited["outlet"], cited["url"]) == (A.outlet, A.url)


def test_a_story_has_its_days_and_chains(room: TestClient) -> None:
    told = got(room, f"/stories/{FERRY_STORY}")
    assert told["days"] == [{"day": "2031-05-04", "articles": 2}]
    assert told["chains"] == ["ch1"]


# search, names, ledger ------------------------------------------------------------------------------------------------


def test_search_finds_quotes_and_counts_them(room: TestClient) -> None:
    hits = got(room, "/search?words=hurt&kind=quote")["items"]
    assert {hit["speaker"] for hit in hits} == {"Ilse Tarn"}
    facets = got(room, "/search/facets?words=hurt")
    assert {"value": "quote", "hits": 2} in facets["kinds"]


def test_a_name_has_all_that_it_said_and_where_the_rest_is(room: TestClient) -> None:
    assert got(room, "/names?words=tarn")["items"] == [{"name": "Ilse Tarn", "kind": "person", "stories": 2}]
    told = got(room, "/names/ilse tarn?kind=person")
    assert told["name"] == "Ilse Tarn"
    assert [hit["text"] for hit in told["said"]] == ["Nobody was hurt,"] * 2
    assert room.get(told["said_at"]).json()["items"] == told["said"]
    assert room.get(told["made_at"]).status_code == 200


def test_the_ledger_stands_as_it_does_today(room: TestClient) -> None:
    (one,) = got(room, "/ledger?who=Norvik&order=due")["items"]
    assert one == got(room, "/ledger/e1")
    assert one["status"] == "open"
    assert one["lines"][0]["text"] == "promised 40 new lifeboats by March"
    assert got(room, "/ledger/statuses") == {"statuses": {"open": 1}}


def test_updates_are_filtered(room: TestClient) -> None:
    assert [one["id"] for one in got(room, "/updates?kind=corrected")["items"]] == ["u3"]
    assert [one["id"] for one in got(room, "/updates?since=2031-05-05T00:00:00Z&name=Tarn")["items"]] == ["u2"]


def test_counts_rejects_and_feeds_are_told(room: TestClient) -> None:
    assert got(room, "/counts")["articles"] == 3
    assert got(room, "/rejects")["items"][0]["reason"] == "it holds no article"
    assert got(room, "/feeds")["items"][0]["problem"] == "404"


# machinery ------------------------------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_sent_again(room: TestClient) -> None:
    first = room.get(f"{BASE}/stories")
    again = room.get(f"{BASE}/stories", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert room.get(f"{BASE}/stories", headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_is_get_without_its_body(room: TestClient) -> None:
    answer = room.head(f"{BASE}/stories")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == room.get(f"{BASE}/stories").headers["etag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/stories/none", 404),
        ("/stories/", 404),
        ("/findings/none", 404),
        ("/articles/none", 404),
        ("/names/none", 404),
        ("/ledger/none", 404),
        ("/corrections/none", 404),
        ("/stories?limt=3", 422),
        ("/stories?limit=3&limit=4", 422),
        ("/stories?limit=3.0", 422),
        ("/stories?several=1", 422),
        ("/stories?since=2031-02-30", 422),
        ("/stories?since=20310203", 422),
        ("/updates?since=2031-05-04T08:00:00", 422),
        ("/search?words=", 422),
        ("/search?words=%00", 400),
        ("/names", 422),
        ("/openapi.json?x=1", 422),
    ],
)
def test_what_is_not_as_described_is_a_problem(room: TestClient, path: str, status: int) -> None:
    told = problem(room, path, status)
    assert told["detail"]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/stories?limit=500", "limit: it is 500; give 200 or less"),
        ("/stories?limit=x", 'limit: it is "x"; give a whole number in digits'),
        ("/stories?offset=-1", "offset: it is -1; give 0 or more"),
        ("/stories?offset=99999999999999999999", "offset: it is 99999999999999999999; give 1,000,000 or less"),
        ("/stories?offset=" + "9" * 5_000, "offset: it is too large; give a number of fewer digits"),
        ("/stories?since=soon", 'since: it is "soon"; give a day, such as 2031-05-04'),
        ("/stories?several=1", 'several: it is "1"; give true or false'),
        ("/stories?order=best", "order: it is \"best\"; give 'latest', 'weight' or 'changed'"),
        ("/search?words=", "words: it is empty; give 1 character or more, or, if it need not be there, leave it out"),
        ("/names", "words: it is missing; give it"),
    ],
)
def test_a_wrong_parameter_is_told_in_one_style(room: TestClient, path: str, detail: str) -> None:
    told = problem(room, path, 422)
    assert told["detail"] == detail
    (fault,) = told["errors"]
    assert fault == {"where": f"query {detail.partition(':')[0]}", "problem": detail.partition(": ")[2]}


@pytest.mark.parametrize("path", ["/stories", "/stories/none", "/articles", "/names", "/ledger/statuses", "/jobs/none"])
def test_a_slash_too_many_is_told_with_the_address_without(room: TestClient, path: str) -> None:
    told = problem(room, f"{path}/", 404)
    assert told["title"] == "Not found"
    assert told["detail"] == f"there is no such address; without the slash at its end there is {BASE}{path}"


def test_titles_are_written_alike(room: TestClient) -> None:
    answers = (("/nothing", 404, "GET"), ("/stories/none", 404, "GET"), ("/corrections", 405, "PUT"))
    titles = [problem(room, *asked)["title"] for asked in answers]
    assert titles == ["Not found", "Not found", "Method not allowed"]
    sent = {"content": b"\xff", "headers": {"Content-Type": "application/json"}}
    assert problem(room, "/add", 400, "POST", **sent)["title"] == "Bad request"


def test_another_method_is_told_with_those_that_there_are(room: TestClient) -> None:
    problem(room, "/corrections", 405, "PUT")
    assert room.put(f"{BASE}/corrections").headers["allow"] == "GET, HEAD, POST"


def test_a_store_that_fails_is_503_without_its_words(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from accord.errors import StoreError
    from accord.stores.memory import MemoryStore

    def broken(*_: object) -> None:
        raise StoreError("/secret/desk.db: it is damaged")

    monkeypatch.setattr(MemoryStore, "counts", broken)
    told = problem(room, "/counts", 503)
    assert "secret" not in json.dumps(told)


def test_what_nobody_foresaw_is_500_without_a_trace(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from accord.stores.memory import MemoryStore

    def broken(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(MemoryStore, "counts", broken)
    assert "secret" not in json.dumps(problem(room, "/counts", 500))


def test_half_a_character_in_an_article_is_an_escape(room: TestClient) -> None:
    from arrivals import article, keep

    with room.app.state.desk.store() as store:  # type: ignore[attr-defined]
        keep(store, article("odd", "Half a \ud83d character."))
    assert got(room, "/articles/odd")["text"] == "Half a \ud83d character."


def test_the_documentation_is_a_page_of_our_own(room: TestClient) -> None:
    answer = room.get(f"{BASE}/docs")
    assert answer.status_code == 200
    assert "/stories/{story}/briefing" in answer.text
    assert "https://" not in answer.text
    assert room.get(BASE).url.path == f"{BASE}/docs"
