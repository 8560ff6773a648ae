"""The way to one page: robots.txt, the request, redirects, and what the answer means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from accord.config import Config
from accord.readers.web.answers import Answer, Unfetched
from accord.readers.web.client import Reply
from accord.readers.web.clock import Clock
from accord.readers.web.memory import Memory, Validators
from accord.readers.web.problems import RefusedError
from accord.readers.web.queues import Steps
from accord.readers.web.requests import REDIRECTS, Requests
from accord.readers.web.robots import Robots
from accord.readers.web.urls import checked, shown
from accord.records import Rejected, Unchanged

if TYPE_CHECKING:
    import httpx

_MEANING = {
    401: "it asks for a log-in; save the page in a browser and name the file",
    402: "it asks for payment; save the page in a browser and name the file",
    403: "the server does not let accord read it; save the page in a browser and name the file",
    404: "there is no such page; check the URL",
    410: "the page is gone for good; look for a copy in an archive",
    429: "the server is asked too often; try again later",
    451: "the page is withheld for legal reasons",
}
_VALIDATOR = re.compile(r"[\x20-\x7e\x80-\xff]{1,1000}")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.I)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a link, and what to remember of it once it has been used."""

    answer: Answer | Rejected
    validators: Validators | None = None


class Visits:
    """Makes visits. `memory` is asked from several threads, one at a time."""

    def __init__(
        self, config: Config, requests: Requests, robots: Robots, memory: Memory | None, lock: Lock, clock: Clock
    ) -> None:
        self._config = config
        self._requests = requests
        self._robots = robots
        self._memory = memory
        self._lock = lock
        self._clock = clock

    def visit(self, url: str) -> Steps[Outcome]:
        """Return the page at `url`, or why there is none."""
        met: list[httpx.URL] = []
        try:
            return (yield from self._visit(url, met))
        except RefusedError as error:
            moved = len(met) > 1
            reason = f"it leads to {shown(str(met[-1]))}: {error}" if moved else str(error)
            return Outcome(Unfetched(shown(url), "read", reason, error.status, error.wait))

    def _visit(self, start: str, met: list[httpx.URL]) -> Steps[Outcome]:
        private = self._config.web.private
        url = checked(start, private)
        allowance = self._requests.allowance()
        while True:
            met.append(url)
            rules = yield from self._robots.rules(url)
            objection = rules.objection(url)
            if objection:
                raise RefusedError(objection)
            known = self._known(str(url))
            conditions = _conditions(known)
            reply = yield from self._requests.get(url, conditions, self._config.max_bytes, allowance)
            if reply.status not in REDIRECTS:
                return self._told(url, reply, known if conditions else None)
            target = reply.headers.get("location")
            if not target:
                raise RefusedError(f"it has moved (status {reply.status}), but the server does not say where to")
            try:
                url = checked(target, private, base=url)
            except RefusedError as error:
                raise RefusedError(f"it redirects to {shown(target)}, which is not followed: {error}") from error
            if url in met:
                raise RefusedError(f"it redirects in a circle, back to {shown(str(url))}; check the URL in a browser")
            if len(met) > self._config.web.redirects:
                raise RefusedError(f"it redirects more than {self._config.web.redirects} times; check the URL")

    def _told(self, url: httpx.URL, reply: Reply, known: Validators | None) -> Outcome:
        if reply.status == 304 and known is not None:
            since = known.fetched or known.last_modified or "it was last read"
            return Outcome(Unchanged(shown(str(url)), "read", f"it has not changed since {since}"))
        if reply.status not in (200, 203):
            meaning = _MEANING.get(reply.status)
            if meaning is None:
                meaning = "the server has a problem; try again later" if reply.status >= 500 else "it holds no page"
            raise RefusedError(f"{url.host} answered with status {reply.status}: {meaning}", status=reply.status)
        kind = reply.headers.get("content-type", "")
        charset = _CHARSET.search(kind)
        answer = Answer(
            content=reply.content,
            url=str(url),
            media_type=kind.partition(";")[0].strip().lower() or None,
            charset=charset[1].lower() if charset else None,
            fetched=f"{self._clock.date():%Y-%m-%dT%H:%M:%SZ}",
        )
        validators = Validators(
            _sendable(reply.headers.get("etag")), _sendable(reply.headers.get("last-modified")), answer.fetched
        )
        return Outcome(answer, validators if validators.etag or validators.last_modified else None)

    def _known(self, url: str) -> Validators | None:
        if self._memory is None:
            return None
        with self._lock:
            return self._memory.validators(url)


def _conditions(known: Validators | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed (RFC 9110, section 13.1)."""
    if known is None:
        return {}
    pairs = {"If-None-Match": _sendable(known.etag), "If-Modified-Since": _sendable(known.last_modified)}
    return {name: value for name, value in pairs.items() if value}


def _sendable(value: str | None) -> str | None:
    """Return a validator as it may stand in a header, None where it may not."""
    return value if value and _VALIDATOR.fullmatch(value) else None
