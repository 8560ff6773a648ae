"""Add, by its forms alone, over a store in memory; the analysis is a stand-in where it is not what is tested."""

from __future__ import annotations

import io
import json
import re
import socket
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from accord.config import Config, Web
from accord.readers.web import connections, urls
from accord.readers.web.addresses import refusal
from accord.records import Rejected
from accord.stores import open_store
from accord.upkeep.followed import followed
from accord.web.desk import Desk
from accord.web.settings import Access, Limits, Settings, Token
from accord.web.work.jobs import Job
from readers.web.site import Site, moved, page
from web.rooms import client, csrf
from web.work.standin import ended, light

DAM = "The dam at Osk burst on Monday. Two people died in the flood. The mayor of Osk spoke of a dark day."
BREAD = "A baker in Bergel sells bread of acorns to visitors, who queue for it from dawn until it is gone."
WEB = Web(delay=0.0, retries=0, timeout=3.0, total=5.0)
Send = Callable[..., Response]


@pytest.fixture(autouse=True)
def standin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("accord.analyze.analyze", light)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def room() -> Iterator[TestClient]:
    limits = Limits(reads=10_000, writes=10_000, paste=5_000, files=3)
    with client(Settings(store="memory:", config=Config(web=WEB), limits=limits)) as asked:
        yield asked


@pytest.fixture
def send(room: TestClient) -> Send:
    token = csrf(room)

    def post(path: str, files: Any = None, **fields: str) -> Response:
        return room.post(path, data={"csrf": token, **fields}, files=files, follow_redirects=False)

    return post


def desk_of(room: TestClient) -> Desk:
    desk: Desk = room.app.state.desk  # type: ignore[attr-defined]
    return desk


def job_of(room: TestClient, answer: Response) -> Job:
    """Return the job that a form began, at its end."""
    assert answer.status_code == 303, answer.text
    desk = desk_of(room)
    job = desk.jobs.job(answer.headers["location"].rpartition("/")[2])
    assert job is not None
    return ended(desk.jobs, job)


def texts_in(room: TestClient) -> list[tuple[str, str]]:
    with desk_of(room).store() as store:
        return sorted((held.article.outlet, held.article.text) for held in store.each())


# the ways in ----------------------------------------------------------------------------------------------------------


def test_a_text_that_is_too_long_is_refused_in_a_plain_sentence(room: TestClient, send: Send) -> None:
    files = {"nothing": ("", b"")}  # a form with files comes in parts
    for answer in (send("/add/text", text="word " * 1_100), send("/add/text", text="word " * 1_100, files=files)):
        assert answer.status_code == 413
        assert "that can be pasted" in answer.text


def test_pasted_texts_are_added(room: TestClient, send: Send) -> None:
    pasted = f"Outlet: The Mail\nTitle: Dam bursts\n\n{DAM}\n---\n{BREAD}"
    job = job_of(room, send("/add/text", text=pasted, outlet="The Wire", published="2031-05-04"))
    assert (job.title, job.state, job.by) == ("2 texts", "done", "you")
    assert texts_in(room) == [("The Mail", DAM), ("The Wire", BREAD)]
    with desk_of(room).store() as store:
        (mail, _) = store.each()
    assert (mail.article.title, mail.article.published, mail.what) == ("Dam bursts", "2031-05-04", "pasted text 1.json")


def test_files_and_archives_are_added_under_their_own_names(room: TestClient, send: Send) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside/bread.txt", BREAD)
        archive.writestr("../outside.txt", "")
    rows = json.dumps({"text": DAM, "outlet": "The Mail", "published": "2031-05-04"})
    files = [
        ("files", ("../../../etc/dam.json", rows)),
        ("files", ("day.zip", packed.getvalue())),
        ("files", ("odd.bin", b" ")),
    ]
    job = job_of(room, send("/add/files", files, outlet="The Wire", published="5 May 2031"))
    assert job.title == "3 files"
    assert texts_in(room) == [("The Mail", DAM), ("The Wire", BREAD)]
    with desk_of(room).store() as store:
        found = {held.what: held.article.published for held in store.each()}
        told = [item for _, item in store.rejects()]
    assert found["dam.json"] == "2031-05-04"
    assert next(day for what, day in found.items() if what.startswith("day.zip")) == "2031-05-05"
    assert {item.what.partition(",")[0] for item in told} >= {"odd.bin"}
    shown = room.get("/rejects").text + room.get(f"/jobs/{job.id}").text
    assert "odd.bin" in shown
    assert "accord-room" not in shown + repr(told)


def test_an_address_is_read_once_and_a_feed_is_followed(send: Send, room: TestClient) -> None:
    answer = send("/add/address", addresses="https://paper.invalid/a\nhttps://paper.invalid/b")
    job = job_of(room, answer)
    assert (job.title, job.left_out) == ("2 addresses", 2)
    job = job_of(room, send("/feeds", addresses="https://paper.invalid/feed.xml"))
    with desk_of(room).store() as store:
        assert [(one.url, one.by) for one in followed(store)] == [("https://paper.invalid/feed.xml", "you")]
    shown = room.get("/feeds").text
    assert "https://paper.invalid/feed.xml" in shown
    assert "fails" in shown
    assert send("/feeds/stop", url="https://paper.invalid/feed.xml").status_code == 303
    assert "No feed is followed so far" in room.get("/feeds").text


def test_addresses_alone_in_the_box_for_texts_are_read(room: TestClient, send: Send) -> None:
    job = job_of(room, send("/add/text", text="https://paper.invalid/a"))
    assert job.order.addresses == ("https://paper.invalid/a",)


def test_the_example_coverage_is_offered_in_an_empty_room_and_read(room: TestClient, send: Send) -> None:
    assert 'action="/add/examples"' in room.get("/add").text
    assert 'action="/add/examples"' in room.get("/").text
    job = job_of(room, send("/add/examples"))
    assert (job.state, job.result["articles"], job.left_out) == ("done", 16, 0), job.rejects
    with desk_of(room).store() as store:
        assert all(held.article.published for held in store.each())
        assert min(held.what for held in store.each()) == "ferry-inquiry/a.json"
    assert 'action="/add/examples"' not in room.get("/add").text


# what is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/add/text", {"text": ""}, "There is no text here"),
        ("/add/text", {"text": "The weir."}, "Who published it is not known"),
        ("/add/text", {"text": "file:///etc/passwd"}, "only http: and https: are fetched"),
        ("/add/address", {"addresses": "/etc/passwd"}, "begins with nothing:"),
        ("/add/address", {"addresses": ""}, "There is no address here"),
        ("/feeds", {"addresses": "file:///etc/passwd"}, "only http: and https: are fetched"),
        ("/add/files", {"published": "someday"}, "No file was chosen"),
    ],
)
def test_what_cannot_be_taken_is_shown_again_with_the_reason(
    room: TestClient, send: Send, path: str, fields: dict[str, str], words: str
) -> None:
    answer = send(path, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert all(f">{value}<" in answer.text.replace("\n", "") or value in answer.text for value in fields.values())
    assert desk_of(room).jobs.latest() == []
    assert desk_of(room).jobs.folders._root is None


def test_too_much_is_refused(room: TestClient, send: Send) -> None:
    assert send("/add/text", text="x" * 5_001, outlet="A").status_code in (400, 413)
    assert send("/add/files", [("files", (f"{n}.txt", b"x")) for n in range(4)]).status_code in (400, 413, 422)
    assert desk_of(room).jobs.latest() == []


def test_only_editors_may_add_and_see_jobs() -> None:
    import hashlib

    reader = Token("Rea", "reader", hashlib.sha256(b"letmein").hexdigest())
    with client(Settings(store="memory:", access=Access(tokens=(reader,)))) as asked:
        for path in ("/add", "/jobs/x", "/jobs/x/events"):
            assert asked.get(path, headers={"Authorization": "Bearer letmein"}).status_code == 403
        assert asked.get("/add", follow_redirects=False).status_code in (303, 401)
        assert asked.get("/feeds", headers={"Authorization": "Bearer letmein"}).status_code == 200
        assert asked.post("/add/examples", headers={"Authorization": "Bearer letmein"}).status_code == 403


def test_a_form_without_its_token_is_refused(room: TestClient) -> None:
    assert room.post("/add/text", data={"text": DAM, "outlet": "A"}).status_code == 403
    assert desk_of(room).jobs.latest() == []


def test_script_in_whatever_is_sent_stays_words(room: TestClient, send: Send) -> None:
    evil = "<script>alert(1)</script>"
    job = job_of(room, send("/add/files", [("files", (f"{evil}.txt", b""))]))
    job_of(room, send("/add/text", text=f"Outlet: {evil}\nTitle: {evil}\n{DAM}{evil}"))
    for path in (f"/jobs/{job.id}", "/add", "/rejects"):
        assert evil not in room.get(path).text
    assert evil not in send("/add/text", text=evil, title=evil).text


# no address leads inside ----------------------------------------------------------------------------------------------


@pytest.fixture
def inside() -> Iterator[Site]:
    with Site({"/secret": page(f"<article><h1>Secret</h1><p>{DAM}</p></article>")}) as site:
        yield site


HOSTS = ["127.0.0.1", "[::ffff:127.0.0.1]", "[::1]"]
HIDDEN = ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "lo.example"]


def fields_of(url: str) -> list[tuple[str, dict[str, Any]]]:
    """Return all that can be sent with an address in it."""
    link = f"<item><title>A</title><link>{url}</link></item>"
    feed = f'<rss version="2.0"><channel><title>A</title>{link}</channel></rss>'
    opml = f'<opml version="2.0"><body><outline text="A" xmlUrl="{url}"/></body></opml>'
    site = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{url}</loc></url></urlset>'
    return [
        ("/add/text", {"text": url}),
        ("/add/address", {"addresses": url}),
        ("/feeds", {"addresses": url}),
        *(("/add/files", {"files": [("files", (f"list.{kind}", content))]})
          for kind, content in (("rss", feed), ("opml", opml), ("xml", site))),
    ]  # fmt: skip


@pytest.mark.parametrize("host", [*HOSTS, *HIDDEN])
def test_no_field_that_takes_an_address_leads_into_the_network(
    room: TestClient, send: Send, inside: Site, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: resolve(
        "127.0.0.1" if host == "lo.example" else host, *rest, **named))  # fmt: skip
    for path, fields in fields_of(inside.url("/secret", host)):
        answer = send(path, **fields)
        if answer.status_code == 303:
            assert job_of(room, answer).result.get("articles", 0) == 0, path
        else:
            assert answer.status_code == 422, path
    assert inside.asked == []
    assert texts_in(room) == []


def test_no_redirect_leads_into_the_network(
    room: TestClient, send: Send, inside: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judged(address: str, private: bool = False) -> str | None:
        return None if address == "127.0.0.9" else refusal(address, private)  # one that counts as public here

    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: resolve(
        "127.0.0.1" if host == "lo.example" else host, *rest, **named))  # fmt: skip
    monkeypatch.setattr(connections, "refusal", judged)
    monkeypatch.setattr(urls, "refusal", judged)
    targets = [inside.url("/secret", host) for host in ("127.0.0.1", *HIDDEN)]
    routes = {f"/{number}": moved(target) for number, target in enumerate([*targets, "file:///etc/passwd"])}
    with Site(routes, address="127.0.0.9") as outside:
        job = job_of(room, send("/add/address", addresses="\n".join(outside.url(path) for path in routes)))
        assert set(outside.pages()) == set(routes)
    assert job.left_out == len(routes)
    assert inside.asked == []


# pages of jobs --------------------------------------------------------------------------------------------------------


def test_a_job_has_a_page_and_a_stream_that_can_be_taken_up_again(room: TestClient, send: Send) -> None:
    job = job_of(room, send("/add/text", text=f"{DAM}\n---\n  .", outlet="The Mail"))
    shown = room.get(f"/jobs/{job.id}").text
    assert "http-equiv" not in shown
    assert "2 new reports" in shown or "1 new report" in shown
    stream = room.get(f"/jobs/{job.id}/events")
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in stream.headers
    numbers = [int(number) for number in re.findall(r"^id: (\d+)$", stream.text, re.M)]
    assert numbers == sorted(set(numbers))
    assert re.findall(r"^event: (\w+)$", stream.text, re.M)[-1] == "end"
    again = room.get(f"/jobs/{job.id}/events", headers={"Last-Event-ID": str(numbers[1])})
    assert [int(number) for number in re.findall(r"^id: (\d+)$", again.text, re.M)] == numbers[2:]
    assert room.get(f"/jobs/{job.id}/events", headers={"Last-Event-ID": str(numbers[-1])}).status_code == 204
    assert room.get("/jobs/never/events").status_code == room.get("/jobs/never").status_code == 404


def test_a_job_that_runs_refreshes_its_page_without_script_and_can_be_stopped(room: TestClient, send: Send) -> None:
    first = send("/add/text", text="\n---\n".join(f"SLOW {n} {DAM}" for n in range(30)), outlet="The Mail")
    place = first.headers["location"]
    shown = room.get(place).text
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert f'action="{place}/stop"' in shown
    assert send(f"{place}/stop").headers["location"] == place
    assert job_of(room, first).state == "stopped"
    assert "It was stopped" in room.get(place).text


def test_what_was_left_out_is_listed_page_by_page(room: TestClient) -> None:
    with desk_of(room).store() as store, store.transaction():
        rows = [Rejected(f"a.csv, row {n}", "parse", "its text is empty") for n in range(120)]
        store.reject(rows, "2031-05-04T08:00:00Z")
    first = room.get("/rejects").text
    assert first.count("a.csv, row") == 50
    assert "/rejects?offset=50" in first
    assert room.get("/rejects?offset=100").text.count("a.csv, row") == 20
    assert "There is nothing further" in room.get("/rejects?offset=900").text


# the real thing -------------------------------------------------------------------------------------------------------


def test_pasted_texts_become_a_story_by_the_real_worker(tmp_path: Path) -> None:
    url = str(tmp_path / "room.db")
    with client(Settings(store=url)) as asked:
        fields = {"csrf": csrf(asked), "outlet": "The Mail", "published": "2031-05-04"}
        answer = asked.post("/add/text", data={"text": DAM, **fields}, follow_redirects=False)
        place = answer.headers["location"]
        stream = asked.get(f"{place}/events").text
        assert re.findall(r"^event: (\w+)$", stream, re.M)[-2:] == ["update", "end"]
        assert "The dam at Osk burst on Monday" in asked.get(place).text
    with closing(open_store(url, make=False)) as store:
        assert [line.articles for line in store.stories()] == [1]
        assert store.analyses([held.article.id for held in store.each()])
