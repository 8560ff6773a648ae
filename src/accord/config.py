"""One frozen Config, made by a shell and handed down."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_NAMES = ("text", "body", "content", "articlebody")
"""What tables and JSON usually call an article's text, as `plain_name` gives it. Earlier names win."""


def plain_name(name: object) -> str:
    """Return what the spellings of a field's name have in common: "articleBody", "Article-Body" -> "articlebody"."""
    return str(name).lower().replace("_", "").replace("-", "")


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are fetched. Times in seconds, sizes in bytes.

    `delay` is the least time between two requests to one host (a longer one in its robots.txt wins, up to
    `longest_wait`, which also bounds what a server may ask by Retry-After); `hosts` how many hosts are read side by
    side; `retries` how often a failed request is tried again. `private` admits loopback and private addresses: for
    tests and an office's own network. `offline` fetches nothing at all.
    """

    user_agent: str = "accord/0.1 (news reader; reads robots.txt; see its documentation)"
    delay: float = 1.0
    hosts: int = 16
    timeout: float = 20.0
    total: float = 60.0
    redirects: int = 5
    retries: int = 3
    longest_wait: float = 120.0
    private: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one run.

    `published` (ISO day) and `outlet` fill gaps where a file gives none. `max_bytes` and `max_characters` cap a page
    and an article; `threads` is the number of threads that a model may use. `columns` pairs a field of an article with
    the name that tables and JSON give it: `(("text", "body_text"),)`.
    """

    published: str | None = None
    outlet: str | None = None
    max_bytes: int = 20_000_000
    max_characters: int = 200_000
    threads: int = 2
    columns: tuple[tuple[str, str], ...] = ()
    web: Web = Web()
