"""What a site asks of robots: its robots.txt (RFC 9309), fetched once and kept for a day."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from accord.readers.web.clock import Clock
from accord.readers.web.problems import RefusedError
from accord.readers.web.queues import Job, Queues, Steps
from accord.readers.web.requests import REDIRECTS, Requests
from accord.readers.web.urls import checked, queue_of

if TYPE_CHECKING:
    import httpx
    from protego import Protego

TOKEN = "accord"
"""The product token of RFC 9309: the name by which a robots.txt may speak to us."""

MOST_READ = 500 * 1024
"""Bytes that are looked at. RFC 9309 asks for at least that many."""

_MOST_REDIRECTS = 5
_MOST_KEPT = 2_000_000
"""Bytes of robots.txt files that are kept; parsed they take some ten times as much."""
_LEAST_SIZE = 200
_KEPT_FOR = 86_400.0
_FAILURE_KEPT_FOR = 600.0
_TOO_MANY = 429

_AGENT_LINE = re.compile(r"(\s*user[\s-]?agent\s*[:\s]\s*)([^#\r\n]*)", re.I)
_PRODUCT = re.compile(r"[a-z_-]+", re.I)


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be read of a site. `refusal` closes all of it; `delay` is its Crawl-delay in seconds."""

    rules: Protego | None = None
    refusal: str | None = None
    delay: float = 0.0
    size: int = 0

    def objection(self, url: httpx.URL) -> str | None:
        """Return why `url` may not be read; None where it may."""
        if self.refusal:
            return self.refusal
        if self.rules is None or self.rules.can_fetch(str(url), TOKEN):
            return None
        return f"the robots.txt of {url.host} asks robots not to read it; save the page in a browser and name the file"


def parsed(content: bytes) -> Rules:
    """Return the rules in a robots.txt, of which MOST_READ bytes are read.

    Lines that address other robots are made to address one and the same: a product token counts as ours only where it
    is ours, not where it begins like it, and thousands of names cannot each take a copy of thousands of rules.
    """
    from protego import Protego

    text = content[:MOST_READ].decode("utf-8", "replace").removeprefix("\ufeff")
    if len(content) >= MOST_READ:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    rules = Protego.parse("\n".join(_AGENT_LINE.sub(_addressed, line, count=1) for line in text.splitlines()))
    return Rules(rules, None, rules.crawl_delay(TOKEN) or 0.0, len(text))


class Robots:
    """The robots.txt files of the sites met so far, as many as fit."""

    def __init__(self, requests: Requests, queues: Queues, clock: Clock, private: bool) -> None:
        self._requests = requests
        self._queues = queues
        self._clock = clock
        self._private = private
        self._lock = RLock()
        self._kept: OrderedDict[str, tuple[Rules, float, int]] = OrderedDict()
        self._fetched: dict[str, Job[Rules]] = {}
        self._size = 0

    def rules(self, url: httpx.URL) -> Steps[Rules]:
        """Return the rules of the site that `url` is on, fetched where they are not known."""
        site = str(url.copy_with(raw_path=b"/robots.txt"))
        rules = self._recalled(site)
        if rules is None:
            job = self._job(site)
            if not job.done:
                yield job
            rules = job.result()
        self._queues.slow_down(queue_of(url), min(rules.delay, self._requests.longest_wait))
        return rules

    def _job(self, site: str) -> Job[Rules]:
        with self._lock:
            job = self._fetched.get(site)
            if job is None:
                job = self._queues.submit(self._fetch(site))
                if not job.done:
                    self._fetched[site] = job
            return job

    def _recalled(self, site: str) -> Rules | None:
        with self._lock:
            rules, until, _ = self._kept.get(site, (None, 0.0, 0))
            if rules is None or until <= self._clock.now():
                return None
            self._kept.move_to_end(site)
            return rules

    def _fetch(self, site: str) -> Steps[Rules]:
        try:
            rules = yield from self._read(site)
        except RefusedError as error:
            rules = Rules(refusal=str(error))
        with self._lock:
            self._fetched.pop(site, None)
            self._size -= self._kept.pop(site, (None, 0.0, 0))[2]
            size = rules.size + _LEAST_SIZE
            until = self._clock.now() + (_FAILURE_KEPT_FOR if rules.refusal else _KEPT_FOR)
            self._kept[site] = rules, until, size
            self._size += size
            while self._size > _MOST_KEPT and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1][2]
        return rules

    def _read(self, site: str) -> Steps[Rules]:
        """Return the rules at `site` (RFC 9309, section 2.3.1)."""
        url = checked(site, self._private)
        allowance = self._requests.allowance()
        for _ in range(_MOST_REDIRECTS + 1):
            reply = yield from self._requests.get(url, {}, MOST_READ, allowance, robots=True)
            target = reply.headers.get("location")
            if reply.status in REDIRECTS and target:
                url = checked(target, self._private, base=url)
                continue
            if reply.status in (200, 203):
                return parsed(reply.content)
            if reply.status >= 500 or reply.status == _TOO_MANY:
                raise RefusedError(
                    f"{url.host} answered {reply.status} for its robots.txt, which closes the site to robots; "
                    "try again later"
                )
            return Rules()
        return Rules()


def _addressed(line: re.Match[str]) -> str:
    name = line[2].strip()
    product = _PRODUCT.match(name)
    if name.startswith("*"):
        return f"{line[1]}*"
    return f"{line[1]}{TOKEN if product and product[0].lower() == TOKEN else 'another'}"
