"""What goes wrong on the way to a page. Both become a `Rejected`; they never leave this folder."""

from __future__ import annotations


class RefusedError(Exception):
    """The page is not fetched, and trying again would not help. The message is the reason that the user reads.

    `status` is what the server answered, `wait` the seconds that it asks for, where it did.
    """

    def __init__(self, reason: str, *, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.wait = wait


class SlowError(RefusedError):
    """A page was not there in the time that all of it may take."""


class FailedError(Exception):
    """A request failed in a way that may pass. The message is the reason that the user reads."""


class StoppedError(Exception):
    """The fetcher was closed while the request was under way."""
