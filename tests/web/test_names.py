"""A person's or body's page: what was said, by whom it is reported, and where reports of the same words differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from accord.stores.store import Named
from accord.web.views.names import apart, forms, in_story
from accord.web.views.wordings import differing
from web.newsroom import FERRY, ferry, fill, promised, store_of
from web.rooms import client


@pytest.fixture(scope="module")
def room() -> Iterator[TestClient]:
    with client() as made:
        fill(store_of(made), promised(to_whom="Ilse Tarn"))
        yield made


def test_the_same_words_in_two_wordings_stand_side_by_side() -> None:
    made = in_story(FERRY, ferry(), "Ilse Tarn")
    pay, denied = made.said
    assert [[piece for piece in one.pieces if piece[1]] for one in pay.versions] == [
        [("full,", True)],
        [("part,", True)],
    ]
    assert [[by.outlet for by in one.reports] for one in pay.versions] == [["Brennick Courier"], ["Halmar Post"]]
    assert (pay.verdict, pay.href) == ("disputed", f"/stories/{FERRY}/findings/f-paid")
    assert (denied.text, denied.how, denied.quoted) == ("the pilot had been asleep", "denied", False)
    assert [key for key, _ in apart({FERRY: made})] == [f"q-{FERRY}-1", f"q-{FERRY}-2"]
    assert made.role == "harbour master"


def test_a_form_of_the_name_counts_in_its_own_articles_only() -> None:
    made = replace(ferry(), names=(replace(ferry().names[0], articles=("b",)),))
    said = in_story(FERRY, made, "ilse TARN").said
    assert [one.denial for one in said] == [False]
    assert in_story(FERRY, made, "Somebody Else").said == ()


def test_the_page_tells_what_was_said_by_whom_and_what_is_owed(room: TestClient) -> None:
    page = room.get("/names/Ilse%20Tarn?kind=person").text
    assert "Also called Tarn, the harbour master." in page or "Also called the harbour master, Tarn." in page
    assert "The words differ" in page
    assert f'href="#q-{FERRY}-2"' in page
    assert f'id="q-{FERRY}-2"' in page
    assert '<em class="differs">full,</em>' in page
    assert '<em class="differs">part,</em>' in page
    assert '<span class="tag">denied</span>' in page
    assert 'href="/articles/a?at=' in page
    assert "Promised to them" in page
    assert 'href="/ledger/e1"' in page


def test_nothing_of_a_longer_name_is_on_the_page() -> None:
    with client() as made:
        fill(store_of(made), promised("e2", who="Ilse Tarnow"), promised("e3", who="Mayor ILSE TARN"))
        page = made.get("/names/Ilse%20Tarn").text
        told = made.get("/api/v1/names/Ilse%20Tarn").json()
    assert 'href="/ledger/e3"' in page
    assert 'href="/ledger/e2"' not in page
    assert "exactly=1" in page
    assert [one["id"] for one in told["made"]] == ["e3"]
    assert "exactly=true" in told["said_at"]
    assert {one["speaker"] for one in told["said"]} == {"Ilse Tarn"}


def test_a_body_has_a_page_with_its_commitments(room: TestClient) -> None:
    page = room.get("/names/norvik%20line").text
    assert "<h1" in page
    assert "Norvik Line</h1>" in page
    assert "40 new lifeboats" in page
    assert "Named here, but not quoted." in page


def test_names_with_a_slash_or_markup_do_no_harm(room: TestClient) -> None:
    assert room.get("/names/A%2FB").status_code == 404
    assert "<script>" not in room.get("/names/%3Cscript%3E").text
    assert room.get("/names/Ilse%20Tarn?page=77").status_code == 200


def test_forms_that_differ_in_case_stand_once() -> None:
    named = Named("Ilse Tarn", "person", 2, aliases=("Tarn", "the Master", "The master", "ilse tarn"))
    assert len(forms(named)) == 2
    assert "Tarn" in forms(named)


def test_words_that_differ_are_told_word_by_word() -> None:
    assert differing(["We will pay all", "we will pay half,"]) == [
        (("We will pay", False), ("all", True)),
        (("we will pay", False), ("half,", True)),
    ]
    assert differing(["One only"]) == [(("One only", False),)]
    assert differing(["Alike!", "alike"]) == [(("Alike!", False),), (("alike", False),)]


@given(st.lists(st.text(alphabet="ab .", max_size=20), min_size=2, max_size=4))
def test_no_word_is_lost_in_comparing(versions: list[str]) -> None:
    for version, pieces in zip(versions, differing(versions), strict=True):
        assert " ".join(words for words, _ in pieces) == " ".join(version.split())
