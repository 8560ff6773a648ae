"""What a server answered."""

from __future__ import annotations

from dataclasses import dataclass

from accord.records import Rejected


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as a server sent it, unpacked. `url` is where it was found in the end, redirects followed.

    `media_type` is the server's word for the format without its parameters, `charset` its word for the encoding;
    `fetched` an ISO time in UTC.
    """

    content: bytes
    url: str
    media_type: str | None
    charset: str | None
    fetched: str


@dataclass(frozen=True, slots=True)
class Unfetched(Rejected):
    """Why a page was not fetched. `status` is what its server answered; `wait` the seconds that it asks for."""

    status: int | None = None
    wait: float | None = None
