"""Working: adding reports, correcting what the machine made of them, and taking that back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Room, looking
from .test_reading import stories

HERALD = """Outlet: The Weir Herald
Title: Weir at Aldmoor fails
Published: 4 May 2031

The weir at Aldmoor failed on Sunday night and flooded 40 houses, the mayor, Ines Calder, said.

"We will rebuild the weir by October," Calder told residents. The council pledged $3 million for the work.
---
Outlet: Calder Valley Post
Title: Forty homes under water after weir breaks
Published: 5 May 2031

Forty homes stood under water on Monday after the weir at Aldmoor broke during the night.

Mayor Ines Calder said the weir would be rebuilt by October. Engineers had warned of cracks in March, a resident,
Tom Ashby, said.
"""


@pytest.mark.parametrize("scripts", [True, False])
def test_pasted_texts_become_a_story(browser: Browser, empty_room: Room, scripts: bool) -> None:
    with looking(browser, empty_room.host, java_script_enabled=scripts) as (context, _):
        page = context.new_page()
        page.goto(empty_room.address)
        page.locator("textarea").first.fill(HERALD)
        page.locator("form:has(textarea) button").first.click()
        page.wait_for_url(re.compile("/jobs/"))
        for _ in range(60):
            if page.locator("a[href^='/stories/']").count():
                break
            page.wait_for_timeout(1_000)
            if not scripts:
                page.reload()
        page.locator("a[href^='/stories/']").first.click()
        expect(page.locator("h1")).to_contain_text(re.compile("weir|homes", re.IGNORECASE))
        expect(page.locator("main")).to_contain_text("Calder")


def test_an_empty_room_offers_the_example_coverage(browser: Browser, empty_room: Room) -> None:
    with looking(browser, empty_room.host) as (context, _):
        page = context.new_page()
        page.goto(empty_room.address)
        expect(page.locator("main")).to_contain_text("example")
        expect(page.locator("main textarea").first).to_be_visible()


def _correct(page: Page, room: Room, story: str, finding: str, button: str) -> None:
    page.goto(f"{room.address}/stories/{story}/correct?finding={finding}")
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/corrections/\w+\?fresh"))


def _disputed(page: Page, room: Room, story: str) -> str:
    page.goto(f"{room.address}/stories/{story}/matrix?verdict=disputed")
    link = page.locator("main a[href*='/findings/']").first.get_attribute("href") or ""
    return link.rpartition("/")[2].partition("?")[0]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_dispute_is_dismissed_and_that_is_taken_back(browser: Browser, own_room: Room, scripts: bool) -> None:
    story = stories(own_room)[0]
    with looking(browser, own_room.host, java_script_enabled=scripts) as (context, _):
        page = context.new_page()
        finding = _disputed(page, own_room, story)
        _correct(page, own_room, story, finding, "Dismiss the dispute")
        expect(page.locator(".notice.good")).to_be_visible()
        page.goto(f"{own_room.address}/stories/{story}/findings/{finding}")
        expect(page.locator("main .standing .verdict").first).not_to_have_class(re.compile("disputed"))
        expect(page.locator("main")).to_contain_text("corrected by")
        page.goto(f"{own_room.address}/stories/{story}/findings/{finding}?corrections=off")
        expect(page.locator("main .standing .verdict").first).to_have_class(re.compile("disputed"))
        page.goto(f"{own_room.address}/corrections")
        page.locator(".line [data-open]").first.click()
        page.get_by_role("button", name="Take it back").click()
        expect(page.locator(".notice.good")).to_contain_text("Taken back")
        page.goto(f"{own_room.address}/stories/{story}/findings/{finding}")
        expect(page.locator("main .standing .verdict").first).to_have_class(re.compile("disputed"))


def test_a_finding_is_merged_with_another(browser: Browser, own_room: Room) -> None:
    story = stories(own_room)[0]
    with looking(browser, own_room.host) as (context, _):
        page = context.new_page()
        page.goto(f"{own_room.address}/stories/{story}")
        page.locator(".finding [data-open]").first.click()
        finding = page.url.rpartition("/")[2].partition("?")[0]
        before = page.locator(".passage").count()
        page.goto(f"{own_room.address}/stories/{story}/correct?finding={finding}")
        page.locator("#other").select_option(index=1)
        page.get_by_role("button", name="Merge the two").click()
        page.wait_for_url(re.compile(r"/corrections/\w+\?fresh"))
        page.goto(f"{own_room.address}/findings/{finding}")
        assert page.locator(".passage").count() > before


def test_a_correction_that_makes_no_sense_is_refused_in_plain_words(browser: Browser, own_room: Room) -> None:
    story = stories(own_room)[0]
    with looking(browser, own_room.host) as (context, looked):
        page = context.new_page()
        page.goto(f"{own_room.address}/stories/{story}/correct")
        page.get_by_role("button", name="Split them off").click()
        expect(page.locator(".notice.bad")).to_be_visible()
        looked.problems.clear()  # Chromium logs every answer of 422


def test_a_story_is_split_and_both_are_briefed(browser: Browser, own_room: Room) -> None:
    story = stories(own_room)[0]
    with looking(browser, own_room.host) as (context, _):
        page = context.new_page()
        page.goto(f"{own_room.address}/stories/{story}/correct")
        page.locator("input[name=off]").first.check()
        page.get_by_role("button", name="Split them off").click()
        page.wait_for_url(re.compile("/jobs/"))
        expect(page.locator("a[href^='/stories/']").first).to_be_visible(timeout=90_000)
    assert len(stories(own_room)) == 5


def test_an_entry_of_the_ledger_is_corrected(browser: Browser, own_room: Room) -> None:
    with looking(browser, own_room.host) as (context, _):
        page = context.new_page()
        page.goto(f"{own_room.address}/ledger")
        page.locator("main [data-open]").first.click()
        entry = page.url.rpartition("/")[2].partition("?")[0]
        page.goto(f"{own_room.address}/ledger/{entry}/correct")
        page.locator("#value").select_option("withdrawn")
        page.get_by_role("button", name="Correct the status").click()
        page.goto(f"{own_room.address}/ledger/{entry}")
        expect(page.locator("main")).to_contain_text("withdrawn")


def test_a_page_tells_that_the_store_changed(browser: Browser, own_room: Room) -> None:
    from contextlib import closing

    from accord.corrections import dismiss_finding
    from accord.stores import open_store
    from accord.upkeep.correcting import correct

    story = stories(own_room)[0]
    with looking(browser, own_room.host) as (context, _):
        page = context.new_page()
        page.goto(own_room.address)
        page.wait_for_timeout(500)
        with closing(open_store(own_room.store)) as store:
            briefing = store.briefing(story)
            assert briefing is not None
            correct(store, dismiss_finding(briefing.findings[-1], by="Mara", at="2031-05-04T08:00:00Z"))
        expect(page.locator("#live")).to_contain_text(re.compile("changed|news"), timeout=15_000)
