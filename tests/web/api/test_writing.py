"""Corrections and additions through the API: made, refused, taken back; who may."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from starlette.testclient import TestClient

from accord.web.settings import Access, Settings, Token
from web.api.shelf import BRIDGE_STORY, FERRY_STORY, A, Jobs, fill
from web.api.test_api import BASE, got, problem
from web.rooms import client

HURT = {"article": "a", "start": A.text.index("Nobody"), "end": A.text.index("Nobody") + len("Nobody was hurt,")}


def made(room: TestClient, **fields: object) -> dict:
    answer = room.post(f"{BASE}/corrections", json=fields)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert answer.headers["location"] == f"{BASE}/corrections/{told['id']}"
    return told


# corrections ----------------------------------------------------------------------------------------------------------


def test_a_finding_is_dismissed_and_brought_back(room: TestClient) -> None:
    path = f"/stories/{FERRY_STORY}/findings"
    told = made(room, kind="finding dismissed", story=FERRY_STORY, finding="f-aboard", note="two ferries")
    assert (told["kind"], told["note"], told["undone"], told["job"]) == ("finding dismissed", "two ferries", None, None)
    assert "f-aboard" not in {one["id"] for one in got(room, path)["items"]}
    dismissed = got(room, "/findings/f-aboard")
    assert (dismissed["current"], dismissed["corrections"]) == (False, [told["id"]])
    assert got(room, "/findings/f-aboard?corrections=false")["current"] is True
    assert told["id"] in {one["id"] for one in got(room, "/corrections?article=a&kind=finding dismissed")["items"]}
    undone = room.patch(f"{BASE}/corrections/{told['id']}", json={"undone": True})
    assert undone.status_code == 200
    assert undone.json()["undone_by"]
    assert "f-aboard" in {one["id"] for one in got(room, path)["items"]}
    problem(room, f"/corrections/{told['id']}", 409, "PATCH", json={"undone": True})
    problem(room, f"/corrections/{told['id']}", 422, "PATCH", json={"undone": False})


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "findings merged", "story": FERRY_STORY, "finding": "f-aboard", "other": "f-a-0"},
        {"kind": "dispute dismissed", "story": FERRY_STORY, "finding": "f-aboard", "field": "value"},
        {"kind": "origins merged", "story": FERRY_STORY, "origin": "o-a", "other": "o-b"},
        {"kind": "speaker", "story": FERRY_STORY, "passage": HURT, "value": "Jonna Arle"},
        {"kind": "entry dismissed", "entry": "e1"},
        {"kind": "status", "entry": "e1", "value": "withdrawn"},
        {"kind": "story split", "story": FERRY_STORY, "off": ["b"]},
        {"kind": "stories merged", "story": FERRY_STORY, "other": BRIDGE_STORY},
    ],
    ids=lambda asked: asked["kind"],
)
def test_each_kind_of_correction_is_made_and_undone(room: TestClient, asked: dict) -> None:
    told = made(room, **asked)
    described = schemathesis.openapi.from_dict(room.get(f"{BASE}/openapi.json").json())
    described["/corrections"]["POST"].validate_response(room.post(f"{BASE}/corrections", json=asked))
    assert told["kind"] == asked["kind"]
    assert (told["job"] is not None) == (asked["kind"] in ("story split", "stories merged"))
    assert room.patch(f"{BASE}/corrections/{told['id']}", json={"undone": True}).status_code == 200


def test_a_finding_that_was_merged_leads_to_the_other(room: TestClient) -> None:
    made(room, kind="findings merged", story=FERRY_STORY, finding="f-aboard", other="f-a-0")
    assert got(room, "/findings/f-aboard")["current"] is True
    merged = got(room, "/findings/f-a-0")
    assert (merged["current"], merged["now"]) == (False, ["f-aboard"])


def test_a_finding_that_was_split_off_has_an_address(room: TestClient) -> None:
    cited = got(room, "/findings/f-aboard")["evidence"][1]
    off = [{name: cited[name] for name in ("article", "start", "end")}]
    told = made(room, kind="finding split", story=FERRY_STORY, finding="f-aboard", off=off)
    after = got(room, f"/stories/{FERRY_STORY}/findings")["items"]
    before = {one["id"] for one in got(room, f"/stories/{FERRY_STORY}/findings?corrections=false")["items"]}
    (fresh,) = [one for one in after if one["id"] not in before]
    found = got(room, f"/findings/{fresh['id']}")
    assert (found["story"], found["corrections"]) == (FERRY_STORY, [told["id"]])
    problem(room, f"/findings/{fresh['id']}?corrections=false", 404)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "finding dismissed", "story": "none", "finding": "f-aboard"}, 404),
        ({"kind": "finding dismissed", "story": FERRY_STORY, "finding": "none"}, 404),
        ({"kind": "findings merged", "story": FERRY_STORY, "finding": "f-aboard", "other": "f-aboard"}, 422),
        ({"kind": "finding dismissed", "story": FERRY_STORY}, 422),
        ({"kind": "finding dismissed", "story": FERRY_STORY, "finding": "f-aboard", "why": "x"}, 422),
        ({"kind": "finding dismissed", "story": FERRY_STORY, "finding": 3}, 422),
        ({"kind": "nothing"}, 422),
        ({"kind": "status", "entry": "e1", "value": "lost"}, 422),
        ({"kind": "status", "entry": "none", "value": "open"}, 404),
        ([], 422),
    ],
)
def test_an_impossible_correction_is_a_problem(room: TestClient, asked: object, status: int) -> None:
    problem(room, "/corrections", status, "POST", json=asked)


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"\xff", "application/json", 400),
        (b"kind=x", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (rb'{"kind": "finding dismissed", "story": "\ud800", "finding": "x"}', "application/json", 422),
        (rb'{"kind": "finding dismissed", "story": "\u0000", "finding": "x"}', "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b"1" * 5_000, "application/json", 400),
    ],
)
def test_a_body_that_is_no_json_is_a_problem(room: TestClient, sent: bytes, kind: str, status: int) -> None:
    problem(room, "/corrections", status, "POST", content=sent, headers={"Content-Type": kind})


# add ------------------------------------------------------------------------------------------------------------------


def test_texts_are_taken_as_a_job(room: TestClient) -> None:
    text = {"text": "The quay fell in.", "outlet": "Halmar Post", "published": "4 May 2031"}
    answer = room.post(f"{BASE}/add", json={"texts": [text]})
    assert answer.status_code == 202
    told = answer.json()
    assert (told["state"], told["title"]) == ("waiting", "A text of Halmar Post")
    assert room.get(answer.headers["location"]).json() == told
    (file,) = Path(room.app.state.desk.jobs.root).rglob("*.json")  # type: ignore[attr-defined]
    assert json.loads(file.read_text()) == {**text, "published": "2031-05-04"}
    stopped = room.patch(answer.headers["location"], json={"state": "stopped"})
    assert (stopped.status_code, stopped.json()["state"]) == (202, "stopped")
    problem(room, "/jobs/none", 404)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"texts": []},
        {"texts": [{"text": "x"}]},
        {"texts": [{"text": "x", "outlet": " "}]},
        {"texts": [{"text": "x", "outlet": "y", "published": "some day"}]},
        {"texts": [{"text": "x", "outlet": "y"}], "addresses": ["https://a.example/"]},
        {"addresses": ["file:///etc/passwd"]},
        {"addresses": ["http://" + "127.0.0.1/"]},
        {"addresses": ["javascript:alert(1)"]},
    ],
)
def test_what_cannot_be_added_is_a_problem(room: TestClient, asked: dict) -> None:
    problem(room, "/add", 422, "POST", json=asked)


@pytest.mark.parametrize(
    ("path", "asked", "detail"),
    [
        ("/add", {"texts": []}, "texts: it holds 0; give 1 or more"),
        ("/add", {"texts": [{"text": "x"}]}, "texts[0].outlet: it is missing; give it"),
        ("/add", [], "the body: it is a list; give an object"),
        ("/corrections", {"kind": "nothing"}, "the body: its kind is \"nothing\"; give one of 'findings merged'"),
        ("/corrections", {}, "the body: it does not say its kind; give that, too"),
        (
            "/corrections",
            {"kind": "value", "story": "s", "passage": {"article": "a", "start": -1, "end": 2}, "field": "of"},
            "passage.start: it is -1; give 0 or more; value: it is missing; give it",
        ),
    ],
)
def test_a_fault_in_a_body_is_told_with_its_place(room: TestClient, path: str, asked: object, detail: str) -> None:
    assert problem(room, path, 422, "POST", json=asked)["detail"].startswith(detail)


def test_a_body_of_one_shape_has_its_fields_named(room: TestClient) -> None:
    told = problem(room, "/corrections/none", 422, "PATCH", json={"undone": False, "value": 3})
    assert told["detail"] == "undone: it is false; give true; value: there is no such field; leave it out"


def test_addresses_are_taken_as_a_job(room: TestClient) -> None:
    answer = room.post(f"{BASE}/add", json={"addresses": ["https://post.example/a"]})
    assert answer.json()["title"] == "https://post.example/a"


# who may --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of a room that is open to those with a token."""
    tokens = tuple(Token(role, role, hashlib.sha256(role.encode()).hexdigest()) for role in ("reader", "editor"))
    with client(Settings(store="memory:", access=Access(tokens=tokens)), raises=False) as made:
        desk = made.app.state.desk  # type: ignore[attr-defined]
        desk.jobs = Jobs(tmp_path)
        with desk.store() as store:
            fill(store)
        yield made


def test_nobody_is_told_anything_without_a_token(guarded: TestClient) -> None:
    for path in ("/stories", "/openapi.json", "/corrections"):
        problem(guarded, path, 401)
    problem(guarded, "/stories", 401, headers={"Authorization": "Bearer other"})
    assert guarded.get(f"{BASE}/stories").headers["www-authenticate"].startswith("Bearer")


def test_a_reader_reads_and_an_editor_writes(guarded: TestClient) -> None:
    reader, editor = ({"Authorization": f"Bearer {role}"} for role in ("reader", "editor"))
    assert guarded.get(f"{BASE}/stories", headers=reader).status_code == 200
    asked = {"kind": "status", "entry": "e1", "value": "withdrawn"}
    problem(guarded, "/corrections", 403, "POST", json=asked, headers=reader)
    problem(guarded, "/jobs/none", 403, headers=reader)
    answer = guarded.post(f"{BASE}/corrections", json=asked, headers=editor)
    assert (answer.status_code, answer.json()["by"]) == (201, "editor")


def test_the_description_says_how_to_say_who_asks(guarded: TestClient, room: TestClient) -> None:
    told = guarded.get(f"{BASE}/openapi.json", headers={"Authorization": "Bearer reader"}).json()
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in told["security"]
    assert "security" not in room.get(f"{BASE}/openapi.json").json()
