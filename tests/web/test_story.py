import csv
import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from accord import corrections
from accord.web.settings import Access, Settings, Token
from arrivals import place
from web.bridge import BRIDGE, STORY, filled
from web.newsroom import store_of
from web.rooms import LOOPBACK, client

PAGES = ("", "/reader", "/matrix", "/origins", "/timeline", "/outlets", "/versions", "/findings/f04")


@pytest.fixture
def room() -> Iterator[TestClient]:
    with client() as made:
        filled(made)
        yield made


def correct(room: TestClient, correction: object) -> None:
    store = store_of(room)
    with store.transaction():
        store.correct(correction)  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_story_and_nothing_inline(room: TestClient, page: str) -> None:
    answer = room.get(f"/stories/{STORY}{page}")
    assert answer.status_code == 200
    assert BRIDGE.title in answer.text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", answer.text)
    assert len(answer.content) < 300_000
    assert "<em>warned</em>" not in answer.text


@pytest.mark.parametrize("page", PAGES[1:-1])
def test_the_tab_that_is_shown_is_the_current_one(room: TestClient, page: str) -> None:
    found = re.findall(r'href="([^"]+)" aria-current="page"', room.get(f"/stories/{STORY}{page}").text)
    assert found == [f"/stories/{STORY}{page}"]


def test_every_link_inside_the_room_leads_somewhere(room: TestClient) -> None:
    asked = set()
    for page in PAGES:
        asked |= set(
            re.findall(r'href="(/(?:stories|articles|findings)/[^"#]+)', room.get(f"/stories/{STORY}{page}").text)
        )
    assert len(asked) > 60
    for address in sorted(asked):
        address = address.replace("&amp;", "&")
        if "/correct" not in address:
            assert room.get(address).status_code == 200, address


def test_anchors_of_a_page_stand_on_it(room: TestClient) -> None:
    for page in ("", "/reader", "/reader?finding=f04", "/origins"):
        text = room.get(f"/stories/{STORY}{page}").text
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_the_beginning_of_an_id_and_a_merged_story_lead_to_the_story(room: TestClient) -> None:
    answer = room.get(f"/stories/{STORY[:6]}/matrix?verdict=disputed", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{STORY}/matrix?verdict=disputed")
    place(store_of(room), {"st-new": store_of(room).members([STORY])[STORY]}, {STORY: "st-new"})
    assert room.get(f"/stories/{STORY}", follow_redirects=False).headers["location"] == "/stories/st-new"
    assert "has not been briefed so far" in room.get("/stories/st-new").text


def test_a_story_that_is_not_held_is_not_found(room: TestClient) -> None:
    answer = room.get("/stories/ffff")
    assert answer.status_code == 404
    assert "he story ffff is not here" in answer.text


def test_a_page_is_made_anew_once_something_changed(room: TestClient) -> None:
    first = room.get(f"/stories/{STORY}")
    assert room.get(f"/stories/{STORY}", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    correct(room, corrections.dismiss_finding(BRIDGE.findings[0], by="Mara", at="2031-03-06T08:00:00Z"))
    second = room.get(f"/stories/{STORY}", headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert "1 correction by people applied" in second.text


def test_pages_are_packed_for_those_who_take_it_only(room: TestClient) -> None:
    packed = room.get(f"/stories/{STORY}", headers={"Accept-Encoding": "gzip"})
    plain = room.get(f"/stories/{STORY}", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_readers_see_no_links_to_correct(room: TestClient) -> None:
    import hashlib

    tokens = tuple(Token(role, role, hashlib.sha256(role.encode()).hexdigest()) for role in ("reader", "editor"))
    with client(Settings(store="memory:", access=Access(tokens=tokens))) as guarded:  # type: ignore[arg-type]
        filled(guarded)
        seen = {
            role: guarded.get(f"/stories/{STORY}", headers={"Authorization": f"Bearer {role}"}).text
            for role in ("editor", "reader")
        }
    assert f"/stories/{STORY}/correct" in seen["editor"]
    assert f"/stories/{STORY}/correct" not in seen["reader"]


def test_a_correction_is_shown_with_who_and_what_the_machine_said(room: TestClient) -> None:
    quote = BRIDGE.quotes[4]
    correct(room, corrections.fix_speaker(quote, "Ida Brandt", by="Mara", at="2031-03-06T08:00:00Z"))
    text = room.get(f"/stories/{STORY}").text
    assert "corrected by Mara" in text
    assert "the machine said “Jens Skov”" in text
    machine = room.get(f"/stories/{STORY}?corrections=off").text
    assert "corrected by Mara" not in machine
    assert "This is the machine's answer" in machine
    assert f"/stories/{STORY}/matrix?corrections=off" in machine


def test_a_finding_that_a_person_dismissed_says_so(room: TestClient) -> None:
    correct(room, corrections.dismiss_finding(BRIDGE.findings[5], by="Mara", at="2031-03-06T08:00:00Z"))
    answer = room.get(f"/stories/{STORY}/findings/f06")
    assert answer.status_code == 200
    assert "corrections took this finding out" in answer.text
    assert re.search(r'href="/corrections/[^"]+">[^<]+</a>: Mara, <time[^>]*>6 Mar 2031, 08:00 UTC', answer.text)
    assert f'href="/stories/{STORY}/findings/f06?corrections=off"' in answer.text
    assert "a former finding" not in room.get(f"/stories/{STORY}/findings/f06?corrections=off").text


def test_a_finding_that_a_person_merged_into_another_says_into_which(room: TestClient) -> None:
    into, gone = BRIDGE.findings[0], BRIDGE.findings[5]
    correct(room, corrections.merge_findings(into, gone, by="Mara", at="2031-03-06T08:00:00Z", note="The same thing."))
    text = room.get(f"/stories/{STORY}/findings/{gone.id}").text
    assert "People merged this finding into another." in text
    assert f'href="/stories/{STORY}/findings/{into.id}"' in text.partition("Merged into")[2]
    assert "The same thing." in text
    assert room.get(f"/findings/{gone.id}").status_code == 200


def split(room: TestClient) -> tuple[corrections.Corrected, str]:
    """Split one passage off a finding; return what comes of it, and the id of the new finding."""
    whole = next(one for one in BRIDGE.findings if len(one.evidence) > 2)
    made = corrections.split_finding(whole, whole.evidence[-1:], by="Mara", at="2031-03-06T08:00:00Z")
    correct(room, made)
    found = corrections.applied(BRIDGE, [made])
    (new,) = {one.id for one in found.briefing.findings} - {one.id for one in BRIDGE.findings}
    return found, new


def test_a_finding_that_people_made_has_an_address_of_its_own(room: TestClient) -> None:
    _, new = split(room)
    answer = room.get(f"/findings/{new}", follow_redirects=False)
    assert answer.headers["location"] == f"/stories/{STORY}/findings/{new}"
    page = room.get(f"/findings/{new}").text
    assert "a former finding" not in page
    assert "corrected by Mara" in page
    machine = room.get(f"/stories/{STORY}/findings/{new}?corrections=off").text
    assert "the machine's answer does not have it" in machine
    assert f'href="/stories/{STORY}/findings/{new}"' in machine


def test_the_address_of_a_finding_that_people_made_stays_when_it_is_taken_back(room: TestClient) -> None:
    found, new = split(room)
    store = store_of(room)
    with store.transaction():
        assert store.undo(found.applied[0].correction.id, "Per Holt", "2031-03-07T08:00:00Z")
    page = room.get(f"/findings/{new}").text
    assert "People made this finding, and took it back since." in page
    assert "taken back by Per Holt" in page
    assert "Its passages now stand in" in page


def test_a_finding_that_people_made_and_dismissed_says_so(room: TestClient) -> None:
    found, new = split(room)
    made = next(one for one in found.briefing.findings if one.id == new)
    correct(room, corrections.dismiss_finding(made, by="Per Holt", at="2031-03-07T08:00:00Z"))
    page = room.get(f"/findings/{new}").text
    assert "corrections took this finding out" in page
    assert "Mara" in page
    assert "Per Holt" in page


def test_a_finding_leads_to_its_story(room: TestClient) -> None:
    answer = room.get("/findings/f04", follow_redirects=False)
    assert answer.headers["location"] == f"/stories/{STORY}/findings/f04"
    assert room.get("/findings/nosuch").status_code == 404
    assert room.get(f"/stories/{STORY}/findings/nosuch").status_code == 404


def test_a_former_finding_says_what_became_of_it(room: TestClient) -> None:
    from dataclasses import replace

    from arrivals import brief

    again = tuple(replace(one, id="f99") if one.id == "f01" else one for one in BRIDGE.findings)
    assert brief(store_of(room), STORY, replace(BRIDGE, findings=again), at="2031-03-07T08:00:00Z")
    text = room.get(f"/stories/{STORY}/findings/f01").text
    assert "a former finding" in text
    assert f"/stories/{STORY}/findings/f99" in text


def test_the_finding_page_has_what_can_be_copied(room: TestClient) -> None:
    text = room.get(f"/stories/{STORY}/findings/f04").text
    words = re.search(r'<textarea id="plain-words"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    assert words is not None
    assert "(disputed between reports)" in words[1]
    assert "/articles/d?at=" in words[1]
    assert "#:~:text=" in text  # where the outlet has it on the web
    assert 'data-copy="plain-words"' in text


def test_a_finding_is_given_with_its_citations(room: TestClient) -> None:
    plain = room.get(f"/stories/{STORY}/findings/f04/citation.txt")
    assert plain.headers["content-type"].startswith("text/plain")
    assert plain.text.startswith("divers found cracks in two of its piers. (disputed between reports)")
    assert room.get(f"/stories/{STORY}/findings/f04/citation.md").text.count("](<") == 4
    assert room.get(f"/stories/{STORY}/findings/nosuch/citation.txt").status_code == 404


def test_commitments_lead_to_the_ledger_and_speakers_to_their_names(room: TestClient) -> None:
    text = room.get(f"/stories/{STORY}").text
    assert 'href="/ledger/e-buses"' in text
    assert 'href="/names/Ida%20Brandt?kind=person"' in text


def test_the_matrix_is_filtered_by_links_and_names_sides(room: TestClient) -> None:
    text = room.get(f"/stories/{STORY}/matrix?verdict=disputed&kind=figure").text
    assert text.count("<tr tabindex") == 1
    assert 'aria-label="Courier carries it, side B"' in text
    assert room.get(f"/stories/{STORY}/matrix?verdict=wrong").status_code in (400, 422)


def test_versions_show_changes_and_updates(room: TestClient) -> None:
    text = room.get(f"/stories/{STORY}/versions").text
    assert "Repairs will cost <b>11</b> million kroner." in text
    assert "It was added." in text
    assert "How many piers is disputed now" in text
    assert "analyze: dateline" in text


def test_the_reader_marks_a_finding_without_script(room: TestClient) -> None:
    text = room.get(f"/stories/{STORY}/reader?finding=f04").text
    assert text.count('id="at"') == 1
    assert re.search(r'class="ev disputed[^"]* on"', text)
    assert text.count('class="report"') == 3
    one = room.get(f"/stories/{STORY}/reader?report=d").text
    assert one.count('class="report"') == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("briefing.md", "text/markdown"),
        ("briefing.json", "application/json"),
        ("briefing.html", "text/html"),
        ("briefing.txt", "text/plain"),
        ("findings.csv", "text/csv"),
        ("pictures/origins.svg", "image/svg+xml"),
        ("pictures/origins.png?scheme=dark", "image/png"),
        ("pictures/matrix.svg", "image/svg+xml"),
        ("pictures/timeline.svg?scheme=dark", "image/svg+xml"),
    ],
)
def test_downloads_have_their_kind_and_a_safe_name(room: TestClient, name: str, kind: str) -> None:
    answer = room.get(f"/stories/{STORY}/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    saved = name.split("?")[0].split("/")[-1]
    given = answer.headers["content-disposition"]
    assert given.startswith(f'attachment; filename="orlen-bridge-shut-as-divers-find-cracks-{saved}"')
    assert "var(" not in answer.text or kind == "text/html"


def test_no_other_document_or_picture_is_given(room: TestClient) -> None:
    assert room.get(f"/stories/{STORY}/briefing.exe").status_code in (400, 404, 422)
    assert room.get(f"/stories/{STORY}/pictures/other.svg").status_code in (400, 404, 422)
    assert room.get(f"/stories/{STORY}/other").status_code == 404


def test_the_table_of_findings_has_whole_addresses(room: TestClient) -> None:
    table = list(csv.DictReader(io.StringIO(room.get(f"/stories/{STORY}/findings.csv").text)))
    assert {row["address"].rpartition("/")[0] for row in table} == {f"{LOOPBACK}/stories/{STORY}/findings"}


def test_the_other_findings_are_offered_with_their_numbers_and_verdicts(room: TestClient) -> None:
    form = room.get(f"/stories/{STORY}/correct?finding=f04").text
    page = room.get(f"/stories/{STORY}").text
    offered = dict(re.findall(r'<option value="(f\d+)">(\w+ · [\w ]+): ', form))
    assert offered
    assert "f04" not in offered
    for finding, words in offered.items():
        number, _, verdict = words.partition(" · ")
        assert verdict in ("agreed", "disputed", "one origin")
        if number.isdigit():
            assert f'id="f{number}"' in page
            at = page.split(f'id="f{number}"', 1)[1]
            assert f"/findings/{finding}" in at.split("</li>", 1)[0]
    assert any(words[0].isdigit() for words in offered.values())
