"""What is kept of earlier fetches, so that a page that has not changed is not sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a page when it last sent it (RFC 9110, section 8.8); `fetched` is an ISO time in UTC."""

    etag: str | None = None
    last_modified: str | None = None
    fetched: str | None = None


class Memory(Protocol):
    """Keeps the validators of pages by URL: that of the page itself, to which redirects lead.

    Both are called from several threads, never two at a time (SQLite: `check_same_thread=False`).
    """

    def validators(self, url: str) -> Validators | None:
        """Return what was remembered of the page at `url`."""
        ...

    def remember(self, url: str, validators: Validators) -> None:
        """Keep the validators of a page that has been read, and used: the one after it was asked for."""
        ...

    def forget(self, url: str) -> None:
        """Drop what is kept of a list: what it leads to could not all be had, so it is to be sent again."""
        ...
