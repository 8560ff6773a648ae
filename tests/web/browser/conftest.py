"""A reading room with the example coverage, served on loopback, and a Chromium that looks at it.

Pages are watched while they are looked at: an error on the console, a request to another host, a page over 300 KB or a
layout that shifts fails the test. Screenshots go to build/screenshots.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

import accord
from accord.web import Settings, create_app

ROOT = Path(__file__).parents[3]
SHOTS = ROOT / "build" / "screenshots"
HOST = "localhost"
MOST_BYTES = 300_000
_WAIT = 180
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def chromium() -> str | None:
    """Return where a Chromium is, as Debian or another keeper of packages installs it."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@dataclass
class Looked:
    """What went wrong on the pages that a context opened."""

    host: str
    problems: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        page.on("console", lambda told: self._told(told.type, told.text))
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("request", self._requested)
        page.on("response", self._answered)

    def _told(self, kind: str, words: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(f"console: {words}")

    def _requested(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != self.host:
            self.problems.append(f"a request leaves the host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.url}: {response.status}")
        if response.request.resource_type == "document" and response.status == 200:
            with suppress(Exception):  # a page that was left while it came
                self.sizes[response.url] = len(response.body())


@dataclass
class Room:
    """A room that is served: its address, and its store."""

    address: str
    store: str

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve a room on a free port of loopback in a thread; give its address."""
    app = create_app(settings)
    with closing(socket.create_server((HOST, 0))) as listening:
        address = f"http://{HOST}:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            until = time.monotonic() + 30
            while not server.started and thread.is_alive() and time.monotonic() < until:
                time.sleep(0.02)
            yield address
        finally:
            server.should_exit = True
            thread.join(30)


def _coverage(folder: Path) -> Path:
    """Return a store of the example coverage, made once for all processes of a run."""
    made, making = folder / "room.db", folder / "making"
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        until = time.monotonic() + _WAIT
        while not made.exists() and time.monotonic() < until:
            time.sleep(0.2)
        return made
    unready = folder / "unready.db"
    with closing(accord.open_store(str(unready))) as store:
        accord.add([str(path) for path in sorted((ROOT / "examples").glob("*/articles"))], store)
        store.backup(str(made))
    return made


@pytest.fixture(scope="session")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store of the example coverage, to be copied and not written to."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    return _coverage(shared)


@pytest.fixture(scope="session")
def room(coverage: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Give a room over the example coverage, for looking."""
    store = tmp_path_factory.mktemp("room") / "room.db"
    shutil.copy(coverage, store)
    with served(Settings(store=str(store))) as address:
        yield Room(address, str(store))


@pytest.fixture
def own_room(coverage: Path, tmp_path: Path) -> Iterator[Room]:
    """Give a room over the example coverage that the test may change."""
    store = tmp_path / "room.db"
    shutil.copy(coverage, store)
    with served(Settings(store=str(store))) as address:
        yield Room(address, str(store))


@pytest.fixture
def empty_room(tmp_path: Path) -> Iterator[Room]:
    """Give a room over an empty store."""
    store = tmp_path / "room.db"
    accord.open_store(str(store)).close()
    with served(Settings(store=str(store))) as address:
        yield Room(address, str(store))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium, which ends with the module: while it runs, no other test can run an event loop."""
    found = chromium()
    if found is None:
        pytest.skip("no Chromium is installed here")
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@contextmanager
def looking(
    browser: Browser, host: str, *, width: int = 1400, **options: Any
) -> Iterator[tuple[BrowserContext, Looked]]:
    """Give a window of a browser; whatever goes wrong in it fails the test once it is closed."""
    looked = Looked(host)
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.on("page", looked.watch)
    context.add_init_script(_SHIFTS)
    try:
        yield context, looked
    finally:
        context.close()
    too_large = [f"{url}: {size:,} bytes" for url, size in looked.sizes.items() if size > MOST_BYTES]
    assert looked.problems + too_large == []


@pytest.fixture
def page(browser: Browser, room: Room) -> Iterator[Page]:
    """Give a page of a window 1400 pixels wide on the room."""
    with looking(browser, room.host) as (context, _):
        yield context.new_page()
