"""One frozen Config, made by a shell and handed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one run.

    `published` (ISO day) and `outlet` fill gaps where a file gives none. `max_bytes` and `max_characters` cap a page
    and an article; `threads` is the number of threads that a model may use.
    """

    published: str | None = None
    outlet: str | None = None
    max_bytes: int = 20_000_000
    max_characters: int = 200_000
    threads: int = 2
