"""Reading: from a story to the exact characters and back, with the keyboard alone, and without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from accord.stores import open_store

from .conftest import Room, looking


def stories(room: Room) -> list[str]:
    store = open_store(room.store)
    try:
        return [line.id for line in store.stories(order="weight")]
    finally:
        store.close()


def in_view(page: Page, selector: str) -> bool:
    """Tell whether one of what `selector` names comes into view: scrolling takes its time."""
    for _ in range(40):
        boxes = [one.bounding_box() for one in page.locator(selector).all()]
        if any(box is not None and 0 <= box["y"] <= 900 for box in boxes):
            return True
        page.wait_for_timeout(50)
    return False


def test_a_story_is_opened_from_today_by_keys(page: Page, room: Room) -> None:
    page.goto(room.address)
    page.keyboard.press("j")
    expect(page.locator("[data-line]:focus")).to_have_count(1)
    title = page.locator("[data-line]:focus [data-open]").inner_text()
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator("h1")).to_contain_text("Today")


def test_keys_go_from_finding_to_finding_and_to_their_evidence(page: Page, room: Room) -> None:
    page.goto(f"{room.address}/stories/{stories(room)[0]}/reader")
    page.keyboard.press("j")
    expect(page.locator(".list .line.on")).to_have_count(1)
    first = page.locator(".list .line.on").get_attribute("id")
    assert page.locator(".text .ev.on").count() > 0
    assert in_view(page, ".text .ev.on")
    page.keyboard.press("j")
    assert page.locator(".list .line.on").get_attribute("id") != first
    page.keyboard.press("e")
    assert in_view(page, ".text .ev.on")
    page.keyboard.press("k")
    assert page.locator(".list .line.on").get_attribute("id") == first
    page.keyboard.press("Escape")
    expect(page.locator(".list .line.on")).to_have_count(0)


def test_a_passage_leads_to_its_finding_and_the_finding_to_its_passages(page: Page, room: Room) -> None:
    page.goto(f"{room.address}/stories/{stories(room)[0]}/reader")
    ref = page.locator(".text .ref").first
    ref.click()
    line = page.locator(".list .line.on")
    expect(line).to_have_count(1)
    assert line.get_attribute("id") == ref.get_attribute("data-pick")
    marked = page.locator(".text .ev.on").count()
    line.locator(".pick").click()
    expect(page.locator(".text .ev.on")).to_have_count(0)
    line_again = page.locator(f"#{ref.get_attribute('data-pick')}")
    line_again.locator(".pick").click()
    expect(page.locator(".text .ev.on")).to_have_count(marked)


def test_every_citation_of_a_finding_shows_its_exact_characters(page: Page, room: Room) -> None:
    page.goto(f"{room.address}/stories/{stories(room)[0]}")
    page.locator(".finding [data-open]").first.click()
    page.wait_for_url(re.compile("/findings/"))
    quoted = page.locator(".passage mark").all_inner_texts()
    links = [one.get_attribute("href") for one in page.locator(".passage [data-open]").all()]
    assert quoted
    for words, link in zip(quoted, links, strict=True):
        page.goto(room.address + str(link))
        shown = page.evaluate(
            """() => { const all = [...document.querySelectorAll('.text .ev.on, .text #at, .text mark')];
            return [...new Set(all)].map((one) => one.textContent).join('|') }"""
        )
        assert re.sub(r"\W+", "", words) in re.sub(r"\W+", "", shown)


def test_help_opens_with_a_key_and_single_keys_can_be_switched_off(page: Page, room: Room) -> None:
    page.goto(room.address)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.locator("#shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_hidden()
    page.reload()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "find"


def test_the_search_is_one_key_away_and_answers_while_one_types(page: Page, room: Room) -> None:
    page.goto(room.address)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("ferry")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("strik", delay=20)
    expect(page.locator(".hit mark").first).to_have_text(re.compile("strik", re.IGNORECASE))
    expect(page).to_have_url(re.compile("q=strik"))
    assert page.evaluate("document.activeElement.id") == "q"
    expect(page.locator("#told")).not_to_be_empty()


def test_what_one_types_into_a_fresh_search_stands_in_its_address(page: Page, room: Room) -> None:
    page.goto(f"{room.address}/search")
    page.keyboard.type("ferr", delay=20)
    expect(page.locator(".hit").first).to_be_visible()
    expect(page).to_have_url(f"{room.address}/search?q=ferr")
    page.reload()
    expect(page.locator("#q")).to_have_value("ferr")
    expect(page.locator(".hit").first).to_be_visible()
    assert page.locator("[name=q]").count() == 1


def test_the_whole_way_can_be_gone_without_scripts(browser: Browser, room: Room) -> None:
    with looking(browser, room.host, java_script_enabled=False) as (context, _):
        page = context.new_page()
        page.goto(room.address)
        page.locator("main [data-open]").first.click()
        page.locator(".finding [data-open]").first.click()
        expect(page.locator(".passage mark").first).to_be_visible()
        page.locator(".passage [data-open]").first.click()
        expect(page.locator("#at")).to_be_attached()
        expect(page.locator(".text .on").first).to_be_visible()
        page.goto(room.address)
        page.locator("#find").fill("ferry")
        page.locator("#find").press("Enter")
        expect(page.locator(".hit").first).to_be_visible()


def test_times_are_told_in_the_zone_of_the_reader(browser: Browser, room: Room) -> None:
    shown = []
    for zone in ("UTC", "Asia/Tokyo"):
        with looking(browser, room.host, timezone_id=zone) as (context, _):
            page = context.new_page()
            page.goto(f"{room.address}/stories/{stories(room)[0]}")
            shown.append(page.locator("time.moment").first.inner_text())
    assert shown[0] != shown[1]


def test_the_printed_briefing_is_the_whole_one(page: Page, room: Room) -> None:
    page.goto(f"{room.address}/stories/{stories(room)[0]}")
    page.emulate_media(media="print")
    assert page.locator(".masthead").is_hidden()
    assert page.locator(".tabs").is_hidden()
    assert page.locator("main h1").is_visible()
