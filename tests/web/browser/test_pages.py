"""Every page: at three widths, in both schemes, with and without scripts; nothing on it may be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .conftest import SHOTS, Room, looking
from .crawl import crawl

WIDTHS = (360, 1000, 2560)
EXPECTED = {"/", "/ledger", "/search", "/changes", "/corrections", "/add", "/stories/*", "/stories/*/findings/*"}


@pytest.fixture(scope="module")
def pages(room: Room) -> dict[str, str]:
    return crawl(room.address)[0]


def _problems(page: Page) -> Iterator[str]:
    for violation in Axe().run(page).response["violations"]:
        places = [node["target"] for node in violation["nodes"]][:3]
        yield f"{page.url}: {violation['id']}: {violation['help']}: {places}"


def _shot(page: Page, kind: str, width: int, scheme: str) -> None:
    name = re.sub(r"[^\w.]+", "-", kind.replace("*", "one")).strip("-") or "today"
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png")


def test_no_link_of_the_room_leads_nowhere(room: Room) -> None:
    pages, broken = crawl(room.address)
    assert broken == []
    assert pages.keys() >= EXPECTED


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(browser: Browser, room: Room, pages: dict[str, str], scheme: str) -> None:
    problems = []
    with looking(browser, room.host, color_scheme=scheme) as (context, _):
        page = context.new_page()
        for address in pages.values():
            page.goto(room.address + address)
            problems += _problems(page)
    assert problems == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_stands_still(
    browser: Browser, room: Room, pages: dict[str, str], width: int, scheme: str
) -> None:
    problems = []
    with looking(browser, room.host, width=width, color_scheme=scheme, reduced_motion="reduce") as (context, _):
        page = context.new_page()
        for kind, address in pages.items():
            page.goto(room.address + address, wait_until="load")
            _shot(page, kind, width, scheme)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                problems.append(f"{address}: {over} pixels wider than {width}")
            shifted = page.evaluate("window.shifted")
            if shifted > 0.001:
                problems.append(f"{address}: its layout shifts by {shifted:.3f}")
    assert problems == []


def test_every_page_can_be_read_without_scripts(browser: Browser, room: Room, pages: dict[str, str]) -> None:
    """What is on a page with scripts is on it without, but for what scripts say and times in the reader's zone."""

    def words(page: Page) -> set[str]:
        return set(re.findall(r"\w{3,}", page.text_content("main") or ""))

    missing = []
    with (
        looking(browser, room.host, timezone_id="UTC") as (scripted, _),
        looking(browser, room.host, java_script_enabled=False) as (plain, _),
    ):
        rich, bare = scripted.new_page(), plain.new_page()
        for address in pages.values():
            rich.goto(room.address + address)
            bare.goto(room.address + address)
            lost = words(rich) - words(bare)
            if len(lost) > 12:
                missing.append(f"{address}: {sorted(lost)[:20]}")
    assert missing == []
