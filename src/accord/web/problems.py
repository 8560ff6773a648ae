"""What a route raises where it cannot answer; the guard makes a page or a problem document (RFC 9457) of it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException


class Problem(HTTPException):
    """`status` is the HTTP status, `title` names the kind of problem, `detail` says what is wrong and what to do."""

    def __init__(self, status: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, headers)
        self.title = title

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.status_code


def not_found(what: str, advice: str = "it may have been merged or taken down; search for it") -> Problem:
    """Return the problem that `what` ("the story 3f2a") is not held."""
    return Problem(404, "Not found", f"{what} is not here; {advice}")
